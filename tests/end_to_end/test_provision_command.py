"""The command `tundish provision` on a real database: what it tells, makes, and refuses."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from collector.simulation.plant_config import plant_yaml
from tests.support.collector_process import ROOT
from tests.support.grafana import served
from tests.support.influxd import ORG, PASSWORD, TOKEN, USER, InfluxServer, dialects, influx_server

pytestmark = pytest.mark.long


def plant_file(database: InfluxServer, folder: Path, **grafana: object) -> Path:
    """A configuration whose secrets do not exist yet."""
    login = {"user": "tundish_writer", "password_file": "secrets/influxdb"}
    if database.dialect == "v2":
        login = {"org": ORG, "token_file": "secrets/influxdb"}
    sections = {"influxdb": {"url": database.url, "dialect": database.dialect, "bucket": "plant", **login}}
    if grafana:
        sections["grafana"] = grafana  # type: ignore[assignment]
    file = folder / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections=sections), encoding="utf-8")
    return file


def tundish(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "collector", *map(str, arguments))
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("dialect", dialects())
def test_the_first_run_makes_buckets_and_secrets_with_which_the_configuration_is_whole(
    dialect: str, tmp_path: Path
) -> None:
    with influx_server(dialect, tmp_path / "influx") as database:  # type: ignore[arg-type]
        file = plant_file(database, tmp_path, url="http://127.0.0.1:9", token_file="secrets/grafana")
        admin = {"TUNDISH_INFLUXDB_ADMIN": PASSWORD if dialect == "v1" else TOKEN}
        options = ("--influx-admin", USER, "--no-grafana")

        before = tundish("check", file)
        assert before.returncode == 2
        assert "secrets/influxdb" in before.stderr or "no such file" in before.stderr
        dry = tundish("provision", file, *options, "--dry-run", **admin)
        assert (dry.returncode, dry.stderr) == (0, "")
        assert not (tmp_path / "secrets").exists()
        first = tundish("provision", file, *options, **admin)
        assert first.stdout.count("influxdb: made:") == 4, first.stdout + first.stderr
        again = tundish("provision", file, *options, **admin)
        assert again.stdout.count("influxdb: unchanged:") == 4
        assert tundish("check", file).returncode == 0
        for name in ("influxdb", "influxdb_reader"):
            secret = tmp_path / "secrets" / name
            assert secret.stat().st_mode & 0o777 == 0o600
            assert secret.read_text(encoding="utf-8").strip() not in first.stdout + again.stdout

        out = tmp_path / "out"
        exported = tundish("provision", file, "--export", out, *options, **admin)
        assert exported.returncode == 0, exported.stderr
        sources = yaml.safe_load((out / "datasources/tundish.yaml").read_text(encoding="utf-8"))["datasources"]
        assert [source["database"] for source in sources] == ["plant", "plant_raw"]
        assert len(list((out / "boards").rglob("*.json"))) == 15

        alone = tundish("provision", file)
        assert alone.returncode == 2
        assert "grafana.token_file" in alone.stderr
        wrong = tundish("provision", file, *options, TUNDISH_INFLUXDB_ADMIN="wrong")
        assert wrong.returncode == 1
        assert "TUNDISH_INFLUXDB_ADMIN must hold" in wrong.stderr
        (tmp_path / "secrets/grafana").write_text("token", encoding="utf-8")
        (tmp_path / "secrets/grafana").chmod(0o600)
        away = tundish("provision", file)
        assert away.returncode == 1
        assert "cannot be reached" in away.stderr
        for answer in (before, dry, first, again, exported, alone, wrong, away):
            assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("dialect", dialects())
def test_every_error_names_the_variable_or_the_key_to_set(dialect: str, tmp_path: Path) -> None:
    with influx_server(dialect, tmp_path / "influx") as database:  # type: ignore[arg-type]
        file = plant_file(database, tmp_path, url="http://127.0.0.1:9", token_file="secrets/grafana")
        admin = {"TUNDISH_INFLUXDB_ADMIN": PASSWORD if dialect == "v1" else TOKEN}
        options = ("--influx-admin", USER, "--no-grafana")

        def told(changed: str, **environment: str) -> str:
            file.write_text(changed, encoding="utf-8")
            answer = tundish("provision", file, *options, **environment)
            assert answer.returncode in (1, 2), answer.stdout
            line = answer.stderr.strip()
            assert "\n" not in line
            assert not re.search(r"Traceback|Errno|Error:|object at|bucket -", line), line
            return line

        text = file.read_text(encoding="utf-8")
        assert "TUNDISH_INFLUXDB_ADMIN" in told(text), "nobody is named who could make the login"
        assert "TUNDISH_INFLUXDB_ADMIN must hold" in told(text, TUNDISH_INFLUXDB_ADMIN="wrong")
        assert "check influxdb.url" in told(text.replace(database.url, "http://127.0.0.1:9"), **admin)
        document = yaml.safe_load(text)
        login = {"v1": {"org": ORG, "token_file": "x"}, "v2": {"user": USER, "password_file": "x"}}[dialect]
        other = {"v1": "v2", "v2": "v1"}[dialect]
        document["influxdb"] = {"url": database.url, "bucket": "plant", "dialect": other, **login}
        assert f"influxdb.dialect {other}; is it {dialect}?" in told(yaml.safe_dump(document), **admin)


@pytest.mark.parametrize("dialect", dialects())
def test_the_first_dry_run_shows_what_grafana_would_get_though_no_secret_is_made_yet(
    dialect: str, tmp_path: Path
) -> None:
    def empty(method: str, path: str, _body: bytes, _headers: object) -> tuple[int, bytes]:
        assert method == "GET"
        if path == "/api/health":
            return 200, b'{"version": "12.2.0"}'
        if path.endswith("policies"):
            return 200, b'{"receiver": "grafana-default-email"}'
        listed = path.endswith(("points", "timings", "templates", "silences"))
        return (200, b"[]") if listed else (404, b"{}")

    with (
        influx_server(dialect, tmp_path / "influx") as database,  # type: ignore[arg-type]
        served(empty) as grafana,
    ):
        file = plant_file(database, tmp_path, url=grafana, token_file="secrets/grafana")
        admin = {"TUNDISH_INFLUXDB_ADMIN": PASSWORD if dialect == "v1" else TOKEN, "TUNDISH_GRAFANA_TOKEN": "glsa"}
        dry = tundish("provision", file, "--influx-admin", USER, "--dry-run", **admin)
        assert (dry.returncode, dry.stderr) == (0, "")
        assert dry.stdout.count("influxdb: made:") == 4
        assert "grafana: made: board" in dry.stdout
        assert "grafana: would be: " in dry.stdout
        assert not (tmp_path / "secrets").exists()


def test_a_works_without_a_database_is_told_that_there_is_nothing_to_do(tmp_path: Path) -> None:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    told = tundish("provision", file)
    assert told.returncode == 0
    assert told.stdout.count("nothing to do there") == 2
