"""Full and empty weighings through journal and ledger: a net event each, over restarts, and a lone one is told."""

from dataclasses import replace
from pathlib import Path

from collector.config.settings import Settings
from collector.service.source_context import source_context
from collector.storage.ledger import reads as ledger_reads
from collector.storage.quarantine import records as quarantine
from models.works.codes import Reason
from models.works.plant import Plant
from tests.collector.service.steel_works import delivery_of, grams, opened_parts, tap
from tests.collector.service.works_document import NOON_NS, NS, TAPS

TONNE = 1_000_000


def weighed_twice(plant: Plant) -> Plant:
    tags = tuple(replace(tag, low=20.0, pair_within_s=3600.0) if tag.name == TAPS else tag for tag in plant.tags)
    return replace(plant, tags=tags)


async def test_a_pair_counts_its_net_over_a_restart_between_its_weighings_and_a_lone_one_is_told(
    tmp_path: Path, plant: Plant
) -> None:
    works = weighed_twice(plant)
    full, empty = tap("7", -5000, 410.5, sequence=-1), tap("7", -2000, 110.25, sequence=-1)
    async with opened_parts(tmp_path, works) as parts:
        await parts.take(delivery_of(events=(full, tap("8", -4900, 405.0, sequence=-1))))
        await parts.settle()
        assert grams(parts.ledger) == {}
    async with opened_parts(tmp_path, works) as parts:
        await parts.take(delivery_of(events=(full, empty)))
        await parts.take(delivery_of(events=(empty,)))
        await parts.settle()
        assert grams(parts.ledger) == {TAPS: round(300.25 * TONNE)}
        (event,) = parts.ledger.read(ledger_reads.events)
        assert event.end_ns == NOON_NS - 2000 * NS
        await parts.take(delivery_of(received_ns=NOON_NS + 60 * NS, coverage={TAPS: 1}))
        await parts.settle()
        (record,) = parts.ledger.read(lambda connection: quarantine.open_of(connection, Reason.UNPAIRED))
        assert record.rejection.event_key == "8"
    async with opened_parts(tmp_path, works) as parts:
        await parts.take(delivery_of(events=(tap("8", -4900, 300.0, sequence=0),)))
        await parts.settle()
        assert grams(parts.ledger) == {TAPS: round(600.25 * TONNE)}, "a person gave its net tonnes"


async def test_a_source_is_told_of_its_weighings_and_not_of_the_net_events_that_they_made(
    tmp_path: Path, plant: Plant, settings: Settings
) -> None:
    works = weighed_twice(plant)
    async with opened_parts(tmp_path, works) as parts:
        readings = (tap("7", -5000, 410.5, sequence=41), tap("7", -2000, 110.5, sequence=42))
        await parts.take(delivery_of(events=(*readings, tap("8", -1000, 405.0, sequence=43))))
        await parts.settle()
        context = source_context(replace(settings, plant=works), "plc", parts.ledger, lambda: NOON_NS)
        assert context.resume[TAPS] == 43
        assert {number: said[:2] for number, said in context.events[TAPS].items()} == {
            41: ("7", 410.5),
            42: ("7", 110.5),
            43: ("8", 405.0),
        }
