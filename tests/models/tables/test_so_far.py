"""What was due by now in a day that runs, and in which hours it is judged."""

from dataclasses import replace
from decimal import Decimal

import pytest

from models.tables.desk_data import OutputPoint
from models.tables.so_far import SoFar, completeness_at, so_far
from models.works.calendar import HOUR_NS


def hour(number: int, actual_t: float | None, target_t: float | None = 200.0, complete: float = 100.0) -> OutputPoint:
    start_ns = number * HOUR_NS
    end_ns = start_ns + HOUR_NS
    return OutputPoint("all", "all", "pig_iron", "site", start_ns, start_ns, end_ns, actual_t, complete, 0, target_t)


def test_the_running_hour_is_due_in_part_and_one_to_come_is_not() -> None:
    found = so_far([hour(0, 190.0), hour(1, 190.0), hour(2, 40.0), hour(3, 0.0)], 2 * HOUR_NS + HOUR_NS // 4)
    assert (found.made_t, found.due_t) == (420, 450)
    assert found.attainment_pct == Decimal("93.3")


def test_an_hour_that_nobody_watched_is_held_against_nobody() -> None:
    hours = [hour(0, None), hour(1, 12.0, complete=74.9), hour(2, 200.0), hour(3, 200.0), hour(4, 1.0, None)]
    assert so_far(hours, 5 * HOUR_NS) == SoFar(400, 400, 2 * HOUR_NS)  # type: ignore[arg-type]


def test_before_two_hours_were_watched_there_is_no_verdict_and_in_a_repair_none_is_due() -> None:
    early = so_far([hour(0, 7.0)], HOUR_NS)
    assert (early.due_t, early.attainment_pct, early.enough) == (200, None, False)
    repair = so_far([replace(hour(0, 0.0), target_t=0.0)], HOUR_NS)
    assert (repair.due_t, repair.attainment_pct, repair.enough) == (0, None, True)
    assert so_far([], HOUR_NS) == SoFar(None, None, 0)


def test_completeness_falls_by_the_clock_where_nobody_watches_any_more() -> None:
    day = replace(hour(0, 190.0, complete=99.0), end_ns=24 * HOUR_NS)
    assert completeness_at(day, 12 * HOUR_NS, 12 * HOUR_NS) == 99.0
    assert completeness_at(day, 12 * HOUR_NS, 18 * HOUR_NS) == pytest.approx(66.0)
    assert completeness_at(day, 12 * HOUR_NS, 48 * HOUR_NS) == pytest.approx(49.5)
    assert completeness_at(replace(day, status=1), 12 * HOUR_NS, 18 * HOUR_NS) == 99.0, "what people stated stands"
    assert completeness_at(replace(day, completeness_pct=None), 12 * HOUR_NS, 18 * HOUR_NS) is None
    over = hour(3, 190.0, complete=98.0)
    assert completeness_at(over, 12 * HOUR_NS, 18 * HOUR_NS) == 98.0, "an hour that was over before"
