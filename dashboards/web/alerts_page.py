"""The page of alerts as NiceGUI elements."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from nicegui import ui

from dashboards.web.alerts_view import IncidentView
from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.incident_cards import IncidentActions, IncidentCards, show_details
from dashboards.web.texts import text
from models.access.alert_desk import PERIODS_DAYS
from models.works.localize import Language


@dataclass(frozen=True, slots=True)
class AlertsView:
    """`warning`: what is not of now, or "". `hint`: why the viewer can do nothing here, or "". `duty`: a line for each
    duty of now, and whether a person has it."""

    open: tuple[IncidentView, ...]
    past: tuple[IncidentView, ...]
    not_known: str
    warning: str
    hint: str
    duty: tuple[tuple[str, bool], ...]


class AlertsPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(self, head: tuple[str, bool], view: AlertsView, actions: IncidentActions, language: Language) -> None:
        """`head`: the name of the works, and whether it is simulated."""
        self._language = language
        site, simulated = head
        page_header(site, simulated=simulated, page="alerts", language=language)
        with box("desk alerts-page") as self._desk:
            self._warning = label("warning").props("role=status")
            self._hint = label("panel hint")
            with box("panel", "section") as self._on_duty:
                heading(text("roster_now", language))
                self._duty = box("on-duty", "ul")
            with box("panel", "section"):
                with box("panel-head"):
                    heading(text("open_incidents", language))
                    with box("buttons"):
                        for name in ("roster", "digest"):
                            ui.link(text(f"{name}_title", language), f"/alerts/{name}?lang={language}")
                self._not_known = label("not-known")
                self._open = IncidentCards(actions, text("no_open", language), language, to_units=True)
            with box("panel listed", "section"):
                with box("panel-head"):
                    heading(text("past_incidents", language))
                    self._files()
                label("quiet", text("rules_look_since", language))
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
        self._open.show(view.open, calm=not view.not_known)
        if before is None or view.duty != before.duty:
            self._show_duty(view.duty)
        if before is None or view.past != before.past:
            self._past.clear()
            with self._past:
                self._table(view.past)

    def _show_duty(self, duty: Sequence[tuple[str, bool]]) -> None:
        self._duty.clear()
        self._on_duty.set_visibility(bool(duty))  # a works without a roster has nothing to say of it
        with self._duty:
            for words, has_person in duty:
                with box("" if has_person else "gap", "li"):
                    ui.label(words)

    def _files(self) -> None:
        language = self._language
        with box("languages wrapped", "nav").props(f'aria-label="{text("history_as_file", language)}"'):
            for days in PERIODS_DAYS:
                name = text("last_days", language).format(count=days)
                for form in ("xlsx", "csv"):
                    ui.link(f"{name} {form.upper()}", f"/alerts.{form}?days={days}&lang={language}").props("download")

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
            show_details(incident, self._language)
            with box("buttons"):
                button(text("close_it", self._language), "quiet", dialog.close)
        dialog.on("hide", dialog.delete)
        dialog.open()
