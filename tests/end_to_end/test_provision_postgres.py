"""`tundish provision` for PostgreSQL as a person runs it: the first time, again, by hand, and told what is missing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from collector.simulation.plant_config import plant_yaml
from models.tables.shapes import CALCULATED
from tests.support.collector_process import ROOT
from tests.support.ports import free_port
from tests.support.postgres import PostgresServer, postgres_server

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


def plant(folder: Path, server: PostgresServer, **changes: object) -> Path:
    section = {"host": "127.0.0.1", "port": server.port, "database": "plant", "user": "plant_writer"}
    sections = {
        "postgres": {**section, "password_file": "secrets/postgres", **changes},
        "grafana": {"url": "http://127.0.0.1:9", "token_file": "secrets/grafana"},
    }
    file = folder / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections=sections), encoding="utf-8")
    return file


def tundish(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUNDISH_")}
    command = [sys.executable, "-m", "collector", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True)


def test_the_first_time_makes_all_of_it_and_again_changes_nothing(server: PostgresServer, tmp_path: Path) -> None:
    file = str(plant(tmp_path, server))
    before = tundish("check", file)
    assert "there is no such file" in before.stderr
    asked = tundish("provision", file, "--no-grafana")
    assert "set TUNDISH_POSTGRES_ADMIN to an administrator's connection" in asked.stderr
    admin = {"TUNDISH_POSTGRES_ADMIN": server.administrator}
    dry = tundish("provision", file, "--no-grafana", "--dry-run", **admin)
    first = tundish("provision", file, "--no-grafana", **admin)
    assert first.returncode == 0, first.stderr
    assert dry.stdout == first.stdout
    lines = first.stdout.splitlines()
    assert lines[0] == "postgres: made: database plant"
    made = [line for line in lines if line.startswith("postgres: made:")]
    assert len(made) == len(CALCULATED) + 7, "and what is there once, whatever tables there are"
    for name in ("postgres", "postgres_reader"):
        assert (tmp_path / "secrets" / name).stat().st_mode & 0o777 == 0o600
    again = tundish("provision", file, "--no-grafana", **admin)
    assert again.stdout.count("postgres: unchanged:") == len(made) - 1
    # Now that the logins are there, nobody has to be an administrator any more.
    assert "is valid" in (checked := tundish("check", file)).stdout
    assert f"PostgreSQL at 127.0.0.1:{server.port}, database plant" in checked.stdout
    left = tundish("provision", file, "--no-grafana")
    assert "postgres: left as it is; set TUNDISH_POSTGRES_ADMIN" in left.stdout
    roles = server.rows("plant", "SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname LIKE 'plant%'")
    assert [(row["rolname"], row["rolsuper"], row["rolcreaterole"]) for row in roles] == [
        ("plant_writer", False, False),
        ("plant_writer_reader", False, False),
    ]


def test_what_is_wrong_is_told_in_one_line_with_the_key_or_variable_to_set(
    server: PostgresServer, tmp_path: Path
) -> None:
    file = plant(tmp_path, server)

    def told(administrator: str) -> str:
        found = tundish("provision", str(file), "--no-grafana", TUNDISH_POSTGRES_ADMIN=administrator)
        assert found.returncode == 1
        assert len(found.stderr.strip().splitlines()) == 1, found.stderr
        return found.stderr

    assert "check TUNDISH_POSTGRES_ADMIN" in told("user=chief password=wrong")
    assert "the administrator's connection is none" in told("secret")
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    document["postgres"]["port"] = free_port()
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    assert "postgres.host and postgres.port" in told("user=chief password=wrong")


def test_the_sql_for_an_administrator_is_printed_without_asking_any_server(tmp_path: Path) -> None:
    class Nowhere:
        port = 9

    file = plant(tmp_path, Nowhere())  # type: ignore[arg-type]
    printed = tundish("provision", str(file), "--sql", TUNDISH_POSTGRES_PASSWORD="x")
    assert printed.returncode == 0, printed.stderr
    for text in ('CREATE TABLE IF NOT EXISTS "tundish"."output_day"', 'CREATE ROLE "plant_writer_reader" LOGIN;'):
        assert text in printed.stdout
    assert "x" not in {line.strip("';") for line in printed.stdout.split()}
