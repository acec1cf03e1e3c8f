"""A renamed unit keeps the courses of its counters and the places of its rings: nothing lost, nothing twice."""

from dataclasses import replace
from pathlib import Path

from collector.config.settings import Settings
from collector.service.source_context import source_context
from collector.storage.ledger import reads as ledger_reads
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, batch_of, delivery_of, grams, opened_parts, tap
from tests.collector.service.works_document import COAL, NOON_NS, NS, TAPS

TONNE = 1_000_000


def renamed(plant: Plant) -> Plant:
    """Mine 1 and the furnace under new codes."""
    new = {"mine1": "mine_one", "bf3": "furnace3"}
    units = {
        new.get(code, code): replace(unit, code=new.get(code, code), renamed_from=(code,) if code in new else ())
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
