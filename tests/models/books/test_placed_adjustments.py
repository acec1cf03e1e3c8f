"""Adjustments and closed months: what was signed stands, and the restated figure stands beside it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure, MonthClose
from models.stated.facts import Facts
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.month_rows import month_rows
from models.works.month import month_of, shifted
from models.works.place import Place
from tests.models.books.paper_book import book_of
from tests.models.books.test_book import (
    BF3,
    JANUARY,
    LATE_NS,
    REFINED,
    SHOP,
    SITE,
    at,
    book,
    counted,
    figure,
    month_figure,
    row_of,
    tonnes_of,
)
from tests.models.tables.test_hour_rows import PLANT
from tests.support.budget import examples

pytestmark = pytest.mark.long


def adjustment(
    day: date, tonnes: float, booked: date | None = None, place: Place = BF3, name: str = "A1"
) -> Adjustment:
    return Adjustment(
        day=day.toordinal(),
        booked_month=month_of((booked or day).toordinal()),
        shop=place.shop,
        unit=place.unit,
        product=place.product,
        grams=round(tonnes * 1e6),
        author="planner",
        reason="survey",
        name="A1",
        recorded_ns=at(booked or day, 10),
    )


def test_an_adjustment_of_an_open_month_is_in_its_day_its_month_and_its_totals() -> None:
    sums = [item for day in range(31) for item in counted(date.fromordinal(JANUARY + day), 24)]
    facts = Facts(adjustments=[adjustment(date(2026, 1, 5), -4)])
    books = book_of(PLANT, 2026, LATE_NS, sums, facts)
    assert books.month_days(BF3, JANUARY).grams[4] == 20_000_000
    assert books.month_days(SITE, JANUARY).to_date[30] == round((31 * 24 - 4) * 1e6)
    assert books.total(SITE, JANUARY, JANUARY + 31).grams == round((31 * 24 - 4) * 1e6)
    assert "restated_t" not in row_of(month_rows(books, JANUARY), BF3)


def closed(month: date, tonnes: float, places: Sequence[Place] = (BF3, SHOP, SITE)) -> dict[str, object]:
    figures = [
        ClosedFigure(
            month=month.toordinal(),
            level=place.level,
            shop=place.shop,
            unit=place.unit,
            product=place.product,
            grams=round(tonnes * 1e6),
        )
        for place in places
    ]
    return {"closes": [MonthClose(month=month.toordinal(), author="chief")], "all_closed_figures": figures}


def test_a_closed_month_keeps_its_figure_and_the_restated_one_stands_beside_it() -> None:
    late = adjustment(date(2026, 1, 31), 50, booked=date(2026, 2, 10))
    books = book(
        month_figure(2026, 1, 1000, BF3),
        month_figure(2026, 2, 1100, BF3),
        adjustments=[late],
        **closed(date(2026, 1, 1), 1000),
    )
    january = row_of(month_rows(books, JANUARY), BF3)
    assert (january["actual_t"], january["as_closed_t"], january["adjustment_t"]) == (1000, 1000, 50)
    assert (january["restated_t"], january["status"]) == (1050, 2)
    february = row_of(month_rows(books, shifted(JANUARY, 1)), BF3)
    assert february["actual_t"] == 1150, "the month that books it holds it"
    assert (february["restated_t"], february["adjustment_t"]) == (1100, -50)
    assert (february["mom_pct"], february["restated_mom_pct"]) == (15.0, 4.8)
    assert february["ytd_t"] == february["restated_ytd_t"] == 2150, "both agree on the year"
    assert (february["booked_for_other_months_t"], "booked_for_other_months_t" in january) == (50, False)
    tenth = date(2026, 2, 10).toordinal()
    assert [books.day(BF3, day).for_others for day in (tenth - 1, tenth)] == [0, 50_000_000]


def test_what_is_counted_or_stated_after_the_close_changes_no_closed_figure() -> None:
    books = book(month_figure(2026, 1, 1234, BF3, status=REFINED), **closed(date(2026, 1, 1), 1000))
    assert tonnes_of(books, BF3, date(2026, 1, 1), date(2026, 2, 1)) == 1000
    assert tonnes_of(books, SITE, date(2026, 1, 1), date(2026, 2, 1)) == 1000


@settings(max_examples=examples(40))
@given(st.floats(-900, 900).map(lambda tonnes: round(tonnes, 6)), st.integers(1, 31), st.booleans())
def test_a_correction_and_its_inverse_change_no_figure(tonnes: float, day: int, is_closed: bool) -> None:
    january = month_figure(2026, 1, 1000, BF3)
    days = [figure(date(2026, 1, each), date.fromordinal(JANUARY + each), 1000 / 31, BF3) for each in range(1, 32)]
    more = closed(date(2026, 1, 1), 1000) if is_closed else {}
    booked = date(2026, 2, 3) if is_closed else date(2026, 1, day)
    first = adjustment(date(2026, 1, day), tonnes, booked=booked)
    inverse = replace(first, grams=-first.grams, name="A2", undoes="A1")
    february = month_figure(2026, 2, 900, BF3)
    before = book(january, *days, february, **more)
    after = book(january, *days, february, adjustments=[first, inverse], **more)
    assert len(after.facts.adjustments) == 2, "both stay in the log"
    for month in (JANUARY, shifted(JANUARY, 1)):
        assert month_rows(after, month) == month_rows(before, month)
    number = JANUARY + day - 1
    assert day_rows(after, Forecasts(after, number, number + 1), number) == day_rows(
        before, Forecasts(before, number, number + 1), number
    )
