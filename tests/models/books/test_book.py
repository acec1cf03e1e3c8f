"""Counters, stated figures, closed months and adjustments become one figure for every span, each counted once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from models.books.book import Book
from models.books.overlaps import Stated
from models.counting.output_plan import BucketSum
from models.stated.adjustment import Adjustment
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.month_rows import month_rows
from models.works.calendar import HOUR_NS, NS, day_bounds, stamp_ns
from models.works.codes import FigureStatus
from models.works.month import shifted
from models.works.place import Place
from models.works.table import FieldValue, Row
from tests.models.books.paper_book import book_of
from tests.models.tables.test_hour_rows import ALMATY, PLANT, TAGS
from tests.support.budget import examples

BF2, BF3 = Place("unit", "iron", "bf2", "pig_iron"), Place("unit", "iron", "bf3", "pig_iron")
SHOP, SITE = Place("shop", "iron", "all", "pig_iron"), Place("site", "all", "all", "pig_iron")
OPERATIONAL, REFINED = FigureStatus.OPERATIONAL, FigureStatus.REFINED
JANUARY = date(2026, 1, 1).toordinal()
LATE_NS = stamp_ns(ALMATY, date(2026, 12, 31))


ADJUSTMENT = Adjustment(
    day=JANUARY + 4,
    booked_month=JANUARY,
    shop="iron",
    unit="bf3",
    product="pig_iron",
    grams=1_000_000,
    author="planner",
    reason="survey",
    name="A1",
    recorded_ns=30,
)


def at(day: date, hour: int = 0) -> int:
    return stamp_ns(ALMATY, day) + hour * HOUR_NS


def figure(start: date, end: date, tonnes: float | None, place: Place = SITE, **more: object) -> Figure:
    grams = None if tonnes is None else round(tonnes * 1e6)
    plain = Figure(
        start_ns=at(start), end_ns=at(end), shop=place.shop, unit=place.unit, product=place.product, grams=grams
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def month_figure(year: int, month: int, tonnes: float | None, place: Place = SITE, **more: object) -> Figure:
    start = date(year, month, 1)
    return figure(start, date.fromordinal(shifted(start.toordinal(), 1)), tonnes, place, **more)


def counted(day: date, tonnes: float, unit: str = "bf3") -> list[BucketSum]:
    """A whole day of one furnace, in one bucket an hour."""
    tag = next(item for item in TAGS if item.unit == unit and item.product == "pig_iron")
    start_s, end_s = (instant // NS for instant in day_bounds(PLANT.shops["iron"].calendar, day))
    hours = (end_s - start_s) // 3600
    return [
        BucketSum(tag.name, unit, "pig_iron", start_s + 3600 * hour, start_s + 3600 * (hour + 1), grams, 360)
        for hour, grams in enumerate([round(tonnes * 1e6 / hours)] * hours)
    ]


def row_of(rows: Sequence[Row], place: Place) -> dict[str, FieldValue]:
    (found,) = (row for row in rows if row.key.tags == place.tags(PLANT))
    return dict(found.fields)


def book(*figures: Figure, now_ns: int = LATE_NS, year: int = 2026, **facts: object) -> Book:
    return book_of(PLANT, year, now_ns, facts=Facts(all_figures=figures, **facts))  # type: ignore[arg-type]


def tonnes_of(books: Book, place: Place, start: date, end: date) -> float | None:
    grams = books.total(place, start.toordinal(), end.toordinal()).grams
    return None if grams is None else grams / 1e6


def test_a_total_and_its_units_are_reconciled_and_never_added() -> None:
    books = book(
        month_figure(2026, 1, 100, BF2, status=REFINED),
        month_figure(2026, 1, 200, BF3, status=REFINED),
        month_figure(2026, 1, 310, SITE),
    )
    assert tonnes_of(books, SITE, date(2026, 1, 1), date(2026, 2, 1)) == 300, "the units' status is the higher one"
    assert tonnes_of(books, SHOP, date(2026, 1, 1), date(2026, 2, 1)) == 300


def test_the_difference_of_a_stated_total_is_a_visible_row() -> None:
    books = book(
        month_figure(2026, 1, 100, BF2),
        month_figure(2026, 1, 200, BF3),
        month_figure(2026, 1, 310.5, SITE, status=REFINED),
    )
    rows = month_rows(books, JANUARY)
    assert row_of(rows, SITE)["actual_t"] == 310.5
    unallocated = row_of(rows, Place("unit", "all", "unallocated", "pig_iron"))
    assert unallocated["actual_t"] == 10.5
    units = [row for row in rows if dict(row.key.tags)["level"] == "unit"]
    assert sum(float(row.fields["actual_t"]) for row in units) == 310.5
    day_of = book(
        figure(date(2026, 1, 5), date(2026, 1, 6), 10, BF3), figure(date(2026, 1, 5), date(2026, 1, 6), 11, SHOP)
    )
    rows = day_rows(day_of, Forecasts(day_of, JANUARY, JANUARY + 31), date(2026, 1, 5).toordinal())
    assert row_of(rows, Place("unit", "iron", "unallocated", "pig_iron"))["actual_t"] == 1
    assert row_of(rows, SITE)["actual_t"] == 11, "the site adds what the shop stated"


def test_a_month_that_is_stated_higher_than_its_days_is_the_figure_of_the_month() -> None:
    days = [figure(date(2026, 1, day), date.fromordinal(JANUARY + day), 10, BF3) for day in range(1, 32)]
    books = book(*days, month_figure(2026, 1, 305, BF3, status=REFINED))
    assert tonnes_of(books, BF3, date(2026, 1, 1), date(2026, 2, 1)) == 305
    assert tonnes_of(books, BF3, date(2026, 1, 1), date(2026, 1, 11)) == 100
    assert books.month_days(BF3, JANUARY).to_date[30] == 305_000_000, "on its last day, month to date is the month"
    refined = [replace(day, status=REFINED) for day in days]
    books = book(*refined, month_figure(2026, 1, 305, BF3))
    assert tonnes_of(books, BF3, date(2026, 1, 1), date(2026, 2, 1)) == 310


def test_on_the_last_day_the_forecast_is_the_month_as_the_books_have_it() -> None:
    days = [figure(date(2026, 1, day), date.fromordinal(JANUARY + day), 10, BF3) for day in range(1, 32)]
    books = book(*days, month_figure(2026, 1, 305, BF3, status=REFINED))
    last = JANUARY + 30
    row = row_of(day_rows(books, Forecasts(books, last, last + 1), last), BF3)
    assert row["forecast_month_t"] == row["month_to_date_t"] == 305
    assert row_of(day_rows(books, Forecasts(books, last - 1, last), last - 1), BF3)["forecast_month_t"] == 310


def test_a_figure_of_a_shift_replaces_what_was_counted_in_that_shift_alone() -> None:
    sums = counted(date(2026, 1, 5), 240)
    shift = Figure(
        start_ns=at(date(2026, 1, 5)),
        end_ns=at(date(2026, 1, 5), 12),
        shop="iron",
        unit="bf3",
        product="pig_iron",
        grams=100_000_000,
    )
    books = book_of(PLANT, 2026, LATE_NS, sums, Facts(all_figures=[shift]))
    assert tonnes_of(books, BF3, date(2026, 1, 5), date(2026, 1, 6)) == 220


def test_a_removed_figure_leaves_nothing_behind() -> None:
    first = month_figure(2026, 1, 100, BF3)
    books = book(first, replace(first, grams=None))
    assert month_rows(books, JANUARY) == []


def test_a_later_figure_replaces_the_one_with_its_key_wherever_it_lay() -> None:
    books = book(month_figure(2026, 1, 100, BF3, key="f-1"), month_figure(2026, 2, 90, BF3, key="f-1"))
    assert tonnes_of(books, BF3, date(2026, 1, 1), date(2026, 2, 1)) is None
    assert tonnes_of(books, BF3, date(2026, 2, 1), date(2026, 3, 1)) == 90


def test_year_to_date_of_january_is_the_month() -> None:
    books = book(month_figure(2025, 1, 90), month_figure(2026, 1, 100))
    january = row_of(month_rows(books, JANUARY), SITE)
    assert january["ytd_t"] == january["actual_t"] == 100
    assert january["ytd_pct"] == january["yoy_pct"] == 11.1
    assert january["yoy_per_day_pct"] == 11.1


def test_a_month_without_a_base_has_no_growth_and_says_so_by_absence() -> None:
    january = row_of(month_rows(book(month_figure(2026, 1, 100)), JANUARY), SITE)
    assert not {"mom_pct", "yoy_pct", "ytd_pct", "ytd_prev_year_t", "mom_per_day_pct"} & january.keys()
    zero = row_of(month_rows(book(month_figure(2025, 12, 0), month_figure(2026, 1, 100)), JANUARY), SITE)
    assert "mom_pct" not in zero


def test_growth_is_not_given_against_a_month_of_which_a_day_is_unknown() -> None:
    december = [
        figure(date(2025, 12, day), date.fromordinal(date(2025, 12, day).toordinal() + 1), 10, BF3)
        for day in range(1, 32)
    ]
    whole = book(*december, month_figure(2026, 1, 310, BF3))
    assert row_of(month_rows(whole, JANUARY), BF3)["mom_pct"] == 0.0
    lacking = book(*december[:-1], month_figure(2026, 1, 310, BF3))
    assert "mom_pct" not in row_of(month_rows(lacking, JANUARY), BF3)


def test_a_leap_day_is_compared_by_month_and_by_day() -> None:
    books = book(month_figure(2023, 2, 280), month_figure(2024, 2, 290), year=2024)
    february = row_of(month_rows(books, date(2024, 2, 1).toordinal()), SITE)
    assert (february["yoy_pct"], february["yoy_per_day_pct"]) == (3.6, 0.0)


def test_a_month_in_progress_is_compared_with_the_same_days() -> None:
    sums = [item for day in range(JANUARY - 31, JANUARY + 12) for item in counted(date.fromordinal(day), _made(day))]
    now_ns = at(date(2026, 1, 12), 6)
    books = book_of(PLANT, 2026, now_ns, sums)
    january = row_of(month_rows(books, JANUARY), BF3)
    assert january["in_progress_days"] == 11
    assert january["mom_pct"] == 20.0, "11 days at 120 t against 11 days at 100 t"
    assert january["actual_t"] == 12 * 120, "what is known of the running day is in the month"
    assert january["ytd_t"] == 11 * 120


def _made(day: int) -> float:
    return 120 if day >= JANUARY else 100 if day < JANUARY - 31 + 11 else 480


def test_a_coarse_amount_counts_in_the_month_that_holds_it_and_in_no_day() -> None:
    sums = [
        item
        for day in range(JANUARY, JANUARY + 31)
        if day not in (JANUARY + 4, JANUARY + 5)
        for item in counted(date.fromordinal(day), 24)
    ]
    books = book_of(PLANT, 2026, LATE_NS, sums)
    assert not books.total(BF3, JANUARY, JANUARY + 31).whole
    columns = replace(books.days["bf3", "pig_iron"], coarse=(_coarse(JANUARY + 4, JANUARY + 6, 50),))
    books.days["bf3", "pig_iron"] = columns
    books.invalidate(range(JANUARY, JANUARY + 31))
    whole = books.total(BF3, JANUARY, JANUARY + 31)
    assert (whole.grams, whole.whole) == (round((29 * 24 + 50) * 1e6), True)
    assert not books.month_days(BF3, JANUARY).known[4]
    assert books.month_days(BF3, JANUARY).to_date[30] == whole.grams


def _coarse(start: int, end: int, tonnes: float) -> Stated:
    return Stated(start, end, round(tonnes * 1e6), OPERATIONAL)


@settings(max_examples=examples(30))
@given(st.permutations(range(14)))
def test_the_order_of_arrival_never_changes_a_result(order: list[int]) -> None:
    figures = [
        *(figure(date(2026, 1, day), date.fromordinal(JANUARY + day), 10 + day, BF3) for day in range(1, 9)),
        figure(date(2026, 1, 9), date(2026, 1, 10), 3, BF2, status=REFINED),
        figure(date(2026, 1, 9), date(2026, 1, 10), 4, SHOP),
        month_figure(2026, 1, 400, BF3, status=REFINED),
        month_figure(2025, 1, 380, SITE),
        month_figure(2025, 12, 390, BF2),
        figure(date(2025, 1, 1), date(2026, 1, 1), 4000, SITE),
    ]
    straight, shuffled = book(*figures), book(*(figures[index] for index in order))
    assert month_rows(shuffled, JANUARY) == month_rows(straight, JANUARY)


def test_facts_are_read_as_they_were_known_then() -> None:
    first = replace(month_figure(2026, 1, 100, BF3), recorded_ns=10)
    second = replace(month_figure(2026, 1, 120, BF3), recorded_ns=20)
    facts = Facts(all_figures=[first, second], adjustments=[ADJUSTMENT])
    assert [item.grams for item in facts.known_at(15).figures] == [100_000_000]
    assert [item.grams for item in facts.known_at(25).figures] == [120_000_000]
    assert not facts.known_at(25).adjustments


def test_a_shop_figure_of_a_shop_that_the_plant_has_no_more_is_in_no_total() -> None:
    gone = replace(month_figure(2026, 1, 100, SHOP), shop="foundry")
    assert month_rows(book(gone), JANUARY) == []
