"""Event rings: over a real server, and slot by slot."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from asyncua import ua
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import StorageFull
from collector.sources.base import Delivery
from collector.sources.opcua.address import RingAddress
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.ring import EventRing, RingRead, RingTaken
from collector.sources.opcua.ring_image import RingImage, RingUnreadable
from models.works.codes import Quality, Reason, TagKind
from tests.support.opcua_works import RING_ADDRESS, RunSource, Works, make_tag

START = datetime(2026, 3, 1, tzinfo=UTC)
MODES = pytest.mark.parametrize("keys", [{"mode": "poll"}, {"mode": "subscribe", "publishing_interval": "50ms"}])


class Plc:
    """A ring of N slots as a PLC keeps it."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.head = 0
        self.sequences = [0] * slots
        self.keys = [""] * slots
        self.tonnes = [0.0] * slots
        self.ends = [datetime(1970, 1, 1, tzinfo=UTC)] * slots

    def add(self, count: int = 1, prefix: str = "H") -> None:
        for _ in range(count):
            self.head += 1
            slot = self.head % self.slots
            self.sequences[slot] = self.head
            self.keys[slot] = f"{prefix}{self.head}"
            self.tonnes[slot] = 300.0 + self.head
            self.ends[slot] = START + timedelta(minutes=self.head)

    def variants(self) -> dict[str, ua.Variant]:
        kind = ua.VariantType
        return {
            "ring_sequence": ua.Variant(list(self.sequences), kind.UInt32),
            "ring_key": ua.Variant(list(self.keys), kind.String),
            "ring_tonnes": ua.Variant(list(self.tonnes), kind.Double),
            "ring_end": ua.Variant(list(self.ends), kind.DateTime),
            "ring_head": ua.Variant(self.head, kind.UInt32),
        }

    async def publish(self, works: Works) -> None:
        for name, value in self.variants().items():
            await works.write(name, value)

    def image(self, quality: Quality = Quality.GOOD) -> RingImage:
        return RingImage(self.head, list(self.sequences), list(self.keys), list(self.tonnes), list(self.ends), quality)


@MODES
async def test_events_are_taken_once_each_with_key_tonnes_and_end(
    works: Works, run_source: RunSource, keys: dict[str, str]
) -> None:
    plc = Plc(8)
    plc.add(3)
    await works.start(**plc.variants())
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, **keys) as running:
        await running.until(lambda: len(running.events()) == 3)
        plc.add(2)
        await plc.publish(works)
        await running.until(lambda: len(running.events()) == 5)
        await asyncio.sleep(0.2)
    assert running.events() == [(number, f"H{number}", 300.0 + number) for number in range(1, 6)]
    first = next(event for delivery in running.deliveries for event in delivery.events)
    assert first.end_ns == datetime_to_ns(START + timedelta(minutes=1))
    assert first.quality == Quality.GOOD
    assert running.gaps() == []
    assert sum(delivery.coverage.get("bof.heats", 0) for delivery in running.deliveries) >= 4
    assert running.source.health.up


async def test_what_was_durable_before_a_restart_is_not_taken_again(works: Works, run_source: RunSource) -> None:
    plc = Plc(8)
    plc.add(6)
    await works.start(**plc.variants())
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, resume={"bof.heats": 4}) as running:
        await running.until(lambda: running.events())
    assert [event[0] for event in running.events()] == [5, 6]
    assert running.gaps() == []


async def test_events_that_were_not_made_durable_come_again(works: Works, run_source: RunSource) -> None:
    plc = Plc(8)
    plc.add(2)
    await works.start(**plc.variants())
    offered: list[tuple[int, ...]] = []

    async def refuse(delivery: Delivery) -> None:
        if delivery.events:
            offered.append(tuple(event.sequence for event in delivery.events))
            if len(offered) == 1:
                raise StorageFull("full")

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.05))

    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, refuse=refuse, injected={"sleep": sleep}) as running:
        await running.until(lambda: running.events())
        await asyncio.sleep(0.2)
    assert offered == [(1, 2), (1, 2)]


