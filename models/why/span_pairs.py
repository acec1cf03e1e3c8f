"""Which days the split compares with which: months with months where both spans are made of as many."""

from models.tables.growth_span import Days
from models.works.month import month_of, months_between


def overlap(days: Days, base: Days) -> bool:
    """Whether two spans [first, end) share a day."""
    return days[0] < base[1] and base[0] < days[1]


def span_pairs(days: Days, base: Days) -> list[tuple[Days, Days]]:
    """Spans that begin with a month and touch as many months: month by month, so that the parts of a long span are the
    sums of those of its months. Other spans are one pair."""
    months, base_months = list(months_between(*days)), list(months_between(*base))
    whole = days[0] == month_of(days[0]) and base[0] == month_of(base[0])
    if whole and len(months) == len(base_months):
        return list(zip(months, base_months, strict=True))
    return [(days, base)]
