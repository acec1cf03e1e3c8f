"""From a report that is asked for to its document: for the command, and for the page of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import apsw

from collector.cli.report_header import report_header
from collector.cli.report_periods import GROWTH, AskedDays
from collector.entries.entry_file import EntryFile
from collector.entries.report_rows import ReportData, read_day, read_months
from collector.entries.span_report_rows import read_span
from collector.storage.ledger.fuel import read_fuel
from collector.storage.ledger.heat import read_heat
from collector.storage.ledger.why import AskedWhy, read_losses
from collector.storage.ledger.workings import read_workings
from collector.storage.quarantine.browser import newest_refused
from dashboards.report import build
from dashboards.report.document import ReportDocument
from dashboards.report.span_report import span_report
from models.stated.stop_reason import StopReason
from models.works.calendar import day_bounds
from models.works.localize import Language
from models.works.month import month_of
from models.works.plant import Plant
from models.works.span import SpanKind
from models.works.table import Row
from models.works.working import Working


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The report that was asked for. `known_ns`: as it was known then (UTC ns); None: as it is known now.
    `stop_reasons`: those of the works."""

    kind: str
    days: AskedDays
    lang: Language
    dispatcher: str = ""
    known_ns: int | None = None
    now_ns: int
    stop_reasons: Sequence[StopReason] = ()


def read_wanted(entries: EntryFile, wanted: Wanted) -> ReportData:
    """Its rows, from the ledger. Raises CannotStart if there is none."""
    now_ns, known_ns, days, plan = wanted.now_ns, wanted.known_ns, wanted.days, entries.plan
    if wanted.kind == SpanKind.DAY:
        refused = newest_refused(entries.settings.data_dir)
        data = entries.read(
            lambda connection: read_day(connection, plan, days.first, now_ns=now_ns, known_ns=known_ns, refused=refused)
        )
        data = _with_fuel(entries, _with_heat(entries, data, days, known_ns or now_ns), days, known_ns or now_ns)
        data = _with_workings(entries, data, days, known_ns or now_ns)
        return data if known_ns is not None else _with_losses(entries, data, wanted)
    if days.span is None or wanted.kind == SpanKind.MONTH:
        months = days.first, month_of(days.end - 1)
        return entries.read(lambda connection: read_months(connection, plan, *months, now_ns=now_ns, known_ns=known_ns))
    span = days.span
    return entries.read(lambda connection: read_span(connection, plan, span, now_ns=now_ns, known_ns=known_ns))


def _with_heat(entries: EntryFile, data: ReportData, days: AskedDays, until_ns: int) -> ReportData:
    supply = entries.settings.heat
    if not supply.networks:
        return data
    dates = days.first, days.end
    heat = entries.read(lambda connection: read_heat(connection, entries.plant, supply, dates, until_ns))
    return replace(data, heat=heat)


def _with_fuel(entries: EntryFile, data: ReportData, days: AskedDays, until_ns: int) -> ReportData:
    use = entries.settings.fuel
    if not use.fuels:
        return data
    dates = month_of(days.first), days.end
    fuel = entries.read(lambda connection: read_fuel(connection, entries.plant, use, dates, until_ns))
    return replace(data, fuel=fuel)


def _with_workings(entries: EntryFile, data: ReportData, days: AskedDays, until_ns: int) -> ReportData:
    """By the production day of the shop, as its tonnes are."""
    plant, found = entries.plant, list(data.workings)
    for working in entries.settings.workings:
        start_ns, end_ns = day_bounds(plant.shops[working.shop].calendar, date.fromordinal(days.first))
        span_ns = start_ns, min(end_ns, until_ns)
        found.append(
            (working, entries.read(partial(_hours_of, plant, working, span_ns)) if start_ns < until_ns else [])
        )
    return replace(data, workings=found)


def _hours_of(plant: Plant, working: Working, span_ns: tuple[int, int], connection: apsw.Connection) -> list[Row]:
    return read_workings(connection, plant, [working], span_ns)


def _with_losses(entries: EntryFile, data: ReportData, wanted: Wanted) -> ReportData:
    days = wanted.days.first, wanted.days.end
    end_ns = max(day_bounds(shop.calendar, date.fromordinal(days[0]))[1] for shop in data.plant.shops.values())
    if end_ns > wanted.now_ns or not data.stops:
        return data
    asked = AskedWhy(
        days=days,
        base=days,
        products=list(dict.fromkeys(reported.product for reported in data.plant.reported)),
        reasons=wanted.stop_reasons,
        now_ns=wanted.now_ns,
    )
    return replace(data, losses=entries.read(lambda connection: read_losses(connection, data.plant, asked)))


def document_of(wanted: Wanted, data: ReportData) -> ReportDocument:
    """Its document, of rows that were read."""
    header, language = report_header(data.plant, data, wanted), wanted.lang
    if wanted.kind == SpanKind.DAY:
        return build.day_report(data.plant, data.rows, header, language)
    if wanted.kind == GROWTH:
        return build.growth_report(data.plant, data.rows, header, language)
    if wanted.days.span is None or wanted.kind == SpanKind.MONTH:
        return build.month_report(data.plant, data.rows, header, language)
    return span_report(data.plant, wanted.days.span, data.rows, header, language)
