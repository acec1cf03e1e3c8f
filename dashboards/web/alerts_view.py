"""Incidents as the page of alerts shows them, in one language. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.web.texts import text
from models.access.unit_right import may_for_unit
from models.access.user import Right, User
from models.alerts.incident import IncidentState
from models.alerts.incident_record import ListedIncident, StoredMessage
from models.alerts.numbers import local_time
from models.alerts.record_lines import body_lines, handling_lines, since_line, state_line
from models.alerts.wording import headline
from models.works.calendar import NS
from models.works.localize import Language
from models.works.plant import Plant

_SERVICE = "tundish"
"""The author of what the service did by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """`told`: (when, whom, what, delivery) of each message; `events`: (when, what, who, detail) of the audit. `unit`:
    the code of a unit that has a page, else "". `may_...`: what the viewer is offered."""

    number: int
    severity: str
    is_open: bool
    is_acknowledged: bool
    unit: str
    headline: str
    state: str
    since: str
    handling: tuple[str, ...]
    body: tuple[str, ...]
    told: tuple[tuple[str, ...], ...]
    events: tuple[tuple[str, ...], ...]
    may_acknowledge: bool
    may_mute: bool
    may_unmute: bool


def incident_views(
    found: Sequence[ListedIncident], plant: Plant, user: User | None, language: Language
) -> tuple[IncidentView, ...]:
    """The incidents in their order, with what `user` may do about each."""
    return tuple(_view(record, plant, user, language) for record in found)


def incidents_of(found: Sequence[ListedIncident], unit: str) -> list[ListedIncident]:
    """Those that are about a unit, or have it among their consequences."""
    return [each for each in found if any(episode.finding.unit == unit for episode in each.incident.episodes())]


def _view(record: ListedIncident, plant: Plant, user: User | None, language: Language) -> IncidentView:
    incident = record.incident
    code = incident.root.finding.unit
    may = (
        incident.is_open
        and incident.merged_into is None
        and (user is not None and may_for_unit(user, Right.ACT_ON_ALERTS, plant, code))
    )
    muted = incident.muted_until_s is not None
    return IncidentView(
        number=incident.id,
        severity=f"P{incident.severity}",
        is_open=incident.is_open,
        is_acknowledged=incident.state is IncidentState.ACKNOWLEDGED,
        unit=code if code in plant.units else "",
        headline=headline(plant, incident, language),
        state=state_line(incident, plant, language),
        since=since_line(incident, plant, language),
        handling=tuple(handling_lines(record, plant, language)),
        body=tuple(body_lines(record, plant, language)),
        told=_told(record, plant, language),
        events=_events(record, plant, language),
        may_acknowledge=may and incident.state is IncidentState.RAISED,
        may_mute=may and not muted,
        may_unmute=may and muted,
    )


def message_whom(message: StoredMessage, plant: Plant, language: Language) -> str:
    """To whom a message goes: the role, the shop if that has people of its own, and who had the duty."""
    shop = plant.shops.get(message.recipient.shop)
    whom = text(f"role_{message.recipient.role.value}", language)
    whom = f"{whom}, {shop.names.get(language) or shop.names['en']}" if shop else whom
    return f"{whom} ({message.person})" if message.person else whom


def _told(record: ListedIncident, plant: Plant, language: Language) -> tuple[tuple[str, ...], ...]:
    lines = []
    for message in record.messages:
        delivery = text(f"told_{message.state}", language)
        lines.append(
            (
                local_time(message.queued_s, plant.zone, language),
                message_whom(message, plant, language),
                text(f"message_{message.kind.value}", language),
                f"{delivery}: {message.reason}" if message.reason and message.state != "sent" else delivery,
            )
        )
    return tuple(lines)


def _events(record: ListedIncident, plant: Plant, language: Language) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            local_time(item.recorded_ns // NS, plant.zone, language),
            text(f"event_{item.event.kind.value}", language),
            "" if item.event.author == _SERVICE else item.event.author,
            item.event.detail,
        )
        for item in record.events
    )
