"""Clocks that are wrong, from deliveries to the ledger: nothing is early, nothing is lost, and somebody is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from collector.errors import ClockImpossible
from collector.service.clock_watch import ClockWatch
from collector.service.preparation import Preparation
from collector.service.source_stamps import Stamping
from collector.sources.base import Delivery
from collector.storage.ledger import reads as ledger_reads
from collector.storage.quarantine.browser import QuarantineBrowser
from models.counting.increment import IncrementFlag
from models.counting.reading import EventReading, ReadingBatch
from models.counting.stamp_rule import ClockPolicy, StampRule
from models.detection.finding import FindingKind
from models.works.codes import Quality, Reason
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, WorksParts, grams, opened_parts, preparation_of
from tests.collector.service.works_document import COAL, NOON_NS, NS, TAPS

TONNE = 1_000_000
HOUR = 3600.0


def poll(plant: Plant, at_s: float, value: float, lead_s: float, **parts: object) -> Delivery:
    """One reading of the coal counter, stamped `lead_s` ahead of the host."""
    received = NOON_NS + round(at_s * NS)
    row = (plant.tag_index()[COAL], value, received + round(lead_s * NS), Quality.GOOD)
    return Delivery("plc", received, ReadingBatch.of("plc", received, [row]), **parts)  # type: ignore[arg-type]


def heat(key: str, at_s: float, lead_s: float, tonnes: float = 300.0) -> EventReading:
    received = NOON_NS + round(at_s * NS)
    return EventReading(TAPS, key, 1, tonnes, received + round(lead_s * NS), received, Quality.GOOD)


async def counted(parts: WorksParts, *deliveries: Delivery) -> dict[int, int]:
    """Grams by the start of their bucket, in s after noon."""
    await parts.take(*deliveries)
    await parts.settle()
    found = parts.ledger.read(lambda connection: ledger_reads.buckets(connection, 0, 2**60))
    return {bucket.start_s - NOON_NS // NS: bucket.grams for bucket in found if bucket.grams}


async def test_while_the_clock_cannot_be_right_a_source_holds_what_it_has_and_then_it_counts(
    tmp_path: Path, plant: Plant
) -> None:
    clock = Clock()
    async with opened_parts(tmp_path, plant, clock=clock) as parts:
        await parts.take(poll(plant, 0, 10.0, 0))
        held = replace(poll(plant, 60, 15.0, 0), received_ns=1000 * NS)  # in 1970, by this host
        readings = held.readings
        assert readings is not None
        held = replace(held, readings=replace(readings, received_ns=1000 * NS), events=(heat("17", 60, 0),))
        clock.now_ns = 1000 * NS
        for _ in range(2):
            with pytest.raises(ClockImpossible, match="this host's clock says 1970"):
                await parts.take(held)
        assert "timedatectl" in parts.intake.storage_full
        clock.now_ns = NOON_NS + 62 * NS
        await counted(parts, held)
        booked = parts.ledger.read(lambda connection: ledger_reads.buckets(connection, 0, 2**60))
        assert {bucket.tag: bucket.grams for bucket in booked} == {COAL: 5 * TONNE, TAPS: 300 * TONNE}
        assert not QuarantineBrowser(tmp_path, lambda: NOON_NS).listed("open", 100)
        assert parts.intake.storage_full == ""


async def test_what_was_learned_of_sources_by_a_wrong_clock_is_void_when_it_is_set(
    tmp_path: Path, plant: Plant
) -> None:
    year_s = 365 * 86_400.0
    async with opened_parts(tmp_path, plant) as parts:
        await parts.take(*(poll(plant, at_s, at_s / 2, -year_s) for at_s in range(0, 100, 10)))
        assert parts.intake.clock_findings(NOON_NS // NS + 99)
        parts.intake.clock_was_set(NOON_NS + 100 * NS)
        assert parts.intake.clock_findings(NOON_NS // NS + 200) == []
        await parts.take(*(poll(plant, at_s, at_s / 2, 0) for at_s in range(100, 200, 10)))
        assert parts.intake.clock_findings(NOON_NS // NS + 300) == []


@pytest.mark.parametrize("step_s", [-3600, 61, 86_400, -1_790_000_000])
async def test_a_clock_that_is_set_is_seen_and_one_that_is_disciplined_is_not(step_s: int) -> None:
    now_ns, steady_ns, seen = NOON_NS, 0, []
    watch = ClockWatch(lambda: now_ns, seen.append, lambda: steady_ns)
    for by_s in (0, 1, -30, 59):
        steady_ns += NS
        now_ns += NS + by_s * NS
        await watch.run()
    assert seen == []
    now_ns += step_s * NS
    await watch.run()
    await watch.run()
    assert seen == [now_ns]


@pytest.mark.parametrize("lead_s", [-5 * HOUR, 300.0, 5 * HOUR])
async def test_a_clock_that_is_hours_wrong_books_at_the_time_of_receipt_and_is_told(
    tmp_path: Path, plant: Plant, lead_s: float
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        by_start = await counted(parts, *(poll(plant, at_s, at_s / 2, lead_s) for at_s in range(100)))
        assert by_start == {0: 49 * TONNE + TONNE // 2}, "the first tonnes too, which came before the offset was known"
        (bucket, *_) = parts.ledger.read(lambda connection: ledger_reads.buckets(connection, 0, 2**60))
        assert bucket.flags & IncrementFlag.UNCERTAIN
        (finding,) = parts.intake.clock_findings(NOON_NS // NS + 99)
        assert (finding.kind, finding.unit, finding.severity, finding.source) == (FindingKind.CLOCK, "mine1", 4, "plc")
        assert finding.facts["offset_s"] == lead_s
        assert "Set the clock" in finding.evidence["en"]
        assert not parts.intake.clock_troubles(NOON_NS + 99 * NS)
        assert not QuarantineBrowser(tmp_path, lambda: NOON_NS).listed("open", 100)


@pytest.mark.parametrize("lead_s", [-5 * HOUR, 300.0])
async def test_heats_that_come_with_the_first_poll_wait_until_the_offset_is_known(
    tmp_path: Path, plant: Plant, lead_s: float
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        seventeen, old = heat("17", 0, lead_s - 60), heat("16", 0, lead_s - 9000)
        overrun = (TAPS, NOON_NS + round((lead_s - 99_000) * NS), NOON_NS + round((lead_s - 9000) * NS))
        first = poll(plant, 0, 100.0, lead_s, events=(old, seventeen), coverage={TAPS: 1}, gaps=(overrun,))
        await counted(parts, first)
        assert not parts.ledger.read(ledger_reads.events)
        await counted(parts, *(poll(plant, at_s, 100.0 + at_s, lead_s, coverage={TAPS: 1}) for at_s in range(1, 5)))
        ends = [(event.key, event.end_ns) for event in parts.ledger.read(ledger_reads.events)]
        assert ends == [("16", NOON_NS - 9000 * NS), ("17", NOON_NS - 60 * NS)]
        (gap,) = parts.ledger.read(ledger_reads.gaps)
        assert gap.end_ns == NOON_NS - 9000 * NS
        faults = [fault for fault in parts.intake.clock_faults["plc"] if fault.tag == TAPS]
        assert [fault.refused for fault in faults] == [False]


async def test_heats_wait_a_minute_at_the_longest(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        seventeen = heat("17", 0, -60)
        await counted(parts, poll(plant, 0, 100.0, 600.0, events=(seventeen,)))
        assert not parts.ledger.read(ledger_reads.events)
        await counted(parts, Delivery("plc", NOON_NS + 61 * NS, coverage={TAPS: 1}))
        assert [event.key for event in parts.ledger.read(ledger_reads.events)] == ["17"]


async def test_a_clock_that_is_to_be_refused_makes_the_source_not_ready_and_is_told(
    tmp_path: Path, plant: Plant
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        rule = StampRule(policy=ClockPolicy.REFUSE, limit_ns=60 * NS)
        parts.intake.preparation = preparation_of(plant, telemetry=False, rule=rule)
        assert await counted(parts, *(poll(plant, at_s, at_s / 2, -5 * HOUR) for at_s in range(100))) == {}
        (trouble,) = parts.intake.clock_troubles(NOON_NS + 99 * NS)
        assert "source plc: 1 tags are refused for their times" in trouble
        (finding,) = parts.intake.clock_findings(NOON_NS // NS + 99)
        assert "not counted" in finding.evidence["en"]
        assert "не учитываются" in finding.evidence["ru"]
        (row,) = QuarantineBrowser(tmp_path, lambda: NOON_NS).listed("open", 100)
        assert (row.record.rejection.reason, row.record.count) == (Reason.CLOCK_BEHIND, 100)


async def test_a_stamp_that_stands_while_the_value_grows_is_told_with_its_cure(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        frozen = [poll(plant, at_s, 100 + at_s / 2, -at_s) for at_s in range(1, 100)]
        assert sum((await counted(parts, *frozen)).values()) <= 10 * TONNE, "two cadences are jitter"
        (finding,) = parts.intake.clock_findings(NOON_NS // NS + 99)
        assert "time_from: receive" in finding.evidence["en"]
        assert "time_from: receive" in finding.evidence["kk"]
        rows = QuarantineBrowser(tmp_path, lambda: NOON_NS).listed("open", 100)
        assert [row.record.rejection.reason for row in rows] == [Reason.STAMP_FROZEN]
        # Once the stamp moves, all that was not counted is.
        by_start = await counted(parts, poll(plant, 100, 150.0, -0.5))
        assert sum(by_start.values()) == round(49.5 * TONNE)


async def test_a_server_that_keeps_its_stamp_is_counted_by_the_time_of_receipt(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        rule = StampRule(limit_ns=60 * NS, from_server=True)
        parts.intake.preparation = preparation_of(plant, telemetry=False, rule=rule)
        frozen = [poll(plant, at_s, 100 + at_s / 2, -at_s) for at_s in range(1, 100)]
        assert sum((await counted(parts, *frozen)).values()) == 49 * TONNE
        (finding,) = parts.intake.clock_findings(NOON_NS // NS + 99)
        assert "not counted" not in finding.evidence["en"]


@pytest.mark.parametrize("lead_s", [600.0, -5 * HOUR])
async def test_heats_of_a_controller_whose_clock_is_known_to_be_off_count_when_they_ended(
    tmp_path: Path, plant: Plant, lead_s: float
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        polls = [poll(plant, at_s, 100.0 + at_s, lead_s, coverage={TAPS: 1}) for at_s in range(10)]
        overrun = (TAPS, NOON_NS + round((lead_s - 900) * NS), NOON_NS + round((lead_s + 5) * NS))
        seventeen = heat("17", 10, lead_s - 5)
        last = poll(plant, 10, 110.0, lead_s, events=(seventeen,), coverage={TAPS: 1}, gaps=(overrun,))
        await counted(parts, *polls, last)
        (event,) = parts.ledger.read(ledger_reads.events)
        assert (event.key, event.end_ns) == ("17", NOON_NS + 5 * NS)
        assert grams(parts.ledger)[TAPS] == 300 * TONNE
        (gap,) = parts.ledger.read(ledger_reads.gaps)
        assert (gap.start_ns, gap.end_ns) == (NOON_NS - 900 * NS, NOON_NS + 5 * NS), "an overrun goes by the same clock"


async def test_a_heat_that_was_stamped_in_1990_is_set_aside_and_told(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        early = heat("17", 0, -(NOON_NS / NS) + 20 * 365 * 86_400)
        await counted(parts, Delivery("plc", NOON_NS, events=(early,), coverage={TAPS: 1}))
        assert not parts.ledger.read(ledger_reads.events)
        (row,) = QuarantineBrowser(tmp_path, lambda: NOON_NS).listed("open", 100)
        assert (row.record.rejection.reason, row.record.rejection.event_key) == (Reason.CLOCK_BEHIND, "17")
        (finding,) = parts.intake.clock_findings(NOON_NS // NS + 99)
        assert finding.unit == "bf3"
        # The next one is right, and the trouble is over.
        right = heat("18", 1, -5)
        await counted(parts, Delivery("plc", right.received_ns, events=(right,), coverage={TAPS: 1}))
        assert not parts.intake.clock_findings(NOON_NS // NS + 99)


async def test_a_heat_that_comes_hours_after_its_end_counts_and_is_told(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        looks = [Delivery("plc", NOON_NS + at_s * NS, coverage={TAPS: 1}) for at_s in range(3)]
        late = heat("17", 3, -5 * HOUR)
        await counted(parts, *looks, Delivery("plc", late.received_ns, events=(late,), coverage={TAPS: 1}))
        (event,) = parts.ledger.read(ledger_reads.events)
        assert event.end_ns == late.end_ns
        (finding,) = parts.intake.clock_findings(NOON_NS // NS + 99)
        assert "not counted" not in finding.evidence["en"]


async def test_what_a_ring_holds_from_before_an_outage_of_its_reader_is_no_fault_of_a_clock(
    tmp_path: Path, plant: Plant
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        old = heat("17", 0, -20 * HOUR)
        await counted(parts, Delivery("plc", NOON_NS, events=(old,), coverage={TAPS: 1}))
        assert not parts.intake.clock_faults["plc"]
        (event,) = parts.ledger.read(ledger_reads.events)
        assert event.end_ns == old.end_ns


async def test_heats_alone_go_by_the_clock_of_their_server(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        stamping = Stamping(plant, {"plc": StampRule(limit_ns=60 * NS)}, lambda _source: 600.0)
        preparation = Preparation(plant, stamping, telemetry=False, future_tolerance_s=60)
        parts.intake.preparation = preparation
        ahead = heat("17", 0, 595.0)
        await counted(parts, Delivery("plc", NOON_NS, events=(ahead,), coverage={TAPS: 1}))
        (event,) = parts.ledger.read(ledger_reads.events)
        assert event.end_ns == NOON_NS - 5 * NS
