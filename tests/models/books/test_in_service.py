"""A unit that came, or went, within the year: outside its service it made nothing, and that is known."""

from dataclasses import replace
from datetime import date

import pytest

from models.books.book import Book
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.month_rows import month_rows
from models.works.calendar import stamp_ns
from models.works.in_service import InService
from models.works.month import length, shifted
from models.works.place import Place
from models.works.plant import Plant
from models.works.table import FieldValue
from tests.models.books.paper_book import book_of
from tests.models.tables.test_hour_rows import ALMATY, PLANT

NEW, OLD = Place("unit", "iron", "bf2", "pig_iron"), Place("unit", "iron", "bf3", "pig_iron")
SHOP, SITE = Place("shop", "iron", "all", "pig_iron"), Place("site", "all", "all", "pig_iron")
CAME = date(2025, 3, 10)


def serving(unit: str, service: InService) -> Plant:
    return replace(PLANT, units={**PLANT.units, unit: replace(PLANT.units[unit], in_service=service)})


def span(first: date, last: date, tonnes: float, place: Place) -> Figure:
    """`last` is included."""
    end = date.fromordinal(last.toordinal() + 1)
    return Figure(
        start_ns=stamp_ns(ALMATY, first),
        end_ns=stamp_ns(ALMATY, end),
        shop=place.shop,
        unit=place.unit,
        product=place.product,
        grams=round(tonnes * 1e6),
    )


def month(year: int, number: int, tonnes: float, place: Place) -> Figure:
    first = date(year, number, 1)
    return span(first, date.fromordinal(first.toordinal() + length(first.toordinal()) - 1), tonnes, place)


FIGURES = [
    *(month(2024, number, 100_000, OLD) for number in range(1, 13)),
    *(month(2025, number, 100_000, OLD) for number in range(1, 13)),
    *(month(2026, number, 110_000, OLD) for number in range(1, 11)),
    *(span(date(2025, 3, day), date(2025, 3, day), 100, NEW) for day in range(10, 32)),
    *(month(2025, number, 3_000, NEW) for number in range(4, 13)),
    *(month(2026, number, 3_300, NEW) for number in range(1, 11)),
]


def book(plant: Plant, year: int, *figures: Figure, now: date = date(2026, 11, 20), **facts: object) -> Book:
    return book_of(plant, year, stamp_ns(ALMATY, now), facts=Facts(all_figures=figures, **facts))  # type: ignore[arg-type]


def growth(found: Book, month_: date, place: Place = SITE) -> dict[str, FieldValue]:
    rows = [row for row in month_rows(found, month_.toordinal()) if row.key.tags == place.tags(PLANT)]
    return dict(rows[0].fields) if rows else {}


def test_a_unit_that_came_within_the_year_leaves_the_year_to_date_known() -> None:
    plant = serving("bf2", InService(first=CAME))
    first = growth(book(plant, 2025, *FIGURES), date(2025, 12, 1))
    assert (first["ytd_t"], first["ytd_pct"]) == (1_229_200, 2.4)
    second = growth(book(plant, 2026, *FIGURES), date(2026, 10, 1))
    assert (second["ytd_t"], second["ytd_prev_year_t"], second["ytd_pct"]) == (1_133_000, 1_023_200, 10.7)
    assert "ytd_t" not in growth(book(PLANT, 2025, *FIGURES), date(2025, 12, 1)), "without the dates nobody knows"


def test_growth_to_a_month_in_which_the_unit_was_not_there_counts_its_zero() -> None:
    plant = serving("bf2", InService(first=CAME))
    march = growth(book(plant, 2025, *FIGURES), date(2025, 3, 1))
    assert (march["actual_t"], march["mom_pct"], march["yoy_pct"]) == (102_200, 2.2, 2.2)


def test_a_unit_has_no_rows_of_the_time_in_which_it_was_not_there() -> None:
    found = book(serving("bf2", InService(first=CAME)), 2025, *FIGURES)
    assert growth(found, date(2025, 2, 1), NEW) == {}
    assert growth(found, date(2025, 3, 1), NEW)["actual_t"] == 2_200
    for day, expected in ((date(2025, 3, 9), False), (CAME, True)):
        rows = day_rows(found, Forecasts(found, day.toordinal(), day.toordinal() + 1), day.toordinal())
        assert any(row.key.tags == NEW.tags(PLANT) for row in rows) is expected


