"""The share of a unit's output that is good, as somebody states it of a month. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from models.stated.measure import MeasureKind, StatedMeasure, newest


@dataclass(frozen=True, slots=True)
class GoodOutput:
    """`share`: 0 to 1. `source`: who says so."""

    share: Fraction
    source: str


GoodByMonth = Mapping[tuple[str, str, int], GoodOutput]
"""By unit, product and the month (the ordinal of its first day)."""


def good_subject(unit: str, product: str) -> str:
    """What a measure of it is of; codes have no stroke."""
    return f"{unit}/{product}"


def good_by_month(stated: Iterable[StatedMeasure], renamed: Mapping[str, str]) -> GoodByMonth:
    """What stands of what was `stated` (in the order of recording). `renamed`: codes of units, by those before."""
    found: dict[tuple[str, str, int], GoodOutput] = {}
    for each in newest(stated):
        if each.kind is MeasureKind.GOOD_PCT:
            unit, _, product = each.subject.partition("/")
            found[renamed.get(unit, unit), product, each.start] = GoodOutput(Fraction(each.value) / 100, each.source)
    return found
