"""How complete the readings of a day are, in words: on the page and in the footer of a report. Pure."""

from collections.abc import Mapping, Sequence

from dashboards.web.numbers import number
from models.counting.increment import GRAMS_PER_TONNE
from models.counting.scale_drift import MONTH, SURVEY, DriftOf
from models.tables.certificate import UnitCompleteness
from models.tables.desk_data import ReadingCounts
from models.tables.loss_cause import LossCause
from models.tables.loss_words import (
    CAUSE_WORDS,
    COUNT_WORDS,
    DAY_WORD,
    DRIFT_WORD,
    MONTH_WORD,
    READINGS_WORD,
    SHIFT_WORD,
    SURVEY_WORD,
    TONNES_WORD,
)
from models.works.localize import Language
from models.works.plant import Plant

UNITS_NAMED = 5
"""Those that lost most: the rest is in `tundish completeness`."""


def readings_lines(plant: Plant, counts: ReadingCounts, language: Language) -> tuple[str, ...]:
    """A line of all units, and one of each of the units that lost most, with its shifts."""
    figures = ", ".join(
        f"{words[language]} {number(counts.total(what), language)}" for what, words in COUNT_WORDS.items()
    )
    lines = [f"{READINGS_WORD[language]}: {figures}{_causes(counts.causes, language)}"]
    lacking = sorted((unit for unit in counts.days if unit.causes), key=lambda unit: -unit.total("lost"))
    for day in lacking[:UNITS_NAMED]:
        shifts = [unit for unit in counts.units if unit.unit == day.unit and unit.shift and unit.causes]
        parts = [_part(DAY_WORD[language], day, language)]
        parts += [_part(f"{SHIFT_WORD[language]} {unit.shift}", unit, language) for unit in shifts]
        lines.append(f"{plant.units[day.unit].name(language)}: {'; '.join(parts)}")
    return (*lines, *drift_lines(plant, counts.drifts, language))


def drift_lines(plant: Plant, drifts: Sequence[DriftOf], language: Language) -> list[str]:
    """A line of each belt scale: by how much its rate differs from its totalizer, by shift, day and month."""
    spans: dict[tuple[str, str, str], list[str]] = {}
    for one in drifts:
        drift, pct = one.drift, one.drift.pct
        if pct is None:
            continue
        of = {0: DAY_WORD, MONTH: MONTH_WORD, SURVEY: MONTH_WORD}.get(one.shift)
        where = of[language] if of is not None else f"{SHIFT_WORD[language]} {one.shift}"
        tonnes = [number(grams / GRAMS_PER_TONNE, language, 1) for grams in (drift.integrated_g, drift.counted_g)]
        sign = "+" if pct > 0 else ""
        told = f"{where} {sign}{number(pct, language, 2)} % ({tonnes[0]}/{tonnes[1]} {TONNES_WORD[language]})"
        counter = drift.counter if one.shift != SURVEY else SURVEY_WORD[language]
        spans.setdefault((one.unit, drift.rate, counter), []).append(told)
    return [
        f"{plant.units[unit].name(language)}, {DRIFT_WORD[language]} {rate} / {counter}: {'; '.join(told)}"
        for (unit, rate, counter), told in spans.items()
    ]


def _part(of: str, unit: UnitCompleteness, language: Language) -> str:
    lost, expected = (number(unit.total(what), language) for what in ("lost", "expected"))
    return f"{of} {COUNT_WORDS['lost'][language]} {lost}/{expected}{_causes(unit.causes, language)}"


def _causes(causes: Mapping[LossCause, int], language: Language) -> str:
    if not causes:
        return ""
    told = ", ".join(f"{CAUSE_WORDS[cause][language]}: {number(lost, language)}" for cause, lost in causes.items())
    return f" ({told})"
