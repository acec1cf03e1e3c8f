"""Attainment judges the works, and not how long somebody watched it."""

from collections.abc import Sequence

import pytest

from models.counting.output_plan import BucketSum
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.hour_rows import hour_rows
from models.tables.month_rows import month_rows
from models.works.calendar import HOUR_NS
from models.works.codes import FigureStatus
from models.works.table import Row
from tests.models.books.paper_book import book_of
from tests.models.tables.test_hour_rows import DAY, HOUR, LATER_NS, PLANT, START_NS, START_S, found, full

MONTH = DAY.replace(day=1).toordinal()
PLANS = tuple(
    PlanEntry(month=MONTH, shop="iron", unit=unit, product="pig_iron", grams=31 * 2_400_000_000)
    for unit in ("bf2", "bf3")
)
FURNACE = ("unit", "iron", "bf2", "pig_iron")
SITE = ("site", "all", "all", "pig_iron")


def stated(tonnes: float, hours: float, status: FigureStatus = FigureStatus.OPERATIONAL) -> Figure:
    end_ns = START_NS + round(hours * HOUR_NS)
    grams = round(tonnes * 1e6)
    return Figure(
        start_ns=START_NS, end_ns=end_ns, shop="iron", unit="bf2", product="pig_iron", grams=grams, status=status
    )


def rows(table: str, sums: Sequence[BucketSum], *figures: Figure) -> list[Row]:
    book = book_of(PLANT, 2026, LATER_NS, sums, Facts(all_plans=PLANS, all_figures=figures))
    if table == "hour":
        return hour_rows(book, sums, HOUR)
    if table == "day":
        return day_rows(book, Forecasts(book, DAY.toordinal(), DAY.toordinal() + 1), DAY.toordinal())
    return month_rows(book, MONTH)


def attainment(table: str, sums: Sequence[BucketSum], *figures: Figure, where: tuple[str, ...] = FURNACE) -> object:
    row = found(rows(table, sums, *figures), *where)
    assert row is not None
    assert row.fields["target_t"]
    return row.fields.get("attainment_pct")


@pytest.mark.parametrize("where", [FURNACE, SITE])
@pytest.mark.parametrize(("table", "slots"), [("hour", 8), ("day", 12 * 17), ("month", 12 * 24)])
def test_what_was_hardly_watched_has_its_tonnes_and_no_attainment(
    table: str, slots: int, where: tuple[str, ...]
) -> None:
    row = found(rows(table, full("bf2.taps", START_S, slots, 8.0)), *where)
    assert row is not None
    assert row.fields["actual_t"] == 8.0 * slots
    assert attainment(table, full("bf2.taps", START_S, slots, 8.0), where=where) is None


@pytest.mark.parametrize(
    ("table", "slots", "pct"), [("hour", 12, 96.0), ("day", 12 * 24, 96.0), ("day", 12 * 19, 76.0)]
)
def test_what_was_watched_is_judged(table: str, slots: int, pct: float) -> None:
    assert attainment(table, full("bf2.taps", START_S, slots, 8.0)) == pct


def test_what_people_state_needs_no_watching() -> None:
    few = full("bf2.taps", START_S, 2, 8.0)
    assert attainment("hour", few, stated(100.0, 1)) == 100.0
    assert attainment("day", few, stated(2_400.0, 24)) == 100.0
    assert attainment("month", few, stated(2_400.0, 24, FigureStatus.REFINED)) is not None
