"""The page of the on-call roster: who is on duty now, the week by shift, and what was entered last."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from html import escape

from nicegui import ui
from nicegui.events import GenericEventArguments

from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.roster_view import (
    Key,
    RosterCell,
    RosterTable,
    choices,
    duty_name,
    entered_lines,
    filled,
    gap_words,
    now_line,
    roster_tables,
    week_words,
)
from dashboards.web.texts import text
from models.access.user import Right, User
from models.alerts.roster import DutyChange, DutyShift, Lack, RosterWeek
from models.works.localize import Language
from models.works.plant import Plant


class RosterPage:
    """Make it inside a NiceGUI page function. What was chosen stays until it is saved, also if saving was refused."""

    def __init__(
        self, plant: Plant, user: User | None, save: Callable[[list[DutyChange]], Awaitable[str]], language: Language
    ) -> None:
        """`save` stores, shows what is there then, and returns why it was refused, or ""."""
        self._plant, self._user, self._save, self._language = plant, user, save, language
        self._drafts: dict[Key, str] = {}
        self._seen: dict[Key, int] = {}
        site = plant.site_names.get(language) or plant.site_names["en"]
        page_header(site, simulated=plant.simulated, page="roster", language=language)
        with box("desk roster-page"):
            self._warning = label("warning").props("role=status")
            self.hint = label("panel hint")
            with box("panel", "section"):
                with box("panel-head"):
                    heading(text("roster_now", language))
                    ui.link(text("alerts", language), f"/alerts?lang={language}")
                self._now = box("on-duty", "ul")
            with box("panel listed", "section"):
                self._week = box("roster-week")
                self._refusal = label("refusal").props("role=alert")
                self._said = label("quiet").props("role=status")
                self._buttons = box("buttons")
            with box("panel listed", "section"):
                heading(text("roster_entered", language))
                self._entered = scroll(text("roster_entered", language))
            page_footer(simulated=plant.simulated, language=language)
        self.warn("")
        for line in (self._refusal, self._said, self.hint):
            line.set_visibility(False)

    def warn(self, words: str) -> None:
        """What cannot be read; "": nothing."""
        self._warning.text = words
        self._warning.set_visibility(bool(words))

    def show_now(self, now: Sequence[DutyShift]) -> None:
        """Bring up to date who is on duty."""
        language = self._language
        self._now.clear()
        with self._now:
            for shift in now:
                with box("" if shift.lack is Lack.NOTHING else "gap", "li"):
                    label("duty", duty_name(shift.duty, self._plant, language))
                    label("person", now_line(shift, self._plant.zone, language))

    def show(self, week: RosterWeek) -> None:
        """Bring all of it up to date."""
        language = self._language
        self.show_now(week.now)
        tables = roster_tables(week, self._plant, language) if week.named else []
        cells = [each for table in tables for row in table.rows for each in row.cells]
        self._seen = {each.key: each.seen for each in cells}
        # What can no longer be entered, for its shift is over, must not hold up the rest.
        open_keys = {each.key for each in cells if self._may(each)}
        self._drafts = {key: person for key, person in self._drafts.items() if key in open_keys}
        self._week.clear()
        with self._week:
            with box("panel-head"):
                heading(week_words(week, language))
                self._weeks(week)
            if not week.duties or not week.named:
                label("line", text("roster_no_people" if week.duties else "roster_no_duties", language))
            else:
                label("line gaps" if week.gaps else "line quiet", gap_words(week, language))
            for table in tables:
                with scroll(week_words(week, language)):
                    self._table(table, week)
        self._show_buttons(week, bool(open_keys))
        self._entered.clear()
        with self._entered:
            self._lines(entered_lines(week, self._plant, language))

    def _weeks(self, week: RosterWeek) -> None:
        language = self._language
        with box("languages wrapped", "nav").props(f'aria-label="{text("roster_weeks", language)}"'):
            for key, first in (("before", week.first - 7), ("this", None), ("after", week.first + 7)):
                given = "" if first is None else f"week={date.fromordinal(first).isoformat()}&"
                ui.link(text(f"roster_{key}", language), f"/alerts/roster?{given}lang={language}")

    def _table(self, table: RosterTable, week: RosterWeek) -> None:
        language = self._language
        with ui.element("table").classes("lines roster"):
            with ui.element("thead"), ui.element("tr"):
                cell("th", text("roster_shift", language)).props("scope=col")
                for duty in table.duties:
                    cell("th", duty).props("scope=col")
            with ui.element("tbody"):
                for row in table.rows:
                    with ui.element("tr").classes("runs" if row.runs else ""):
                        with ui.element("th").props("scope=row"):
                            ui.label(row.day)
                            label("quiet", f"{row.clock} {text('roster_runs', language)}" if row.runs else row.clock)
                        for duty, each in zip(table.duties, row.cells, strict=True):
                            gap = "gap" if each.lack is not Lack.NOTHING and not each.is_over else ""
                            with ui.element("td").classes(gap) as place:
                                place.props["data-duty"] = duty  # on a phone a duty stands above its person
                                self._cell(each, week)

    def _cell(self, each: RosterCell, week: RosterWeek) -> None:
        if not self._may(each):
            ui.label(each.shown).classes("quiet" if each.is_over else "")
            return
        names = choices(week.people, each, self._language)
        chosen = self._drafts.get(each.key, each.person)
        options = "".join(
            f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(name)}</option>'
            for code, name in names.items()
        )
        made = ui.html(options, sanitize=False, tag="select").classes("duty-of")
        made.props["aria-label"] = each.title

        def changed(event: GenericEventArguments) -> None:
            if event.args in names:
                self._chosen(each, event.args)

        made.on("change", changed, js_handler="(event) => emit(event.target.value)")

    def _chosen(self, each: RosterCell, person: str) -> None:
        if person == each.person:
            self._drafts.pop(each.key, None)
        else:
            self._drafts[each.key] = person
        self._say(self._unsaved())

    def _may(self, each: RosterCell) -> bool:
        shop = each.key[0].shop or None
        return not each.is_over and self._user is not None and self._user.may(Right.ACT_ON_ALERTS, shop)

    def _show_buttons(self, week: RosterWeek, may: bool) -> None:
        language = self._language

        async def save() -> None:
            changes = [DutyChange(duty, at_s, person, self._seen.get((duty, at_s), 0))
                       for (duty, at_s), person in self._drafts.items()]  # fmt: skip
            said = await self._save(changes)
            self._refusal.text = said
            self._refusal.set_visibility(bool(said))
            if not said:
                self._drafts.clear()
            self._say(self._unsaved() if said else text("roster_saved", language))

        def fill() -> None:
            self._drafts |= filled(week, self._drafts)
            self.show(week)
            self._say(self._unsaved() or text("roster_nothing_to_fill", language))

        self._buttons.clear()
        self._buttons.set_visibility(may)
        with self._buttons:
            button(text("save", language), "act", save)
            button(text("roster_fill", language), "quiet", fill)

    def _unsaved(self) -> str:
        count = len(self._drafts)
        return text("roster_unsaved", self._language).format(count=count) if count else ""

    def _say(self, words: str) -> None:
        self._said.text = words
        self._said.set_visibility(bool(words))

    def _lines(self, lines: Sequence[Sequence[str]]) -> None:
        language = self._language
        if not lines:
            label("empty", text("roster_none_entered", language))
            return
        with ui.element("table").classes("lines entered"):
            with ui.element("thead"), ui.element("tr"):
                for key in ("told_when", "done_by", "roster_duty", "roster_shift", "roster_person"):
                    cell("th", text(key, language))
            with ui.element("tbody"):
                for line in lines:
                    with ui.element("tr"):
                        for content in line:
                            cell("td", content)
