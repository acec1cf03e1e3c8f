"""What the page of the region shows, in one language: each published series with its numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboards.web.investment_rows import growth_cell
from dashboards.web.month_parts import Linked
from dashboards.web.projects_view import DOWN, growth_remark
from dashboards.web.texts import text
from models.briefing.months_named import months_named
from models.briefing.shown_numbers import day_shown, shown, signed
from models.stated.measure import (
    Indicator,
    MeasureKind,
    StatedMeasure,
    computed_growth,
    growth_differs,
    year_before,
)
from models.stated.project_progress import ProjectsAsKnown
from models.works.localize import Language

SERIES_COLUMNS = (
    *("indicator_months", "indicator_value", "indicator_published", "indicator_computed", "region_difference"),
    *("region_source", "region_published_on", "indicator_remark"),
)
SERIES_NUMBERS = frozenset(SERIES_COLUMNS[1:5])
SHOWN = 13
"""A year and the month a year back; the table `indicator` has all of them."""


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One series: `lines`, newest months first, in the order of the columns; `older`: how many are not shown."""

    code: str
    name: str
    unit: str
    definition: str
    lines: tuple[tuple[Linked, ...], ...]
    older: int
    differs: bool


def region_view(known: ProjectsAsKnown, language: Language) -> tuple[SeriesView, ...]:
    """Each series of the configuration, in its order."""
    return tuple(_series(each, known.stated.numbers, language) for each in known.indicators)


def _series(indicator: Indicator, stated: Sequence[StatedMeasure], language: Language) -> SeriesView:
    ours = [each for each in stated if each.subject == indicator.code and each.kind is MeasureKind.VALUE]
    newest = sorted(ours, key=lambda each: (each.end, each.end - each.start), reverse=True)[:SHOWN]
    return SeriesView(
        code=indicator.code,
        name=indicator.name(language),
        unit=indicator.unit(language),
        definition=indicator.defined(language),
        lines=tuple(_line(each, ours, language) for each in newest),
        older=len(ours) - len(newest),
        differs=any(growth_differs(each, year_before(each, ours)) for each in newest),
    )


def _line(stated: StatedMeasure, ours: Sequence[StatedMeasure], language: Language) -> tuple[Linked, ...]:
    before = year_before(stated, ours)
    computed = None if before is None else computed_growth(stated.value, before.value)
    differs = growth_differs(stated, before)
    return (
        Linked(months_named((stated.start, stated.end), language)),
        Linked(shown(stated.value, language)),
        growth_cell(stated.growth_pct, language),
        growth_cell(computed, language),
        _difference(stated.growth_pct, computed, DOWN if differs else "", language),
        Linked(stated.source),
        Linked(day_shown(stated.stated_on, language)),
        _remark(stated, before, computed, language),
    )


def _difference(published: Decimal | None, computed: Decimal | None, tone: str, language: Language) -> Linked:
    """By how much what was published is above what the values come to, in percentage points."""
    if published is None or computed is None:
        return Linked("")
    return Linked(text("region_points", language).format(points=signed(published - computed, language)), tone=tone)


def _remark(
    stated: StatedMeasure, before: StatedMeasure | None, computed: Decimal | None, language: Language
) -> Linked:
    if computed is not None and stated.growth_pct is None:
        return Linked(text("region_no_growth_published", language))
    return growth_remark(stated, before, computed, language)
