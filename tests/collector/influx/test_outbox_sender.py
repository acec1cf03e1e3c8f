import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest

from collector.errors import SinkUnavailable
from collector.influx.client import InfluxClient
from collector.influx.outbox_sender import OutboxSender
from collector.influx.point_tables import PointTables
from collector.influx.retry import Retry
from collector.influx.settings import InfluxSettings
from models.works.table import RowKey
from tests.collector.influx.queues import ListOutbox
from tests.support.influxd import InfluxServer
from tests.support.ports import free_port


@pytest.fixture
async def client(settings: InfluxSettings) -> AsyncIterator[InfluxClient]:
    made = InfluxClient(settings)
    yield made
    await made.close()


def key(unit: str, time_ns: int) -> RowKey:
    return RowKey.of("output_day", time_ns, {"site": "temirtau", "unit": unit, "product": "pig_iron"})


async def test_rows_are_written_to_the_calculated_bucket_and_done(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    outbox, now_ns = ListOutbox(), time.time_ns()
    for number in range(1500):
        outbox.put(key("bf3", now_ns + number), {"actual_t": 0.1 * number, "status": 0})
    sender = OutboxSender(outbox, PointTables(client, settings.bucket))
    await sender.drain()
    found = server.rows(settings.bucket, 'SELECT "actual_t" FROM "output_day"')
    assert [row["actual_t"] for row in found] == [0.1 * number for number in range(1500)]
    assert (outbox.items, outbox.refused, sender.counters.sent) == ([], [], 1500)


async def test_a_field_that_is_withdrawn_disappears(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    outbox, now_ns = ListOutbox(), time.time_ns()
    outbox.put(key("bf3", now_ns), {"actual_t": 1.0, "target_t": 5.0})
    outbox.put(key("bf4", now_ns), {"actual_t": 2.0, "target_t": 6.0})
    sender = OutboxSender(outbox, PointTables(client, settings.bucket))
    await sender.drain()
    outbox.put(key("bf3", now_ns), {"actual_t": 3.0}, delete_first=True)
    await sender.drain()
    found = server.rows(settings.bucket, 'SELECT "actual_t", "target_t", "unit" FROM "output_day"')
    assert {row["unit"]: (row["actual_t"], row["target_t"]) for row in found} == {"bf3": (3, None), "bf4": (2, 6)}


async def test_a_row_that_is_withdrawn_disappears(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    outbox, now_ns = ListOutbox(), time.time_ns()
    outbox.put(key("bf3", now_ns), {"actual_t": 1.0})
    outbox.put(key("bf4", now_ns), {"actual_t": 2.0})
    sender = OutboxSender(outbox, PointTables(client, settings.bucket))
    await sender.drain()
    outbox.put(key("bf3", now_ns), None, delete_first=True)
    await sender.drain()
    assert [row["unit"] for row in server.rows(settings.bucket, 'SELECT "actual_t", "unit" FROM "output_day"')] == [
        "bf4"
    ]
    assert outbox.items == []


async def test_a_refused_row_is_set_aside_alone_with_the_reason(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    outbox, now_ns = ListOutbox(), time.time_ns()
    outbox.put(key("bf3", now_ns), {"actual_t": 1.0})
    sender = OutboxSender(outbox, PointTables(client, settings.bucket))
    await sender.drain()
    for number in range(1, 30):
        outbox.put(key("bf3", now_ns + number), {"actual_t": 11 if number == 11 else float(number)})
    outbox.put(key("bf\n3", now_ns), {"actual_t": 1.0})
    await sender.drain()
    assert len(server.rows(settings.bucket, 'SELECT "actual_t" FROM "output_day"')) == 29
    assert outbox.items == []
    reasons = {item.key.time_ns - now_ns: reason for item, reason in outbox.refused}
    assert "field type conflict" in reasons[11]
    assert "line break" in reasons[0]
    assert (sender.counters.refused, sender.counters.sent) == (2, 29)


async def test_nothing_is_done_while_the_database_is_away(settings: InfluxSettings) -> None:
    away = InfluxClient(replace(settings, url=f"http://127.0.0.1:{free_port()}"))
    outbox = ListOutbox()
    outbox.put(key("bf3", 1), {"actual_t": 1.0})
    outbox.put(key("bf4", 1), None, delete_first=True)
    with pytest.raises(SinkUnavailable):
        await OutboxSender(outbox, PointTables(away, settings.bucket)).drain()
    await away.close()
    assert (len(outbox.items), outbox.refused) == (2, [])


async def test_a_running_sender_sends_what_it_is_woken_for(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    outbox = ListOutbox()
    sender = OutboxSender(outbox, PointTables(client, settings.bucket), retry=Retry("outbox", 0.01, 0.01))
    running = asyncio.create_task(sender.run())
    await asyncio.sleep(0.05)
    outbox.put(key("bf3", time.time_ns()), {"actual_t": 1.0})
    sender.wake()
    async with asyncio.timeout(0.9):
        while outbox.items:  # noqa: ASYNC110 - the list has no event to wait for
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert len(server.rows(settings.bucket, 'SELECT "actual_t" FROM "output_day"')) == 1


@dataclass
class SlowClient:
    """A database that takes its time over a delete, also of a client that hung up. `done`: what it did, in order."""

    done: list[str] = field(default_factory=list)
    deleting: asyncio.Event = field(default_factory=asyncio.Event)
    may_delete: asyncio.Event = field(default_factory=asyncio.Event)

    async def delete_point(self, _bucket: str, _key: RowKey) -> None:
        self.deleting.set()
        await self.may_delete.wait()
        self.done.append("delete")

    async def write(self, _bucket: str, _body: bytes) -> None:
        self.done.append("write")


async def test_a_delete_under_way_at_the_stop_is_waited_for_and_not_sent_beside_itself(
    settings: InfluxSettings,
) -> None:
    outbox, slow = ListOutbox(), SlowClient()
    outbox.put(key("bf3", time.time_ns()), {"actual_t": 1.0}, delete_first=True)
    sender = OutboxSender(outbox, PointTables(slow, settings.bucket))
    running = asyncio.create_task(sender.run())
    await slow.deleting.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    draining = asyncio.create_task(sender.drain())
    await asyncio.sleep(0.01)
    assert slow.done == []
    slow.may_delete.set()
    await draining
    assert (slow.done, outbox.items) == (["delete", "write"], [])
