"""`tundish discover` on a database: what its tables look like, and nothing is changed in it."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from sqlalchemy import text as sql_text

from collector.cli import discover_sql
from collector.cli.discover import discover
from collector.config.load import load
from collector.errors import ConfigurationError, SourceUnavailable
from collector.sources.sql import SOURCE
from collector.sources.sql import tables as sql_tables
from collector.sources.sql.database import ReadOnlyDatabase
from tests.collector.service.works_document import works_yaml
from tests.support.postgres import PostgresServer, postgres_server

LAB, LAB_PASSWORD = "lab", "assay-and-ash"
NOON = datetime(2026, 9, 30, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres_server() as one:
        one.change("postgres", "CREATE DATABASE lab", f"CREATE ROLE {LAB} LOGIN PASSWORD '{LAB_PASSWORD}'")
        yield one


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover_sql, "LOOK_EVERY_S", 0.5)


def heats(first: int, last: int) -> list[str]:
    times = [(number, (NOON + timedelta(minutes=40 * number)).isoformat()) for number in range(first, last)]
    return [f"INSERT INTO heats VALUES ({number}, 'H{number}', {300_000 + number}, '{at}')" for number, at in times]


def accepted(text: str, folder: Path, entry: dict[str, object]) -> list[str]:
    """What is proposed, as a plant that `tundish check` takes; the names of its tags."""
    found = yaml.safe_load(text)
    document = works_yaml()
    document["sources"].append({"name": "database", "type": "sql", "queries": found["queries"], **entry})
    (unit,) = [one for shop in document["shops"] for one in shop["units"] if one["code"] == "bf3"]
    for tag in found["tags"]:
        unit["tags"].append({**tag, "cadence": "30s"} | ({"product": "pig_iron"} if tag["kind"] == "event" else {}))
    (folder / "plant.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    settings = load(folder / "plant.yaml")
    return sorted(tag.name for tag in settings.plant.tags if tag.source == "database")


@pytest.mark.long
def test_a_real_postgresql_is_looked_through_and_what_is_proposed_is_accepted(
    server: PostgresServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.change(
        "lab",
        "CREATE TABLE heats (id int PRIMARY KEY, heat_no text UNIQUE, weight_kg numeric, tapped_at timestamptz)",
        "CREATE INDEX ON heats (tapped_at)",
        'CREATE TABLE "Belt 1" (at timestamp, "t per h" double precision, photo bytea)',
        "CREATE VIEW last_heats AS SELECT * FROM heats",
        "CREATE TABLE people (name text, born int)",
        "CREATE TABLE secret (heat_no int, weight numeric, tapped_at timestamptz)",
        *heats(1, 20),
        f'GRANT SELECT ON heats, last_heats, "Belt 1", people TO {LAB}',
    )
    (tmp_path / "lab.secret").write_text(LAB_PASSWORD, encoding="utf-8")
    (tmp_path / "lab.secret").chmod(0o600)
    later = threading.Timer(1.5, lambda: server.change("lab", *heats(20, 23)))
    later.start()
    url = f"postgresql://127.0.0.1:{server.port}/lab"
    discover(url, Path(), 4.0, user=LAB, password_file=str(tmp_path / "lab.secret"))
    later.join()
    text = capsys.readouterr().out
    assert "table heats: 19 rows, 3 more in 4 s" in text
    assert "sure key: heat_no (the database keeps its values apart; its name says so)" in text
    assert "sure end: tapped_at (a time; its name says so; an index begins with it)" in text
    assert "source_unit_of_measure kg: its name says kg" in text
    assert "no time with a number beside it: table people: 0 rows" in text
    assert "# not looked at: secret: " in text
    assert "permission denied" in text
    found = yaml.safe_load(text)
    assert found["queries"]["heats"] == (
        "SELECT heat_no, weight_kg, tapped_at FROM heats WHERE tapped_at >= :since ORDER BY tapped_at"
    )
    assert found["queries"]["belt_1"].startswith('SELECT at, "t per h" FROM "Belt 1" ')
    entry = {"driver": "postgresql", "host": "127.0.0.1", "database": "lab"}
    assert accepted(text, tmp_path, entry) == ["bf3.belt_1", "bf3.heats", "bf3.last_heats"]


def test_sqlite_keeps_times_as_text_and_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lab.db"
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE heats (id INTEGER PRIMARY KEY, heat_no, weight_kg, tapped_at DATETIME)")
        for statement in heats(1, 10):
            base.execute(statement)
        base.execute("CREATE TABLE odd (at DATETIME, value REAL)")
        base.execute("INSERT INTO odd VALUES ('yesterday', 5)")
    written = file.stat().st_mtime_ns
    discover(f"sqlite:///{file}", Path(), 2.0)
    text = capsys.readouterr().out
    found = yaml.safe_load(text)
    assert {tag["signal"]: tag["kind"] for tag in found["tags"]} == {"heats": "event", "odd": "gauge"}
    assert "table heats: 9 rows, 0 more in 2 s" in text
    assert file.stat().st_mtime_ns == written
    assert accepted(text, tmp_path, {"driver": "sqlite", "database": str(file)}) == ["bf3.heats", "bf3.odd"]


def test_counts_are_bounded_and_a_large_table_is_sought_through_by_its_index_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_tables, "MOST_COUNTED", 5)
    file = tmp_path / "lab.db"
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE heats (id INTEGER PRIMARY KEY, heat_no, weight_kg, tapped_at)")
        for statement in heats(1, 100):
            base.execute(statement)
    discover(f"sqlite:///{file}", Path(), 2.0)
    assert "table heats: over 5 rows, not counted: no index begins with tapped_at" in capsys.readouterr().out


def test_what_cannot_be_reached_is_told_in_one_line(tmp_path: Path, server: PostgresServer) -> None:
    with pytest.raises(SourceUnavailable, match="sqlite, database"):
        discover(f"sqlite:///{tmp_path}/none.db", Path(), 2.0)
    with pytest.raises(ConfigurationError, match="holds a login"):
        discover("postgresql://lab:secret@127.0.0.1/lab", Path(), 2.0)
    with pytest.raises(SourceUnavailable):
        discover(f"postgresql://127.0.0.1:{server.port}/none", Path(), 2.0, user=LAB)


def test_no_name_of_a_file_makes_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("new?mode=rwc&x", "new%3Fmode=rwc", "new#1"):
        with pytest.raises(SourceUnavailable, match="unable to open"):
            discover(f"sqlite:///{tmp_path}/{name}", Path(), 2.0)
    assert list(tmp_path.iterdir()) == []
    with sqlite3.connect(tmp_path / "лаб №1?.db") as base:
        base.execute("CREATE TABLE heats (heat_no)")
    discover(f"sqlite:///{tmp_path}/лаб №1?.db", Path(), 2.0)
    assert "table heats: 0 rows" in capsys.readouterr().out


@pytest.mark.parametrize("statement", ["DELETE FROM heats", "CREATE TABLE new (a int)"])
async def test_a_look_is_of_a_transaction_that_only_reads(tmp_path: Path, statement: str) -> None:
    file = tmp_path / "lab.db"
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE heats (heat_no)")
    config = SOURCE.config.model_validate(
        {"name": "lab", "type": "sql", "driver": "sqlite", "database": str(file),
         "queries": {"q": "SELECT 1 WHERE 1 > :since ORDER BY 1"}}
    )  # fmt: skip
    database = ReadOnlyDatabase(config, tmp_path, ZoneInfo("UTC"))
    with pytest.raises(SourceUnavailable, match="attempt to write a readonly database"):
        await database.look(lambda connection: connection.execute(sql_text(statement)))
    await database.close()
