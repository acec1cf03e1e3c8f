"""The laboratory's database on a real Firebird server: the same source, by another driver."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.sources.polling import PollingSource
from tests.collector.service.steel_works import soon
from tests.collector.sources.sql.test_sql import HEATS, source, told
from tests.support.firebird import READER, FirebirdServer, firebird_server
from tests.support.run_source import run_source

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirebirdServer]:
    with firebird_server(tmp_path_factory.mktemp("firebird")) as one:
        one.change(
            "CREATE TABLE heats (heat_no INT, furnace INT, weight_kg NUMERIC(12, 3), tapped_at TIMESTAMP);",
            "SET TERM ^ ;",
            "CREATE PROCEDURE taken RETURNS (heat_no INT, furnace INT, weight_kg NUMERIC(12, 3), tapped_at TIMESTAMP) "
            "AS BEGIN DELETE FROM heats; SUSPEND; END^",
            "SET TERM ; ^",
            "COMMIT;",
            f"GRANT SELECT, INSERT, DELETE ON heats TO {READER};",
            f"GRANT EXECUTE ON PROCEDURE taken TO {READER};",
            "GRANT DELETE ON heats TO PROCEDURE taken;",
        )
        yield one


@pytest.fixture
def laboratory(server: FirebirdServer) -> FirebirdServer:
    # 12:00 in Almaty is 07:00 UTC, the clock of these tests.
    server.change("DELETE FROM heats;", heat(1, "11:10:00", 301_250), heat(2, "11:30:00", 299_000.5, furnace=2))
    return server


def heat(number: int, at: str, kilograms: float, furnace: int = 1) -> str:
    return f"INSERT INTO heats VALUES ({number}, {furnace}, {kilograms}, '2026-09-30 {at}');"


def firebird(server: FirebirdServer, folder: Path, **keys: object) -> PollingSource:
    place = {"driver": "firebird", "port": server.port, "database": str(server.database), "user": READER}
    return source(server, folder, **place, zone="Asia/Almaty", **keys)  # type: ignore[arg-type]


async def test_new_and_late_rows_of_firebird_become_events_once(laboratory: FirebirdServer, tmp_path: Path) -> None:
    async with run_source(firebird(laboratory, tmp_path)) as got:
        await soon(lambda: len(told(got)) == 2)
        await asyncio.to_thread(laboratory.change, heat(4, "11:58:00", 300_000), heat(3, "11:20:00", 305_500))
        await soon(lambda: len(told(got)) == 4)
        await asyncio.sleep(0.3)
    assert sorted(told(got)) == [
        ("bof1.heats", "1", 301.25),
        ("bof1.heats", "3", 305.5),
        ("bof1.heats", "4", 300.0),
        ("bof1.others", "2", 299.0005),
    ]


async def test_a_row_that_firebird_has_not_committed_waits_and_holds_up_nobody(
    laboratory: FirebirdServer, tmp_path: Path
) -> None:
    from firebird.driver import connect

    from tests.support.firebird import CHIEF, CHIEF_PASSWORD

    at = f"127.0.0.1/{laboratory.port}:{laboratory.database}"
    with connect(at, user=CHIEF, password=CHIEF_PASSWORD) as other:
        other.cursor().execute(heat(5, "11:59:00", 280_000).rstrip(";"))
        other.cursor().execute("UPDATE heats SET weight_kg = 1 WHERE heat_no = 1")
        async with run_source(firebird(laboratory, tmp_path)) as got:
            await soon(lambda: len(told(got)) == 2)
            assert ("bof1.heats", "1", 301.25) in told(got)
            other.execute_immediate("UPDATE heats SET weight_kg = 301250 WHERE heat_no = 1")
            other.commit()
            await soon(lambda: ("bof1.heats", "5", 280.0) in told(got))


async def test_a_select_that_would_write_in_firebird_is_refused_and_changes_nothing(
    laboratory: FirebirdServer, tmp_path: Path
) -> None:
    writing = HEATS.replace("FROM heats", "FROM taken")
    one = firebird(laboratory, tmp_path, queries={"heats": writing})
    async with run_source(one) as got:
        await soon(lambda: bool(one.health.last_error))
    assert "read-only transaction" in one.health.last_error
    assert told(got) == []
    async with run_source(firebird(laboratory, tmp_path)) as got:
        await soon(lambda: len(told(got)) == 2)


async def test_a_wrong_password_of_firebird_is_told_in_a_line(laboratory: FirebirdServer, tmp_path: Path) -> None:
    one = firebird(laboratory, tmp_path)
    (tmp_path / "lab.secret").write_text("slag", encoding="utf-8")
    async with run_source(one):
        await soon(lambda: bool(one.health.last_error))
    assert one.health.last_error.startswith("firebird at 127.0.0.1:")
    assert "user name and password are not defined" in one.health.last_error
    assert "\n" not in one.health.last_error
