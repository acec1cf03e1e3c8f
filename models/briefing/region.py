"""Published indicators of the region: each value with its growth as published, beside that of the values themselves."""

from collections.abc import Sequence

from models.briefing.document import BriefingLine, BriefingNote, BriefingSection, BriefingSubject
from models.briefing.months_named import months_named
from models.briefing.russian import PERCENT, counted
from models.briefing.shown_numbers import day_shown, plain, shown, signed
from models.briefing.texts import briefing_text
from models.stated.measure import Indicator, MeasureKind, StatedMeasure, computed_growth, growth_differs, year_before
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.month import year_start


def region_section(
    indicators: Sequence[Indicator], standing: Sequence[StatedMeasure], months: Days, language: Language
) -> BriefingSection:
    """A sentence for each series of the configuration, in its order. `standing`: the newest word of each number."""
    lines = [_line(each, standing, months, language) for each in indicators]
    return BriefingSection(BriefingSubject.REGION, briefing_text("subject_region", language), lines)


def _line(indicator: Indicator, standing: Sequence[StatedMeasure], months: Days, language: Language) -> BriefingLine:
    found = _of_months(indicator, standing, months)
    if found is None:
        words = briefing_text("indicator_missing", language)
        named = months_named(months, language)
        return BriefingLine(words.format(name=indicator.name(language), months=named), missing=True)
    before = year_before(found, standing)
    computed = None if before is None else computed_growth(found.value, before.value)
    lacks = before is not None and computed is None and found.growth_pct is None
    words = briefing_text("indicator_value", language).format(
        name=indicator.name(language),
        value=shown(found.value, language),
        unit=indicator.unit(language),
        months=months_named((found.start, found.end), language),
        growth=_without_base(before, language) if lacks else _growth(found, before, language),
    )
    note = briefing_text("note_indicator", language).format(
        name=indicator.name(language),
        definition=indicator.defined(language),
        source=found.source,
        day=day_shown(found.stated_on, language),
        author=found.author,
    )
    return BriefingLine(words, BriefingNote(note))


def _of_months(indicator: Indicator, standing: Sequence[StatedMeasure], months: Days) -> StatedMeasure | None:
    """The value of those months; else the newest one of months of that year that ended by then."""
    values = [each for each in standing if each.subject == indicator.code and each.kind is MeasureKind.VALUE]
    exact = next((each for each in values if (each.start, each.end) == months), None)
    within = [each for each in values if each.start >= year_start(months[0]) and each.end <= months[1]]
    return exact or max(within, key=lambda each: (each.end, each.end - each.start), default=None)


def _without_base(before: StatedMeasure | None, language: Language) -> str:
    """Why the values have no growth in percent."""
    return (
        ""
        if before is None
        else briefing_text("growth_without_base", language).format(value=shown(before.value, language))
    )


def _growth(stated: StatedMeasure, before: StatedMeasure | None, language: Language) -> str:
    published = stated.growth_pct
    computed = None if before is None else computed_growth(stated.value, before.value)
    if published is None:
        if computed is None:
            return ""
        return briefing_text("growth_computed", language).format(pct=signed(computed, language))
    key = "published_up" if published > 0 else "published_down" if published < 0 else "published_same"
    said = briefing_text(key, language).format(
        pct=shown(abs(published), language), percent=counted(plain(abs(published)), PERCENT)
    )
    if computed is None or not growth_differs(stated, before):
        return said
    return said + briefing_text("but_computed", language).format(pct=signed(computed, language))
