"""The way of one product as plain values: sentences, bars, units, and what can be supposed. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.report.recovery.day_plan import days_of, planned_lines
from dashboards.report.recovery.document import RecoveryReport, shifts_a_day, supposed_words, told_units
from dashboards.report.texts import report_text
from dashboards.web.month_parts import Linked
from dashboards.web.recovery_address import recovery_link
from dashboards.web.recovery_sliders import Slider, sliders_of
from dashboards.web.texts import text
from models.recovery.recovered import Recovery
from models.recovery.recovery_texts import recovery_text
from models.recovery.sentences import recovery_sentences, remark_sentences
from models.recovery.shown import shown
from models.recovery.standing_words import standing_words
from models.works.localize import Language, localize_day, localize_month
from models.works.month import shifted
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class RecoveryBar:
    """One bar in tonnes. `kind`: made, forecast, most or short (a most below the plan)."""

    label: str
    tonnes: float
    kind: str


@dataclass(frozen=True, slots=True)
class DayTable:
    """A line for each day that is left, before them one for now. `names`: of the columns."""

    names: tuple[str, ...]
    rows: tuple[tuple[Linked, ...], ...]


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """The way of a product. Without bars nothing is known of it. `days`: None if nothing is planned."""

    as_of: str
    supposed: str
    sentences: tuple[str, ...]
    remarks: tuple[str, ...]
    plan_t: float | None
    bars: tuple[RecoveryBar, ...]
    units: tuple[tuple[Linked, ...], ...]
    days: DayTable | None
    sliders: tuple[Slider, ...]


def recovery_view(report: RecoveryReport, language: Language) -> RecoveryView | None:
    """The first product of the report; None if the books have none."""
    if not report.products:
        return None
    found, plant = report.products[0], report.plant
    return RecoveryView(
        as_of=f"{report_text('as_of', language)}: {report.as_of}",
        supposed="; ".join(supposed_words(report, language)),
        sentences=tuple(recovery_sentences(plant, found, language)),
        remarks=(*remark_sentences(plant, found.remarks, language), recovery_text("method", language)),
        plan_t=found.plan_t,
        bars=tuple(_bars(found, language)),
        units=tuple(_units(plant, found, language)),
        days=_days(plant, found, language),
        sliders=tuple(sliders_of(report, found, language)),
    )


def month_links(product: str, month: int, running: int, language: Language) -> Sequence[tuple[Linked, bool]]:
    """The month that runs and the next one, each with whether it is `month` (the ordinals of their first days)."""
    months = dict.fromkeys((running, shifted(running, 1), month))
    return [
        (
            Linked(
                localize_month(date.fromordinal(each), language),
                recovery_link(product, language, None if each == running else each),
            ),
            each == month,
        )
        for each in sorted(months)
    ]


def _bars(found: Recovery, language: Language) -> Iterator[RecoveryBar]:
    if found.made_t is not None:
        yield RecoveryBar(text("recovery_made", language), found.made_t, "made")
    if found.forecast_t is not None:
        yield RecoveryBar(text("recovery_forecast", language), found.forecast_t, "forecast")
    if found.reachable_t is not None:
        kind = "short" if found.is_reachable is False else "most"
        yield RecoveryBar(text("recovery_most", language), found.reachable_t, kind)


def _units(plant: Plant, found: Recovery, language: Language) -> Iterator[tuple[Linked, ...]]:
    if found.way is None:
        return
    is_short = found.is_reachable is not True
    for unit in told_units(found.way):
        name = plant.units[unit.place.unit].name(language)
        # The same in every form: a limit of the largest month, also where the plan needs less.
        limit = f" ({text('recovery_limit', language)})" if unit.limits else ""
        yield (
            Linked(f"{name}{limit}", f"/unit/{unit.place.unit}?lang={language}"),
            Linked(plant.products[unit.place.product].name(language)),
            Linked(shown(unit.required_t_per_day, language)),
            Linked(shown(unit.required_t_per_day / shifts_a_day(plant, unit), language)),
            Linked("" if unit.recent_t_per_day is None else shown(unit.recent_t_per_day, language)),
            Linked(shown(unit.limit_t_per_day, language), tone="down" if unit.limits and is_short else ""),
            Linked(shown(unit.hours, language)),
            Linked(standing_words(plant, unit, language)),
        )


def _days(plant: Plant, found: Recovery, language: Language) -> DayTable | None:
    lines = list(planned_lines(plant, found, language))
    if not lines:
        return None
    opening = [Linked("" if line.opening_t is None else shown(line.opening_t, language)) for line in lines]
    rows = [(Linked(text("recovery_lies_now", language)), *opening)] if any(each.shown for each in opening) else []
    for number, day in enumerate(days_of(found)):
        figures = (Linked(shown(line.tonnes[number], language)) for line in lines)
        rows.append((Linked(localize_day(day, language)), *figures))
    names = [line.name for line in lines]
    # A unit that makes two products has two columns.
    told = (f"{line.name}, {line.product}" if names.count(line.name) > 1 else line.name for line in lines)
    return DayTable((recovery_text("day", language), *told), tuple(rows))
