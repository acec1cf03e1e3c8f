"""The figures of a group are the sums of what its sites' books have, to the gram, over days that all of them know."""

from datetime import date

import pytest

from models.books.book import Book
from models.group.group_figures import GroupFigures, group_day, group_month
from models.group.group_plan import GroupProduct
from models.group.site_days import SiteDays, SiteProduct, by_date
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.growth_span import growth_span
from models.tables.kpi import growth_pct
from models.tables.month_rows import known_grams, month_rows
from models.works.calendar import local_date
from models.works.codes import FigureStatus
from models.works.month import length, month_of, shifted
from models.works.place import ALL, Place
from tests.support.random_books import YEAR, ZONE, random_book

IRON = GroupProduct(
    code="iron", names={"en": "Iron"}, definition="iron", parts=(("north", "pig_iron"), ("south", "pig_iron"))
)
PLACE = Place("site", ALL, ALL, "pig_iron")
SAME = {"pig_iron": SiteProduct(definition="over the weighbridge", basis="liquid")}


def published(book: Book, site: str, months: list[int]) -> SiteDays:
    """What the site of those books has published of these months, as its group knows it."""
    today = local_date(ZONE, book.now_ns).toordinal()
    forecasts = Forecasts(book, min(months), today + 1)
    days = [
        row
        for month in months
        for day in range(month, min(shifted(month, 1), today + 1))
        for row in day_rows(book, forecasts, day, {"pig_iron"})
    ]
    rows = [row for month in months for row in month_rows(book, month, {"pig_iron"})]
    return SiteDays(
        site=site,
        heard_ns=book.now_ns,
        products=SAME,
        days=by_date(days, "output_day", ZONE),
        months=by_date(rows, "output_month", ZONE),
    )


def grams(value: object) -> int:
    assert isinstance(value, float)
    return round(value * 1_000_000)


@pytest.mark.parametrize("seed", range(12))
def test_a_month_of_the_group_is_the_sum_of_its_sites_books_to_the_gram(seed: int) -> None:
    books = {"north": random_book(seed), "south": random_book(seed + 100)}
    today = min(local_date(ZONE, book.now_ns).toordinal() for book in books.values())
    month = shifted(month_of(today), -(seed % 2))
    needed = [month, shifted(month, -1), shifted(month, -12)]
    sites = {site: published(book, site, needed) for site, book in books.items()}
    found = group_month(IRON, sites, month)
    days = found.fields["compared_days"]
    assert isinstance(days, int)
    over = min(book.days_over(PLACE, month) for book in books.values())
    assert days == max((k for k in range(1, over + 1) if both(books, (month, month + k)) is not None), default=0)
    if not days:
        assert "actual_t" not in found.fields
        return
    span = growth_span(month, days)
    sums = {
        name: both(books, each)
        for name, each in (
            ("actual_t", span.month),
            ("ytd_t", span.year_to_date),
            ("prev_year_t", span.year_before),
            ("ytd_prev_year_t", span.year_to_date_before),
        )
    }
    for name, expected in sums.items():
        assert (name in found.fields) == (expected is not None), name
        if expected is not None:
            assert grams(found.fields[name]) == expected, name
    for name, base in (("mom_pct", both(books, span.month_before)), ("yoy_pct", sums["prev_year_t"])):
        growth = growth_pct(sums["actual_t"], base)
        assert found.fields.get(name) == (None if growth is None else float(growth))
    if days == length(month):
        rows = [site.month("pig_iron", month) for site in sites.values()]
        assert sum(grams(row["actual_t"]) for row in rows) == sums["actual_t"]
        assert found.fields["status"] == min(row["status"] for row in rows)


def both(books: dict[str, Book], days: tuple[int, int]) -> int | None:
    found = [known_grams(book, PLACE, days) for book in books.values()]
    return None if None in found else sum(each for each in found if each is not None)


