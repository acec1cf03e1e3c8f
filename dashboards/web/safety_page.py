"""The page of industrial safety: days without an accident, rates, and the accidents, entered by who may."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import structlog
from nicegui import ui
from nicegui.element import Element

from dashboards.report.incident_line import shop_name
from dashboards.web.accident_dialog import AccidentChoices, AccidentDialog
from dashboards.web.acting import Acting, FormAnswer, hint_for
from dashboards.web.ask_dialog import button
from dashboards.web.confirm_dialog import confirm
from dashboards.web.elements import box, cell, heading, label, page_footer, page_head, page_header, scroll
from dashboards.web.linked_table import show_table
from dashboards.web.misread_address import misread, say_misread
from dashboards.web.numbers import local, number
from dashboards.web.safety_view import (
    DAY_COLUMNS,
    METHANE_COLUMNS,
    RATE_COLUMNS,
    SHOWN,
    AccidentView,
    LookingAtSafety,
    SafetyView,
    methane_span,
    places_to_choose,
    safety_view,
)
from dashboards.web.texts import text
from dashboards.web.viewer import Viewer, viewer
from models.access.safety_desk import SafetyDesk, TypedAccident
from models.access.user import Right
from models.stated.accident import AccidentWord
from models.works.localize import Language
from models.works.place import ALL
from models.works.plant import Plant

log = structlog.get_logger(__name__)

_COUNTS = ("victims", "fatal", "days_lost")
_COLUMNS = ("number", "at", "place", "kind", "cause", *_COUNTS, "note", "author")
REFRESH_S = 30.0
"""What others enter, and a day that begins, is seen after that."""


async def build_safety(plant: Plant, desk: SafetyDesk, query: Mapping[str, str], language: Language) -> None:
    """Build the page inside a NiceGUI page function. `query`: as the address has it."""
    looking = viewer()
    asked = query.get("shop", "")
    of = LookingAtSafety(
        plant=plant,
        shop=asked if asked in plant.shops else ALL,
        terms=desk.terms(),
        user=looking.user,
        now_ns=time.time_ns(),
        language=language,
    )
    page_head(text("safety_title", language), language)
    page = _SafetyPage(desk, looking, of)
    page.build()
    say_misread(misread(query, {"shop": {ALL, *plant.shops}.__contains__}), text("safety_works", language), language)
    await page.refresh()
    client = ui.context.client

    async def again() -> None:
        if client.has_socket_connection:  # a page that nobody sees costs nothing
            await page.refresh()

    ui.timer(REFRESH_S, again, immediate=False)


@dataclass(slots=True)
class _SafetyPage:
    """One page of one viewer."""

    desk: SafetyDesk
    looking: Viewer
    of: LookingAtSafety
    shown: SafetyView | None = None
    parts: dict[str, Element] = field(default_factory=dict)
    warning: ui.label | None = None
    methane: Element | None = None

    def build(self) -> None:
        plant, language, shop = self.of.plant, self.of.language, self.of.shop
        address = "/safety" if shop == ALL else f"/safety?shop={shop}"
        site = shop_name(plant, ALL, language)
        page_header(site, simulated=plant.simulated, page="safety", language=language, address=address)
        with box("desk safety-page"):
            self.warning = label("warning").props("role=status")
            keys = ("sign_in_to_state_accidents", "add_users_to_state_accidents")
            hint = (
                "" if self.looking.user is not None else hint_for(self.looking, Right.STATE_ACCIDENTS, keys, language)
            )
            if hint or not self.of.may_enter:
                label("panel hint", hint or text("safety_whose", language))
            self._shops()
            with box("safety-tables"):
                with box("panel listed", "section"):
                    heading(text("safety_days", language))
                    self.parts["days"] = scroll(text("safety_days", language))
                    label("quiet", text("safety_days_help", language))
                with box("panel listed", "section"):
                    heading(text("safety_rates", language))
                    self.parts["rates"] = scroll(text("safety_rates", language))
                    label("quiet", text("safety_rates_help", language).replace("`", ""))
            with box("panel listed", "section") as self.methane:
                heading(text("safety_methane", language))
                self.parts["methane"] = scroll(text("safety_methane", language))
                label("quiet", text("safety_methane_help", language))
            self.methane.set_visibility(False)
            with box("panel listed", "section"):
                with box("panel-head"):
                    heading(text("safety_accidents", language))
                    if self.of.may_enter:
                        button(text("safety_enter", language), "act enter-accident", partial(self._open, None))
                self.parts["accidents"] = scroll(text("safety_accidents", language))
            page_footer(simulated=plant.simulated, language=language)

    async def refresh(self) -> None:
        view = SafetyView(warning=text("read_failed_at_start", self.of.language))
        self.of = replace(self.of, now_ns=time.time_ns())
        try:
            view = await asyncio.to_thread(self._read)
        except Exception as error:  # whatever the reader meets, the page says that it shows nothing of now
            log.warning("desk_read_failed", error=str(error))
        assert self.warning is not None  # noqa: S101 - `build` made it
        self.warning.text = view.warning
        self.warning.set_visibility(bool(view.warning))
        if view == self.shown:
            return
        self.shown = view
        assert self.methane is not None  # noqa: S101 - `build` made it
        self.methane.set_visibility(view.methane is not None)
        for name, element in self.parts.items():
            element.clear()
            with element:
                self._show(name, view)

    def _read(self) -> SafetyView:
        workings = self.desk.workings(methane_span(self.of.plant, self.of.now_ns))
        return safety_view(self.desk.safety(), self.of, workings)

    def _show(self, name: str, view: SafetyView) -> None:
        language = self.of.language
        if name == "days":
            show_table(DAY_COLUMNS, view.days, ("safety_days_count",), language)
        elif name == "rates":
            show_table(RATE_COLUMNS, view.rates, RATE_COLUMNS[1:], language)
        elif name == "methane":
            if view.methane:
                show_table(METHANE_COLUMNS, view.methane, METHANE_COLUMNS[3:5], language)
            else:
                label("empty", text("safety_methane_none", language))
        elif view.accidents:
            self._accidents(view)
        else:
            label("empty", text("safety_no_accidents", language))

    def _shops(self) -> None:
        language = self.of.language
        with box("languages", "nav").props(f'aria-label="{text("safety_shops", language)}"'):
            for shop in (ALL, *self.of.plant.shops):
                name = text("safety_works", language) if shop == ALL else shop_name(self.of.plant, shop, language)
                way = f"/safety?lang={language}" if shop == ALL else f"/safety?shop={shop}&lang={language}"
                ui.link(name, way).props(f'aria-current="{str(shop == self.of.shop).lower()}"')

    def _accidents(self, view: SafetyView) -> None:
        language = self.of.language
        with ui.element("table").classes("lines linked accidents"):
            with ui.element("thead"), ui.element("tr"):
                for name in _COLUMNS:
                    cell("th", text(f"safety_{name}", language), number=name in _COUNTS).props("scope=col")
            with ui.element("tbody"):
                for line in view.accidents:
                    with ui.element("tr") as row:
                        row.props["data-accident"] = line.word.number
                        self._line(line)
        if view.more:
            label("quiet", text("safety_accidents_shown", language).format(count=number(SHOWN, language)))

    def _line(self, line: AccidentView) -> None:
        word, language = line.word, self.of.language
        said = (word.number, line.at, line.place, line.kind, line.cause, *line.counts, word.note)
        for name, words in zip(_COLUMNS, said, strict=False):
            made = cell("td", words, number=name in _COUNTS).classes(f"of-{name}")
            if words:  # an empty cell of a block on a phone has no heading either
                made.props["data-label"] = text(f"safety_{name}", language)
        with ui.element("td").classes("author") as made:
            made.props["data-label"] = text("safety_author", language)
            label("", word.author)
            if line.may_change:
                with box("buttons"):
                    button(text("safety_change", language), "quiet", partial(self._open, word))
                    button(text("safety_withdraw", language), "quiet", partial(self._ask_withdrawal, word))

    async def _open(self, word: AccidentWord | None) -> None:
        of, user = self.of, self.looking.user
        language = of.language
        choices = AccidentChoices(
            places=dict(places_to_choose(of)),
            kinds={each.code: each.name(language) for each in of.terms.kinds},
            causes={each.code: each.name(language) for each in of.terms.causes},
            draft=f"tundish-entry {'' if user is None else user.name} /safety",
        )
        given, seen_ns = (TypedAccident(fatal="0"), 0) if word is None else (self._typed(word), word.recorded_ns)
        await AccidentDialog(choices, self._put, language).open(given, seen_ns)

    def _typed(self, word: AccidentWord) -> TypedAccident:
        shop = self.of.plant.shops.get(word.shop)
        at = local(word.at_ns, self.of.plant.zone if shop is None else shop.calendar.zone)
        return TypedAccident(
            number=word.number,
            at=at.strftime("%Y-%m-%dT%H:%M"),
            place=word.shop if word.unit == ALL else f"{word.shop}/{word.unit}",
            kind=word.kind,
            cause=word.cause,
            victims=str(word.victims),
            fatal=str(word.fatal),
            days_lost="" if word.days_lost is None else str(word.days_lost),
            note=word.note,
        )

    async def _put(self, typed: TypedAccident, seen_ns: int, confirmed: bool) -> FormAnswer:
        acting = Acting(self.looking, self.of.language)
        answer = await acting.answer(lambda user: self.desk.put(user, typed, seen_ns, confirmed=confirmed))
        if not answer.refused:
            await self.refresh()
        return answer

    def _ask_withdrawal(self, word: AccidentWord) -> None:
        language = self.of.language

        async def withdraw() -> str:
            acting = Acting(self.looking, language)
            said = await acting.do(lambda user: self.desk.withdraw(user, word.number, word.recorded_ns))
            await self.refresh()
            return said

        title = text("safety_withdraw_title", language).format(number=word.number)
        confirm(title, text("safety_withdraw_what", language), text("safety_withdraw", language), withdraw, language)
