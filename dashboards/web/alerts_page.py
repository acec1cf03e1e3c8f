"""The page of alerts as NiceGUI elements."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from nicegui import ui

from dashboards.web.alerts_view import IncidentView
from dashboards.web.ask_dialog import ask, button
from dashboards.web.elements import box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.texts import text
from models.works.localize import Language

MUTES_H = (1, 4, 8, 24)
"""An hour to look, half a shift, a shift, a day."""


@dataclass(frozen=True, slots=True)
class AlertsView:
    """`warning`: what is not of now, or "". `hint`: why the viewer can do nothing here, or ""."""

    open: tuple[IncidentView, ...]
    past: tuple[IncidentView, ...]
    not_known: str
    warning: str
    hint: str


class IncidentActions(Protocol):
    """Each returns why it was refused, or ""."""

    async def acknowledge(self, number: int, note: str) -> str:
        """Take charge of it."""
        ...

    async def mute(self, number: int, hours: int, reason: str) -> str:
        """Send nothing for some hours."""
        ...

    async def unmute(self, number: int) -> str:
        """Send again."""
        ...


class AlertsPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(self, head: tuple[str, bool], view: AlertsView, actions: IncidentActions, language: Language) -> None:
        """`head`: the name of the works, and whether it is simulated."""
        self._language, self._actions = language, actions
        site, simulated = head
        page_header(site, simulated=simulated, page="alerts", language=language)
        with box("desk alerts-page") as self._desk:
            self._warning = label("warning").props("role=status")
            self._refusal = label("warning refusal").props("role=alert")
            self._refusal.set_visibility(False)
            self._hint = label("panel hint")
            with box("panel", "section"):
                heading(text("open_incidents", language))
                self._not_known = label("not-known")
                self._open = box("incidents")
            with box("panel listed", "section"):
                heading(text("past_incidents", language))
                self._past = scroll(text("past_incidents", language))
            page_footer(simulated=simulated, language=language)
        self._shown: AlertsView | None = None
        self.show(view)

    def show(self, view: AlertsView) -> None:
        """Bring the page up to date."""
        for line, words in ((self._warning, view.warning), (self._hint, view.hint), (self._not_known, view.not_known)):
            line.text = words
            line.set_visibility(bool(words))
        self._desk.classes(add="stale" if view.warning else "", remove="" if view.warning else "stale")
        before, self._shown = self._shown, view
        if before is None or (view.open, view.not_known) != (before.open, before.not_known):
            self._open.clear()
            with self._open:
                if not view.open and not view.not_known:
                    label("empty", text("no_open", self._language))
                for incident in view.open:
                    self._card(incident)
        if before is None or view.past != before.past:
            self._past.clear()
            with self._past:
                self._table(view.past)

    def _card(self, incident: IncidentView) -> None:
        language = self._language
        state = "acknowledged" if incident.is_acknowledged else "raised"
        with box(f"incident {state} is-{incident.severity.lower()}", "article").props(
            f'id="incident-{incident.number}"'
        ):
            with box("first"):
                label(f"grade {incident.severity.lower()}", incident.severity)
                with box("what"):
                    heading(incident.headline, "h3")
                    label("quiet", "; ".join((f"{incident.number}", incident.state, incident.since)))
                with box("buttons"):
                    self._buttons(incident)
            for line in incident.body:
                label("line", line)
            label("quiet", "; ".join(incident.handling))
            if incident.unit:
                ui.link(text("open_unit", language), f"/unit/{incident.unit}?lang={language}").classes("open-unit")
            self._details(incident)

    def _buttons(self, incident: IncidentView) -> None:
        language, number = self._language, incident.number

        async def unmute() -> None:
            said = await self._actions.unmute(number)
            self._refusal.text = said
            self._refusal.set_visibility(bool(said))

        def acknowledge() -> None:
            name = text("acknowledge_it", language)
            answers = [(name, lambda note: self._actions.acknowledge(number, note))]
            ask(incident.headline, text("note", language), answers, language)

        def mute() -> None:
            ask(
                f"{text('mute_it', language)}: {incident.headline}",
                text("reason_of_mute", language),
                [(text("for_hours", language).format(count=hours), self._muting(number, hours)) for hours in MUTES_H],
                language,
            )

        if incident.may_acknowledge:
            button(text("acknowledge_it", language), "act", acknowledge)
        if incident.may_mute:
            button(text("mute_it", language), "quiet", mute)
        if incident.may_unmute:
            button(text("unmute_it", language), "quiet", unmute)

    def _muting(self, number: int, hours: int) -> "Muting":
        return Muting(self._actions, number, hours)

    def _details(self, incident: IncidentView) -> None:
        told = ("told_when", "told_whom", "told_what", "told_how")
        record = ("told_when", "told_what", "done_by", "detail")
        for name, columns, lines in (("who_was_told", told, incident.told), ("record", record, incident.events)):
            if lines:
                with box("figures", "details"):
                    with ui.element("summary"):
                        ui.label(text(name, self._language))
                    about = f"{incident.number}: {text(name, self._language)}"
                    _lines(about, [text(column, self._language) for column in columns], lines)

    def _table(self, past: Sequence[IncidentView]) -> None:
        language = self._language
        if not past:
            label("empty", text("no_past", language))
            return
        with ui.element("table").classes("lines"):
            with ui.element("thead"), ui.element("tr"):
                for name in ("incident_number", "incident_what", "incident_state", "record"):
                    cell("th", text(name, language))
            with ui.element("tbody"):
                for incident in past:
                    with ui.element("tr"):
                        cell("td", str(incident.number))
                        with ui.element("td"):
                            ui.label(f"{incident.severity} {incident.headline}")
                            label("quiet", incident.since)
                        with ui.element("td"):
                            ui.label(incident.state)
                            label("quiet", "; ".join(incident.handling))
                        with ui.element("td"):
                            button(text("record", language), "quiet", partial(self._open_record, incident))

    def _open_record(self, incident: IncidentView) -> None:
        with ui.context.client.content, ui.dialog() as dialog, box("ask panel record"):
            dialog.props["aria-label"] = f"{incident.number}: {incident.headline}"
            heading(f"{incident.number}: {incident.headline}")
            for line in incident.body:
                label("line", line)
            self._details(incident)
            with box("buttons"):
                button(text("close_it", self._language), "quiet", dialog.close)
        dialog.on("hide", dialog.delete)
        dialog.open()


@dataclass(frozen=True, slots=True)
class Muting:
    """The answer to for how long."""

    actions: IncidentActions
    number: int
    hours: int

    async def __call__(self, reason: str) -> str:
        """Mute it."""
        return await self.actions.mute(self.number, self.hours, reason)


def _lines(about: str, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    with scroll(about), ui.element("table").classes("lines"):
        with ui.element("thead"), ui.element("tr"):
            for column in columns:
                cell("th", column)
        with ui.element("tbody"):
            for line in lines:
                with ui.element("tr"):
                    for content in line:
                        cell("td", content)
