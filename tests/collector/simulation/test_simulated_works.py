import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from asyncua import ua
from asyncua.client.client import Client
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import UaError, UaStatusCodeError

from collector.errors import CannotStart, ConfigurationError, StorageFull
from collector.simulation.book import TruthBook
from collector.simulation.catalogue import COUNTER_MODULUS_T, NAMESPACE
from collector.simulation.options import SimulationOptions
from collector.simulation.simulated_works import SimulatedWorks
from tests.collector.simulation.hand_clock import START_NS, HandClock

SECOND = 1_000_000_000
MODULUS_G = COUNTER_MODULUS_T * 1_000_000


def held(data: ua.DataValue) -> Any:  # noqa: ANN401 - a variant holds anything
    """The bare value."""
    return data.Value.Value if data.Value is not None else None


@dataclass
class Reader:
    """A plain OPC UA client on the works."""

    client: Client
    index: int

    async def read(self, *nodes: str) -> list[ua.DataValue]:
        found = [self.client.get_node(f"ns={self.index};s={node}") for node in nodes]
        return await self.client.read_attributes(found, AttributeIds.Value)

    async def value(self, node: str) -> tuple[float, int]:
        """(value, source time in UTC nanoseconds)."""
        (data,) = await self.read(node)
        assert data.SourceTimestamp is not None
        return held(data), round(data.SourceTimestamp.timestamp()) * SECOND

    async def ring(self, node: str) -> dict[str, Any]:
        names = ("Head", "Sequence", "Key", "Tonnes", "End")
        values = await self.read(*(f"{node}.{name}" for name in names))
        return {name: held(data) for name, data in zip(names, values, strict=True)}


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[Reader]:
    async with Client(url, timeout=30) as client:
        yield Reader(client, await client.get_namespace_index(NAMESPACE))


def works_of(clock: HandClock, book: Path | None, *faults: str, speed: float = 60, slots: int = 256) -> SimulatedWorks:
    options = SimulationOptions(
        seed=11, start_ns=START_NS, speed=speed, book=book, faults=faults, tick_s=0.02, ring_slots=slots
    )
    return SimulatedWorks(options, host_ns=clock.host_ns, elapsed_ns=clock.elapsed_ns)


def growth_g(readings: Sequence[tuple[float, int]]) -> int:
    """What a counter counted from the first reading to the last, over any wraps, in grams."""
    grams = [round(value * 1e6) for value, _ in readings]
    return sum((after - before) % MODULUS_G for before, after in pairwise(grams))


@pytest.mark.long
async def test_counters_read_over_opcua_equal_the_book_to_the_kilogram_over_a_wrap(
    clock: HandClock, tmp_path: Path
) -> None:
    book_file = tmp_path / "book.db"
    nodes = {"mine1.coal_total": "MINE1.CoalTotal", "sinter1.sinter_total": "SINTER1.Total"}
    readings: dict[str, list[tuple[float, int]]] = {tag: [] for tag in nodes}
    async with works_of(clock, book_file, speed=600) as works, reading(works.url) as reader:
        for _ in range(15):
            await clock.pass_s(works, 7.3)
            for tag, node in nodes.items():
                readings[tag].append(await reader.value(node))
        values = [value for value, _ in readings["mine1.coal_total"]]
        assert values[0] > 0.95 * COUNTER_MODULUS_T
        assert values[-1] < 0.2 * COUNTER_MODULUS_T, "the first counter wraps within the first hours"
        book = TruthBook.open(book_file)
        for tag, of_tag in readings.items():
            assert book.counted(tag, of_tag[0][1], of_tag[-1][1]) == growth_g(of_tag) > 0
            for before, after in pairwise(of_tag):
                assert book.counted(tag, before[1], after[1]) == growth_g([before, after])
        book.close()


async def test_the_ring_holds_the_newest_events_as_the_book_tells_them(clock: HandClock, tmp_path: Path) -> None:
    book_file = tmp_path / "book.db"
    slots = 16
    async with works_of(clock, book_file, speed=600, slots=slots) as works, reading(works.url) as reader:
        first = await reader.ring("HSM.Coils")
        assert first["Head"] == 0
        assert first["Sequence"] == [0] * slots
        for _ in range(6):
            await clock.pass_s(works, 6)
        ring = await reader.ring("HSM.Coils")
        book = TruthBook.open(book_file)
        events = book.events("hsm.coils")
        book.close()
    assert [event.sequence for event in events] == list(range(1, ring["Head"] + 1))
    assert len(events) > slots
    for event in events[-slots:]:
        slot = event.sequence % slots
        assert ring["Sequence"][slot] == event.sequence
        assert ring["Key"][slot] == event.key
        assert round(ring["Tonnes"][slot] * 1e6) == event.grams
        assert ring["End"][slot].replace(tzinfo=UTC) == datetime.fromtimestamp(event.end_ns / SECOND, UTC)
        assert event.end_ns <= works.time_ns


