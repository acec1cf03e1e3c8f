"""A renamed unit keeps the courses of its counters and the places of its rings: nothing lost, nothing twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.service.source_context import source_context
from collector.sources.base import Delivery
from collector.storage.ledger import reads as ledger_reads
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, batch_of, delivery_of, grams, opened_parts, tap
from tests.collector.service.works_document import COAL, NOON_NS, NS, TAPS

TONNE = 1_000_000


def renamed(plant: Plant, *, told: bool = True) -> Plant:
    """Mine 1 and the furnace under new codes; `told`: with `renamed_from`."""
    new = {"mine1": "mine_one", "bf3": "furnace3"}
    units = {
        new.get(code, code): replace(
            unit, code=new.get(code, code), renamed_from=(code,) if told and code in new else ()
        )
        for code, unit in plant.units.items()
    }
    tags = [
        replace(tag, unit=new.get(tag.unit, tag.unit), name=f"{new.get(tag.unit, tag.unit)}.{tag.signal}")
        for tag in plant.tags
    ]
    return replace(plant, units=units, tags=tuple(sorted(tags, key=lambda tag: tag.name)))


async def test_what_a_counter_grew_while_its_unit_was_renamed_counts(tmp_path: Path, plant: Plant) -> None:
    here = "opc.tcp://plc1 coal in t"
    async with opened_parts(tmp_path, plant) as parts:
        rows = parts.batch((COAL, 0, 100.0), (COAL, 60, 101.0))
        await parts.take(delivery_of(rows, addresses={COAL: here}))
        await parts.settle()
    now = renamed(plant)
    async with opened_parts(tmp_path, now) as parts:
        later = batch_of(now, ("mine_one.coal", 120, 103.0))
        await parts.take(delivery_of(later, addresses={"mine_one.coal": here}))
        await parts.settle()
        assert grams(parts.ledger) == {COAL: TONNE, "mine_one.coal": 2 * TONNE}
        assert not parts.ledger.read(ledger_reads.gaps)
        late = batch_of(now, ("mine_one.coal", 30, 100.5), received_ns=NOON_NS + 130 * NS)
        await parts.take(delivery_of(late), delivery_of(batch_of(now, ("mine_one.coal", 150, 104.0))))
        await parts.settle()
        assert sum(grams(parts.ledger).values()) == 4 * TONNE


async def test_a_counter_that_was_renamed_and_is_read_elsewhere_is_another_one(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 0, 100.0)), addresses={COAL: "plc1"}))
        await parts.settle()
    now = renamed(plant)
    async with opened_parts(tmp_path, now) as parts:
        later = batch_of(now, ("mine_one.coal", 120, 103.0))
        await parts.take(delivery_of(later, addresses={"mine_one.coal": "plc2"}))
        await parts.settle()
        assert grams(parts.ledger) == {}
        assert len(parts.ledger.read(ledger_reads.gaps)) == 1


async def test_a_ring_of_a_renamed_unit_is_read_on_from_where_it_was(
    tmp_path: Path, settings: Settings, plant: Plant
) -> None:
    async with opened_parts(tmp_path, plant, clock=Clock()) as parts:
        await parts.take(delivery_of(events=(tap("17", -60, sequence=41),), addresses={TAPS: "plc1 ring"}))
        await parts.settle()
        now = renamed(plant)
        ring = next((0, tag, None) for tag in now.tags if tag.name == "furnace3.taps")
        source = replace(settings.sources["plc"], tags=(ring,))
        there = replace(settings, plant=now, sources={"plc": source})
        context = source_context(there, "plc", parts.ledger, Clock())
        assert context.resume["furnace3.taps"] == 41
        assert context.known["furnace3.taps"] == "plc1 ring"
        assert context.events["furnace3.taps"] == {41: ("17", 400.0, NOON_NS - 60 * NS)}


def there(plant: Plant, at_s: float, value: float, *, unit: str) -> Delivery:
    rows = batch_of(plant, (f"{unit}.coal", at_s, value), received_ns=NOON_NS + round(at_s) * NS)
    return delivery_of(rows, received_ns=NOON_NS + round(at_s) * NS, addresses={f"{unit}.coal": "plc1 coal in t"})


async def test_a_unit_that_is_renamed_untold_and_back_counts_each_tonne_once(tmp_path: Path, plant: Plant) -> None:
    """Whoever claims what was counted under the name of between: it was made once, and the totals have it once."""
    other = renamed(plant, told=False)
    steps = [(plant, "mine1", 0, 100.0), (other, "mine_one", 120, 103.0), (plant, "mine1", 240, 106.0)]
    for now, unit, at_s, value in steps:
        async with opened_parts(tmp_path, now, clock=Clock()) as parts:
            await parts.take(there(now, at_s, value, unit=unit), there(now, at_s + 60, value + 1, unit=unit))
            await parts.settle()
    async with opened_parts(tmp_path, plant, clock=Clock()) as parts:
        assert grams(parts.ledger) == {COAL: (1 + 3) * TONNE, "mine_one.coal": (2 + 1) * TONNE}
        assert not parts.ledger.read(ledger_reads.gaps)


@pytest.mark.parametrize("told", [True, False])
async def test_events_that_are_given_again_under_another_name_count_once_and_are_corrected_where_they_are(
    tmp_path: Path, plant: Plant, *, told: bool
) -> None:
    """A database is asked for its last hour again, and a ring may be read from its beginning."""
    known = (tap("17", -120, 400.0, sequence=-1), tap("18", -60, 380.0, sequence=-1))
    async with opened_parts(tmp_path, plant, clock=Clock()) as parts:
        await parts.take(delivery_of(events=known, addresses={TAPS: "lab heats.weight"}))
        await parts.settle()
    now = renamed(plant, told=told)
    again = [replace(event, tag="furnace3.taps") for event in (*known, tap("19", -30, 390.0, sequence=-1))]
    again[1] = replace(again[1], tonnes=381.0)
    for _ in range(2):
        async with opened_parts(tmp_path, now, clock=Clock()) as parts:
            await parts.take(delivery_of(events=tuple(again), addresses={"furnace3.taps": "lab heats.weight"}))
            await parts.settle()
            assert grams(parts.ledger) == {TAPS: 781 * TONNE, "furnace3.taps": 390 * TONNE}
    async with opened_parts(tmp_path, plant, clock=Clock()) as parts:
        back = tuple(replace(event, tag=TAPS) for event in again)
        await parts.take(delivery_of(events=back, addresses={TAPS: "lab heats.weight"}))
        await parts.settle()
        assert sum(grams(parts.ledger).values()) == (781 + 390) * TONNE


async def test_another_counter_at_another_address_is_no_heir(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant, clock=Clock()) as parts:
        await parts.take(there(plant, 0, 100.0, unit="mine1"))
        await parts.settle()
    now = renamed(plant, told=False)
    async with opened_parts(tmp_path, now, clock=Clock()) as parts:
        rows = batch_of(now, ("mine_one.coal", 60, 103.0))
        await parts.take(delivery_of(rows, addresses={"mine_one.coal": "plc2 coal in t"}))
        await parts.settle()
        assert grams(parts.ledger) == {}