def site(
    name: str, made: dict[int, int], heard: int, *, definition: str = "over the weighbridge", day_ms: int = 86_400_000
) -> SiteDays:
    """A site with so many tonnes on each day of November, which was heard of until the end of the day `heard`."""
    days, so_far = {}, 0
    for number, tonnes in sorted(made.items()):
        so_far += tonnes
        day = date(YEAR, 11, number).toordinal()
        days["pig_iron", day] = {
            "actual_t": float(tonnes),
            "target_t": 10.0,
            "month_to_date_t": float(so_far),
            "month_to_date_target_t": 10.0 * number,
            "month_target_t": 300.0,
            "year_to_date_t": 1000.0 + so_far,
            "status": 1,
            "completeness_pct": 90.0,
            "end_ms": number * day_ms,
        }
    month = {("pig_iron", date(YEAR, 11, 1).toordinal()): {"status": 1, "completeness_pct": 90.0, "actual_t": 1.0}}
    products = {"pig_iron": SiteProduct(definition=definition, basis="liquid")}
    return SiteDays(
        site=name, heard_ns=heard * day_ms * 1_000_000, products=products, days=days, months=month if made else {}
    )


NOVEMBER = date(YEAR, 11, 1).toordinal()


def november(north: SiteDays, south: SiteDays) -> GroupFigures:
    return group_month(IRON, {"north": north, "south": south}, NOVEMBER)


def test_a_month_is_compared_over_days_that_all_sites_know_and_says_who_lacks_some() -> None:
    found = november(site("north", dict.fromkeys(range(1, 21), 11), 20), site("south", {1: 5, 2: 5, 3: 5}, 3))
    assert found.fields["compared_days"] == found.fields["in_progress_days"] == 3
    assert found.fields["actual_t"] == 3 * 11 + 3 * 5
    assert found.fields["target_t"] == 60.0
    assert found.fields["month_target_t"] == 600.0
    assert found.fields["attainment_pct"] == 80.0
    assert found.fields["ytd_t"] == 2048.0
    assert found.lacking == ["south"]
    assert [part.fields["actual_t"] for part in found.parts] == [220.0, 15.0]
    assert "mom_pct" not in found.fields


def test_a_site_that_was_never_heard_of_leaves_no_sum_and_no_zero() -> None:
    found = group_month(IRON, {"north": site("north", {1: 5}, 1)}, NOVEMBER)
    assert "actual_t" not in found.fields
    assert found.fields["compared_days"] == 0
    assert found.fields["completeness_pct"] == 45.0
    assert found.fields["status"] == FigureStatus.OPERATIONAL
    assert found.lacking == ["south"]


def test_a_day_that_had_not_ended_when_its_site_was_last_heard_of_is_not_known() -> None:
    found = november(site("north", {1: 5, 2: 5}, 2), site("south", {1: 5, 2: 5}, 1))
    assert found.fields["compared_days"] == 1
    running = site("north", {1: 5, 2: 5}, 2)
    running.days["pig_iron", NOVEMBER + 1]["target_so_far_t"] = 3.0  # type: ignore[index]
    assert november(running, site("south", {1: 5, 2: 5}, 2)).fields["compared_days"] == 1


def test_sites_that_define_a_product_otherwise_are_shown_and_never_added() -> None:
    north, south = site("north", {1: 5}, 1), site("south", {1: 7}, 1, definition="by the crane's scale")
    for found in (november(north, south), group_day(IRON, {"north": north, "south": south}, NOVEMBER)):
        assert found.definitions == {
            "north.pig_iron": "over the weighbridge (liquid)",
            "south.pig_iron": "by the crane's scale (liquid)",
        }
        assert "actual_t" not in found.fields
        assert [part.fields["actual_t"] for part in found.parts] == [5.0, 7.0]


def test_a_day_of_the_group_is_as_final_as_its_least_final_part() -> None:
    north, south = site("north", {1: 5, 2: 6}, 2), site("south", {1: 7, 2: 8}, 2)
    south.days["pig_iron", NOVEMBER]["status"] = 0  # type: ignore[index]
    found = group_day(IRON, {"north": north, "south": south}, NOVEMBER)
    assert (found.fields["actual_t"], found.fields["target_t"], found.fields["attainment_pct"]) == (12.0, 20.0, 60.0)
    assert (found.fields["status"], found.fields["period"]) == (0, f"{YEAR}-11-01")
    missing = group_day(IRON, {"north": north, "south": south}, NOVEMBER + 5)
    assert "actual_t" not in missing.fields
    assert missing.lacking == ["north", "south"]
