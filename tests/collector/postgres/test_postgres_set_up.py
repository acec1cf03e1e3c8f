"""Tables and roles of least right on a real PostgreSQL: made once, found again, grown by what a newer version has."""

import asyncio
import itertools
import subprocess
from pathlib import Path

import psycopg
import pytest

from collector.errors import ProvisioningFailed, SinkUnavailable
from collector.postgres.columns import TABLES
from collector.postgres.definitions import script
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.postgres.settings import PostgresSettings
from tests.support.postgres import PASSWORD, PostgresServer, program

_numbers = itertools.count(1)


def run(server: PostgresServer, settings: PostgresSettings, *roles: DatabaseRole, dry_run: bool = False) -> list[str]:
    """What was reported, as "deed what"."""
    told: list[str] = []
    set_up = PostgresSetUp(
        settings, server.administrator, dry_run=dry_run, report=lambda step: told.append(f"{step.deed} {step.what}")
    )
    asyncio.run(set_up.run(roles))
    return told


def fresh(server: PostgresServer) -> PostgresSettings:
    return server.settings(f"set_up_{next(_numbers)}")


def connect(server: PostgresServer, database: str, user: str, password: str) -> psycopg.Connection:
    return psycopg.connect(host="127.0.0.1", port=server.port, dbname=database, user=user, password=password)


def test_everything_is_made_once_and_left_alone_the_second_time(server: PostgresServer, tmp_path: Path) -> None:
    settings = fresh(server)
    roles = (
        DatabaseRole(settings.user, writes=True, file=tmp_path / "writer"),
        DatabaseRole(settings.reader, writes=False, file=tmp_path / "reader"),
    )
    first = run(server, settings, *roles)
    assert first[0] == f"made database {settings.database}"
    assert {line.partition(" ")[0] for line in first} == {"made"}
    assert len(first) == 2 + len(TABLES) + 2
    passwords = [(tmp_path / name).read_text() for name in ("writer", "reader")]
    assert (tmp_path / "writer").stat().st_mode & 0o777 == 0o600
    second = run(server, settings, *roles)
    assert {line.partition(" ")[0] for line in second} == {"unchanged"}
    assert [(tmp_path / name).read_text() for name in ("writer", "reader")] == passwords
    assert all(password.strip() not in server.log() for password in passwords)


def test_the_writer_changes_rows_and_nothing_else_and_the_reader_only_reads(
    server: PostgresServer, settings: PostgresSettings
) -> None:
    row = "INSERT INTO tundish.tundish_simulated VALUES ('temirtau', now(), 0, 1)"
    with connect(server, settings.database, settings.user, PASSWORD) as writer:
        writer.execute(row)
        writer.execute("DELETE FROM tundish.tundish_simulated")
    refused = {
        settings.user: ["DROP TABLE tundish.telemetry", "CREATE TABLE tundish.mine (a int)", "CREATE ROLE friend"],
        settings.reader: [row, "DELETE FROM tundish.telemetry", "TRUNCATE tundish.output_day"],
    }
    for user, statements in refused.items():
        for statement in statements:
            with (
                connect(server, settings.database, user, PASSWORD) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(statement)
    with connect(server, settings.database, settings.reader, PASSWORD) as reader:
        for table in TABLES:
            reader.execute(f"SELECT * FROM tundish.{table}")


def test_a_dry_run_changes_nothing_and_tells_the_same(server: PostgresServer, tmp_path: Path) -> None:
    settings = fresh(server)
    role = DatabaseRole(settings.user, writes=True, file=tmp_path / "writer")
    told = run(server, settings, role, dry_run=True)
    assert not (tmp_path / "writer").exists()
    databases = server.rows("postgres", "SELECT 1 FROM pg_database WHERE datname = %s", settings.database)
    assert databases == []
    assert run(server, settings, role) == told


def test_a_field_that_a_newer_version_has_is_added_and_rows_stay(server: PostgresServer) -> None:
    settings = fresh(server)
    run(server, settings)
    server.change(
        settings.database,
        "INSERT INTO tundish.balance VALUES ('temirtau', now(), 'iron', 0, 1.5, 0.5)",
        "ALTER TABLE tundish.balance DROP COLUMN sigma_t",
    )
    told = run(server, settings)
    assert [line for line in told if line.startswith("changed")] == ["changed table balance, with sigma_t"]
    (row,) = server.rows(settings.database, "SELECT residual_t, sigma_t FROM tundish.balance")
    assert row == {"residual_t": 1.5, "sigma_t": None}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE tundish.balance ALTER sigma_t TYPE text", "column sigma_t is of type text and not of double"),
        ("ALTER TABLE tundish.balance DROP COLUMN node CASCADE", "column node is missing"),
    ],
)
def test_a_table_that_is_none_of_ours_is_refused_by_name(server: PostgresServer, change: str, said: str) -> None:
    settings = fresh(server)
    run(server, settings)
    server.change(settings.database, change)
    with pytest.raises(ProvisioningFailed, match=rf"tundish\.balance is none of ours: {said}"):
        run(server, settings)


def test_a_lost_or_changed_password_is_set_anew(server: PostgresServer, tmp_path: Path) -> None:
    settings = fresh(server)
    role = DatabaseRole(settings.user, writes=True, file=tmp_path / "writer")
    run(server, settings, role)
    (tmp_path / "writer").unlink()
    assert "changed role" in run(server, settings, role)[-1]
    connect(server, settings.database, settings.user, (tmp_path / "writer").read_text().strip()).close()
    (tmp_path / "writer").write_text("chosen by hand\n")
    assert "changed role" in run(server, settings, role)[-1]
    connect(server, settings.database, settings.user, "chosen by hand").close()
    assert "unchanged role" in run(server, settings, role)[-1]


def test_an_administrator_who_is_none_is_refused_with_what_to_do(server: PostgresServer) -> None:
    settings = fresh(server)

    def set_up(administrator: str) -> None:
        asyncio.run(PostgresSetUp(settings, administrator, dry_run=False, report=lambda _: None).run([]))

    with pytest.raises(ProvisioningFailed, match="the administrator's connection is none"):
        set_up("just a password")
    with pytest.raises(SinkUnavailable, match="password authentication failed"):
        set_up("user=chief password=wrong")


def test_the_script_for_an_administrator_does_the_same(server: PostgresServer, tmp_path: Path) -> None:
    settings = fresh(server)
    server.change("postgres", f"CREATE DATABASE {settings.database}")
    file = tmp_path / "set_up.sql"
    file.write_text(script(settings))
    command = [program("psql"), "-v", "ON_ERROR_STOP=1", f"{server.administrator} dbname={settings.database}"]
    done = subprocess.run([*command, "-f", str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    server.change("postgres", f"ALTER ROLE {settings.user} PASSWORD '{PASSWORD}'")
    told = run(server, settings, DatabaseRole(settings.user, writes=True, password=PASSWORD))
    assert {line.partition(" ")[0] for line in told} == {"unchanged"}
