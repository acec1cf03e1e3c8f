"""An event that waits because its number was used again is told, until a person has dealt with it."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from collector.service.ledger_findings import LedgerFindings
from collector.sources.base import Delivery
from collector.storage.ledger import reads as ledger_reads
from collector.storage.quarantine.browser import QuarantineBrowser
from models.detection.finding import FindingKind
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, delivery_of, opened_parts, tap
from tests.collector.service.works_document import COAL, NOON_NS, NS
from tests.support.ledger_calls import buckets


async def test_the_finding_names_the_numbers_and_the_cure_and_ends_when_they_are_dealt_with(
    tmp_path: Path, plant: Plant
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        watch = LedgerFindings(plant, parts.ledger, lambda: NOON_NS)
        for sequence, end_s in enumerate((60, 1260, 2460), start=1):
            event = tap("17", end_s, 400.0, sequence=sequence)
            await parts.take(Delivery("plc", NOON_NS + end_s * NS, events=(event,)))
        await parts.settle()
        await watch.run()
        (finding,) = watch.findings()
        assert (finding.kind, finding.unit, finding.severity) == (FindingKind.KEY_REUSED, "bf3", 4)
        assert "2 events of bf3.taps" in finding.evidence["en"]
        for language in ("en", "ru", "kk"):
            assert "17" in finding.evidence[language]
            assert "key_reuse" in finding.evidence[language]
        desk = QuarantineBrowser(tmp_path, lambda: NOON_NS)
        desk.drop([item.name for item in desk.listed("open", 10)], by="Aigul")
        await watch.run()
        assert watch.findings() == []


async def test_a_gap_is_told_for_a_day_with_its_counter_and_its_span(tmp_path: Path, plant: Plant) -> None:
    clock = Clock()
    async with opened_parts(tmp_path, plant, clock=clock) as parts:
        watch = LedgerFindings(plant, parts.ledger, clock)
        await parts.take(delivery_of(parts.batch((COAL, 0, 100.0)), addresses={COAL: "plc1"}))
        await parts.take(delivery_of(parts.batch((COAL, 60, 101.0)), addresses={COAL: "plc2"}))
        await parts.settle()
        await watch.run()
        (finding,) = watch.findings()
        assert (finding.kind, finding.unit, finding.severity) == (FindingKind.GAP, "mine1", 4)
        for language in ("en", "ru", "kk"):
            assert "mine1.coal" in finding.evidence[language]
            assert "30.09 12:01:00" in finding.evidence[language]
        clock.now_ns += 25 * 3600 * NS
        await watch.run()
        assert watch.findings() == []


@pytest.mark.parametrize(("seconds", "is_told"), [(10, False), (3600, True)])
async def test_a_planned_reset_between_two_looks_alarms_nobody_and_one_in_a_silence_does(
    tmp_path: Path, plant: Plant, seconds: float, is_told: bool
) -> None:
    tags = tuple(
        replace(tag, resets=(time(12),), reset_within_s=900.0) if tag.name == COAL else tag for tag in plant.tags
    )
    plant = replace(plant, tags=tags)
    async with opened_parts(tmp_path, plant) as parts:
        watch = LedgerFindings(plant, parts.ledger, Clock())
        for at_s, value in ((-seconds, 900.0), (0, 2.0), (10, 4.0)):
            await parts.take(delivery_of(parts.batch((COAL, at_s, value))))
        await parts.settle()
        await watch.run()
        assert bool(watch.findings()) is is_told
        (gap,) = parts.ledger.read(ledger_reads.gaps)
        assert gap.cause.startswith("set to 0 as planned")
        assert sum(bucket.grams for bucket in buckets(parts.ledger)) == 4_000_000


async def test_a_gap_that_was_recorded_while_the_clock_was_ahead_is_told_by_its_end(
    tmp_path: Path, plant: Plant
) -> None:
    clock, year_ns = Clock(), 365 * 86_400 * NS
    async with opened_parts(tmp_path, plant, clock=clock) as parts:
        watch = LedgerFindings(plant, parts.ledger, clock)
        clock.now_ns += year_ns  # what is recorded from now on bears a time that has not come
        await parts.take(delivery_of(parts.batch((COAL, 0, 100.0)), addresses={COAL: "plc1"}))
        await parts.take(delivery_of(parts.batch((COAL, 60, 101.0)), addresses={COAL: "plc2"}))
        await parts.settle()
        for later_s, told in ((120, 1), (25 * 3600, 0), (360 * 86_400, 0)):
            clock.now_ns = NOON_NS + later_s * NS
            await watch.run()
            assert len(watch.findings()) == told, later_s
