"""What a report says above and below its figures, in words. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from collector.sentence import NamedMonth, shown
from dashboards.report.document import ReportHeader, ReportRow
from dashboards.report.incident_line import incident_line
from dashboards.report.lost_most import lost_most
from dashboards.report.methane_line import methane_line
from dashboards.report.ran_between import ran_between
from dashboards.report.reason_name import reason_name
from dashboards.report.signed import signed_by, signed_notes
from dashboards.report.texts import report_text
from dashboards.web.numbers import moment, number
from dashboards.web.readings import readings_lines
from models.alerts.not_known import not_known_lines, not_known_since, watched_until_ns
from models.alerts.texts import WHAT
from models.counting.increment import GRAMS_PER_TONNE
from models.counting.tag_gap import TagGap
from models.detection.finding import FindingKind
from models.heat.fuel_sentences import fuel_day_sentences
from models.heat.sentences import day_sentences
from models.heat.source_sentences import source_day_sentences
from models.stated.facts import Facts
from models.stated.figure import STOCK
from models.tables.reasoned_stop import ReasonedStop
from models.tables.shifts import shifts_of_day
from models.works.calendar import NS, day_bounds
from models.works.codes import TagKind
from models.works.localize import Language
from models.works.month import month_of
from models.works.place import ALL
from models.works.plant import Calendar, Plant
from models.works.span import SpanKind

if TYPE_CHECKING:
    from collector.cli.report_making import Wanted
    from collector.entries.report_rows import ReportData
    from collector.storage.ledger.certificate import Certificate

_GAPS_NAMED = 5
"""The rest is in `tundish status --gaps`, with the causes."""


def report_header(plant: Plant, data: "ReportData", wanted: "Wanted") -> ReportHeader:
    """The header of the report that is wanted; instants in the site's zone."""
    language: Language = wanted.lang
    facts, until_ns = data.facts, wanted.known_ns or wanted.now_ns
    first, end = wanted.days.first, wanted.days.end
    start_ns, end_ns = _bounds(plant, wanted)
    lasts = any(int(row["end_ms"]) * 1_000_000 > until_ns for row in data.rows if "end_ms" in row)
    running = [report_text("day_running", language)] if lasts else []
    asked_of_now = wanted.known_ns is None
    watched_ns = watched_until_ns(data.sources, until_ns) if asked_of_now else until_ns
    return ReportHeader(
        period=_period(plant, wanted),
        as_of=local_words(plant, until_ns, language),
        at_ns=until_ns,
        running=_judged(plant, wanted, watched_ns) if lasts else (),
        not_known=_not_known(plant, data, wanted, (start_ns, end_ns)) if asked_of_now else (),
        known_on=local_words(plant, wanted.known_ns, language) if wanted.known_ns else "",
        dispatcher=wanted.dispatcher,
        repairs=_repairs(plant, facts, start_ns, end_ns, language),
        stops=[_stop(plant, stop, wanted, until_ns // NS) for stop in data.stops],
        causes=_causes(plant, data.stops, (start_ns, until_ns), language),
        corrections=_corrections(plant, facts, first, end, language),
        gaps=_gaps(plant, data.gaps, language),
        integrated=_integrated(plant, data.rows, language),
        signed=signed_notes(plant, data.signed, language),
        director=signed_by(plant, data.signed, language),
        notes=[
            *([*running, *_footer(plant, data, wanted, (start_ns, end_ns))] if wanted.kind == "day" else ()),
            *([] if data.certificate is None else _certified(plant, data.certificate, language)),
        ],
    )


def _stop(plant: Plant, stop: ReasonedStop, wanted: "Wanted", until_s: int) -> str:
    """The sentence of its evidence, and why it was, as people stated it."""
    language: Language = wanted.lang
    evidence = stop.drop.evidence.get(language) or stop.drop.evidence.get("en", "")
    if stop.more:
        evidence = f"{evidence} ({ran_between(stop, plant, language)})"
    if not wanted.stop_reasons:
        return evidence
    spans = stop.told(until_s)
    told = [
        f"{moment(span.start_s * NS, stop.drop.start_s * NS, plant.zone)} " * (len(spans) > 1)
        + reason_name(wanted.stop_reasons, span.reason, language)
        + (f" ({span.comment})" if span.comment else "")
        for span in spans
    ]
    return f"{evidence}. {report_text('stop_reason', language)}: {'; '.join(told)}"


def _certified(plant: Plant, certificate: "Certificate", language: Language) -> list[str]:
    """How complete the readings of the day are, and the digest of its rows."""
    if certificate.counts is None:
        return []
    digest = report_text("footer_digest", language).format(digest=certificate.digest)
    return [*readings_lines(plant, certificate.counts, language), digest]


def _integrated(plant: Plant, rows: Sequence[ReportRow], language: Language) -> list[str]:
    """The units and products of the report whose tonnes come from a rate over time."""
    shown_here = {(row.get("unit"), row.get("product")) for row in rows}
    return [
        f"{plant.units[tag.unit].name(language)}, {plant.products[tag.product].name(language)}"
        for tag in plant.tags
        if tag.kind is TagKind.RATE and tag.product is not None and (tag.unit, tag.product) in shown_here
    ]


def _not_known(plant: Plant, data: "ReportData", wanted: "Wanted", span_ns: tuple[int, int]) -> list[str]:
    """What nobody knows, if that began before the period ended: its figures are those of then."""
    now_ns = wanted.now_ns
    since_s = [each for each in not_known_since(plant, data.sources, data.states, now_ns).units.values() if each]
    runs = span_ns[0] <= now_ns < span_ns[1]
    if not runs and not any(each * NS < span_ns[1] <= now_ns for each in since_s):
        return []
    return not_known_lines(plant, data.sources, data.states, now_ns, wanted.lang)


def _judged(plant: Plant, wanted: "Wanted", watched_ns: int) -> list[str]:
    """How a period that runs is judged."""
    language: Language = wanted.lang
    if wanted.kind == "growth":
        return []
    at = moment(watched_ns, wanted.now_ns, plant.zone)
    key = wanted.kind if wanted.kind in ("day", "month") else "span"
    return [report_text(f"{key}_judged", language).format(at=at)]


def _bounds(plant: Plant, wanted: "Wanted") -> tuple[int, int]:
    """[start_ns, end_ns) of what the report is of: days from midnight at the site; a shift, in all shops that have
    it."""
    days, calendar = wanted.days, Calendar(zone=plant.zone)
    if days.span is not None and days.span.kind is SpanKind.SHIFT:
        shifts = shifts_of_day(plant, days.first, days.span.shift)
        return min(shift.start_ns for shift in shifts), max(shift.end_ns for shift in shifts)
    start_ns, end_ns = (day_bounds(calendar, date.fromordinal(day))[0] for day in (days.first, days.end))
    return start_ns, end_ns


def _period(plant: Plant, wanted: "Wanted") -> str:
    """What the report is of as people write it in that language; in English as it was asked for."""
    language, days = wanted.lang, wanted.days
    span = days.span
    if span is not None and span.kind is SpanKind.SHIFT:
        day = shown(date.fromordinal(days.first), language)
        named = report_text("named_shift", language).format(day=day, number=span.shift)
        shifts = shifts_of_day(plant, days.first, span.shift)
        if len(shifts) > 1:  # shops begin their shifts at different hours
            return named
        begin, end = (local_words(plant, at_ns, language)[-8:-3] for at_ns in shifts[0].span)
        return f"{named}, {begin} - {end}"
    if span is not None and span.kind is SpanKind.QUARTER:
        year, number = span.text.split("-Q")
        roman = ("I", "II", "III", "IV")[int(number) - 1]
        return report_text("named_quarter", language).format(year=year, number=number, roman=roman)
    if language == "en" or (span is not None and span.kind is SpanKind.YEAR):
        return days.text
    if span is not None and span.kind is SpanKind.DAY:
        return shown(date.fromordinal(days.first), language)
    if span is not None and span.kind is SpanKind.TEN_DAYS:
        return " - ".join(shown(date.fromordinal(day), language) for day in (days.first, days.end - 1))
    months = dict.fromkeys((days.first, month_of(days.end - 1)))
    return " - ".join(shown(NamedMonth(month), language) for month in months)


def local_words(plant: Plant, instant_ns: int, language: Language) -> str:
    """An instant (UTC ns) in the site's zone, to the second, as people of the language write it."""
    at = datetime.fromtimestamp(instant_ns // 1_000_000_000, UTC).astimezone(plant.zone)
    return f"{shown(at, language)}:{at:%S}"


def _repairs(plant: Plant, facts: Facts, start_ns: int, end_ns: int, language: Language) -> list[str]:
    return [
        f"{plant.units[repair.unit].names.get(language) or plant.units[repair.unit].names['en']}: "
        f"{report_text(f'kind_{repair.kind.value}', language)}, "
        f"{' - '.join(local_words(plant, at_ns, language)[:16] for at_ns in (repair.start_ns, repair.end_ns))}, "
        f"{report_text('approved_by', language)}: {repair.approved_by}"
        for repair in facts.repairs
        if repair.unit in plant.units and repair.start_ns < end_ns and repair.end_ns > start_ns
    ]


def _causes(
    plant: Plant, stops: Sequence[ReasonedStop], bounds_ns: tuple[int, int], language: Language
) -> dict[str, str]:
    """By unit, when it stood and by what: hours of the clock, with the date where another day's are meant."""
    found: dict[str, list[str]] = {}
    for stop in stops:
        drop = stop.whole
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
        said = (f"{begin} - {end}", ran_between(stop, plant, language), by)
        found.setdefault(drop.unit, []).append(", ".join(words for words in said if words))
    return {unit: "; ".join(spans) for unit, spans in found.items()}


def _gaps(plant: Plant, gaps: Sequence[TagGap], language: Language) -> list[str]:
    """What a counter says nothing certain of, the largest first."""
    found = []
    for item in sorted(gaps, key=lambda item: item.gap.start_ns - item.gap.end_ns)[:_GAPS_NAMED]:
        unit = plant.units.get(item.unit)
        name = item.gap.tag if unit is None else unit.names.get(language) or unit.names["en"]
        product = plant.products[item.product].name(language) if item.product in plant.products else ""
        text = ", ".join(
            part for part in (report_text("any_unit", language) if item.unit == ALL else name, product) if part
        )
        text += f": {local_words(plant, item.gap.start_ns, language)} - {local_words(plant, item.gap.end_ns, language)}"
        if item.most_t is not None:
            most = number(Decimal(item.most_t), language, 1)
            text += f", {report_text('at_most', language).format(tonnes=most)}"
        found.append(text)
    if len(gaps) > _GAPS_NAMED:
        found.append(report_text("and_more", language).format(count=len(gaps) - _GAPS_NAMED))
    return found


def _corrections(plant: Plant, facts: Facts, first: int, end: int, language: Language) -> list[str]:
    return [
        f"{entry.name}: {number(entry.grams / GRAMS_PER_TONNE, language, 3)} {report_text('t', language)} "
        f"({plant.products[entry.product].name(language) if entry.product in plant.products else entry.product}, "
        f"{shown(date.fromordinal(entry.day), language)}, {report_text('booked_in', language)} "
        f"{shown(NamedMonth(entry.booked_month), language)}; "
        f"{entry.author}: {entry.reason})"
        for entry in facts.adjustments
        if first <= entry.day < end or (entry.booked_month != month_of(entry.day) and first <= entry.booked_month < end)
    ]


def _footer(plant: Plant, data: "ReportData", wanted: "Wanted", span_ns: tuple[int, int]) -> list[str]:
    """Stocks that were stated in the day, the heat of networks, fuel, accidents, methane, and the stops that cost most;
    what nobody enters is said to be missing."""
    language: Language = wanted.lang
    stocks = [
        f"{plant.products[figure.product].name(language)} {number((figure.grams or 0) / GRAMS_PER_TONNE, language, 1)} "
        f"{report_text('t', language)}"
        for figure in data.facts.figures
        if figure.basis == STOCK and span_ns[0] < figure.end_ns <= span_ns[1] and figure.product in plant.products
    ]
    missing = report_text("not_entered", language)
    said = (
        [] if data.heat is None else [*day_sentences(data.heat, language), *source_day_sentences(data.heat, language)]
    )
    said += [] if data.fuel is None else fuel_day_sentences(plant, data.fuel, wanted.days.first, language)
    energy = " ".join(each.words for each in said)
    lost = lost_most(plant, data.losses, wanted.stop_reasons, language)
    incidents = incident_line(plant, data.safety, wanted.days.first, language)
    methane = methane_line(data.workings, language)
    return [
        f"{report_text('footer_stocks', language)}: {'; '.join(stocks) or missing}",
        f"{report_text('footer_energy', language)}: {energy or missing}",
        f"{report_text('footer_incidents', language)}: {incidents}",
        *([f"{report_text('footer_methane', language)}: {methane}"] if methane else []),
        *([f"{report_text('footer_losses', language)}: {lost}"] if lost else []),
    ]
