"""How complete the readings of a day are, in words: on the page and in the footer of a report. Pure."""

from collections.abc import Mapping

from dashboards.web.numbers import number
from models.tables.certificate import UnitCompleteness
from models.tables.desk_data import ReadingCounts
from models.tables.loss_cause import LossCause
from models.tables.loss_words import CAUSE_WORDS, COUNT_WORDS, DAY_WORD, READINGS_WORD, SHIFT_WORD
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
    return tuple(lines)


def _part(of: str, unit: UnitCompleteness, language: Language) -> str:
    lost, expected = (number(unit.total(what), language) for what in ("lost", "expected"))
    return f"{of} {COUNT_WORDS['lost'][language]} {lost}/{expected}{_causes(unit.causes, language)}"


def _causes(causes: Mapping[LossCause, int], language: Language) -> str:
    if not causes:
        return ""
    told = ", ".join(f"{CAUSE_WORDS[cause][language]}: {number(lost, language)}" for cause, lost in causes.items())
    return f" ({told})"
