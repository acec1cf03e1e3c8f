"""Incidents as people list and acknowledge them; every acknowledgement is audited."""

from dataclasses import dataclass, replace

import apsw

from collector.entries.entry_file import EntryFile
from collector.errors import EntryRefused
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger import messages as ledger_messages
from collector.storage.ledger.changes import recording_time
from collector.storage.ledger.incidents import RecordedEvent
from collector.storage.ledger.messages import StoredMessage
from models.alerts.incident import AuditEvent, EventKind, Incident, IncidentState
from models.alerts.numbers import utc_text
from models.works.calendar import NS

NEWEST = 200
"""Ended incidents that are listed: weeks of a busy works, and a list that a terminal still shows at once."""


@dataclass(frozen=True, slots=True)
class ListedIncident:
    """An incident with its audit and its messages."""

    incident: Incident
    events: list[RecordedEvent]
    messages: list[StoredMessage]


def listed(entries: EntryFile, *, ended: bool) -> list[ListedIncident]:
    """The open incidents, the most severe first; `ended`: the newest 200, open or not, newest first."""

    def ask(connection: apsw.Connection) -> list[ListedIncident]:
        if ended:
            found = ledger_alerts.newest(connection, NEWEST)
        else:
            found = sorted(ledger_alerts.open_incidents(connection), key=_most_severe_first)
        return [
            ListedIncident(
                incident,
                ledger_alerts.events(connection, incident.id),
                ledger_messages.of_incident(connection, incident.id),
            )
            for incident in found
        ]

    return entries.read(ask)


def acknowledge(entries: EntryFile, number: int, *, by: str, note: str = "") -> Incident:
    """Say that `by` takes care of it, so that nobody further up is told. Raises EntryRefused."""

    def change(connection: apsw.Connection) -> Incident:
        incident = open_incident(connection, number)
        if incident.state is IncidentState.ACKNOWLEDGED:
            raise EntryRefused(f"incident {number} was acknowledged already, by {incident.acknowledged_by}")
        recorded_ns = recording_time(connection, entries.clock_ns())
        now = replace(incident, state=IncidentState.ACKNOWLEDGED, acknowledged_by=by, acknowledged_s=recorded_ns // NS)
        record(connection, now, AuditEvent(number, EventKind.ACKNOWLEDGED, note, by), recorded_ns)
        return now

    return entries.write(change)


def _most_severe_first(incident: Incident) -> tuple[int, int]:
    return incident.weight, incident.opened_s


def open_incident(connection: apsw.Connection, number: int) -> Incident:
    """The incident of that number, while something can be done about it. Raises EntryRefused."""
    incident = ledger_alerts.incident(connection, number)
    if incident is None:
        raise EntryRefused(f"there is no incident {number}: see tundish alert list --all")
    if incident.merged_into is not None:
        raise EntryRefused(f"incident {number} belongs to incident {incident.merged_into} now: name that one")
    if not incident.is_open:
        raise EntryRefused(f"incident {number} was cleared at {utc_text(incident.cleared_s)}: nothing is left to do")
    return incident


def record(connection: apsw.Connection, incident: Incident, event: AuditEvent, recorded_ns: int) -> None:
    """Store what somebody did about an incident, with its audit, in the transaction that is under way."""
    ledger_alerts.put(connection, [incident])
    ledger_alerts.add_events(connection, [event], recorded_ns)