async def test_an_overrun_ring_gives_what_it_holds_and_a_gap_for_what_it_lost(
    works: Works, run_source: RunSource
) -> None:
    plc = Plc(4)
    plc.add(2)
    await works.start(**plc.variants())
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}) as running:
        await running.until(lambda: len(running.events()) == 2)
        plc.add(7)
        await plc.publish(works)
        await running.until(lambda: len(running.events()) >= 6)
    assert [event[0] for event in running.events()] == [1, 2, 6, 7, 8, 9]
    ends = [datetime_to_ns(START + timedelta(minutes=minute)) for minute in (2, 6)]
    assert running.gaps() == [("bof.heats", *ends)]


async def test_a_ring_that_began_anew_is_taken_whole_with_a_gap(works: Works, run_source: RunSource) -> None:
    plc = Plc(4)
    plc.add(3)
    await works.start(**plc.variants())
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, resume={"bof.heats": 77}) as running:
        await running.until(lambda: len(running.events()) == 3)
        await asyncio.sleep(0.2)
    assert [event[0] for event in running.events()] == [1, 2, 3]
    assert len(running.gaps()) == 1


async def test_a_ring_that_cannot_be_read_is_set_aside_and_its_neighbours_go_on(
    works: Works, run_source: RunSource
) -> None:
    plc = Plc(4)
    plc.add(1)
    variants = plc.variants()
    del variants["ring_key"]
    await works.start(belt=1.0, **variants)
    nodes = {"bof.heats": RING_ADDRESS, "u.belt": "nsu=urn:test:plant;s=belt"}
    async with run_source(works.url, nodes, retry_bad_nodes="200ms") as running:
        await running.until(lambda: len(running.deliveries) > 2)
        assert "ring.key" in running.source.health.bad_nodes["bof.heats"]
        assert not any(delivery.coverage for delivery in running.deliveries)
        await works.add("ring_key", plc.variants()["ring_key"])
        await running.until(lambda: running.events() == [(1, "H1", 301.0)])
        assert not running.source.health.bad_nodes
    assert running.latest() == {1: 1.0}


@pytest.mark.parametrize("head", ["text", float("nan"), 1.5, -1])
async def test_a_head_that_is_no_whole_number_stops_neither_the_neighbours_nor_the_connection(
    works: Works, run_source: RunSource, head: object
) -> None:
    await works.start(belt=1.0, **{**Plc(4).variants(), "ring_head": head})
    nodes = {"bof.heats": RING_ADDRESS, "u.belt": "nsu=urn:test:plant;s=belt"}
    async with run_source(works.url, nodes) as running:
        await running.until(lambda: len(running.deliveries) > 2)
        assert "ring.head" in running.source.health.bad_nodes["bof.heats"]
        assert running.source.health.reconnects == 0
    assert running.latest() == {1: 1.0}


async def test_a_ring_of_one_slot_may_be_scalars(works: Works, run_source: RunSource) -> None:
    await works.start(
        ring_head=ua.Variant(5, ua.VariantType.Int64),
        ring_sequence=ua.Variant(5, ua.VariantType.UInt32),
        ring_key="coil-5",
        ring_tonnes=21.5,
        ring_end=START,
    )
    async with run_source(works.url, {"mill.coils": RING_ADDRESS}) as running:
        await running.until(lambda: running.events())
    assert running.events() == [(5, "coil-5", 21.5)]
    assert running.gaps() == []


def ring(resume: int | None) -> EventRing:
    address = RingAddress.model_validate(RING_ADDRESS["ring"])
    return EventRing("plc", make_tag("bof.heats", TagKind.EVENT, unit_of_measure="t"), address, RingTaken(resume))