async def test_two_works_of_one_seed_write_the_same_book(tmp_path: Path) -> None:
    books = []
    for name in ("one", "two"):
        clock, book_file = HandClock(), tmp_path / name
        async with works_of(clock, book_file, speed=1000) as works:
            await clock.pass_s(works, 10)
        book = TruthBook.open(book_file)
        books.append({tag: (book.published(tag), book.events(tag)) for tag in book.tags()})
        book.close()
    assert books[0] == books[1]
    assert len(books[0]) == 14  # all but the converter in relining


async def test_source_times_are_simulated_and_the_server_clock_is_real(clock: HandClock) -> None:
    async with works_of(clock, None) as works, reading(works.url) as reader:
        await clock.pass_s(works, 5)
        assert (await reader.value("BF3.Blast"))[1] == works.time_ns == START_NS + 300 * SECOND
        now = await reader.client.get_node(ObjectIds.Server_ServerStatus_CurrentTime).read_value()
        assert abs((now.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()) < 5
        name = await reader.client.get_node(ObjectIds.Server_ServerStatus_BuildInfo_ProductName).read_value()
        assert name == "SIMULATED works"


async def test_a_client_can_read_and_not_write(clock: HandClock) -> None:
    async with works_of(clock, None) as works, reading(works.url) as reader:
        before = await reader.value("BF3.Blast")
        with pytest.raises(UaStatusCodeError):
            await reader.client.get_node(f"ns={reader.index};s=BF3.Blast").write_value(1.0)
        assert await reader.value("BF3.Blast") == before


async def test_a_cut_connection_comes_back_on_the_same_port_and_the_works_ran_on(
    clock: HandClock, tmp_path: Path
) -> None:
    book_file = tmp_path / "book.db"
    async with works_of(clock, book_file, "opcua-cut@+20s:30s") as works:
        async with reading(works.url) as reader:
            await clock.pass_s(works, 10)
            before = await reader.value("WASH.ConcentrateTotal")
            await clock.pass_s(works, 15)
            with pytest.raises((ConnectionError, UaError, TimeoutError)):
                await reader.value("WASH.ConcentrateTotal")
            with pytest.raises((OSError, TimeoutError)):
                await Client(works.url, timeout=1).connect()
        await clock.pass_s(works, 40)
        async with reading(works.url) as reader:
            after = await reader.value("WASH.ConcentrateTotal")
        book = TruthBook.open(book_file)
        assert book.counted("washery.concentrate_total", before[1], after[1]) == growth_g([before, after]) > 0
        (cut,) = book.faults()
        assert (cut.name, cut.end_ns) == ("opcua-cut", works.time_ns)
        book.close()


async def test_a_frozen_unit_stands_still_in_value_and_time_and_then_shows_all_it_made(
    clock: HandClock, tmp_path: Path
) -> None:
    book_file = tmp_path / "book.db"
    async with works_of(clock, book_file, "washery-freeze@+10s:30s") as works, reading(works.url) as reader:
        await clock.pass_s(works, 5)
        before = await reader.value("WASH.ConcentrateTotal")
        await clock.pass_s(works, 10)
        await clock.pass_s(works, 10)
        assert await reader.value("WASH.ConcentrateTotal") == before
        assert (await reader.value("SINTER1.Total"))[1] == works.time_ns
        await clock.pass_s(works, 20)
        after = await reader.value("WASH.ConcentrateTotal")
        assert after[1] == works.time_ns
        book = TruthBook.open(book_file)
        assert book.counted("washery.concentrate_total", before[1], after[1]) == growth_g([before, after]) > 0
        book.close()


async def test_a_bad_signal_has_bad_quality_for_its_time_and_the_book_leaves_those_instants_out(
    clock: HandClock, tmp_path: Path
) -> None:
    book_file = tmp_path / "book.db"
    faults = ("bf3-blast_temperature-bad@+10s:10s", "washery-concentrate_total-bad@+10s:10s")
    async with works_of(clock, book_file, *faults) as works, reading(works.url) as reader:
        await clock.pass_s(works, 15)
        bad = await reader.read("BF3.BlastTemperature", "WASH.ConcentrateTotal", "SINTER1.Total")
        assert [data.StatusCode.is_bad() for data in bad if data.StatusCode] == [True, True, False]
        bad_ns = works.time_ns
        await clock.pass_s(works, 10)
        good = await reader.read("BF3.BlastTemperature", "WASH.ConcentrateTotal")
        assert [data.StatusCode.is_good() for data in good if data.StatusCode] == [True, True]
        book = TruthBook.open(book_file)
        assert bad_ns not in [entry.time_ns for entry in book.published("washery.concentrate_total")]
        assert bad_ns in [entry.time_ns for entry in book.published("sinter1.sinter_total")]
        book.close()


async def test_a_reset_loses_only_what_lies_in_its_span_of_the_book(clock: HandClock, tmp_path: Path) -> None:
    book_file = tmp_path / "book.db"
    async with works_of(clock, book_file, "washery-reset@+10s") as works, reading(works.url) as reader:
        await clock.pass_s(works, 5)
        before = await reader.value("WASH.ConcentrateTotal")
        await clock.pass_s(works, 10)
        reset = await reader.value("WASH.ConcentrateTotal")
        await clock.pass_s(works, 10)
        after = await reader.value("WASH.ConcentrateTotal")
        book = TruthBook.open(book_file)
        (fault,) = book.faults()
        assert before[0] > 0.9 * COUNTER_MODULUS_T
        assert reset[0] < 200
        assert (fault.start_ns, fault.end_ns) == (before[1], reset[1])
        assert book.counted("washery.concentrate_total", reset[1], after[1]) == growth_g([reset, after]) > 0
        book.close()


async def test_a_stopped_furnace_loses_its_blast_and_taps_nothing(clock: HandClock, tmp_path: Path) -> None:
    book_file = tmp_path / "book.db"
    async with works_of(clock, book_file, "bf3-stop@+10s", speed=600) as works, reading(works.url) as reader:
        await clock.pass_s(works, 9)
        running = await reader.value("BF3.Blast")
        await clock.pass_s(works, 10)
        stopped_ns = works.time_ns
        await clock.pass_s(works, 60)
        standing = await reader.value("BF3.Blast")
        assert running[0] > 5000
        assert standing[0] < 10
        book = TruthBook.open(book_file)
        assert book.events("bf3.taps", start_ns=stopped_ns) == []
        assert len(book.events("bf2.taps", start_ns=stopped_ns)) >= 2
        assert book.faults()[0].end_ns is None
        book.close()


async def test_a_load_of_extra_doubles_changes_each_second(clock: HandClock) -> None:
    options = SimulationOptions(start_ns=START_NS, tick_s=0.02, extra_doubles=300)
    works = SimulatedWorks(options, host_ns=clock.host_ns, elapsed_ns=clock.elapsed_ns)
    nodes = [f"Load.D{index:05d}" for index in range(300)]
    async with works, reading(works.url) as reader:
        await clock.pass_s(works, 5)
        first = [held(data) for data in await reader.read(*nodes)]
        await clock.pass_s(works, 5)
        second = [held(data) for data in await reader.read(*nodes)]
        assert len(set(first)) == 300
        assert all(a != b for a, b in zip(first, second, strict=True))


async def test_a_book_that_is_there_already_is_never_written_over(clock: HandClock, tmp_path: Path) -> None:
    book_file = tmp_path / "book.db"
    book_file.write_text("yesterday's")
    with pytest.raises(CannotStart, match="already exists"):
        async with works_of(clock, book_file):
            pass
    assert book_file.read_text() == "yesterday's"


async def test_a_taken_port_is_reported_with_the_next_step(clock: HandClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        options = SimulationOptions(start_ns=START_NS, port=taken.getsockname()[1])
        with pytest.raises(CannotStart, match="give another port"):
            async with SimulatedWorks(options, host_ns=clock.host_ns, elapsed_ns=clock.elapsed_ns):
                pass


def test_the_works_listens_on_this_host_only() -> None:
    with pytest.raises(ConfigurationError, match=r"does not listen on 0\.0\.0\.0"):
        SimulationOptions(host="0.0.0.0")  # noqa: S104 - refused, which is the point


def test_a_book_that_is_not_there_is_reported_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="--book FILE"):
        TruthBook.open(tmp_path / "none.db")


async def test_a_book_that_takes_no_more_ends_the_works_with_a_reason(clock: HandClock, tmp_path: Path) -> None:
    book_file = tmp_path / "book.db"
    async with works_of(clock, book_file) as works:
        with sqlite3.connect(book_file) as other:
            other.execute("drop table event")
            other.execute("drop table counter")
        clock.elapsed_ns_now += 60 * SECOND
        with pytest.raises(StorageFull, match="start it again"):
            await asyncio.wait_for(works.wait(), 5)
