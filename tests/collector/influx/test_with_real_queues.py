"""The two senders with the real journal and the real ledger, through a kill of the real database."""

import asyncio
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from collector.config.settings import JournalLimits
from collector.influx.client import InfluxClient
from collector.influx.outbox_sender import OutboxSender
from collector.influx.packing import gzip_member
from collector.influx.point_tables import PointTables
from collector.influx.retry import Retry
from collector.influx.settings import InfluxSettings
from collector.influx.sink import TelemetrySink
from collector.storage.journal.journal import Journal
from collector.storage.journal.rows import JournalEntry
from collector.storage.ledger import outbox
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.outbox_queue import OutboxQueue
from models.works.table import Row, RowKey
from tests.support.influxd import InfluxServer
from tests.support.ledger_calls import publish


def entry(values: list[str], first_ns: int) -> JournalEntry:
    start = "telemetry,shop=bf,signal=blast,site=temirtau,unit=bf3 quality=2i,value="
    text = "".join(f"{start}{value} {first_ns + at}\n" for at, value in enumerate(values))
    return JournalEntry(
        source="plc",
        received_ns=first_ns,
        lines=gzip_member(text.encode()),
        line_count=len(values),
        facts=b"",
        oldest_ns=first_ns,
        newest_ns=first_ns + len(values) - 1,
    )


async def test_the_journal_drains_through_a_kill_of_the_database_and_keeps_what_was_refused(
    server: InfluxServer, settings: InfluxSettings, tmp_path: Path
) -> None:
    now_ns = time.time_ns()
    journal = Journal.open(
        tmp_path, JournalLimits(10**9, 90.0, 0), consumers=frozenset({"ledger", "sink"}), clock_ns=time.time_ns
    )
    client = InfluxClient(settings)
    sink = TelemetrySink(journal, client, settings, retry=Retry("telemetry", 0.05, 0.2))
    running = asyncio.create_task(sink.run())
    try:
        for number in range(20):
            values = [f"{number * 10 + at}.0" for at in range(10)]
            if number == 13:
                values[4] = "wrong"
            seq = await journal.append(entry(values, now_ns + number * 10))
            await journal.advance("ledger", seq)
            if number == 5:
                await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        async with asyncio.timeout(20):
            while sink.counters.sent + sink.counters.refused < 200:  # noqa: ASYNC110 - the counters have no event
                await asyncio.sleep(0.02)
        assert await journal.read_sink(1) == []
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await client.close()
        await journal.close()
    found = server.rows(settings.raw_bucket, 'SELECT "value" FROM "telemetry"')
    assert sorted(row["value"] for row in found) == [float(value) for value in range(200) if value != 134]
    with sqlite3.connect(tmp_path / "journal.db") as file:
        assert file.execute("SELECT tag, value, reason FROM quarantine").fetchall() == [
            ("bf3.blast", "wrong", "database_refused")
        ]


async def test_the_outbox_of_the_ledger_withdraws_fields_and_rows_from_the_database(
    server: InfluxServer, settings: InfluxSettings, tmp_path: Path
) -> None:
    day_ns = time.time_ns() // 86_400_000_000_000 * 86_400_000_000_000
    keys = [RowKey.of("output_day", day_ns, {"unit": unit, "product": "pig_iron"}) for unit in ("bf2", "bf3", "bf4")]
    ledger = Ledger.open(tmp_path, clock_ns=time.time_ns, demo=False)
    client = InfluxClient(settings)
    sender = OutboxSender(OutboxQueue(ledger), PointTables(client, settings.bucket))
    await publish(ledger, [Row(key, {"actual_t": 5.0, "target_t": 6.0}) for key in keys], to_outbox=True)
    await sender.drain()
    await publish(ledger, [Row(keys[1], {"actual_t": 7.0})], [keys[2]], to_outbox=True)
    await publish(ledger, [Row(keys[0], {"actual_t": 5})], to_outbox=True)  # refused: the field holds floats
    await sender.drain()
    left = ledger.read(outbox.size)
    await client.close()
    await ledger.close()
    found = server.rows(settings.bucket, 'SELECT "actual_t", "target_t", "unit" FROM "output_day"')
    shown = {row["unit"]: (row["actual_t"], row["target_t"]) for row in found}
    assert shown["bf3"] == (7, None)
    assert "bf4" not in shown
    assert left == 0
    with sqlite3.connect(tmp_path / "ledger.db") as file:
        refused = file.execute("SELECT detail FROM quarantine").fetchall()
    assert ["type conflict" in detail for (detail,) in refused] == [True]
