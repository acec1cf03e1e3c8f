"""Rows of indicator: each published number, its growth as published beside that of the published values."""

from collections.abc import Sequence
from datetime import date

from models.stated.measure import (
    Indicator,
    MeasureKind,
    StatedMeasure,
    computed_growth,
    growth_differs,
    year_before,
)
from models.tables.row_fields import Fields
from models.works.calendar import stamp_ns
from models.works.localize import LANGUAGES
from models.works.month import months_between, period_text, year_start
from models.works.plant import Plant
from models.works.table import Row, RowKey

INDICATOR_TABLE = "indicator"
MONTH, YEAR_TO_DATE = "month", "year_to_date"


def indicator_rows(plant: Plant, indicators: Sequence[Indicator], standing: Sequence[StatedMeasure]) -> list[Row]:
    """A row for each number that stands, at the last of its months. `standing`: the newest word of each number."""
    rows = []
    for indicator in indicators:
        ours = [each for each in standing if each.subject == indicator.code and each.kind is MeasureKind.VALUE]
        for each in ours:
            months = [start for start, _ in months_between(each.start, each.end)]
            tags = {"site": plant.site, "indicator": indicator.code, "span": _span(months)}
            key = RowKey.of(INDICATOR_TABLE, stamp_ns(plant.zone, date.fromordinal(months[-1])), tags)
            rows.append(Row(key, _fields(indicator, each, ours, months)))
    return rows


def _span(months: Sequence[int]) -> str:
    """What tells numbers apart that end with the same month."""
    if len(months) == 1:
        return MONTH
    return YEAR_TO_DATE if months[0] == year_start(months[-1]) else f"{len(months)}_months"


def _fields(
    indicator: Indicator, stated: StatedMeasure, ours: Sequence[StatedMeasure], months: Sequence[int]
) -> Fields:
    fields: Fields = {
        "value": float(stated.value),
        "period": "..".join(dict.fromkeys((period_text(months[0]), period_text(months[-1])))),
        "definition": indicator.definition,
        "source": stated.source,
        "published": date.fromordinal(stated.stated_on).isoformat(),
    }
    for language in LANGUAGES:
        fields[f"name_{language}"] = indicator.name(language)
        fields[f"unit_{language}"] = indicator.unit(language)
    before = year_before(stated, ours)
    computed = None if before is None else computed_growth(stated.value, before.value)
    if stated.growth_pct is not None:
        fields["growth_pct"] = float(stated.growth_pct)
    if computed is not None:
        fields["growth_computed_pct"] = float(computed)
        if stated.growth_pct is not None:
            fields["growth_differs"] = int(growth_differs(stated, before))
    return fields
