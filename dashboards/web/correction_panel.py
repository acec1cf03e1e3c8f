"""Corrections beside a sheet whose month is closed: those that stand, and the dialog in which one is posted."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.events import ValueChangeEventArguments

from dashboards.web.acting import Acting, sentence
from dashboards.web.ask_dialog import LONGEST, ask, button
from dashboards.web.elements import box, cell, heading, label
from dashboards.web.entry_view import Entering, sheet_title
from dashboards.web.texts import text
from dashboards.web.view_corrections import CorrectionLine, correction_lines, correction_words
from models.access.entry_desk import EntryDesk, SheetRow
from models.access.typed_correction import CheckedCorrection, TypedCorrection
from models.access.user import Right
from models.stated.adjustment import Adjustment
from models.stated.entry_sheet import AskedSheet
from models.stated.figure import NO_OUTPUT


@dataclass(frozen=True, slots=True)
class CorrectionPanel:
    """`place`: where it stands on the page. `settled` is told what was done, and reads the page anew."""

    place: Element
    desk: EntryDesk
    acting: Acting
    asked: AskedSheet
    settled: Callable[[str], Awaitable[None]]

    def show(self, rows: Sequence[SheetRow], found: Sequence[Adjustment], of: Entering) -> None:
        """Bring it up to date. `rows`: of the sheet."""
        language = of.language
        self.place.clear()
        lines = {
            f"{row.line.unit}/{row.line.product}": ", ".join(of.line(self.asked, row.line))
            for row in rows
            if row.line.unit in of.plant.units and row.line.basis not in NO_OUTPUT
        }
        may = of.user is not None and of.user.may(Right.CORRECT, self.asked.shop)
        with self.place:
            with box("panel-head"):
                heading(text("corrections_of_closed", language))
                if may and lines:
                    button(text("correction_post", language), "act correct", partial(self._open, lines, of))
            label("quiet", text("correction_how" if may else "correction_whose", language))
            if found:
                self._table(correction_lines(found, self.asked, of, may=may), of)

    def _table(self, lines: Sequence[CorrectionLine], of: Entering) -> None:
        language = of.language
        with ui.element("table").classes("lines saves corrections"):
            with ui.element("thead"), ui.element("tr"):
                for key in ("entry_number", "entry_when", "entry_who", "entry_figures"):
                    cell("th", text(key, language)).props("scope=col")
            with ui.element("tbody"):
                for line in lines:
                    with ui.element("tr").props(f'data-correction="{line.name}"'):
                        for words in (line.name, line.when, line.who):
                            cell("td", words)
                        with ui.element("td").classes("figures"):
                            label("", line.what)
                            label("quiet", line.why)
                            if line.may_undo:
                                button(text("entry_undo", language), "quiet", partial(self._ask_undo, line.name))

    def _open(self, lines: Mapping[str, str], of: Entering) -> None:
        CorrectionDialog(self, lines, of).open()

    def _ask_undo(self, name: str) -> None:
        language = self.acting.language

        async def undo(reason: str) -> str:
            names: list[str] = []
            said = await self.acting.do(lambda user: names.append(self.desk.undo_correction(user, name, reason)))
            if not said:
                await self.settled(text("correction_undone", language).format(name=name, inverse=names[0]))
            return said

        title = text("correction_undo_title", language).format(name=name)
        ask(title, text("correction_reason", language), [(text("entry_undo", language), undo)], language)


class CorrectionDialog:
    """First it says what posting would do, then it posts. What was typed stays until it is accepted or given up."""

    def __init__(self, panel: CorrectionPanel, lines: Mapping[str, str], of: Entering) -> None:
        """`lines`: what can be corrected, by unit and product, with names."""
        self._panel, self._lines, self._of = panel, dict(lines), of
        self._line = next(iter(lines)) if len(lines) == 1 else None
        self._tonnes = self._reason = ""
        self._looked: tuple[TypedCorrection, CheckedCorrection] | None = None

    def open(self) -> None:
        """Show it."""
        language = self._of.language
        title = text("correction_title", language).format(sheet=sheet_title(self._panel.asked, self._of))
        with ui.context.client.content, ui.dialog().props("no-refocus") as self._dialog, box("ask panel correction"):
            self._dialog.props["aria-label"] = title
            heading(title)
            line = ui.select(self._lines, label=text("correction_line", language), value=self._line)
            line.props("outlined dense").classes("line").on_value_change(partial(self._taken, "_line"))
            for name, key, most in (("tonnes", "correction_tonnes", 40), ("reason", "correction_reason", LONGEST)):
                field = ui.input(text(key, language)).props(f"outlined dense maxlength={most}").classes(name)
                field.on_value_change(partial(self._taken, f"_{name}"))
            self._told = box("told")
            self._refusal = label("refusal").props("role=alert")
            self._refusal.set_visibility(False)
            with box("buttons"):
                self._button = button(text("correction_check", language), "act", self._press)
                button(text("cancel", language), "quiet", self._dialog.close)
        self._dialog.on("hide", self._dialog.delete)
        self._dialog.open()

    def _taken(self, name: str, event: ValueChangeEventArguments[Any]) -> None:
        """What was looked at is another correction than this one."""
        setattr(self, name, event.value)
        self._looked = None
        self._told.clear()
        self._button.text = text("correction_check", self._of.language)

    async def _press(self) -> None:
        if not self._line:
            self._refuse(text("correction_line_missing", self._of.language))
            return
        unit, _, product = self._line.partition("/")
        asked, language = self._panel.asked, self._of.language
        typed = TypedCorrection(asked, unit, product, self._tonnes or "", self._reason or "", language)
        self._dialog.props("persistent")  # no second press, and no way out, while it is being stored
        self._button.disable()
        try:
            said = await (self._post(typed) if self._looked is not None else self._look(typed))
        finally:
            self._button.enable()
            self._dialog.props(remove="persistent")
        self._refuse(said)

    async def _look(self, typed: TypedCorrection) -> str:
        found: list[CheckedCorrection] = []
        said = await self._panel.acting.do(lambda user: found.append(self._panel.desk.check_correction(user, typed)))
        if said:
            return said
        self._looked = typed, found[0]
        language = self._of.language
        self._told.clear()
        with self._told:
            label("what", correction_words(found[0].adjustment, self._of))
            for remark in found[0].remarks:
                label("why" if found[0].unusual else "quiet", sentence(remark(language)))
        self._button.text = text("correction_anyway" if found[0].unusual else "correction_now", language)
        return ""

    async def _post(self, typed: TypedCorrection) -> str:
        names: list[str] = []
        confirmed = self._looked is not None and self._looked[1].unusual
        said = await self._panel.acting.do(
            lambda user: names.append(self._panel.desk.correct(user, typed, confirmed=confirmed))
        )
        if said:
            self._looked = None
            return said
        self._dialog.close()
        await self._panel.settled(text("correction_posted", self._of.language).format(name=names[0]))
        return ""

    def _refuse(self, said: str) -> None:
        self._refusal.text = said
        self._refusal.set_visibility(bool(said))
