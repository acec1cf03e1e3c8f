"""What a unit read while its data could not be believed is no complete figure, in rows and in reports."""

from functools import partial
from pathlib import Path

import apsw
import pytest

from collector.alerts.step import AlertStep, Memory
from collector.entries.report_rows import read_day
from models.alerts.policy import Policy
from models.counting.output_plan import OutputPlan
from models.detection.finding import Finding, FindingKind
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE
from models.works.calendar import HOUR_NS, local_date
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, WorksParts, delivery_of, opened_parts
from tests.collector.service.works_document import COAL, NOON_NS, NS
from tests.support.ledger_calls import published

pytestmark = pytest.mark.long

ALWAYS = (0, 2**62)
NOW_NS = NOON_NS + 3 * HOUR_NS + HOUR_NS // 2
FROZEN_S = NOON_NS // NS + 3 * 3600
"""Since 15:00; it is 15:30."""


def frozen(kind: FindingKind = FindingKind.BAD) -> Finding:
    return Finding(
        kind=kind, shop="mines", unit="mine1", product="coal_raw", severity=4, since_s=FROZEN_S, found_s=FROZEN_S + 120
    )  # fmt: skip


async def found(parts: WorksParts, plant: Plant, *findings: Finding, at_ns: int = NOW_NS) -> None:
    step = AlertStep(plant, Policy(sends=False, zone=plant.zone))

    def tell(connection: apsw.Connection) -> None:
        step.run(connection, findings, clock_ns=at_ns, memory=Memory(), certain=True)

    await parts.ledger.write(tell)


def completeness(parts: WorksParts, table: str, level: str) -> list[float]:
    rows = sorted(published(parts.ledger, table, *ALWAYS), key=lambda row: row.key.time_ns)
    return [
        round(float(row.fields["completeness_pct"]), 1)
        for row in rows
        if dict(row.key.tags)["level"] == level and dict(row.key.tags)["product"] == "coal_raw"
    ]


async def counted(parts: WorksParts) -> None:
    """Mine 1 was read every ten seconds from noon to 15:30."""
    for number in range(1261):
        await parts.take(delivery_of(parts.batch((COAL, 10.0 * number, 0.5 * number))))
    await parts.settle()
    await parts.roll_up.refresh()


async def test_a_frozen_counter_is_read_and_its_hours_and_days_are_not_complete(plant: Plant, tmp_path: Path) -> None:
    clock = Clock(NOW_NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await counted(parts)
        (whole,) = completeness(parts, DAY_TABLE, "unit")
        assert completeness(parts, HOUR_TABLE, "unit") == [100.0] * 4
        await found(parts, plant, frozen())
        await parts.roll_up.refresh()
        for level in ("unit", "shop", "site"):
            assert completeness(parts, HOUR_TABLE, level) == [100.0, 100.0, 100.0, 0.0]
        # Believed again at 15:30; at 16:00 half of the hour was.
        clock.now_ns += 1800 * NS
        await found(parts, plant, at_ns=NOW_NS)
        await parts.roll_up.refresh()
        assert completeness(parts, HOUR_TABLE, "unit")[-1] <= 50.0
        assert completeness(parts, DAY_TABLE, "unit")[0] < whole


async def test_silence_is_not_held_against_completeness_twice(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOW_NS)) as parts:
        await counted(parts)
        await found(parts, plant, frozen(FindingKind.STALE))
        await parts.roll_up.refresh()
        assert completeness(parts, HOUR_TABLE, "unit") == [100.0] * 4


async def test_the_report_of_the_day_says_so_too_with_the_span_among_its_gaps(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOW_NS)) as parts:
        await counted(parts)
        await found(parts, plant, frozen())
        await parts.roll_up.refresh()
        day = local_date(plant.zone, NOW_NS).toordinal()
        read = partial(read_day, plan=OutputPlan(plant), day=day, now_ns=NOW_NS, known_ns=None)
        report = parts.ledger.read(lambda connection: read(connection))
        by_level = {row["level"]: row for row in report.rows if row["product"] == "coal_raw"}
        tabled = {
            dict(row.key.tags)["level"]: row.fields
            for row in published(parts.ledger, DAY_TABLE, *ALWAYS)
            if dict(row.key.tags)["product"] == "coal_raw"
        }
        for level, row in by_level.items():
            assert row["gaps"] == 1
            assert row["completeness_pct"] == pytest.approx(tabled[level]["completeness_pct"])
        (gap,) = report.gaps
        assert (gap.unit, gap.gap.start_ns, gap.gap.end_ns) == ("mine1", FROZEN_S * NS, NOW_NS)


async def test_what_was_believed_of_a_day_long_over_stays_with_it(plant: Plant, tmp_path: Path) -> None:
    clock = Clock(NOW_NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await counted(parts)
        await found(parts, plant, frozen())
        await parts.roll_up.refresh()
        await found(parts, plant, at_ns=NOW_NS)
        clock.now_ns += 72 * HOUR_NS
        await parts.roll_up.refresh()
        before = completeness(parts, DAY_TABLE, "unit")
        await parts.take(delivery_of(parts.batch((COAL, 12_610.0, 631.0))))
        await parts.settle()
        assert completeness(parts, DAY_TABLE, "unit")[0] == pytest.approx(before[0], abs=0.1)
        assert completeness(parts, HOUR_TABLE, "unit")[3] <= 51.0
