"""The outbox's rounds on a real PostgreSQL: together or not at all, again without a change, and refused one by one."""

import asyncio
import os
import signal
import time
from contextlib import suppress
from dataclasses import replace

import psycopg
import pytest

from collector.errors import SinkUnavailable
from collector.influx.outbox_sender import OutboxSender
from collector.influx.retry import Retry
from collector.postgres.client import PostgresClient
from collector.postgres.row_tables import RowTables
from collector.postgres.settings import PostgresSettings
from models.works.table import RowKey
from tests.collector.influx.queues import ListOutbox
from tests.support.ports import free_port
from tests.support.postgres import PostgresServer

DAY_NS = 1_700_000_000 * 10**9


def key(unit: str, time_ns: int = DAY_NS) -> RowKey:
    tags = {"site": "temirtau", "shop": "bf", "unit": unit, "product": "pig_iron", "level": "unit"}
    return RowKey.of("output_day", time_ns, tags)


def event(event_id: str, time_ns: int) -> tuple[RowKey, dict[str, float | int | str]]:
    tags = {"site": "temirtau", "shop": "bf", "unit": "bf3", "kind": "repair"}
    return RowKey.of("plant_event", time_ns, tags), {"event_id": event_id, "end_ms": 5}


async def test_rows_are_written_to_their_tables_and_done(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    outbox = ListOutbox()
    for number in range(1500):
        outbox.put(key("bf3", DAY_NS + number * 10**9), {"actual_t": 0.1 * number, "status": 0})
    sender = OutboxSender(outbox, RowTables(client))
    await sender.drain()
    found = server.rows(settings.database, "SELECT * FROM tundish.output_day ORDER BY time")
    assert [row["actual_t"] for row in found] == [0.1 * number for number in range(1500)]
    assert found[7]["time"].timestamp() == DAY_NS / 10**9 + 7
    assert (found[7]["unit"], found[7]["status"], found[7]["target_t"]) == ("bf3", 0, None)
    assert (outbox.items, outbox.refused, sender.counters.sent) == ([], [], 1500)


async def test_a_round_may_be_repeated_and_a_row_that_lost_a_field_loses_it(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    outbox, tables = ListOutbox(), RowTables(client)
    outbox.put(key("bf3"), {"actual_t": 1.0, "target_t": 5.0})
    outbox.put(key("bf4"), {"actual_t": 2.0, "target_t": 6.0})
    for _ in range(3):
        assert (await tables.apply(outbox.items)).written == 2
    again = ListOutbox()
    again.put(key("bf3"), {"actual_t": 3.0}, delete_first=True)
    again.put(key("bf4"), None, delete_first=True)
    for _ in range(3):
        assert (await tables.apply(again.items)).written == 1
    found = server.rows(settings.database, "SELECT unit, actual_t, target_t FROM tundish.output_day")
    assert found == [{"unit": "bf3", "actual_t": 3.0, "target_t": None}]


async def test_times_keep_every_nanosecond_so_two_events_of_one_microsecond_stay_two(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    outbox, tables = ListOutbox(), RowTables(client)
    times = [DAY_NS + 1, DAY_NS + 999, DAY_NS + 1000, 4_102_444_800 * 10**9 + 123_456_789, 1]
    for time_ns in times:
        outbox.put(*event(f"at {time_ns}", time_ns))
    await tables.apply(outbox.items)
    query = (
        "SELECT (extract(epoch FROM time) * 1000000)::bigint * 1000 + below_us AS ns, event_id FROM tundish.plant_event"
    )
    assert {row["ns"]: row["event_id"] for row in server.rows(settings.database, query)} == {
        time_ns: f"at {time_ns}" for time_ns in times
    }
    gone = ListOutbox()
    gone.put(event("", times[1])[0], None, delete_first=True)
    await tables.apply(gone.items)
    assert sorted(row["ns"] for row in server.rows(settings.database, query)) == sorted({*times} - {times[1]})


async def test_a_reader_never_sees_half_of_a_round(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    """Units swap their tonnes in every round, in which one row is withdrawn and another comes: the sum stays."""
    tables = RowTables(client)
    units = [f"bf{number}" for number in range(40)]

    async def rounds() -> None:
        for turn in range(60):
            outbox = ListOutbox()
            for number, unit in enumerate(units):
                there = (number + turn) % 2
                outbox.put(key(unit), {"actual_t": 5.0} if there else None, delete_first=not there)
            await tables.apply(outbox.items)

    seen: list[tuple[float, int]] = []
    writing = asyncio.create_task(rounds())
    async with await psycopg.AsyncConnection.connect(
        f"{server.administrator} dbname={settings.database}", autocommit=True
    ) as reader:
        while not writing.done():
            found = await reader.execute("SELECT coalesce(sum(actual_t), 0), count(*) FROM tundish.output_day")
            row = await found.fetchone()
            assert row is not None
            seen.append(row)
    await writing
    assert set(seen) <= {(0.0, 0), (100.0, 20)}
    assert len(seen) > 60


async def test_a_refused_row_is_set_aside_alone_with_the_reason(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    server.change(settings.database, "ALTER TABLE tundish.output_day ADD CHECK (target_t < 100)")
    outbox = ListOutbox()
    for number in range(30):
        outbox.put(key(f"bf{number}"), {"actual_t": 1.0, "target_t": 500.0 if number == 17 else 5.0})
    outbox.put(key("b1"), {"actual_t": 11})
    outbox.put(key("b2"), {"title": "of another table"})
    outbox.put(key("b\x003"), {"actual_t": 1.0})
    outbox.put(RowKey.of("output_day", DAY_NS, {"unit": "bf3"}), {"actual_t": 1.0})
    outbox.put(RowKey.of("nowhere", DAY_NS, {"site": "temirtau"}), {"actual_t": 1.0})
    outbox.put(key("b4"), {"actual_t": float("nan")})
    sender = OutboxSender(outbox, RowTables(client))
    await sender.drain()
    assert server.rows(settings.database, "SELECT count(*) FROM tundish.output_day")[0]["count"] == 29
    reasons = {dict(item.key.tags).get("unit", item.key.table): reason for item, reason in outbox.refused}
    assert "violates check constraint" in reasons["bf17"]
    assert reasons["b1"] == "field actual_t holds a number, and the row has 11"
    assert reasons["b2"] == "table output_day has no field title"
    assert reasons["b\x003"] == "tag unit holds a NUL character"
    assert "has the tags site, shop, unit, product, level" in reasons["bf3"]
    assert reasons["nowhere"] == "there is no table nowhere"
    assert (outbox.items, sender.counters.refused, sender.counters.sent) == ([], 6, 29)


async def test_nothing_is_done_while_the_database_is_away_or_wrong_and_the_error_says_what_to_do(
    server: PostgresServer, settings: PostgresSettings
) -> None:
    outbox = ListOutbox()
    outbox.put(key("bf3"), {"actual_t": 1.0})
    wrong = {
        "check postgres.host and postgres.port": replace(settings, port=free_port()),
        "check postgres.user and its password_file": replace(settings, password="wrong"),
        "or check postgres.database and postgres.user": replace(settings, database="nowhere"),
        "check postgres.tls and postgres.ca_file": replace(settings, tls="require"),
        "run `tundish provision`, which gives the rights": replace(settings, user=settings.reader),
    }
    for step, other in wrong.items():
        client = PostgresClient(other)
        with pytest.raises(SinkUnavailable, match=step):
            await OutboxSender(outbox, RowTables(client)).drain()
        await client.close()
    server.change(settings.database, "ALTER TABLE tundish.output_day DROP COLUMN forecast_lacks")
    client = PostgresClient(settings)
    with pytest.raises(SinkUnavailable, match="run `tundish provision`, which makes what is missing"):
        await OutboxSender(outbox, RowTables(client)).drain()
    await client.close()
    assert (len(outbox.items), outbox.refused) == (1, [])


async def test_a_running_sender_goes_through_a_crash_of_the_database(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    outbox = ListOutbox()
    sender = OutboxSender(outbox, RowTables(client), retry=Retry("outbox", 0.01, 0.1))
    running = asyncio.create_task(sender.run())
    for number in range(40):
        outbox.put(key(f"bf{number}"), {"actual_t": float(number)})
        sender.wake()
        await asyncio.sleep(0.005)
        if number == 12:
            await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    async with asyncio.timeout(20):
        while outbox.items:  # noqa: ASYNC110 - the list has no event to wait for
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    found = server.rows(settings.database, "SELECT actual_t FROM tundish.output_day")
    assert sorted(row["actual_t"] for row in found) == [float(number) for number in range(40)]
    assert sender.retry.retried > 0


async def test_a_database_that_hangs_is_given_up_and_asked_anew(
    server: PostgresServer, settings: PostgresSettings
) -> None:
    client = PostgresClient(replace(settings, timeout_s=0.3))
    tables, outbox = RowTables(client), ListOutbox()
    outbox.put(key("bf3"), {"actual_t": 1.0})
    await tables.apply(outbox.items)
    (backend,) = server.rows(settings.database, "SELECT pid FROM pg_stat_activity WHERE usename = %s", settings.user)
    os.kill(backend["pid"], signal.SIGSTOP)
    try:
        began_s = time.monotonic()
        with pytest.raises(SinkUnavailable, match=r"did not answer within 0\.9 s"):
            await tables.apply(outbox.items)
        assert time.monotonic() - began_s < 8
        assert (await tables.apply(outbox.items)).written == 1
    finally:
        os.kill(backend["pid"], signal.SIGCONT)
        await client.close()
