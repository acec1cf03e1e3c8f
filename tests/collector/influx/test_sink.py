"""Telemetry from the queue to a real database, through refusals, outages and restarts of it."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from collector.errors import SinkRejected, SinkUnavailable, StorageFull
from collector.influx.client import InfluxClient
from collector.influx.retry import Retry
from collector.influx.settings import InfluxSettings
from collector.influx.sink import TelemetrySink
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason
from tests.collector.influx.queues import ListEntry, ListQueue
from tests.support.influxd import InfluxServer

DAY_NS = 86_400 * 10**9


def line(value: str, time_ns: int, unit: str = "bf3", signal: str = "blast") -> str:
    return f"telemetry,shop=bf,signal={signal},site=temirtau,unit={unit} quality=2i,value={value} {time_ns}"


@pytest.fixture
async def client(settings: InfluxSettings) -> AsyncIterator[InfluxClient]:
    made = InfluxClient(settings)
    yield made
    await made.close()


def values(server: InfluxServer, settings: InfluxSettings) -> list[float]:
    return sorted(row["value"] for row in server.rows(settings.raw_bucket, 'SELECT "value" FROM "telemetry"'))


async def until(holds: Callable[[], bool], limit_s: float = 20.0) -> None:
    async with asyncio.timeout(limit_s):
        while not holds():  # noqa: ASYNC110 - what is awaited belongs to another process
            await asyncio.sleep(0.02)


async def test_every_queued_line_arrives_and_is_done_in_requests_of_about_the_batch(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    for entry in range(60):
        queue.put([line(f"{entry * 10 + at}.0", now_ns + entry * 10 + at) for at in range(10)])
    requests: list[int] = []

    class Counting:
        async def write(self, bucket: str, body: bytes) -> None:
            requests.append(body.count(b"\x1f\x8b\x08"))
            await client.write(bucket, body)

    sink = TelemetrySink(queue, Counting(), replace(settings, batch_lines=100))
    await sink.drain()
    assert values(server, settings) == [float(value) for value in range(600)]
    assert queue.waiting == {}
    assert requests == [10] * 6
    assert (sink.counters.sent, sink.counters.refused) == (600, 0)


@pytest.mark.parametrize("bad", ["7i", "abc", '"text"'])
@pytest.mark.parametrize("first_known", [True, False])
async def test_the_one_bad_row_is_set_aside_alone_and_its_neighbours_are_written(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient, bad: str, first_known: bool
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    if first_known:
        queue.put([line("0.5", now_ns - 1)])
        await TelemetrySink(queue, client, settings).drain()
    rows = [line(f"{at}.0", now_ns + at) for at in range(40)]
    rows[23] = line(bad, now_ns + 23, unit="bof1", signal="lance")
    for start in range(0, 40, 8):
        queue.put(rows[start : start + 8], source="bof_plc")
    sink = TelemetrySink(queue, client, settings)
    await sink.drain()
    expected = [float(at) for at in range(40) if at != 23] + ([0.5] if first_known else [])
    assert values(server, settings) == sorted(expected)
    assert queue.waiting == {}
    (rejection,) = queue.set_aside
    assert replace(rejection, detail="") == Rejection(
        "bof_plc", "bof1.lance", bad, now_ns + 23, Quality.GOOD, Reason.DATABASE_REFUSED, ""
    )
    assert "unable to parse" in rejection.detail or "field type conflict" in rejection.detail
    assert (sink.counters.sent, sink.counters.refused) == (39, 1)


async def test_when_every_row_is_refused_one_request_is_enough_to_set_them_all_aside(
    settings: InfluxSettings, client: InfluxClient
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    queue.put([line("1i", now_ns)])
    await TelemetrySink(queue, client, settings).drain()
    writes = 0

    class Counting:
        async def write(self, bucket: str, body: bytes) -> None:
            nonlocal writes
            writes += 1
            await client.write(bucket, body)

    for at in range(10):
        queue.put([line(f"{number}.0", now_ns + 1 + number) for number in range(at * 50, at * 50 + 50)])
    await TelemetrySink(queue, Counting(), settings).drain()
    assert writes == 1
    assert len(queue.set_aside) == 500
    assert len({rejection.time_ns for rejection in queue.set_aside}) == 500


class Refusing:
    """What refuses some requests before they reach the database, in the form of its own errors."""

    def __init__(self, client: InfluxClient, refuses: Callable[[bytes], bool], **kind: bool) -> None:
        self._client, self._refuses, self._kind = client, refuses, kind

    async def write(self, bucket: str, body: bytes) -> None:
        if self._refuses(gzip.decompress(body)):
            raise SinkRejected("rule 17 says no", **self._kind)
        await self._client.write(bucket, body)


async def test_what_refuses_every_row_in_words_of_its_own_is_no_judge_of_rows(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    for at in range(3):
        queue.put([line(f"{number}.0", now_ns + number) for number in range(at * 5, at * 5 + 5)])
    stranger = TelemetrySink(queue, Refusing(client, lambda _: True, doubtful=True), settings)
    with pytest.raises(SinkUnavailable, match="it refuses every row alone, so the rows are kept"):
        await stranger.drain()
    assert (len(queue.waiting), queue.set_aside) == (3, [])
    of_one_row = Refusing(client, lambda body: b"=7.0" in body, doubtful=True)
    await TelemetrySink(queue, of_one_row, settings).drain()
    assert values(server, settings) == [float(at) for at in range(15) if at != 7]
    assert [rejection.value for rejection in queue.set_aside] == ["7.0"], "others were let in beside it"


async def test_a_request_that_is_too_large_is_halved_and_a_row_that_is_too_large_is_kept(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    queue.put([line(f"{at}.0", now_ns + at) for at in range(16)])
    narrow = Refusing(client, lambda body: body.count(b"\n") > 3, too_large=True)
    await TelemetrySink(queue, narrow, settings).drain()
    assert values(server, settings) == [float(at) for at in range(16)]
    assert queue.set_aside == []
    queue.put([line("99.0", now_ns + 99)])
    with pytest.raises(SinkUnavailable, match="a single row is not too large, so the rows are kept"):
        await TelemetrySink(queue, Refusing(client, lambda _: True, too_large=True), settings).drain()
    assert (len(queue.waiting), queue.set_aside) == (1, [])


async def test_sending_everything_again_changes_nothing(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    now_ns = time.time_ns()
    for _ in range(3):
        queue = ListQueue()
        queue.put([line(f"{at}.0", now_ns + at) for at in range(50)])
        await TelemetrySink(queue, client, settings).drain()
    assert values(server, settings) == [float(at) for at in range(50)]


async def test_wrong_credentials_keep_every_row(server: InfluxServer, settings: InfluxSettings) -> None:
    changed = {"password": "wrong"} if settings.dialect == "v1" else {"token": "wrong"}
    stranger = InfluxClient(replace(settings, **changed))
    queue = ListQueue()
    queue.put([line("1.0", time.time_ns())])
    with pytest.raises(SinkUnavailable):
        await TelemetrySink(queue, stranger, settings).drain()
    await stranger.close()
    assert (len(queue.waiting), queue.set_aside) == (1, [])
    friend = InfluxClient(settings)
    await TelemetrySink(queue, friend, settings).drain()
    await friend.close()
    assert values(server, settings) == [1.0]


async def test_rows_beyond_the_retention_are_counted_and_never_sent(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    old_ns = now_ns - 91 * DAY_NS
    queue.put([line("1.0", old_ns), line("2.0", old_ns + 1)])
    queue.put([line("3.0", old_ns), line("4.0", now_ns)])
    queue.put([line("5.0", now_ns + 1)])
    sink = TelemetrySink(queue, client, settings)
    await sink.drain()
    assert values(server, settings) == [4.0, 5.0]
    assert (sink.counters.dropped_old, sink.counters.sent, queue.waiting) == (3, 2, {})


async def test_an_entry_whose_bytes_are_damaged_is_set_aside_and_holds_nothing_up(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    queue.put([line("1.0", now_ns)])
    whole = queue.waiting[queue.put([line("9.0", now_ns + 5)])]
    assert whole.lines is not None
    queue.waiting[queue.seq] = replace(whole, lines=whole.lines[:-6])
    queue.put([line("2.0", now_ns + 1)])
    await TelemetrySink(queue, client, settings).drain()
    assert values(server, settings) == [1.0, 2.0]
    assert queue.waiting == {}
    assert ["cannot be unpacked" in rejection.detail for rejection in queue.set_aside] == [True]


async def test_an_entry_without_telemetry_is_done_at_once(settings: InfluxSettings, client: InfluxClient) -> None:
    queue = ListQueue()
    queue.put_entry(ListEntry("plc", None, 0, 1, 1))
    await TelemetrySink(queue, client, settings).drain()
    assert queue.waiting == {}


async def test_a_database_that_is_killed_and_comes_back_gets_every_row_once(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    queue, now_ns = ListQueue(), time.time_ns()
    sink = TelemetrySink(queue, client, replace(settings, batch_lines=50), retry=Retry("telemetry", 0.05, 0.2))
    running = asyncio.create_task(sink.run())
    try:
        for entry in range(40):
            queue.put([line(f"{entry * 10 + at}.0", now_ns + entry * 10 + at) for at in range(10)])
            if entry == 10:
                await until(lambda: sink.counters.sent > 0)
                await asyncio.to_thread(server.kill)
        await until(lambda: not sink.retry.up)
        assert queue.waiting
        await asyncio.to_thread(server.start)
        await until(lambda: not queue.waiting)
        queue.put([line("400.0", now_ns + 400)])
        await until(lambda: not queue.waiting)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    assert values(server, settings) == [float(value) for value in range(401)]
    assert (sink.retry.up, queue.set_aside, sink.retry.retried > 0) == (True, [], True)


async def test_a_full_disk_at_the_acknowledgement_only_makes_the_sink_wait(
    settings: InfluxSettings, client: InfluxClient
) -> None:
    class Full(ListQueue):
        failures = 2

        async def done(self, consumer: str, seqs: list[int], set_aside: tuple[Rejection, ...] = ()) -> None:
            if self.failures:
                self.failures -= 1
                raise StorageFull("no room on the disk; free some")
            await super().done(consumer, seqs, set_aside)

    queue = Full()
    queue.put([line("1.0", time.time_ns())])
    sink = TelemetrySink(queue, client, settings, retry=Retry("telemetry", 0.01, 0.01))
    running = asyncio.create_task(sink.run())
    await until(lambda: not queue.waiting)
    running.cancel()
    assert queue.failures == 0


async def test_a_wait_that_the_database_asks_for_is_kept() -> None:
    retry = Retry("telemetry", 0.001, 0.001)
    before_s = time.monotonic()
    await retry.failed(SinkUnavailable("busy", 0.2))
    assert time.monotonic() - before_s >= 0.2


async def test_waits_grow_to_the_longest_with_full_jitter_and_start_anew_after_a_success(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []

    async def note(wait_s: float) -> None:
        waits.append(wait_s)

    monkeypatch.setattr("collector.influx.retry.random.uniform", lambda low, high: high)
    monkeypatch.setattr("collector.influx.retry.asyncio.sleep", note)
    retry = Retry("telemetry")
    for _ in range(9):
        await retry.failed(SinkUnavailable("away"))
    retry.succeeded()
    await retry.failed(SinkUnavailable("away"))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 1]
