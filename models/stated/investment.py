"""Growth of investment: what was paid for projects in some months against what was paid in others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.stated.measure import MeasureKind, Project, StatedMeasure, computed_growth
from models.works.month import months_between, shifted, year_start

Months = tuple[int, int]


@dataclass(frozen=True, slots=True)
class InvestmentGrowth:
    """Payments of the months `span` against those of `base`, in whole units of one currency.

    `paid` and `before` are sums of the projects `of` (codes), whose payments are known in each month of both spans.
    `without`: those of which a month is not known; they are in neither sum. `pct`: to 0.1, None where there is no
    project to tell of, or nothing was paid before.
    """

    currency: str
    span: Months
    base: Months
    paid: Decimal
    before: Decimal
    pct: Decimal | None
    of: tuple[str, ...]
    without: tuple[str, ...]


def investment_growth(
    projects: Sequence[Project], numbers: Iterable[StatedMeasure], span: Months, base: Months
) -> list[InvestmentGrowth]:
    """One for each currency, in the order of the projects: nothing is converted.

    A month that nobody stated is not a month without a payment, so a project that began between the spans is in none
    of the sums until a 0 was stated of its months before.
    """
    paid = {(each.subject, each.start): each.value for each in numbers if each.kind is MeasureKind.PAID}
    found = []
    for currency in dict.fromkeys(project.currency for project in projects):
        now, before, of, without = Decimal(), Decimal(), [], []
        for project in (each for each in projects if each.currency == currency):
            sums = [_sum(project, paid, months) for months in (span, base)]
            if sums[0] is None or sums[1] is None:
                without.append(project.code)
                continue
            now, before = now + sums[0], before + sums[1]
            of.append(project.code)
        pct = computed_growth(now, before) if of else None
        found.append(InvestmentGrowth(currency, span, base, now, before, pct, tuple(of), tuple(without)))
    return found


def _sum(project: Project, paid: dict[tuple[str, int], Decimal], months: Months) -> Decimal | None:
    amounts = [paid.get((project.code, low)) for low, _ in months_between(*months)]
    known = [each for each in amounts if each is not None]
    return sum(known, Decimal()) * project.amounts_in if known and len(known) == len(amounts) else None


def newest_paid_month(numbers: Iterable[StatedMeasure]) -> int | None:
    """The first day (an ordinal) of the newest month of which over half of the projects state payments, out of those
    that state any of the twelve months before it; None if no payment is stated. One early payment is no month."""
    by_month = _paying(numbers)
    for month in sorted(by_month, reverse=True):
        year = set().union(*(codes for each, codes in by_month.items() if shifted(month, -12) <= each < month))
        if 2 * len(year & by_month[month]) > len(year) or not year:
            return month
    return None


def early_payments(numbers: Iterable[StatedMeasure], newest: int) -> Mapping[int, frozenset[str]]:
    """The projects (codes) that state payments of months beyond the newest that is compared, by month."""
    return {month: codes for month, codes in sorted(_paying(numbers).items()) if month > newest}


def _paying(numbers: Iterable[StatedMeasure]) -> Mapping[int, frozenset[str]]:
    """By month, the projects that state payments of it."""
    found: dict[int, set[str]] = {}
    for each in numbers:
        if each.kind is MeasureKind.PAID:
            found.setdefault(each.start, set()).add(each.subject)
    return {month: frozenset(codes) for month, codes in found.items()}


def investment_spans(month: int) -> tuple[tuple[Months, Months], ...]:
    """Of the month that begins on the ordinal `month`: it against the month before, against that month of the year
    before, and January to its end against the same months of the year before."""
    whole = (month, shifted(month, 1))
    year = (year_start(month), shifted(month, 1))
    return (
        (whole, (shifted(month, -1), month)),
        (whole, (shifted(month, -12), shifted(month, -11))),
        (year, (shifted(year[0], -12), shifted(year[1], -12))),
    )
