"""Rows of growth_part: the parts of the change of a product's month, beside the month before and that of last year."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from models.tables.growth_span import Days
from models.tables.row_fields import Fields, tonnes
from models.why.change_part import ChangePart
from models.why.explained import Explained
from models.why.why_texts import why_text
from models.works.calendar import stamp_ns
from models.works.localize import LANGUAGES
from models.works.month import period_text, shifted
from models.works.plant import Plant
from models.works.table import Row, RowKey

GROWTH_TABLE = "growth_part"
_PCT_DECIMALS = 6


class GrowthBase(StrEnum):
    """What a month is compared with."""

    MONTH_BEFORE = "month_before"
    LAST_YEAR = "last_year"

    @property
    def months(self) -> int:
        """How many months before it the base lies."""
        return 1 if self is GrowthBase.MONTH_BEFORE else 12


def month_spans(month: int, base: GrowthBase) -> tuple[Days, Days]:
    """The days of a month (the ordinal of its first day) and of its base."""
    first = shifted(month, -base.months)
    return (month, shifted(month, 1)), (first, shifted(first, 1))


def growth_rows(plant: Plant, month: int, base: GrowthBase, found: Explained) -> Iterator[Row]:
    """A row for each part, also for one without tonnes: the newest row of each part is then of the same month. No rows
    of a month of which no day is over, or if nothing is known of either span."""
    if found.days[0] >= found.days[1] or found.now_g is None or found.base_g is None:
        return
    time_ns = stamp_ns(plant.zone, date.fromordinal(month))
    for part in ChangePart:
        grams = found.parts.get(part, 0)
        fields: Fields = {
            "change_t": tonnes(grams),
            "days": found.days[1] - found.days[0],
            "known": int(found.whole),
            "period": period_text(month),
            **{f"name_{language}": why_text(part.value, language) for language in LANGUAGES},
        }
        if found.base_g > 0 and found.whole:
            fields["change_pct"] = round(100 * grams / found.base_g, _PCT_DECIMALS)
        tags = {"site": plant.site, "product": found.product, "base": base.value, "part": part.value}
        yield Row(RowKey.of(GROWTH_TABLE, time_ns, tags), fields)
