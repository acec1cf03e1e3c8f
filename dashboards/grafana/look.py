"""How figures look in Grafana: unit, thresholds, the words for codes, colours."""

from grafana_foundation_sdk.models import dashboard

from dashboards.panels.board import Panel
from dashboards.panels.quantity import Graded, Measure, Quantity, Tone
from dashboards.panels.texts import text
from models.briefing.shown_numbers import currency_name
from models.works.codes import UnitState
from models.works.limits import OutputLimits, PaceLimit
from models.works.localize import Language

# Readable on the light and on the dark theme; muted, so that a wall of sound units is calm and one red lamp is seen.
RED, AMBER, GREEN, BLUE, GREY, PURPLE = "#d44a3a", "#e0a030", "#3f9c5a", "#4a7fb5", "#8a8f98", "#8e6bbf"
# By UnitState. The three states of data are grey: they say nothing of output, so they are neither good nor bad.
STATE_COLOURS = (GREEN, AMBER, RED, BLUE, PURPLE, GREY, GREY, GREY)
INSTANT = "time:DD.MM HH:mm"
UNITS = {
    # Without a year and seconds, so that it is short enough for a phone.
    Measure.INSTANT: INSTANT,
    Measure.TEXT: "string",
}
DATA_SEVERITY = 4
"""P4 in docs/tables.md: faults of data, whatever their state."""
NOTHING = "–"
"""In place of a figure that most rows have no need of."""
STALE_S = 60.0
"""A source without a good reading for a minute has missed dozens of polls of a second, and several of ten seconds."""
QUEUE_S = 300.0
"""A judgement: a database that restarts is back within a few minutes; what waits longer needs somebody."""
COMPLETE_PCT, INCOMPLETE_PCT = 99.0, 90.0
"""Completeness is green from the first and red below the second. A judgement: 1 % is a lost poll in a
hundred, 10 % of a day is over two hours, enough to doubt the tonnes. The alert on data quality reads the second."""
PLAIN = dashboard.ThresholdsConfig(
    mode=dashboard.ThresholdsMode.ABSOLUTE, steps=[dashboard.Threshold(value=None, color="text")]
)
"""The colour of any text, for what has to be coloured."""
LEAST = -1e12
"""Below any figure: only an absent one is left to the first step of the thresholds, which is grey."""


def unit_of(quantity: Quantity) -> str:
    """Grafana's unit. Every number gets "locale": the separators of the reader's browser, one decimal mark on a board.

    Grafana's other units write a point, and times in Latin letters.
    """
    return UNITS.get(quantity.measure, "locale")


def decimals_of(quantity: Quantity, display_unit: str) -> int:
    """How many decimals are shown. 0.01 kt is 10 t: a single heat or coal train still shows."""
    in_kilotonnes = display_unit == "kt" and quantity.measure.startswith("tonnes")
    return 2 if in_kilotonnes else quantity.decimals


def unit_text(quantity: Quantity, display_unit: str, language: Language) -> str:
    """The unit in words, for a title or a name; empty for what has none."""
    match quantity.measure:
        case Measure.TONNES:
            return text(f"unit_{display_unit}", language)
        case Measure.TONNES_PER_HOUR:
            return text(f"unit_{display_unit}_per_h", language)
        case Measure.TONNES_PER_DAY:
            return text(f"unit_{display_unit}_per_day", language)
        case Measure.MONEY:
            return f"{text('unit_millions', language)} {currency_name(display_unit, language)}".strip()
        case Measure.PERCENT | Measure.HOURS | Measure.SECONDS | Measure.MILLISECONDS:
            return text(f"unit_{quantity.measure}", language)
        case Measure.DEGREES | Measure.GCAL | Measure.METRES_PER_SECOND | Measure.MINUTES:
            return text(f"unit_{quantity.measure}", language)
        case Measure.GJ | Measure.GJ_PER_TONNE | Measure.NM3:
            return text(f"unit_{quantity.measure}", language)
        case _:
            return ""


