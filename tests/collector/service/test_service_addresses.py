"""A tag that is read elsewhere is another counter, or another ring: nothing is counted across, and it is told."""

from pathlib import Path

from collector.sources.base import Delivery
from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger import reads as ledger_reads
from models.works.plant import Plant
from tests.collector.service.steel_works import WorksParts, delivery_of, grams, opened_parts, tap
from tests.collector.service.works_document import COAL, NOON_NS, NS, TAPS

TONNE = 1_000_000
HERE, THERE = {COAL: "opc.tcp://plc1 nsu=a;s=coal in t"}, {COAL: "opc.tcp://plc2 nsu=a;s=coal in t"}


def coal(parts: WorksParts, at_s: float, value: float, addresses: dict[str, str] | None = None) -> Delivery:
    return delivery_of(parts.batch((COAL, at_s, value)), addresses=addresses or {})


async def test_a_counter_that_is_read_elsewhere_starts_anew_and_leaves_a_gap(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        await parts.take(coal(parts, 0, 1000.0, HERE), coal(parts, 10, 1002.0, HERE))
        # What waits in the journal was read at the old address, whatever the configuration says by now.
        await parts.take(coal(parts, 40, 1005.0, THERE), coal(parts, 50, 1006.0))
        await parts.settle()
        assert grams(parts.ledger) == {COAL: 3 * TONNE}, "the 3 t between the two counters were made by nobody"
        (gap,) = parts.ledger.read(ledger_reads.gaps)
        assert (gap.tag, gap.start_ns, gap.end_ns) == (COAL, NOON_NS + 10 * NS, NOON_NS + 40 * NS)
        assert parts.ledger.read(ledger_addresses.newest) == THERE
        await parts.take(coal(parts, 60, 1007.0, THERE))
        await parts.settle()
        assert len(parts.ledger.read(ledger_reads.gaps)) == 1
        assert grams(parts.ledger) == {COAL: 4 * TONNE}


async def test_a_new_counter_whose_first_reading_comes_later_leaves_the_gap_then(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        await parts.take(coal(parts, 0, 1000.0, HERE), coal(parts, 10, 1001.0, THERE))
        await parts.settle()
    async with opened_parts(tmp_path, plant) as parts:
        nothing = Delivery("plc", NOON_NS + 20 * NS, coverage={TAPS: 1}, addresses=HERE)
        await parts.take(nothing, coal(parts, 90, 1002.0))
        await parts.settle()
        assert grams(parts.ledger) == {}
        gaps = parts.ledger.read(ledger_reads.gaps)
        assert [(gap.start_ns, gap.end_ns) for gap in gaps] == [
            (NOON_NS, NOON_NS + 10 * NS),
            (NOON_NS + 10 * NS, NOON_NS + 90 * NS),
        ]


async def test_the_address_of_a_counter_from_before_addresses_were_kept_is_taken_as_it_is(
    tmp_path: Path, plant: Plant
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        await parts.take(coal(parts, 0, 1000.0), coal(parts, 10, 1002.0, HERE))
        await parts.settle()
        assert grams(parts.ledger) == {COAL: 2 * TONNE}
        assert parts.ledger.read(ledger_addresses.newest) == HERE
        assert not parts.ledger.read(ledger_reads.gaps)


async def test_a_ring_that_is_read_elsewhere_leaves_a_gap_from_its_last_event(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        first = Delivery("plc", NOON_NS, events=(tap("17", -600),), addresses={TAPS: "plc1 ring"})
        await parts.take(first, Delivery("plc", NOON_NS, coverage={TAPS: 1}, addresses={TAPS: "plc2 ring"}))
        await parts.settle()
        (gap,) = parts.ledger.read(ledger_reads.gaps)
        assert (gap.tag, gap.start_ns, gap.end_ns) == (TAPS, NOON_NS - 600 * NS, NOON_NS)


async def test_an_event_that_is_corrected_in_its_place_moves_no_ring_back(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        taps = [tap(str(number), -number * 1000, 400.0, sequence=number) for number in range(1, 6)]
        again = tap("2", -2000, 390.0, sequence=2)
        await parts.take(Delivery("plc", NOON_NS, events=tuple(taps)), Delivery("plc", NOON_NS, events=(again,)))
        await parts.settle()
        assert grams(parts.ledger) == {TAPS: 1990 * TONNE}
        assert parts.ledger.read(ledger_reads.event_sequences) == {TAPS: 5}
        events = parts.ledger.read(ledger_reads.last_events)[TAPS]
        assert events[2] == ("2", 390.0, NOON_NS - 2000 * 10**9)
        assert len(events) == 5
