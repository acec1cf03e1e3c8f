"""What people read of an incident in a list, on a terminal and at the desk. Pure."""

from collections.abc import Iterator

from models.alerts.incident import Incident, IncidentState
from models.alerts.incident_record import ListedIncident
from models.alerts.numbers import local_time
from models.alerts.texts import text
from models.alerts.wording import evidence_of, loss_lines, unit_name
from models.works.localize import Language
from models.works.plant import Plant

_MESSAGES = ("sent", "waiting", "failed", "held", "summed")
_UNHEARD = ("waiting", "failed")


def state_line(incident: Incident, plant: Plant, language: Language) -> str:
    """Raised, acknowledged, cleared and when, or what it belongs to."""
    if incident.merged_into is not None:
        return text("part_of", language).format(number=incident.merged_into)
    state = text(f"is_{incident.state.value}", language)
    if incident.state is not IncidentState.CLEARED or incident.cleared_s is None:
        return state
    return f"{state} {local_time(incident.cleared_s, plant.zone, language)}"


def since_line(incident: Incident, plant: Plant, language: Language) -> str:
    """Since when."""
    return text("since_when", language).format(at=local_time(incident.root.finding.since_s, plant.zone, language))


def handling_lines(record: ListedIncident, plant: Plant, language: Language) -> Iterator[str]:
    """Who acknowledged it, what became of its messages, whether it is muted, escalated, or came back."""
    incident = record.incident
    if incident.acknowledged_by:
        yield text("somebody", language).format(name=incident.acknowledged_by)
    elif incident.is_open:
        yield text("nobody", language)
    counts = {state: sum(message.state == state for message in record.messages) for state in _MESSAGES}
    sent = [text(state, language).format(count=count) for state, count in counts.items() if count]
    yield ", ".join(sent) or text("no_messages", language)
    if incident.muted_until_s is not None:
        until = local_time(incident.muted_until_s, plant.zone, language)
        yield text("muted", language).format(until=until, name=incident.muted_by)
    if incident.escalated:
        roles = ", ".join(text(f"role_{role.value}", language) for role in incident.escalated)
        yield text("escalated_to", language).format(roles=roles)
    if incident.reopened:
        yield text("came_back", language).format(count=incident.reopened)


def body_lines(record: ListedIncident, plant: Plant, language: Language, joint: str = " ") -> Iterator[str]:
    """The evidence, what is short, what follows, and why a message did not go. `joint`: in place
    of the spaces in a name."""
    incident = record.incident
    if incident.root.wrong_clock:
        yield text("wrong_clock", language)
    if evidence := evidence_of(incident, language):
        yield evidence
    yield from loss_lines(incident, plant, language)
    of_source = bool(incident.root.finding.source)
    names = [
        unit_name(plant, episode.finding, language).replace(" ", joint)
        + (f" ({text('is_over', language)})" if incident.is_open and episode.cleared_s is not None else "")
        for episode in (incident.episodes() if of_source else incident.consequences)
    ]
    if names:
        key = "units" if of_source else "consequences"
        yield f"{text(key, language).format(count=len(names))}: {', '.join(names)}"
    yield from sorted({message.reason for message in record.messages if message.reason and message.state in _UNHEARD})
