"""Two periods are compared by the rules of growth: two months beside each other grow as their rows say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from models.stated.closed_month import ClosedFigure, MonthClose
from models.tables.compared_periods import ComparedPlace, compared
from models.tables.month_rows import month_rows
from models.tables.row_fields import tonnes
from models.works.calendar import local_date
from models.works.month import month_of, shifted, year_start
from models.works.place import Place
from tests.models.books.test_book import ADJUSTMENT, BF3, JANUARY, SITE, at, book, figure, month_figure
from tests.support.random_books import YEAR, ZONE, random_book


def of(found: Iterable[ComparedPlace], place: Place) -> ComparedPlace:
    (item,) = (item for item in found if item.place == place)
    return item


@pytest.mark.parametrize("seed", range(5))
def test_a_month_beside_another_grows_exactly_as_its_row_says(seed: int) -> None:
    books = random_book(seed)
    running = month_of(local_date(ZONE, books.now_ns).toordinal())
    seen = 0
    for month in (running, shifted(running, -1), date(YEAR, 1, 1).toordinal()):
        rows = {row.key.tags: row.fields for row in month_rows(books, month)}
        for back, field in ((-1, "mom"), (-12, "yoy")):
            base = shifted(month, back)
            found = compared(books, books, (month, shifted(month, 1)), (base, shifted(base, 1)))
            for item in found:
                fields = rows.get(item.place.tags(books.plant), {})
                if "in_progress_days" in fields and not fields["in_progress_days"]:
                    continue  # its first day runs: there is nothing to compare yet
                growth = {f"{field}_pct": item.growth_pct, f"{field}_per_day_pct": item.per_day_pct}
                for name, value in growth.items():
                    assert (None if value is None else float(value)) == fields.get(name), (item, name)
                    seen += value is not None
                restated = item.restated_pct
                assert restated is None or float(restated) == fields[f"restated_{field}_pct"]
                if item.now.length == shifted(month, 1) - month and item.now.grams is not None:
                    assert fields["actual_t"] == tonnes(item.now.grams)
        january, before = year_start(month), year_start(shifted(month, -12))
        span, base_span = (january, shifted(month, 1)), (before, shifted(month, -11))
        for item in compared(books, books, span, base_span):
            pct = None if item.growth_pct is None else float(item.growth_pct)
            assert pct == rows.get(item.place.tags(books.plant), {}).get("ytd_pct"), item
    assert seen > 20


def test_periods_of_another_length_are_compared_by_the_day_too() -> None:
    days = [figure(date(2026, 1, day), date(2026, 1, day + 1), 10 + day, BF3) for day in range(1, 13)]
    found = of(compared(book(*days), book(*days), (JANUARY + 3, JANUARY + 5), (JANUARY, JANUARY + 3)), SITE)
    assert (found.now.grams, found.base.grams) == (29_000_000, 36_000_000)
    assert (str(found.growth_pct), str(found.per_day_pct)) == ("-19.4", "20.8")


def test_a_period_that_runs_is_compared_by_its_days_that_are_over() -> None:
    days = [figure(date(2026, 1, day), date(2026, 1, day + 1), 10, BF3) for day in range(1, 21)]
    books = book(*days, now_ns=at(date(2026, 1, 15), 12))
    found = of(compared(books, books, (JANUARY + 10, JANUARY + 20), (JANUARY, JANUARY + 9)), SITE)
    assert (found.now.days, found.base.days) == ((JANUARY + 10, JANUARY + 14), (JANUARY, JANUARY + 4))
    assert str(found.growth_pct) == "0.0"
    assert compared(books, books, (JANUARY + 20, JANUARY + 25), (JANUARY + 25, JANUARY + 27)) == []


def test_what_is_not_known_on_every_day_has_no_growth() -> None:
    days = [figure(date(2026, 1, day), date(2026, 1, day + 1), 10, BF3) for day in (1, 2, 4, 5, 6)]
    found = of(compared(book(*days), book(*days), (JANUARY + 3, JANUARY + 6), (JANUARY, JANUARY + 3)), SITE)
    assert (found.base.grams, found.base.whole) == (20_000_000, False)
    assert found.growth_pct is found.per_day_pct is None
    assert compared(book(), book(), (JANUARY, JANUARY + 1), (JANUARY + 2, JANUARY + 3)) == []


def test_corrections_of_another_month_restate_the_growth_of_any_period() -> None:
    months = [month_figure(2026, 1, 100, BF3), month_figure(2026, 2, 100, BF3)]
    signed = [
        ClosedFigure(month=JANUARY, level=at_.level, shop=at_.shop, unit=at_.unit, product=at_.product, grams=10**8)
        for at_ in (BF3, SITE)
    ]
    later = replace(ADJUSTMENT, booked_month=shifted(JANUARY, 1), grams=10**7, recorded_ns=at(date(2026, 2, 9)))
    books = book(
        *months,
        all_closed_figures=signed,
        closes=[MonthClose(month=JANUARY, author="Chief")],
        adjustments=[later],
    )
    february = shifted(JANUARY, 1)
    found = of(compared(books, books, (february, shifted(february, 1)), (JANUARY, february)), SITE)
    assert (str(found.growth_pct), str(found.restated_pct)) == ("10.0", "-9.1")
