"""The signatures of a day, above its report: who signed, what is unusual, and the button of who may sign."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import partial

import structlog
from nicegui import ui
from nicegui.element import Element

from dashboards.report.signed import scope_name, signature_text
from dashboards.web.acting import Acting
from dashboards.web.ask_dialog import ask, button
from dashboards.web.elements import box, cell, heading, label, scroll
from dashboards.web.numbers import local, number
from dashboards.web.texts import text
from dashboards.web.viewer import Viewer
from models.access.sign_desk import AskedSignature, DayToSign, ScopeToSign, SignDesk, UnusualOfScope, may_sign
from models.access.user import Right
from models.stated.signature import WORKS, JudgedScope, SignatureState
from models.works.localize import Language, localize_day
from models.works.plant import Plant

log = structlog.get_logger(__name__)

NAMED = 5
"""Units of one kind of remark that are named: a source that was away concerns all of a shop."""
_TENTH = Decimal("0.1")
_TO_SIGN = (SignatureState.NONE, SignatureState.CHANGED, SignatureState.BROKEN)


@dataclass(slots=True)
class SignOff:
    """The panel of one viewer. `signed` is awaited after a signature was stored."""

    desk: SignDesk
    looking: Viewer
    plant: Plant
    day: int
    language: Language
    signed: Callable[[], Awaitable[None]]
    panel: Element | None = None

    def build(self) -> None:
        """Make it where the page stands; it is filled by `refresh`."""
        self.panel = box("panel sign-off", "section")
        self.panel.set_visibility(False)

    async def refresh(self) -> None:
        """Show what is signed now."""
        assert self.panel is not None  # noqa: S101 - `build` made it
        found: DayToSign | None = None
        try:
            found = await asyncio.to_thread(self.desk.day, self.day)
        except Exception as error:  # whatever the reader meets, the page says that it does not know
            log.warning("desk_read_failed", error=str(error))
        self.panel.clear()
        self.panel.set_visibility(True)
        with self.panel:
            heading(text("sign_off", self.language).format(day=self._day()))
            if found is None:
                label("warning", text("sign_failed", self.language)).props("role=status")
            else:
                self._show(found)

    def _day(self) -> str:
        return localize_day(date.fromordinal(self.day), self.language)

    def _show(self, found: DayToSign) -> None:
        if not found.is_over:
            at = local(found.over_ns, self.plant.zone)
            over = f"{localize_day(at.date(), self.language)} {at:%H:%M}"
            label("hint", text("sign_not_over_yet", self.language).format(over=over))
            return
        if not found.scopes:
            label("empty", text("sign_no_figures", self.language))
            return
        hint = self._hint()
        if hint:
            label("hint", hint)
        name = text("sign_off", self.language).format(day=self._day())
        with scroll(name), ui.element("table").classes("lines signatures"):
            with ui.element("thead"), ui.element("tr"):
                offers = any(self._offers(scope.judged) for scope in found.scopes)
                for key in ("sign_scope", "sign_state", "sign_unusual", *(["sign_column"] if offers else [])):
                    cell("th", text(key, self.language)).props("scope=col")
            with ui.element("tbody"):
                for scope in found.scopes:
                    with ui.element("tr").props(f"data-scope={scope.judged.scope}"):
                        self._line(scope)

    def _hint(self) -> str:
        user = self.looking.user
        if user is None:
            return text("sign_in_to_sign" if self.looking.can_sign_in else "add_users_to_sign", self.language)
        may = user.may(Right.SIGN_WORKS) or user.may_somewhere(Right.SIGN_SHOP)
        return "" if may else text("sign_whose", self.language)

    def _line(self, scope: ScopeToSign) -> None:
        judged, name = scope.judged, scope_name(self.plant, scope.judged.scope, self.language)
        cell("td", name[:1].upper() + name[1:]).classes("signs")
        with ui.element("td").classes(f"state {judged.state.value}"):
            label("", signature_text(self.plant, judged, self.language))
        with ui.element("td").classes("unusual"):
            for line in self._unusual(scope) or [text("sign_nothing_unusual", self.language)]:
                label("", line)
        if self._offers(judged):
            title = text("sign_press", self.language).format(scope=name)
            with ui.element("td").classes("does"), box("buttons"):
                button(title, "act sign-now", partial(self._ask, judged, name))

    def _offers(self, judged: JudgedScope) -> bool:
        """Whether the viewer may sign, and there is something to sign; the ledger asks the same once more."""
        user = self.looking.user
        may = user is not None and may_sign(user, judged.scope)
        return may and judged.state in _TO_SIGN and not judged.unsigned

    def _unusual(self, scope: ScopeToSign) -> list[str]:
        if scope.judged.scope == WORKS:
            names = ", ".join(scope_name(self.plant, shop, self.language) for shop in scope.judged.unsigned)
            return [text("sign_waits_for", self.language).format(shops=names)] if names else []
        return unusual_lines(self.plant, scope.unusual, self.language)

    def _ask(self, judged: JudgedScope, name: str) -> None:
        title = text("sign_title", self.language).format(scope=name, day=self._day())
        answers = [(text("sign_do", self.language), partial(self._sign, judged))]
        ask(title, text("sign_note", self.language), answers, self.language)

    async def _sign(self, judged: JudgedScope, note: str) -> str:
        asked = AskedSignature(self.day, judged.scope, judged.seen, note)
        said = await Acting(self.looking, self.language).do(lambda user: _signed(self.desk.sign(user, asked)))
        await self.refresh()
        if not said:
            await self.signed()
        return said


def _signed(_signature: object) -> None:
    """An action of the desk has no result."""


def unusual_lines(plant: Plant, unusual: UnusualOfScope, language: Language) -> list[str]:
    """What is unusual in a shop's day, a sentence each."""

    def unit_name(code: str) -> str:
        return plant.units[code].name(language) if code in plant.units else code

    def named(lines: list[str]) -> list[str]:
        more = len(lines) - NAMED
        return [*lines[:NAMED], text("sign_more", language).format(count=more)] if more > 0 else lines

    said = named(
        [
            # Rounded down: 99.96 % is not all of it.
            text("sign_incomplete", language).format(
                unit=unit_name(unit), pct=number(Decimal(str(pct)).quantize(_TENTH, ROUND_FLOOR), language, 1)
            )
            for unit, pct in unusual.incomplete
        ]
    )
    said += named(
        [
            text("sign_without_figure", language).format(
                unit=unit_name(unit),
                product=plant.products[product].name(language) if product in plant.products else product,
            )
            for unit, product in unusual.without_figure
        ]
    )
    if unusual.unreasoned_h:
        said.append(text("sign_unreasoned", language).format(hours=number(unusual.unreasoned_h, language, 1)))
    if unusual.held:
        said.append(text("sign_held", language).format(count=number(unusual.held, language)))
    return said
