"""What people say to alerts: that they have seen one, or that nothing is to be sent for a while. All is audited."""

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
class Told:
    """An incident with its audit and its messages."""

    incident: Incident
    events: list[RecordedEvent]
    messages: list[StoredMessage]


def listed(entries: EntryFile, *, ended: bool) -> list[Told]:
    """The open incidents, the gravest first; `ended`: the newest 200, open or not, newest first."""

    def ask(connection: apsw.Connection) -> list[Told]:
        if ended:
            found = ledger_alerts.newest(connection, NEWEST)
        else:
            found = sorted(ledger_alerts.open_incidents(connection), key=_gravest_first)
        return [
            Told(
                incident,
                ledger_alerts.events(connection, incident.id),
                ledger_messages.of_incident(connection, incident.id),
            )
            for incident in found
        ]

    return entries.read(ask)


def unit_mutes(entries: EntryFile) -> dict[str, int]:
    """By unit, until when (UTC seconds) nothing is sent about it."""
    return entries.read(lambda connection: ledger_alerts.unit_mutes(connection, entries.clock_ns() // NS))


def acknowledge(entries: EntryFile, number: int, *, by: str, note: str = "") -> Incident:
    """Say that `by` takes care of it, so that nobody further up is told. Raises EntryRefused."""

    def change(connection: apsw.Connection) -> Incident:
        incident = _open(connection, number)
        if incident.state is IncidentState.ACKNOWLEDGED:
            raise EntryRefused(f"incident {number} was acknowledged already, by {incident.acknowledged_by}")
        recorded_ns = recording_time(connection, entries.clock_ns())
        now = replace(incident, state=IncidentState.ACKNOWLEDGED, acknowledged_by=by, acknowledged_s=recorded_ns // NS)
        _record(connection, now, AuditEvent(number, EventKind.ACKNOWLEDGED, note, by), recorded_ns)
        return now

    return entries.write(change)


def mute(entries: EntryFile, number: int, until_s: int, *, by: str, reason: str) -> Incident:
    """Send nothing about an incident before `until_s` (UTC seconds). Raises EntryRefused."""

    def change(connection: apsw.Connection) -> Incident:
        now = replace(_open(connection, number), muted_until_s=until_s, muted_by=by)
        recorded_ns = recording_time(connection, entries.clock_ns())
        detail = f"until {utc_text(until_s)}: {reason}"
        _record(connection, now, AuditEvent(number, EventKind.MUTED, detail, by), recorded_ns)
        return now

    return entries.write(change)


def unmute(entries: EntryFile, number: int, *, by: str) -> Incident:
    """End the mute of an incident. Raises EntryRefused."""

    def change(connection: apsw.Connection) -> Incident:
        incident = _open(connection, number)
        if incident.muted_until_s is None:
            raise EntryRefused(f"incident {number} is not muted: see tundish alert list")
        now = replace(incident, muted_until_s=None, muted_by="")
        recorded_ns = recording_time(connection, entries.clock_ns())
        _record(connection, now, AuditEvent(number, EventKind.UNMUTED, "", by), recorded_ns)
        return now

    return entries.write(change)


def mute_unit(entries: EntryFile, unit: str, until_s: int, *, by: str, reason: str) -> None:
    """Send nothing about `unit` before `until_s` (UTC seconds)."""
    detail = f"{unit} until {utc_text(until_s)}: {reason}"
    _put_unit(entries, unit, until_s, AuditEvent(None, EventKind.MUTED, detail, by), reason)


def unmute_unit(entries: EntryFile, unit: str, *, by: str) -> None:
    """End the mute of a unit. Raises EntryRefused."""
    if unit not in unit_mutes(entries):
        raise EntryRefused(f"{unit} is not muted: see tundish alert list")
    _put_unit(entries, unit, 0, AuditEvent(None, EventKind.UNMUTED, unit, by), "")


def _put_unit(entries: EntryFile, unit: str, until_s: int, event: AuditEvent, reason: str) -> None:
    def change(connection: apsw.Connection) -> None:
        recorded_ns = recording_time(connection, entries.clock_ns())
        ledger_alerts.mute_unit(connection, unit, until_s, author=event.author, reason=reason, recorded_ns=recorded_ns)
        open_of_unit = [
            incident.id
            for incident in ledger_alerts.open_incidents(connection)
            if incident.root.finding.unit == unit and not incident.root.finding.source
        ]
        events = [event, *(replace(event, incident=number) for number in open_of_unit)]
        ledger_alerts.add_events(connection, events, recorded_ns)

    entries.write(change)


def _gravest_first(incident: Incident) -> tuple[int, int]:
    return incident.weight, incident.opened_s


def _open(connection: apsw.Connection, number: int) -> Incident:
    incident = ledger_alerts.incident(connection, number)
    if incident is None:
        raise EntryRefused(f"there is no incident {number}: see tundish alert list --all")
    if incident.merged_into is not None:
        raise EntryRefused(f"incident {number} belongs to incident {incident.merged_into} now: name that one")
    if not incident.is_open:
        raise EntryRefused(f"incident {number} was cleared at {utc_text(incident.cleared_s)}: nothing is left to do")
    return incident


def _record(connection: apsw.Connection, incident: Incident, event: AuditEvent, recorded_ns: int) -> None:
    ledger_alerts.put(connection, [incident])
    ledger_alerts.add_events(connection, [event], recorded_ns)
