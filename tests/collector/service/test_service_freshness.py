"""Freshness is of tags: what answers for one says nothing of another."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asyncua import ua

from collector.service.freshness import TagFreshness, readiness
from collector.service.http import Readiness
from collector.service.service import opened
from collector.sources.base import Accept, Delivery, SourceHealth
from models.counting.reading import ReadingBatch
from models.works.codes import Quality, TagKind
from models.works.plant import Plant
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import source_yaml, works_settings
from tests.support.opcua_works import Works
from tests.support.ports import free_port

pytestmark = pytest.mark.long

NS = 10**9


@dataclass
class SourceThatTells:
    name: str
    health: SourceHealth

    async def run(self, accept: Accept) -> None: ...


START = 1_800_000_000 * NS
LATE = START + 3600 * NS


@pytest.fixture
async def works() -> AsyncIterator[Works]:
    """A server that is not started yet."""
    one = Works()
    yield one
    await one.stop()


def of_source(plant: Plant, source: str, *, rings: bool) -> list[str]:
    return [tag.name for tag in plant.tags if tag.source == source and (tag.kind is TagKind.EVENT) == rings]


def reading(plant: Plant, *names: str, quality: Quality = Quality.GOOD, at_ns: int = LATE) -> Delivery:
    rows = [(plant.tag_index()[name], 1.0, START, quality) for name in names]
    return Delivery("plc", at_ns, ReadingBatch.of("plc", at_ns, rows))


def test_a_tag_is_fresh_by_a_good_reading_or_a_look_that_covers_it_whatever_its_stamp(plant: Plant) -> None:
    values, rings = of_source(plant, "plc", rings=False), of_source(plant, "plc", rings=True)
    fresh = TagFreshness(plant, START)
    assert fresh.stale("plc", START + 29 * NS) is None, "the start of the service counts"
    fresh.taken(reading(plant, *values))
    fresh.taken(Delivery("plc", LATE, coverage=dict.fromkeys(rings, 1)))
    assert fresh.stale("plc", LATE + 20 * NS) is None


def test_what_was_not_covered_or_is_bad_is_named(plant: Plant) -> None:
    first, *others = of_source(plant, "plc", rings=False)
    rings = of_source(plant, "plc", rings=True)
    fresh = TagFreshness(plant, START)
    fresh.taken(reading(plant, *others))
    fresh.taken(reading(plant, first, quality=Quality.BAD))
    fresh.taken(Delivery("plc", LATE, coverage=dict.fromkeys(rings, 1)))
    stale = fresh.stale("plc", LATE)
    assert stale is not None
    assert stale.tags == (first,)
    assert stale.text({first: "BadSensorFailure"}) == f"source plc: not fresh: {first} (BadSensorFailure)"


def test_looks_at_rings_do_not_make_values_fresh_and_the_service_is_not_ready(plant: Plant) -> None:
    rings = of_source(plant, "plc", rings=True)
    sources = {"plc": SourceThatTells("plc", SourceHealth(up=True))}
    fresh = TagFreshness(plant, START)
    fresh.taken(Delivery("plc", LATE, coverage=dict.fromkeys(rings, 1)))
    state = readiness(sources.items(), fresh, LATE, ())
    assert not state.ready
    assert "plc: not fresh: " in state.waiting_for[0]
    fresh.taken(reading(plant, *of_source(plant, "plc", rings=False)[1:]))
    state = readiness(sources.items(), fresh, LATE, ())
    assert state.ready, "one tag is named, and does not make the service as a whole not ready"
    assert of_source(plant, "plc", rings=False)[0] in state.not_fresh[0]


def test_a_source_that_is_down_is_told_once_with_its_error(plant: Plant) -> None:
    sources = {"plc": SourceThatTells("plc", SourceHealth(up=False, last_error="no answer in time"))}
    state = readiness(sources.items(), TagFreshness(plant, START), LATE, ("", "the disk is full"))
    assert state.waiting_for == ("source plc: no answer in time", "the disk is full")
    assert state.not_fresh == ()


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_a_running_service_names_the_tag_that_nothing_covers_and_a_silence_of_all_is_not_ready(
    tmp_path: Path, works: Works, mode: str
) -> None:
    """The host's clock is put on by a minute: what is read goes on being fresh, what is not read does not."""
    ahead_ns = 0
    await works.start(
        belt=0.0,
        coal=100.0,
        made=1.0,
        ring_sequence=ua.Variant([0, 0], ua.VariantType.UInt32),
        ring_key=ua.Variant(["", ""], ua.VariantType.String),
        ring_tonnes=ua.Variant([0.0, 0.0], ua.VariantType.Double),
        ring_end=ua.Variant([datetime(2026, 1, 1, tzinfo=UTC)] * 2, ua.VariantType.DateTime),
        ring_head=ua.Variant(0, ua.VariantType.UInt32),
    )
    keys = {"mode": mode, "publishing_interval": "100ms", "stale_after": "3s"}
    sources = [source_yaml(name, works.url, **keys) for name in ("plc", "dcs")]
    settings = works_settings(tmp_path, sources=sources, metrics={"port": free_port()})
    async with opened(settings, lambda: time.time_ns() + ahead_ns) as service:
        await soon(lambda: service.readiness().ready)
        ahead_ns = 60 * NS
        # Everything at once: the other source's readings are a minute old, too, until it has read again.
        unknown = ("source plc: not fresh: mine2.ore (BadNodeIdUnknown)",)
        await soon(lambda: service.readiness() == Readiness(ready=True, waiting_for=(), not_fresh=unknown))
        for name in ("belt", "coal"):
            await works.write(name, 0.0, status=ua.StatusCodes.BadCommunicationError)
        ahead_ns = 120 * NS
        lacking = "source plc: not fresh: mine1.belt, mine1.coal, mine2.ore (BadNodeIdUnknown)"
        await soon(lambda: service.readiness().waiting_for == (lacking,))
        assert not service.readiness().ready
