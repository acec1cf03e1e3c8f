"""What a report says above and below its figures, in words. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from dashboards.panels.texts import Language
from dashboards.report.document import ReportHeader
from dashboards.report.texts import report_text
from dashboards.web.numbers import moment, number
from models.alerts.texts import WHAT
from models.counting.increment import GRAMS_PER_TONNE
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.facts import Facts
from models.stated.figure import STOCK
from models.works.calendar import NS, day_bounds
from models.works.month import month_of, period_text, shifted
from models.works.plant import Calendar, Plant


def report_header(
    plant: Plant,
    facts: Facts,
    kind: str,
    period: str,
    language: Language,
    known_ns: int | None,
    now_ns: int,
    dispatcher: str,
    drops: Sequence[OutputDrop] = (),
) -> ReportHeader:
    """The header of a report of `kind` (day, month, growth) over `period`; instants in the site's zone.

    `drops` are those in which units stood in the period.
    """
    first, end = _span(kind, period)
    calendar = Calendar(zone=plant.zone)
    start_ns, end_ns = (day_bounds(calendar, date.fromordinal(day))[0] for day in (first, end))
    return ReportHeader(
        period=period,
        as_of=_local(plant, known_ns or now_ns),
        known_on=_local(plant, known_ns) if known_ns else "",
        dispatcher=dispatcher,
        repairs=_repairs(plant, facts, start_ns, end_ns, language),
        stops=[drop.evidence.get(language) or drop.evidence.get("en", "") for drop in drops],
        causes=_causes(plant, drops, (start_ns, known_ns or now_ns), language),
        corrections=_corrections(plant, facts, first, end, language),
        notes=_footer(plant, facts, start_ns, end_ns, language) if kind == "day" else (),
    )


def _span(kind: str, period: str) -> tuple[int, int]:
    if kind == "day":
        day = date.fromisoformat(period).toordinal()
        return day, day + 1
    from collector.cli.places import parsed_month

    first, _, last = period.partition("..")
    return parsed_month(first), shifted(parsed_month(last or first), 1)


def _local(plant: Plant, instant_ns: int) -> str:
    return datetime.fromtimestamp(instant_ns // 1_000_000_000, UTC).astimezone(plant.zone).strftime("%Y-%m-%d %H:%M:%S")


def _repairs(plant: Plant, facts: Facts, start_ns: int, end_ns: int, language: Language) -> list[str]:
    return [
        f"{plant.units[it.unit].names.get(language) or plant.units[it.unit].names['en']}: "
        f"{report_text(f'kind_{it.kind.value}', language)}, {_local(plant, it.start_ns)[:16]} - "
        f"{_local(plant, it.end_ns)[:16]}, {report_text('approved_by', language)}: {it.approved_by}"
        for it in facts.repairs
        if it.unit in plant.units and it.start_ns < end_ns and it.end_ns > start_ns
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
        f"{it.name}: {number(it.grams / GRAMS_PER_TONNE, language, 3)} {report_text('t', language)} "
        f"({plant.products[it.product].name(language) if it.product in plant.products else it.product}, "
        f"{date.fromordinal(it.day)}, {report_text('booked_in', language)} {period_text(it.booked_month)}; "
        f"{it.author}: {it.reason})"
        for it in facts.adjustments
        if first <= it.day < end or (it.booked_month != month_of(it.day) and first <= it.booked_month < end)
    ]


def _footer(plant: Plant, facts: Facts, start_ns: int, end_ns: int, language: Language) -> list[str]:
    """Stocks that were stated in the day; what nobody enters yet is said to be missing."""
    stocks = [
        f"{plant.products[it.product].name(language)} {number((it.grams or 0) / GRAMS_PER_TONNE, language, 1)} "
        f"{report_text('t', language)}"
        for it in facts.figures
        if it.basis == STOCK and start_ns < it.end_ns <= end_ns and it.product in plant.products
    ]
    missing = report_text("not_entered", language)
    return [
        f"{report_text('footer_stocks', language)}: {'; '.join(stocks) or missing}",
        f"{report_text('footer_energy', language)}: {missing}",
        f"{report_text('footer_incidents', language)}: {missing}",
    ]
