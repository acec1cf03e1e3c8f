"""The page of repairs: those of a shop, entered, moved and withdrawn by who may plan."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import structlog
from nicegui import ui
from nicegui.element import Element

from dashboards.report.incident_line import shop_name
from dashboards.web.acting import Acting, hint_for
from dashboards.web.ask_dialog import button
from dashboards.web.confirm_dialog import confirm
from dashboards.web.elements import box, cell, heading, label, page_footer, page_head, page_header, scroll
from dashboards.web.entry_page import add_entry_style, kinds_nav, repairs_path, shops_nav
from dashboards.web.entry_view import Entering
from dashboards.web.misread_address import is_date, misread, say_misread
from dashboards.web.numbers import moment
from dashboards.web.repair_calendar import RepairBar, RepairCalendar, month_span_ns, repair_calendar
from dashboards.web.repair_dialog import RepairDialog
from dashboards.web.texts import text
from dashboards.web.viewer import Viewer, viewer
from models.access.repair_desk import RepairDesk
from models.access.user import Right
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.stated.plan import Repair
from models.works.calendar import production_day
from models.works.localize import Language, localize_month
from models.works.month import month_of, shifted
from models.works.plant import Plant

log = structlog.get_logger(__name__)


async def build_repairs(plant: Plant, repairs: RepairDesk, query: Mapping[str, str], language: Language) -> None:
    """Build the page inside a NiceGUI page function. `query`: as the address has it."""
    looking, now_ns = viewer(), time.time_ns()
    shop = query.get("shop", "")
    if shop not in plant.shops:
        own = (code for code in plant.shops if looking.user is not None and looking.user.may(Right.PLAN, code))
        shop = next(own, next(iter(plant.shops)))
    page_head(text("entry_title", language), language)
    month = asked_month(query.get("month", ""), production_day(plant.shops[shop].calendar, now_ns).toordinal())
    page = _RepairsPage(repairs, looking, Entering(plant, looking.user, now_ns, language), shop, month)
    page.build()
    given = misread(query, {"shop": plant.shops.__contains__, "month": lambda value: is_date(f"{value}-01")})
    say_misread(
        given, f"{shop_name(plant, shop, language)}, {localize_month(date.fromordinal(month), language)}", language
    )
    await page.refresh()


def asked_month(words: str, today: int) -> int:
    """The first day (ordinal) of a month such as 2026-11; of that of `today` for what is none."""
    try:
        found = date.fromisoformat(f"{words}-01")
    except ValueError:
        return month_of(today)
    return found.toordinal() if 1990 <= found.year < 2200 else month_of(today)


@dataclass(slots=True)
class _RepairsPage:
    """One page of one viewer."""

    repairs: RepairDesk
    looking: Viewer
    of: Entering
    shop: str
    month: int
    warning: ui.label | None = None
    bars: Element | None = None
    lines: Element | None = None

    @property
    def may_plan(self) -> bool:
        return self.looking.user is not None and self.looking.user.may(Right.PLAN, self.shop)

    def build(self) -> None:
        plant, language = self.of.plant, self.of.language
        day = production_day(plant.shops[self.shop].calendar, self.of.now_ns).toordinal()
        asked = AskedSheet(SheetKind.SHIFTS, self.shop, day)
        add_entry_style()
        site = plant.site_names.get(language) or plant.site_names["en"]
        address = repairs_path(self.shop, month=self.month)
        page_header(site, simulated=plant.simulated, page="entry", language=language, address=address)
        names = plant.shops[self.shop].names
        with box("desk entry-page"):
            self.warning = label("warning").props("role=status")
            keys = ("sign_in_to_plan", "add_users_to_plan")
            hint = "" if self.looking.user is not None else hint_for(self.looking, Right.PLAN, keys, language)
            if hint or not self.may_plan:
                label("panel hint", hint or text("repair_whose", language))
            with box("entry-bar"):
                kinds_nav(asked, "repairs", language)
                shops_nav(self.shop, self.of, lambda code: repairs_path(code, language))
            with box("panel listed", "section"):
                with box("panel-head"):
                    heading(text("repairs_of", language).format(shop=names.get(language) or names["en"]))
                    if self.may_plan:
                        button(text("repair_enter", language), "act enter-repair", lambda: self._open(None))
                self._months()
                self.bars = box("repair-calendar").props(f'role=group aria-label="{text("repair_calendar", language)}"')
            with box("panel listed", "section"):
                heading(text("repairs_tab", language))
                self.lines = scroll(text("repairs_tab", language))
            page_footer(simulated=plant.simulated, language=language)

    async def refresh(self) -> None:
        found: Sequence[Repair] = ()
        of_month: Sequence[Repair] = ()
        warning = ""
        self.of = replace(self.of, now_ns=time.time_ns())
        try:
            found = await asyncio.to_thread(self.repairs.repairs, self.shop)
            span_ns = month_span_ns(self.month, self.of, self.shop)
            of_month = await asyncio.to_thread(self.repairs.repairs, self.shop, span_ns)
        except Exception as error:  # whatever the reader meets, the page says that it shows nothing of now
            log.warning("desk_read_failed", error=str(error))
            warning = text("read_failed_at_start", self.of.language)
        # `build` made them.
        assert self.warning is not None and self.lines is not None and self.bars is not None  # noqa: S101, PT018
        self.warning.text = warning
        self.warning.set_visibility(bool(warning))
        self.bars.clear()
        with self.bars:
            self._draw(repair_calendar(of_month, self.month, self.shop, self.of))
        self.lines.clear()
        with self.lines:
            if found:
                self._show(found)
            else:
                label("empty", text("no_repairs", self.of.language))

    def _months(self) -> None:
        language = self.of.language
        with box("languages", "nav").props(f'aria-label="{text("repair_month", language)}"'):
            for month in (shifted(self.month, by) for by in (-1, 0, 1)):
                link = ui.link(
                    localize_month(date.fromordinal(month), language), repairs_path(self.shop, language, month)
                )
                link.props(f'aria-current="{str(month == self.month).lower()}"')

    def _draw(self, view: RepairCalendar) -> None:
        with box("calendar-row"):
            label("named", view.title)
            with box("track marks"):
                for day, left in view.marks:
                    label("mark", day).style(f"left: {left:.2f}%")
        for row in view.rows:
            with box("calendar-row").props(f"data-calendar={row.unit}"):
                label("named", row.name)
                with box("track").style(f"height: {row.lanes * 26 + 4}px"):
                    if view.now is not None:
                        box("now").style(f"left: {view.now:.2f}%")
                    for bar in row.bars:
                        self._bar(bar)

    def _bar(self, bar: RepairBar) -> None:
        place = f"left: {bar.left:.2f}%; width: {bar.width:.2f}%; top: {bar.lane * 26 + 4}px"
        made = ui.element("button" if self.may_plan else "div").classes(f"bar {bar.repair.kind.value}").style(place)
        made.props["title"] = made.props["aria-label"] = bar.words
        if self.may_plan:
            made.props("type=button").on("click", partial(self._open, bar.repair))
        else:
            made.props("role=img")

    def _show(self, found: Sequence[Repair]) -> None:
        language = self.of.language
        with ui.element("table").classes("lines saves repairs"):
            with ui.element("thead"), ui.element("tr"):
                for key in ("repair_name", "repair_unit", "repair_window", "repair_kind", "repair_approved"):
                    cell("th", text(key, language)).props("scope=col")
                cell("th", text("repair_author", language)).props("scope=col")
            with ui.element("tbody"):
                for repair in found:
                    with ui.element("tr").props(f"data-repair={repair.unit}"):
                        self._line(repair)

    def _line(self, repair: Repair) -> None:
        language, zone = self.of.language, self.of.plant.shops[self.shop].calendar.zone
        begin, end = moment(repair.start_ns, 0, zone), moment(repair.end_ns, 0, zone)
        cell("td", repair.name)
        cell("td", self.of.plant.units[repair.unit].name(language))
        cell("td", f"{begin} – {end}")
        cell("td", text(f"repair_{repair.kind.value}", language))
        cell("td", repair.approved_by)
        with ui.element("td").classes("figures"):
            label("", repair.author)
            if self.may_plan:
                with box("buttons"):
                    button(text("repair_change", language), "quiet", partial(self._open, repair))
                    button(text("repair_withdraw", language), "quiet", partial(self._ask_withdrawal, repair))

    def _open(self, repair: Repair | None) -> None:
        plant, language = self.of.plant, self.of.language
        units = {unit.code: unit.name(language) for unit in plant.units.values() if unit.shop == self.shop}
        RepairDialog(units, plant.shops[self.shop].calendar.zone, self._put, language).open(repair)

    async def _put(self, repair: Repair, confirmed: bool) -> tuple[str, Sequence[str]]:
        acting = Acting(self.looking, self.of.language)
        asked: list[str] = []
        if not confirmed:
            said = await acting.do(
                lambda _user: asked.extend(told(self.of.language) for told in self.repairs.unusual(repair))
            )
            if said or asked:
                return said, asked
        names: list[str] = []
        said = await acting.do(lambda user: names.append(self.repairs.put(user, repair)))
        if not said:
            await self.refresh()
        return said, ()

    def _ask_withdrawal(self, repair: Repair) -> None:
        language = self.of.language

        async def withdraw() -> str:
            said = await Acting(self.looking, language).do(lambda user: self.repairs.withdraw(user, repair))
            await self.refresh()
            return said

        title = text("repair_withdraw_title", language).format(name=repair.name)
        confirm(title, text("repair_withdraw_what", language), text("repair_withdraw", language), withdraw, language)
