"""What a report says above and below its figures, in words. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dashboards.report.document import ReportHeader
from dashboards.report.texts import report_text
from dashboards.web.numbers import moment, number
from models.alerts.not_known import not_known_lines
from models.alerts.texts import WHAT
from models.counting.increment import GRAMS_PER_TONNE
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.facts import Facts
from models.stated.figure import STOCK
from models.works.calendar import NS, day_bounds
from models.works.localize import Language
from models.works.month import month_of, period_text
from models.works.plant import Calendar, Plant

if TYPE_CHECKING:
    from collector.cli.report import Wanted
    from collector.entries.report_rows import ReportData


def report_header(plant: Plant, data: "ReportData", wanted: "Wanted") -> ReportHeader:
    """The header of the report that is wanted; instants in the site's zone."""
    language: Language = wanted.lang.value
    facts, until_ns = data.facts, wanted.known_ns or wanted.now_ns
    first, end = wanted.first, wanted.end
    calendar = Calendar(zone=plant.zone)
    start_ns, end_ns = (day_bounds(calendar, date.fromordinal(day))[0] for day in (first, end))
    return ReportHeader(
        period=wanted.period,
        as_of=_local(plant, until_ns),
        known_on=_local(plant, wanted.known_ns) if wanted.known_ns else "",
        dispatcher=wanted.dispatcher,
        repairs=_repairs(plant, facts, start_ns, end_ns, language),
        stops=[drop.evidence.get(language) or drop.evidence.get("en", "") for drop in data.drops],
        causes=_causes(plant, data.drops, (start_ns, until_ns), language),
        corrections=_corrections(plant, facts, first, end, language),
        notes=[
            *(_not_known(plant, data, wanted) if wanted.known_ns is None and start_ns <= until_ns < end_ns else ()),
            *(_footer(plant, facts, start_ns, end_ns, language) if wanted.kind == "day" else ()),
        ],
    )


def _not_known(plant: Plant, data: "ReportData", wanted: "Wanted") -> list[str]:
    """What nobody knows of this moment, in a report of a period that runs: its figures may be those of long ago."""
    return not_known_lines(plant, data.sources, data.states, wanted.now_ns, wanted.lang.value)


def _local(plant: Plant, instant_ns: int) -> str:
    return datetime.fromtimestamp(instant_ns // 1_000_000_000, UTC).astimezone(plant.zone).strftime("%Y-%m-%d %H:%M:%S")


def _repairs(plant: Plant, facts: Facts, start_ns: int, end_ns: int, language: Language) -> list[str]:
    return [
        f"{plant.units[repair.unit].names.get(language) or plant.units[repair.unit].names['en']}: "
        f"{report_text(f'kind_{repair.kind.value}', language)}, {_local(plant, repair.start_ns)[:16]} - "
        f"{_local(plant, repair.end_ns)[:16]}, {report_text('approved_by', language)}: {repair.approved_by}"
        for repair in facts.repairs
        if repair.unit in plant.units and repair.start_ns < end_ns and repair.end_ns > start_ns
    ]


def _causes(
    plant: Plant, drops: Sequence[OutputDrop], bounds_ns: tuple[int, int], language: Language
) -> dict[str, str]:
    """By unit, when it stood and by what: hours of the clock, with the date where another day's are meant."""
    found: dict[str, list[str]] = {}
    for drop in drops:
        lasts = drop.end_s is None or drop.end_s * NS > bounds_ns[1]
        begin = moment(drop.start_s * NS, bounds_ns[0], plant.zone)
        end = "..." if lasts or drop.end_s is None else moment(drop.end_s * NS, bounds_ns[0], plant.zone)
        by = ""
        if drop.cause_unit:
            unit = plant.units.get(drop.cause_unit)
            by = report_text("follows_from", language).format(
                cause=drop.cause_unit if unit is None else unit.names.get(language) or unit.names["en"]
            )
        elif drop.kind is FindingKind.OVERRUN:
            by = WHAT[drop.kind][language]
        found.setdefault(drop.unit, []).append(f"{begin} - {end}" + (f", {by}" if by else ""))
    return {unit: "; ".join(spans) for unit, spans in found.items()}


def _corrections(plant: Plant, facts: Facts, first: int, end: int, language: Language) -> list[str]:
    return [
        f"{entry.name}: {number(entry.grams / GRAMS_PER_TONNE, language, 3)} {report_text('t', language)} "
        f"({plant.products[entry.product].name(language) if entry.product in plant.products else entry.product}, "
        f"{date.fromordinal(entry.day)}, {report_text('booked_in', language)} {period_text(entry.booked_month)}; "
        f"{entry.author}: {entry.reason})"
        for entry in facts.adjustments
        if first <= entry.day < end or (entry.booked_month != month_of(entry.day) and first <= entry.booked_month < end)
    ]


def _footer(plant: Plant, facts: Facts, start_ns: int, end_ns: int, language: Language) -> list[str]:
    """Stocks that were stated in the day; what nobody enters yet is said to be missing."""
    stocks = [
        f"{plant.products[figure.product].name(language)} {number((figure.grams or 0) / GRAMS_PER_TONNE, language, 1)} "
        f"{report_text('t', language)}"
        for figure in facts.figures
        if figure.basis == STOCK and start_ns < figure.end_ns <= end_ns and figure.product in plant.products
    ]
    missing = report_text("not_entered", language)
    return [
        f"{report_text('footer_stocks', language)}: {'; '.join(stocks) or missing}",
        f"{report_text('footer_energy', language)}: {missing}",
        f"{report_text('footer_incidents', language)}: {missing}",
    ]
