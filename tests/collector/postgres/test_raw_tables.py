"""Telemetry and health from the journal's lines on a real PostgreSQL, and its deletion after the retention."""

import time

import pytest

from collector.influx.health_rows import SourceHealthRow
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.influx.sink import TelemetrySink
from collector.postgres.client import PostgresClient
from collector.postgres.raw_tables import RawRetention, RawTables
from collector.postgres.settings import PostgresSettings
from tests.collector.influx.queues import ListEntry, ListQueue
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.long

START = "telemetry,shop=bf,signal=blast,site=temirtau,unit=bf3 quality=2i,value="
DAY_NS = 86_400 * 10**9


async def test_readings_and_health_arrive_whole_and_again_without_a_change(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    now_ns = time.time_ns()
    queue = ListQueue()
    health = SourceHealthRow(
        site="temirtau", source="plc", collector="host", time_ns=now_ns, up=True, poll_s=1.0, readings=5, rejected=0,
        queue_rows=1, queue_bytes=2, queue_age_s=0.5, loop_lag_ms=1.25, age_s=0.2,
    )  # fmt: skip
    lines = [f"{START}{at / 8} {now_ns + at}" for at in range(3000)]
    queue.put(lines[:2000])
    queue.put([*lines[1500:], encode_rows([health.row()]).data.decode().strip()])
    sink = TelemetrySink(queue, RawTables(client), settings)
    await sink.drain()
    query = "SELECT (extract(epoch FROM time) * 1000000)::bigint * 1000 + below_us AS ns, * FROM tundish.telemetry"
    found = server.rows(settings.database, query)
    assert {row["ns"]: row["value"] for row in found} == {now_ns + at: at / 8 for at in range(3000)}
    assert {(row["site"], row["shop"], row["unit"], row["signal"], row["quality"]) for row in found} == {
        ("temirtau", "bf", "bf3", "blast", 2)
    }
    (row,) = server.rows(settings.database, "SELECT * FROM tundish.source_health")
    assert (row["up"], row["poll_s"], row["age_s"], row["cert_days_left"]) == (1, 1.0, 0.2, None)
    assert (queue.waiting, queue.set_aside) == ({}, [])


async def test_lines_that_are_no_rows_are_set_aside_alone(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    now_ns, queue = time.time_ns(), ListQueue()
    lines = [f"{START}{'wrong' if at == 33 else float(at)} {now_ns + at}" for at in range(100)]
    queue.put([*lines, f"elsewhere value=1.0 {now_ns}"])
    queue.put_entry(ListEntry("plc", b"no gzip", 1, now_ns, now_ns))
    await TelemetrySink(queue, RawTables(client), settings).drain()
    assert server.rows(settings.database, "SELECT count(*) FROM tundish.telemetry")[0]["count"] == 99
    assert sorted(each.detail for each in queue.set_aside) == [
        "'wrong' is no number",
        "elsewhere is no table of telemetry",
        "the stored lines cannot be unpacked: Not a gzipped file (b'no')",
    ]
    assert queue.waiting == {}


async def test_what_is_older_than_the_retention_is_deleted_and_of_this_works_alone(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    now_ns = time.time_ns()
    raw = RawTables(client)
    for site in ("temirtau", "elsewhere"):
        start = START.replace("site=temirtau", f"site={site}")
        lines = [f"{start}1.0 {now_ns - days * DAY_NS}\n" for days in range(30)]
        await raw.write("", gzip_member("".join(lines).encode()))
    assert await RawRetention(client, "temirtau", 14.5).delete_old() == 15
    assert await RawRetention(client, "temirtau", 14.5).delete_old() == 0
    counted = server.rows(settings.database, "SELECT site, count(*) FROM tundish.telemetry GROUP BY site ORDER BY site")
    assert [(row["site"], row["count"]) for row in counted] == [("elsewhere", 30), ("temirtau", 15)]
