"""Books made of bucket sums and statements, without a ledger."""

from collections.abc import Sequence
from datetime import date

from models.books.book import Book
from models.books.claims import Claims, FormerUnit
from models.books.counted_days import DayCount, counted_days
from models.books.out_of_service import lay_out_of_service
from models.books.overlaps import NOTHING, Amount
from models.books.part_day_figures import lay_day_figures
from models.books.unit_days import DayColumns
from models.counting.output_plan import BucketSum
from models.stated.facts import Facts
from models.works.calendar import NS, day_bounds
from models.works.place import ALL, Place
from models.works.plant import Plant


def book_of(plant: Plant, year: int, now_ns: int, sums: Sequence[BucketSum] = (), facts: Facts | None = None) -> Book:
    """The books of `year` and the one before it."""
    facts = facts or Facts()
    stated = {
        figure.unit: FormerUnit(figure.shop) for figure in facts.figures if figure.unit not in (ALL, *plant.units)
    }
    claims = Claims(plant, frozenset((item.tag, item.unit, item.product) for item in sums), stated)
    return claimed_book_of(claims, year, now_ns, sums, facts)


def claimed_book_of(claims: Claims, year: int, now_ns: int, sums: Sequence[BucketSum], facts: Facts) -> Book:
    """The same for given claims."""
    plant, sums, facts = claims.plant, claims.counted(sums), claims.facts(facts)
    first, end = date(year - 1, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    stated = {(figure.unit, figure.product) for figure in facts.figures if figure.unit != ALL}
    days = {key: DayColumns.empty(first, end - first) for key in {*claims.counters, *stated}}
    for (unit, product), columns in days.items():
        calendar = Place("unit", claims.shop(unit), unit, product).calendar(plant)
        ours = [item for item in sums if (item.unit, item.product) == (unit, product)]
        bounds = {day: day_bounds(calendar, date.fromordinal(day)) for day in range(first, end)} if ours else {}
        counts = [count for day, span in bounds.items() for count in _counts(day, span, ours)]
        elapsed = {day: (min(high, now_ns) - low) / NS for day, (low, high) in bounds.items()}
        for (_, _, day), counted in counted_days(claims.counters, counts, elapsed, claims.former_tags).items():
            index = day - first
            columns.grams[index], columns.known[index] = counted.grams, counted.known
            columns.completeness[index] = counted.completeness

    def part(unit: str, product: str, start_ns: int, end_ns: int) -> Amount:
        inside = _inside([item for item in sums if (item.unit, item.product) == (unit, product)], (start_ns, end_ns))
        return Amount(sum(item.grams for item in inside), whole=True) if inside else NOTHING

    lay_day_figures(plant, days, facts.figures, range(first, end), part)
    book = Book(claims, facts, days, first, end, now_ns)
    lay_out_of_service(book, range(first, end))
    return book


def _counts(day: int, span: tuple[int, int], sums: Sequence[BucketSum]) -> list[DayCount]:
    alike: dict[tuple[str, str, str, int, int], list[int]] = {}
    for item in _inside(sums, span):
        key = (item.tag, item.unit, item.product, item.end_s - item.start_s, item.readings)
        alike.setdefault(key, []).append(item.grams)
    return [DayCount(day, *key, len(grams), sum(grams)) for key, grams in alike.items()]


def _inside(sums: Sequence[BucketSum], span: tuple[int, int]) -> list[BucketSum]:
    return [item for item in sums if span[0] <= item.start_s * NS and item.end_s * NS <= span[1]]