def test_a_unit_that_came_and_is_silent_is_unknown_and_not_zero() -> None:
    """A month of which only the days before it came are known says nothing of it, and is no closed 0 t."""
    plant = serving("bf2", InService(first=date(2026, 11, 10)))
    plans = [
        PlanEntry(month=date(2026, 11, 1).toordinal(), shop="iron", unit="bf2", product="pig_iron", grams=22_000_000)
    ]
    found = book(plant, 2026, *FIGURES[:-10], all_plans=plans)
    row = growth(found, date(2026, 11, 1), NEW)
    assert "actual_t" not in row
    assert row["status"] == 0
    assert "ytd_t" not in row
    assert "actual_t" not in growth(found, date(2026, 11, 1), SITE)


def test_a_unit_that_went_leaves_the_year_to_date_known_and_keeps_its_tonnes_in_it() -> None:
    plant = serving("bf2", InService(first=CAME, last=date(2026, 4, 30)))
    figures = [item for item in FIGURES if item.unit == "bf3" or item.end_ns <= stamp_ns(ALMATY, date(2026, 5, 1))]
    october = growth(book(plant, 2026, *figures), date(2026, 10, 1))
    assert october["ytd_t"] == 1_100_000 + 4 * 3_300
    assert growth(book(plant, 2026, *figures), date(2026, 5, 1), NEW) == {}


def test_tonnes_outside_the_dates_stand_for_the_dates_are_wrong_then() -> None:
    plant = serving("bf2", InService(first=date(2025, 6, 1)))
    april = growth(book(plant, 2025, *FIGURES), date(2025, 4, 1))
    assert april["actual_t"] == 103_000


def test_what_is_not_there_is_due_nothing_and_leaves_its_shop_a_target() -> None:
    plant = serving("bf2", InService(first=CAME))
    plans = [
        PlanEntry(
            month=date(2025, number, 1).toordinal(), shop="iron", unit="bf3", product="pig_iron", grams=31_000_000
        )
        for number in (1, 3)
    ] + [PlanEntry(month=date(2025, 3, 1).toordinal(), shop="iron", unit="bf2", product="pig_iron", grams=22_000_000)]
    targets = book(plant, 2025, *FIGURES, all_plans=plans).targets
    assert targets.of_month(SHOP, date(2025, 1, 1).toordinal()) == 31_000_000
    days = targets.of_days(NEW, date(2025, 3, 1).toordinal())
    assert (set(days[:9]), set(days[9:])) == ({0}, {1_000_000}), "its plan is that of the days from the tenth"


@pytest.mark.parametrize("place", [OLD, SHOP, SITE])
def test_a_span_that_is_stated_whole_is_compared_though_a_month_within_is_not_stated(place: Place) -> None:
    figures = [
        span(date(2025, 1, 1), date(2025, 8, 31), 800_000, place),
        span(date(2026, 1, 1), date(2026, 8, 31), 840_000, place),
        month(2026, 3, 100_000, place),
    ]
    for shown in (SITE, SHOP) if place is not SITE else (SITE,):
        august = growth(book(PLANT, 2026, *figures), date(2026, 8, 1), shown)
        assert (august["ytd_t"], august["ytd_prev_year_t"], august["ytd_pct"]) == (840_000, 800_000, 5.0)
        assert "actual_t" not in august


def test_a_unit_stated_over_months_is_added_to_those_that_are_stated_by_month() -> None:
    figures = [
        span(date(2026, 1, 1), date(2026, 8, 31), 840_000, OLD),
        *(month(2026, number, 3_000, NEW) for number in range(1, 9)),
    ]
    found = book(PLANT, 2026, *figures)
    assert found.total(SITE, date(2026, 1, 1).toordinal(), date(2026, 9, 1).toordinal()).grams == 864_000_000_000
    assert found.year_to_date(SITE, date(2026, 8, 31).toordinal()) == 864_000_000_000
    assert shifted(date(2026, 8, 1).toordinal(), 1) == date(2026, 9, 1).toordinal()
