"""Feeds the page of the month and the receipts: reads of their own beside the shared one, only while somebody looks."""

import asyncio
import time
from collections.abc import Mapping
from urllib.parse import urlencode

import structlog
from nicegui import ui

from dashboards.web.address import (
    asked_month,
    asked_periods,
    asked_receipt,
    month_link,
    receipt_link,
)
from dashboards.web.elements import page_head
from dashboards.web.errors import AddressFault
from dashboards.web.month_page import MonthPage
from dashboards.web.month_view import month_view
from dashboards.web.numbers import local
from dashboards.web.periods_view import AskedPeriods, PeriodsView, periods_view
from dashboards.web.receipt_page import build_no_receipt, build_receipt_page
from dashboards.web.receipt_view import receipt_view
from dashboards.web.snapshot import SharedSnapshot, Snapshot
from dashboards.web.texts import text
from dashboards.web.view import stale_warning
from models.tables.desk_data import DeskData
from models.tables.month_record import MonthRecord
from models.works.localize import Language, localize_day
from models.works.plant import Plant

log = structlog.get_logger(__name__)

REFRESH_S = 10.0
"""The sum of a month changes with every tap, and is looked at for its trend; the first page has the moment."""


async def build_month(shared: SharedSnapshot, data: DeskData, given: Mapping[str, str], language: Language) -> None:
    """Build the page inside a NiceGUI page function, and keep it up to date."""
    snapshot = await shared.current()
    plant = snapshot.plant
    page_head(text("month_title", language), language)
    month, product, fault = _asked(plant, given, snapshot.now_ns, language)
    address = month_link(month, product, language)
    record, warning = await _read(data, (month, product), snapshot, language)
    view = month_view(plant, record, language)
    page = MonthPage(_head(plant, language), view, f"/month?{urlencode(dict(given))}", language)
    page.show(view, fault or warning)
    periods, wrong = await _periods(data, plant, (given, month, product), language)
    page.compare(periods, wrong, address)
    client = ui.context.client

    async def refresh() -> None:
        nonlocal record
        if not client.has_socket_connection:  # a page that nobody sees costs nothing
            return
        now = await shared.current()
        newer, wrong = await _read(data, (month, product), now, language)
        record = record if wrong and not newer.months else newer
        page.show(month_view(plant, record, language), fault or wrong)

    ui.timer(REFRESH_S, refresh)


async def build_receipt(shared: SharedSnapshot, data: DeskData, given: Mapping[str, str], language: Language) -> None:
    """Build the page of a receipt inside a NiceGUI page function."""
    snapshot = await shared.current()
    plant, now_ns = snapshot.plant, time.time_ns()
    head = _head(plant, language)
    page_head(text("receipt_title", language), language)
    try:
        asked = asked_receipt(plant, given, now_ns)
    except AddressFault as fault:
        build_no_receipt(head, text(fault.text, language).format(given=fault.given), "/receipt", language)
        return
    address = receipt_link(asked, language)
    try:
        record = await asyncio.to_thread(data.receipt, asked, now_ns)
    except Exception as error:  # whatever the reader meets, the page says that it has no figures
        log.warning("desk_read_failed", error=str(error))
        build_no_receipt(head, text("read_failed_now", language), address, language)
        return
    if record is None:
        build_no_receipt(head, text("no_such_place", language), address, language)
        return
    at = local(now_ns if asked.known_ns is None else asked.known_ns, plant.zone)
    read_at = f"{localize_day(at.date(), language)} {at:%H:%M:%S}"
    # What was known then stays as it was, whatever the collector does now.
    warning = stale_warning(snapshot, language) if asked.known_ns is None else ""
    build_receipt_page(head, receipt_view(record, language), read_at, warning, address, language)


def _head(plant: Plant, language: Language) -> tuple[str, bool]:
    return plant.site_names.get(language) or plant.site_names["en"], plant.simulated


def _asked(plant: Plant, given: Mapping[str, str], now_ns: int, language: Language) -> tuple[int, str, str]:
    """The month, the product, and what is wrong with what was asked for; then the usual ones are shown."""
    today = local(now_ns, plant.zone).date().toordinal()
    usual = next((report.product for report in plant.reported), next(iter(plant.products)))
    product, fault = given.get("product", "") or usual, ""
    if product not in plant.products:
        product, fault = usual, text("no_such_product", language).format(given=product[:40])
    try:
        month = asked_month(given, today)
    except AddressFault as wrong:
        month, fault = asked_month({}, today), text(wrong.text, language).format(given=wrong.given)
    return month, product, fault


async def _read(data: DeskData, of: tuple[int, str], snapshot: Snapshot, language: Language) -> tuple[MonthRecord, str]:
    """The record, and what stands above it if it is not of now."""
    warning = stale_warning(snapshot, language)
    try:
        return await asyncio.to_thread(data.month_record, *of, snapshot.now_ns), warning
    except Exception as error:  # whatever the reader meets, the page says that it has no figures
        log.warning("desk_read_failed", error=str(error))
        nothing = MonthRecord(month=of[0], product=of[1], read_ns=time.time_ns())
        return nothing, warning or text("read_failed_at_start", language)


async def _periods(
    data: DeskData, plant: Plant, asked: tuple[Mapping[str, str], int, str], language: Language
) -> tuple[PeriodsView | None, str]:
    """The two periods, or why there are none."""
    given, month, product = asked
    try:
        days, base = asked_periods(given, month)
        compared = await asyncio.to_thread(data.compared, days, base, time.time_ns())
    except AddressFault as fault:
        return None, text(fault.text, language).format(given=fault.given)
    except Exception as error:  # whatever the reader meets, the page says that it has no figures
        log.warning("desk_read_failed", error=str(error))
        return None, text("read_failed_now", language)
    return periods_view(plant, AskedPeriods(month, product, days, base), compared, language), ""
