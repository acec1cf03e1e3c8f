"""The figures that rows of days and months are made of: what is not known is None, and never 0."""

from datetime import date

from models.stated.closed_month import ClosedFigure, MonthClose
from models.stated.plan import PlanEntry
from models.works.codes import FigureStatus
from models.works.place import Place
from tests.models.books.test_book import ADJUSTMENT, BF3, JANUARY, SITE, at, book, figure, month_figure

PLAN = PlanEntry(month=JANUARY, shop="iron", unit="bf3", product="pig_iron", grams=31_000_000)


def test_a_day_says_what_was_made_and_was_to_be_made_on_it_and_up_to_it() -> None:
    stated = [figure(date(2026, 1, day), date(2026, 1, day + 1), 2, BF3) for day in (1, 2, 3)]
    found = book(*stated, all_plans=[PLAN]).day(BF3, JANUARY + 2)
    assert (found.made, found.to_date, found.target, found.target_to_date) == (2_000_000, 6_000_000, 10**6, 3 * 10**6)
    assert (found.month_target, found.status, found.completeness) == (31_000_000, FigureStatus.OPERATIONAL, 1.0)
    assert (found.day, found.bounds) == (JANUARY + 2, (at(date(2026, 1, 3)), at(date(2026, 1, 4))))
    assert (found.so_far.last_day, found.so_far.made, found.so_far.available_left) == (JANUARY + 2, 6_000_000, 28)


def test_after_a_day_that_nobody_knows_the_day_is_known_and_the_month_to_date_is_not() -> None:
    found = book(figure(date(2026, 1, 2), date(2026, 1, 3), 2, BF3)).day(BF3, JANUARY + 1)
    assert (found.made, found.to_date, found.so_far.made) == (2_000_000, None, None)


def test_a_day_that_runs_is_asked_for_as_of_the_last_day_that_is_over() -> None:
    stated = [figure(date(2026, 1, day), date(2026, 1, day + 1), 2, BF3) for day in (1, 2)]
    so_far = book(*stated, now_ns=at(date(2026, 1, 2), 12)).day(BF3, JANUARY + 1).so_far
    assert (so_far.last_day, so_far.made, so_far.available_left) == (JANUARY, 2_000_000, 30)
    first = book(*stated, now_ns=at(date(2026, 1, 1), 12)).day(BF3, JANUARY).so_far
    assert (first.last_day, first.made, first.available_left) == (None, 0, 31)


def test_a_month_that_is_stated_as_one_figure_lies_beyond_its_days() -> None:
    stated = book(month_figure(2026, 1, 310, BF3))
    assert stated.day(BF3, JANUARY + 30).so_far.beyond_days == 310_000_000
    month = stated.month(BF3, JANUARY)
    assert (month.made, month.completeness, month.days, month.days_over) == (310_000_000, 1.0, 31, 31)


def test_a_place_at_which_nothing_is_made_has_no_figures() -> None:
    nowhere = Place("shop", "mines", "all", "pig_iron")
    found = book(month_figure(2026, 1, 310, SITE)).day(nowhere, JANUARY)
    assert (found.made, found.to_date, found.target, found.month_target) == (None, None, None, None)


def test_the_last_day_of_a_closed_month_holds_its_corrections_once() -> None:
    days = [figure(date.fromordinal(day), date.fromordinal(day + 1), 10, BF3) for day in range(JANUARY, JANUARY + 31)]
    signed = [
        ClosedFigure(
            month=JANUARY, level=at_.level, shop=at_.shop, unit=at_.unit, product=at_.product, grams=311 * 10**6
        )
        for at_ in (BF3, SITE)
    ]
    closes = [MonthClose(month=JANUARY, author="Chief")]
    closed = book(*days, adjustments=[ADJUSTMENT], all_closed_figures=signed, closes=closes)
    for place in (BF3, SITE):
        to_date = [closed.day(place, JANUARY + index).to_date for index in (3, 4, 29, 30)]
        assert to_date == [40_000_000, 51_000_000, 301_000_000, 311_000_000]
        assert closed.month(place, JANUARY).made == closed.year_to_date(place, JANUARY + 30) == 311_000_000