def thresholds(quantity: Quantity, limits: OutputLimits, pace: PaceLimit) -> dashboard.ThresholdsConfig:
    """The limits of a figure, from the same numbers as the alerts."""
    steps: list[tuple[float | None, str]]
    match quantity.tone:
        case Tone.PACE:
            steps = [(None, GREY), (0.0, RED), (pace.raise_pct, AMBER), (pace.clear_pct, GREEN)]
        case Tone.FORECAST:
            steps = [(None, GREY), (0.0, RED), (limits.forecast_major_pct, AMBER), (limits.forecast_warn_pct, GREEN)]
        case Tone.ATTAINMENT:
            # As the page has it: a month at this pace would raise no warning; most units would raise one.
            steps = [(None, GREY), (0.0, RED), (pace.raise_pct, AMBER), (limits.forecast_warn_pct, GREEN)]
        case Tone.GROWTH | Tone.DEVIATION:
            steps = [(None, GREY), (LEAST, RED), (0.0, GREEN)]
        case Tone.COMPLETENESS:
            steps = [(None, GREY), (0.0, RED), (INCOMPLETE_PCT, AMBER), (COMPLETE_PCT, GREEN)]
        case Tone.AGE:
            steps = [(None, GREY), (LEAST, GREEN), (STALE_S / 2, AMBER), (STALE_S, RED)]
        case Tone.LATE:
            steps = [(None, GREY), (LEAST, GREEN), (1.0, AMBER)]
        case Tone.QUEUE:
            steps = [(None, GREY), (LEAST, GREEN), (QUEUE_S / 5, AMBER), (QUEUE_S, RED)]
        case _:
            steps = [(None, GREY), (LEAST, BLUE)]
    return dashboard.ThresholdsConfig(
        mode=dashboard.ThresholdsMode.ABSOLUTE,
        steps=[dashboard.Threshold(value=value, color=colour) for value, colour in steps],
    )


def mappings(quantity: Quantity, language: Language) -> list[dashboard.ValueMapping]:
    """Words and colours for the codes of a figure. The list is empty for a figure that is no code."""
    match quantity.measure:
        case Measure.STATE:
            words = {str(code): (text(f"state_{code}", language), STATE_COLOURS[code]) for code in range(8)}
            if isinstance(quantity.formula, Graded):
                words |= _graded(language)
        case Measure.STATUS:
            words = {
                str(code): (text(f"status_{code}", language), colour) for code, colour in enumerate((GREY, BLUE, GREEN))
            }
        case Measure.UP:
            words = {"0": (text("up_0", language), RED), "1": (text("up_1", language), GREEN)}
        case Measure.DIFFERS:
            words = {
                str(code): (text(f"differs_{code}", language), colour) for code, colour in enumerate((GREY, AMBER))
            }
        case Measure.VERDICT:
            words = {
                str(code): (text(f"verdict_{code}", language), colour)
                for code, colour in enumerate((GREEN, GREY, AMBER, RED, RED))
            }
        case _:
            return []
    options = {
        code: dashboard.ValueMappingResult(text=word, color=colour, index=index)
        for index, (code, (word, colour)) in enumerate(words.items())
    }
    return [dashboard.ValueMap(options=options)]


def _graded(language: Language) -> dict[str, tuple[str, str]]:
    """The words for states with a severity: "P1 stopped". Faults of data all have the same one, which says nothing."""
    drops = {
        str(10 * severity + code): (f"P{severity} {text(f'state_{code}', language)}", STATE_COLOURS[code])
        for severity in (1, 2, 3)
        for code in (UnitState.SLOW, UnitState.STOPPED)
    }
    faults = {
        str(10 * DATA_SEVERITY + code): (text(f"state_{code}", language), STATE_COLOURS[code])
        for code in (UnitState.STALE, UnitState.BAD, UnitState.MISSING)
    }
    return drops | faults


def no_value(panel: Panel, language: Language) -> str:
    """What stands in place of an absent figure: a blank would be read as zero."""
    if panel.absent:
        return text(panel.absent, language)
    return text("none_here" if panel.quantities[0].table == "plant_event" else "no_data", language)
