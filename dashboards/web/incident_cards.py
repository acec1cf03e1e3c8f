"""Open incidents as cards, with what a viewer may do about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nicegui import ui
from nicegui.element import Element

from dashboards.web.alerts_view import IncidentView
from dashboards.web.ask_dialog import ask, button
from dashboards.web.elements import box, cell, heading, label, scroll
from dashboards.web.texts import text
from models.works.localize import Language

MUTES_H = (1, 4, 8, 24)
"""An hour to look, half a shift, a shift, a day."""


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


class IncidentCards:
    """A list of cards. `show` builds anew only what differs, so that what a reader opened stays open."""

    def __init__(self, actions: IncidentActions, nothing: str, language: Language, *, to_units: bool) -> None:
        """`nothing`: what stands in place of cards if there are none. `to_units`: with the way to the unit's page."""
        self._actions, self._nothing, self._language, self._to_units = actions, nothing, language, to_units
        self._refusal = label("warning refusal").props("role=alert")
        self._refusal.set_visibility(False)
        self._place = box("incidents")
        self._shown: dict[int, tuple[IncidentView, Element]] = {}
        self._built = False

    def show(self, incidents: Sequence[IncidentView], *, calm: bool) -> None:
        """Bring the cards up to date. `calm`: without an incident, it may be said that there is none."""
        if not self._built or [each.number for each in incidents] != list(self._shown):
            self._built = True
            self._place.clear()
            with self._place:
                self._empty = label("empty", self._nothing)
                self._shown = {each.number: (each, self._place_of(each)) for each in incidents}
        self._empty.set_visibility(calm and not incidents)
        for incident in incidents:
            before, place = self._shown[incident.number]
            if incident != before:
                place.clear()
                with place:
                    self._card(incident)
                self._shown[incident.number] = incident, place

    def _place_of(self, incident: IncidentView) -> Element:
        with box("") as place:
            self._card(incident)
        return place

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
            if incident.unit and self._to_units:
                ui.link(text("open_unit", language), f"/unit/{incident.unit}?lang={language}").classes("open-unit")
            show_details(incident, language)

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
                [(_hours(hours, language), Muting(self._actions, number, hours)) for hours in MUTES_H],
                language,
            )

        if incident.may_acknowledge:
            button(text("acknowledge_it", language), "act", acknowledge)
        if incident.may_mute:
            button(text("mute_it", language), "quiet", mute)
        if incident.may_unmute:
            button(text("unmute_it", language), "quiet", unmute)


def _hours(count: int, language: Language) -> str:
    return text("for_hours", language).format(count=count)


def show_details(incident: IncidentView, language: Language) -> None:
    """Who was told, and what was recorded; closed until somebody opens it."""
    told = ("told_when", "told_whom", "told_what", "told_how")
    record = ("told_when", "told_what", "done_by", "detail")
    for name, columns, lines in (("who_was_told", told, incident.told), ("record", record, incident.events)):
        if lines:
            with box("figures", "details"):
                with ui.element("summary"):
                    ui.label(text(name, language))
                about = f"{incident.number}: {text(name, language)}"
                _lines(about, [text(column, language) for column in columns], lines)


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