def take(
    one: EventRing, plc: Plc, sequences: Sequence[int] | None = None, keys: Sequence[str] | None = None
) -> RingRead:
    return one.take(plc.image(), sequences or plc.sequences, keys or plc.keys, 10**18)


def test_an_event_whose_key_changed_between_two_reads_waits_for_the_next_read() -> None:
    plc, one = Plc(4), ring(0)
    plc.add(3)
    ring_read = take(one, plc, keys=[*plc.keys[:3], "half-writ"])
    assert [event.sequence for event in ring_read.events] == [1, 2]
    one.commit(ring_read)
    assert [event.sequence for event in take(one, plc).events] == [3]


def test_a_slot_that_is_overwritten_while_we_read_is_a_gap() -> None:
    plc, one = Plc(4), ring(0)
    plc.add(4)
    later = list(plc.sequences)
    later[1] = 5
    ring_read = take(one, plc, sequences=later)
    assert [event.sequence for event in ring_read.events] == [2, 3, 4]
    assert ring_read.gaps == [("bof.heats", 0, datetime_to_ns(plc.ends[2]))]


def test_a_ring_that_began_anew_and_overtook_us_is_known_by_its_key() -> None:
    plc, one = Plc(8), ring(0)
    plc.add(3)
    one.commit(take(one, plc))
    plc = Plc(8)
    plc.add(5, prefix="N")
    ring_read = take(one, plc)
    assert [event.key for event in ring_read.events] == ["N1", "N2", "N3", "N4", "N5"]
    assert len(ring_read.gaps) == 1


def test_an_event_without_tonnes_is_rejected_with_its_key_and_not_asked_for_again() -> None:
    plc, one = Plc(4), ring(0)
    plc.add(2)
    plc.tonnes[1] = None  # type: ignore[call-overload]
    ring_read = take(one, plc)
    refused = [(rejection.event_key, rejection.reason) for rejection in ring_read.rejections]
    assert refused == [("H1", Reason.WRONG_TYPE)]
    assert [event.sequence for event in ring_read.events] == [2]
    assert ring_read.resume == 2
    assert ring_read.gaps == []


def test_an_event_without_an_end_time_is_uncertain() -> None:
    plc, one = Plc(4), ring(0)
    plc.add(1)
    plc.ends[1] = datetime(1601, 1, 1, tzinfo=UTC)
    (event,) = take(one, plc).events
    assert (event.end_ns, event.quality) == (0, Quality.UNCERTAIN)


def test_arrays_of_different_lengths_are_no_ring() -> None:
    plc = Plc(4)
    with pytest.raises(RingUnreadable):
        take(ring(0), plc, keys=["one"])


@given(st.integers(1, 6), st.lists(st.integers(0, 9), max_size=12), st.booleans())
def test_every_event_is_taken_once_or_lies_in_a_gap(slots: int, bursts: list[int], known: bool) -> None:
    address = RingAddress(head="i=1", sequence="i=2", key="i=3", tonnes="i=4", end="i=5")
    from models.works.plant import Tag

    tag = Tag(
        name="b.h", signal="h", kind=TagKind.EVENT, site="s", shop="s", unit="b", source="plc",
        unit_of_measure="t", cadence_s=1.0,
    )  # fmt: skip
    plc, one = Plc(slots), EventRing("plc", tag, address, RingTaken(0 if known else None))
    taken: list[int] = []
    gaps: list[tuple[str, int, int]] = []
    for burst in bursts:
        plc.add(burst)
        if one.is_due(plc.head, 0.0):
            ring_read = take(one, plc)
            one.commit(ring_read)
            taken += [event.sequence for event in ring_read.events]
            gaps += ring_read.gaps
    assert taken == sorted(set(taken))
    first = min(taken, default=plc.head + 1)
    for missing in set(range(1, plc.head + 1)) - set(taken):
        end_ns = datetime_to_ns(START + timedelta(minutes=missing))
        assert (not known and missing < first) or any(start <= end_ns <= end for _, start, end in gaps)
