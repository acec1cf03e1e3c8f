"""Heats and weighings of a laboratory's database on a real PostgreSQL: late rows, changed ones, locks, outages."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from collector.sources.base import Delivery, SourceContext
from collector.sources.polling import PollingSource
from collector.sources.sql import SOURCE
from models.works.codes import Reason, TagKind
from models.works.plant import Conversion, Tag
from tests.collector.service.steel_works import soon
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.run_source import run_source

NOON = datetime(2026, 9, 30, 7, 0, tzinfo=UTC)
NOW_NS = round(NOON.timestamp()) * 10**9
HEATS = "SELECT heat_no, furnace, weight_kg, tapped_at FROM heats WHERE tapped_at >= :since ORDER BY tapped_at"
BELT = "SELECT at, t_per_h FROM belt WHERE at >= :since ORDER BY at"
LAB, LAB_PASSWORD = "lab", "assay-and-ash"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres_server() as one:
        one.change("postgres", "CREATE DATABASE lab", f"CREATE ROLE {LAB} LOGIN PASSWORD '{LAB_PASSWORD}'")
        yield one


@pytest.fixture
def lab(server: PostgresServer) -> PostgresServer:
    if server.down:
        server.start()
    server.change(
        "lab",
        "DROP TABLE IF EXISTS heats, belt",
        "CREATE TABLE heats (heat_no int, furnace int, weight_kg numeric, tapped_at timestamptz)",
        "CREATE TABLE belt (at timestamp, t_per_h double precision)",
        f"GRANT SELECT ON heats, belt TO {LAB}",
        # What a careless administrator leaves open is not used either.
        f"GRANT INSERT, DELETE ON heats TO {LAB}",
    )
    return server


def heat(number: int, minutes: float, kilograms: object = 300_000, furnace: int = 1) -> str:
    at = (NOON + timedelta(minutes=minutes)).isoformat()
    return f"INSERT INTO heats VALUES ({number}, {furnace}, {kilograms}, '{at}')"


def tag(name: str, kind: TagKind = TagKind.EVENT, **keys: object) -> Tag:
    return Tag(
        name=f"bof1.{name}",
        signal=name,
        kind=kind,
        site="works",
        shop="steel",
        unit="bof1",
        source="lab",
        unit_of_measure="t",
        cadence_s=60,
        product="steel_crude",
        **keys,
    )


def source(
    server: PostgresServer, folder: Path, newest_ns: dict[str, int] | None = None, **keys: object
) -> PollingSource:
    secret = folder / "lab.secret"
    secret.write_text(LAB_PASSWORD, encoding="utf-8")
    secret.chmod(0o600)
    given = {
        "name": "lab",
        "type": "sql",
        "driver": "postgresql",
        "host": "127.0.0.1",
        "port": server.port,
        "database": "lab",
        "user": LAB,
        "password_file": "lab.secret",
        "queries": {"heats": HEATS},
        "poll": "50ms",
        "timeout": "1s",
    } | keys
    columns = {"key": "heat_no", "tonnes": "weight_kg", "end": "tapped_at", "query": "heats"}
    tags = [
        (0, tag("heats", conversion=Conversion(0.001)), SOURCE.address(**columns, when={"furnace": 1})),
        (1, tag("others", conversion=Conversion(0.001)), SOURCE.address(**columns, when={"furnace": 2})),
    ]
    if "belt" in given["queries"]:
        address = SOURCE.address(query="belt", time="at", value="t_per_h")
        tags.append((2, tag("belt", TagKind.RATE, grams_per_unit=1e6), address))
    context = SourceContext(tags, folder, {}, lambda: NOW_NS, newest_ns=newest_ns or {})
    return SOURCE.build(SOURCE.config.model_validate(given), context)


def told(got: list[Delivery]) -> list[tuple[str, str, float]]:
    return [(event.tag, event.key, event.tonnes) for delivery in got for event in delivery.events]


@pytest.mark.long
async def test_new_rows_become_events_of_their_own_furnace_once(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change("lab", heat(1, -50, 301_250), heat(2, -30, 299_000, furnace=2), heat(3, -10, "NULL"))
    one = source(lab, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: len(told(got)) == 2)
        lab.change("lab", heat(4, -2), "UPDATE heats SET weight_kg = 305500 WHERE heat_no = 3")
        await soon(lambda: len(told(got)) == 4)
        await asyncio.sleep(0.3)
    assert sorted(told(got)) == [
        ("bof1.heats", "1", 301.25),
        ("bof1.heats", "3", 305.5),
        ("bof1.heats", "4", 300.0),
        ("bof1.others", "2", 299.0),
    ]
    assert got[0].events[0].end_ns == NOW_NS - 50 * 60 * 10**9
    assert all(delivery.coverage == {"bof1.heats": 1, "bof1.others": 1} for delivery in got), "each look is one"
    assert not [delivery for delivery in got if delivery.rejections]


async def test_a_row_that_comes_late_or_changes_is_found_within_the_overlap(
    lab: PostgresServer, tmp_path: Path
) -> None:
    lab.change("lab", heat(1, -5))
    one = source(lab, tmp_path, overlap="30m")
    async with run_source(one) as got:
        await soon(lambda: told(got))
        lab.change("lab", heat(2, -25), "UPDATE heats SET weight_kg = 310000 WHERE heat_no = 1")
        await soon(lambda: len(told(got)) == 3)
    assert told(got)[1:] == [("bof1.heats", "2", 300.0), ("bof1.heats", "1", 310.0)]


async def test_a_row_of_the_future_waits_and_one_of_another_year_is_told(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change("lab", heat(1, 30), heat(2, 60 * 24 * 400), heat(3, -1))
    one = source(lab, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: told(got))
        await asyncio.sleep(0.3)
    assert told(got) == [("bof1.heats", "3", 300.0)]
    (rejection,) = [item for delivery in got for item in delivery.rejections]
    assert (rejection.event_key, rejection.reason) == ("2", Reason.FUTURE_CLOCK)


async def test_after_a_restart_it_goes_on_from_what_the_ledger_has(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change("lab", heat(1, -60 * 50), heat(2, -60 * 30))
    one = source(lab, tmp_path, {"bof1.heats": NOW_NS - 31 * 3600 * 10**9}, first="2h", overlap="1h")
    async with run_source(one) as got:
        await soon(lambda: told(got))
    assert told(got) == [("bof1.heats", "2", 300.0)]


async def test_a_furnace_that_stands_for_years_lets_nothing_be_read_again(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change("lab", heat(1, -60 * 24 * 700, furnace=2), heat(2, -60 * 40), heat(3, -60))
    newest_ns = {"bof1.others": NOW_NS - 700 * 86_400 * 10**9, "bof1.heats": NOW_NS - 70 * 60 * 10**9}
    one = source(lab, tmp_path, newest_ns)
    async with run_source(one) as got:
        await soon(lambda: told(got))
        await asyncio.sleep(0.2)
    assert told(got) == [("bof1.heats", "3", 300.0)]


async def test_a_time_beyond_all_calendars_is_one_rows_fault(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change("lab", heat(1, -5), "INSERT INTO heats VALUES (2, 1, 300000, 'infinity')")
    one = source(lab, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: told(got))
    assert told(got) == [("bof1.heats", "1", 300.0)]
    (rejection,) = [item for delivery in got for item in delivery.rejections]
    assert rejection.detail.startswith("'infinity' is not a time: write 2026-09-30 08:00")
    assert one.health.up


async def test_many_thousand_rows_come_in_bounded_deliveries(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change(
        "lab",
        f"INSERT INTO heats SELECT n, 1, 300000, '{NOON.isoformat()}'::timestamptz - n * interval '1 second' "
        "FROM generate_series(1, 12000) AS n",
    )
    one = source(lab, tmp_path, timeout="10s")
    async with run_source(one) as got:
        await soon(lambda: len(told(got)) >= 12_000)
    assert len({key for _, key, _ in told(got)}) == 12_000
    assert max(len(delivery.events) for delivery in got) == 5_000


async def test_a_rate_in_rows_with_local_times_comes_in_order_and_not_from_before(
    lab: PostgresServer, tmp_path: Path
) -> None:
    lab.change(
        "lab", "INSERT INTO belt VALUES ('2026-09-30 11:59', 610), ('2026-09-30 11:58', 600), ('2026-09-30 11:50', 1)"
    )
    before_ns = NOW_NS - 5 * 60 * 10**9
    one = source(lab, tmp_path, {"bof1.belt": before_ns}, queries={"belt": BELT}, zone="Asia/Almaty")
    async with run_source(one) as got:
        await soon(lambda: any(delivery.readings is not None for delivery in got))
    batch = next(delivery.readings for delivery in got if delivery.readings is not None)
    assert batch.values.tolist() == [600.0, 610.0]
    assert batch.times_ns.tolist() == [NOW_NS - 120 * 10**9, NOW_NS - 60 * 10**9]


async def test_a_table_is_not_held_between_polls_and_one_that_is_locked_is_told(
    lab: PostgresServer, tmp_path: Path
) -> None:
    lab.change("lab", heat(1, -5))
    one = source(lab, tmp_path, timeout="300ms")
    async with run_source(one) as got:
        await soon(lambda: told(got))
        with psycopg.connect(f"{lab.administrator} dbname=lab") as holder:
            holder.execute("LOCK TABLE heats IN ACCESS EXCLUSIVE MODE")
            await soon(lambda: not one.health.up)
            said = one.health.last_error
        lab.change("lab", heat(2, -4))
        await soon(lambda: len(told(got)) == 2)
    assert said.startswith(f"postgresql at 127.0.0.1:{lab.port}, database lab")
    assert "statement timeout" in said or "gave no answer within 0.3 s" in said


async def test_a_database_that_is_killed_is_asked_again_when_it_is_back(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change("lab", heat(1, -5))
    one = source(lab, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: told(got))
        lab.kill()
        await soon(lambda: not one.health.up)
        lab.start()
        lab.change("lab", heat(2, -4))
        await soon(lambda: len(told(got)) == 2)
    assert one.health.up


async def test_a_column_that_is_gone_is_named_with_those_that_are_there(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change("lab", heat(1, -5))
    one = source(lab, tmp_path, queries={"heats": HEATS.replace("weight_kg", "weight_kg AS kilograms")})
    async with run_source(one):
        await soon(lambda: one.health.bad_nodes)
    assert one.health.bad_nodes["bof1.heats"] == (
        "query heats: there is no column weight_kg; there are: heat_no, furnace, kilograms, tapped_at"
    )


async def test_nothing_can_be_written_even_with_the_right_to_it(lab: PostgresServer, tmp_path: Path) -> None:
    lab.change(
        "lab",
        heat(1, -5),
        "CREATE OR REPLACE FUNCTION thief() RETURNS int LANGUAGE sql AS 'DELETE FROM heats RETURNING 1'",
    )
    thief = "SELECT thief() WHERE now() >= :since ORDER BY 1"
    one = source(lab, tmp_path, queries={"heats": thief})
    async with run_source(one):
        await soon(lambda: one.health.last_error)
    assert "read-only transaction" in one.health.last_error
    assert len(lab.rows("lab", "SELECT * FROM heats")) == 1


async def test_a_wrong_password_and_a_missing_table_are_told_in_the_servers_words(
    lab: PostgresServer, tmp_path: Path
) -> None:
    one = source(lab, tmp_path)
    (tmp_path / "lab.secret").write_text("slag", encoding="utf-8")
    async with run_source(one):
        await soon(lambda: one.health.last_error)
    assert "password authentication failed" in one.health.last_error
    assert "slag" not in one.health.last_error
    one = source(lab, tmp_path, queries={"heats": HEATS.replace("FROM heats", "FROM smelts")})
    async with run_source(one):
        await soon(lambda: one.health.last_error)
    assert 'relation "smelts" does not exist' in one.health.last_error


async def test_a_file_of_sqlite_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "mine.db"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE heats (heat_no, furnace, weight_kg, tapped_at)")
        file.execute("INSERT INTO heats VALUES ('A-17', '1', '250,5', '2026-09-30T11:30:00+05:00')")
    before = path.read_bytes()
    given = {"name": "mine", "type": "sql", "driver": "sqlite", "database": "mine.db", "zone": "Asia/Almaty"}
    config = SOURCE.config.model_validate(given | {"poll": "50ms", "queries": {"heats": HEATS}})
    address = SOURCE.address(query="heats", key="heat_no", tonnes="weight_kg", end="tapped_at", when={"furnace": "1"})
    one = SOURCE.build(config, SourceContext([(0, tag("heats"), address)], tmp_path, {}, lambda: NOW_NS))
    async with run_source(one) as got:
        await soon(lambda: told(got))
    assert told(got) == [("bof1.heats", "A-17", 250.5)]
    assert path.read_bytes() == before
