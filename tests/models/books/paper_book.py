"""Books made of bucket sums and statements, without a ledger."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from models.books.book import Book
from models.books.counted_days import DayCount, counted_days
from models.books.overlaps import NOTHING, Amount
from models.books.part_day_figures import lay_day_figures
from models.books.unit_days import DayColumns
from models.counting.output_plan import BucketSum, OutputPlan
from models.stated.facts import Facts
from models.works.calendar import NS, day_bounds
from models.works.plant import Plant


def book_of(plant: Plant, year: int, now_ns: int, sums: Sequence[BucketSum] = (), facts: Facts | None = None) -> Book:
    """The books of `year` and the one before it."""
    facts, plan = facts or Facts(), OutputPlan(plant)
    first, end = date(year - 1, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    series = {*plan.counters, *((it.unit, it.product) for it in facts.figures if it.unit in plant.units)}
    days = {it: DayColumns.empty(first, end - first) for it in series}
    for (unit, product), columns in days.items():
        calendar = plant.shops[plant.units[unit].shop].calendar
        ours = [it for it in sums if (it.unit, it.product) == (unit, product)]
        bounds = {day: day_bounds(calendar, date.fromordinal(day)) for day in range(first, end)} if ours else {}
        counts = [count for day, span in bounds.items() for count in _counts(day, span, ours)]
        elapsed = {(unit, day): (min(high, now_ns) - low) / NS for day, (low, high) in bounds.items()}
        for (_, _, day), counted in counted_days(plan.counters, counts, elapsed).items():
            index = day - first
            columns.grams[index], columns.known[index] = counted.grams, counted.known
            columns.completeness[index] = counted.completeness

    def part(unit: str, product: str, start_ns: int, end_ns: int) -> Amount:
        inside = [
            it
            for it in sums
            if (it.unit, it.product) == (unit, product) and start_ns <= it.start_s * NS and it.end_s * NS <= end_ns
        ]
        return Amount(sum(it.grams for it in inside), whole=True) if inside else NOTHING

    lay_day_figures(plant, days, facts.figures, range(first, end), part)
    return Book(plant, facts, days, first, end, now_ns)


def _counts(day: int, span: tuple[int, int], sums: Iterable[BucketSum]) -> list[DayCount]:
    inside = [it for it in sums if span[0] <= it.start_s * NS and it.end_s * NS <= span[1]]
    found = Counter((it.tag, it.unit, it.product, it.end_s - it.start_s, it.readings) for it in inside)
    return [
        DayCount(
            day,
            *key,
            number,
            sum(it.grams for it in inside if (it.tag, it.unit, it.product, it.end_s - it.start_s, it.readings) == key),
        )
        for key, number in found.items()
    ]
