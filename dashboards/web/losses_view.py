"""Losses of one product as plain values: what it comes to in words, and four rankings with bars and lines. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from dashboards.report.why.losses_document import LossReport, RankedLoss, loss_notes, loss_rankings
from dashboards.web.month_parts import Linked
from dashboards.web.numbers import number
from dashboards.web.texts import text
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.growth_span import Days
from models.why.stop_losses import StopLoss, UnitLoss
from models.why.why_words import period_named, tonnes_text
from models.works.calendar import HOUR_NS
from models.works.localize import Language
from models.works.month import shifted, year_start
from models.works.plant import Plant

MOST_BARS = 12
"""In a chart. A works of sixty units has them all in the table."""
COLUMNS = ("losses_name", "losses_stops", "losses_hours", "losses_lost", "losses_share")
UNIT_COLUMNS = (*COLUMNS, "losses_between", "losses_repair", "losses_availability", "losses_oee")
_SUMMED = ("unit", "cause")
"""The rankings with a line of the share so far: of two shifts it says nothing."""


@dataclass(frozen=True, slots=True)
class LossBar:
    """One bar. `so_far`: percent of all losses, with the bars above it (None: the ranking has no line)."""

    label: str
    tonnes: float
    so_far: float | None
    tip: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LossRanking:
    """One ranking. `by`: unit, cause, shift or weekday; `hint` says what of it the chart has."""

    by: str
    title: str
    hint: str
    bars: tuple[LossBar, ...]
    columns: tuple[str, ...]
    lines: tuple[tuple[Linked, ...], ...]


@dataclass(frozen=True, slots=True)
class LossesView:
    """Losses of a product. Without rankings no stop is known; `sentences` say why."""

    period: str
    total: str
    sentences: tuple[str, ...]
    rankings: tuple[LossRanking, ...]


def losses_link(product: str, language: Language, days: Days | None = None) -> str:
    """The address of the losses of a product; without days, of the last complete month."""
    given = {"product": product}
    if days is not None:
        given |= dict(zip(("from", "to"), losses_dates(days), strict=True))
    return f"/losses?{urlencode({**given, 'lang': language})}"


def losses_dates(days: Days) -> tuple[str, str]:
    """From and to, as 2026-10-31."""
    return date.fromordinal(days[0]).isoformat(), date.fromordinal(days[1] - 1).isoformat()


def losses_presets(product: str, usual: Days, language: Language) -> Iterator[Linked]:
    """`usual`: the last complete month. It, the month that runs, and the year that runs."""
    end = shifted(usual[1], 1)
    for key, days in (
        ("losses_last_month", usual),
        ("losses_this_month", (usual[1], end)),
        ("losses_this_year", (year_start(usual[1]), end)),
    ):
        yield Linked(text(key, language), losses_link(product, language, days))


def losses_view(report: LossReport, language: Language) -> LossesView | None:
    """The first product of the report; None if the books have none."""
    if not report.products:
        return None
    found = report.products[0]
    total = text("losses_total", language).format(
        stops=number(found.total.stops, language),
        hours=_hours(found.total, language),
        lost=tonnes_text(found.total.grams, language),
    )
    return LossesView(
        period=period_named(report.days, language),
        total=total if found.units else "",
        sentences=(*loss_notes(report, found, language), text("losses_method", language)),
        rankings=tuple(
            _ranking(report.plant, by, ranking, found.total, language)
            for by, ranking in loss_rankings(report, found, language).items()
            if ranking
        ),
    )


def _ranking(plant: Plant, by: str, ranking: Sequence[RankedLoss], total: StopLoss, language: Language) -> LossRanking:
    with_loss = [each for each in ranking if each[1].grams > 0]
    shown = with_loss[:MOST_BARS]
    hints = [text("losses_line", language)] if by in _SUMMED and shown else []
    if len(shown) < len(with_loss):
        hints.append(text("losses_first", language).format(count=len(shown), all=len(with_loss)))
    return LossRanking(
        by=by,
        title=text(f"losses_{by}", language),
        hint=" ".join(hints),
        bars=tuple(_bars(shown, total, by in _SUMMED, language)),
        columns=UNIT_COLUMNS if by == "unit" else COLUMNS,
        lines=tuple(_line(plant, each, total, language) for each in ranking),
    )


def _bars(shown: Sequence[RankedLoss], total: StopLoss, summed: bool, language: Language) -> Iterator[LossBar]:
    grams = 0
    for name, loss, _ in shown:
        grams += loss.grams
        share = Decimal(100 * grams) / total.grams
        tip = [
            name,
            f"{tonnes_text(loss.grams, language)}\u00a0{text('unit_t', language)}",
            f"{_hours(loss, language)}\u00a0{text('hour', language)}",
        ]
        if summed:
            tip.append(text("losses_so_far", language).format(share=number(share, language, 1)))
        yield LossBar(name, loss.grams / GRAMS_PER_TONNE, float(share) if summed else None, tuple(tip))


def _line(plant: Plant, ranked: RankedLoss, total: StopLoss, language: Language) -> tuple[Linked, ...]:
    name, loss, unit = ranked
    share = number(Decimal(100 * loss.grams) / total.grams, language, 1) if total.grams else ""
    line = (
        Linked(name, "" if unit is None or unit.place.unit not in plant.units else _unit_link(unit, language)),
        Linked(number(loss.stops, language)),
        Linked(_hours(loss, language)),
        Linked(tonnes_text(loss.grams, language)),
        Linked(share),
    )
    return line if unit is None else (*line, *_reliability(unit, language))


def _unit_link(unit: UnitLoss, language: Language) -> str:
    return f"/unit/{unit.place.unit}?lang={language}"


def _reliability(unit: UnitLoss, language: Language) -> Iterator[Linked]:
    hours = (None if time_ns is None else time_ns / HOUR_NS for time_ns in (unit.between_ns, unit.repair_ns))
    for value in (*hours, unit.availability_pct, unit.oee_pct):
        # Without a stop of its own nothing is known of the time between two; why there is no OEE is told above.
        yield Linked("" if value is None else number(float(value), language, 1))


def _hours(loss: StopLoss, language: Language) -> str:
    return number(Decimal(loss.stood_ns) / HOUR_NS, language, 1)
