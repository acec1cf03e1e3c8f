"""Mutes: nothing is sent about an incident or a unit for a while. Each is audited, and ends by itself."""

from dataclasses import replace

import apsw

from collector.entries.alerts import open_incident, record
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.errors import EntryRefused
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger.changes import recording_time
from models.alerts.incident import AuditEvent, EventKind, Incident
from models.alerts.mute import unmuted
from models.alerts.numbers import utc_text
from models.works.calendar import NS


def unit_mutes(entries: EntryFile) -> dict[str, int]:
    """By unit, until when (UTC seconds) nothing is sent about it."""
    return entries.read(lambda connection: ledger_alerts.unit_mutes(connection, entries.clock_ns() // NS))


def mute(entries: EntryFile, number: int, until_s: int, *, by: str, reason: str) -> Incident:
    """Send nothing about an incident before `until_s` (UTC seconds). Raises EntryRefused."""

    def change(connection: apsw.Connection) -> Incident:
        now = replace(open_incident(connection, number), muted_until_s=until_s, muted_by=by)
        recorded_ns = recording_time(connection, entries.clock_ns())
        detail = f"until {utc_text(until_s)}: {reason}"
        record(connection, now, AuditEvent(number, EventKind.MUTED, detail, by), recorded_ns)
        return now

    return entries.write(change)


def unmute(entries: EntryFile, number: int, *, by: str) -> Incident:
    """End the mute of an incident. Raises EntryRefused."""

    def change(connection: apsw.Connection) -> Incident:
        incident = open_incident(connection, number)
        if incident.muted_until_s is None:
            raise EntryRefused(entry_text("incident_not_muted", number=str(number)))
        now = unmuted(incident)
        recorded_ns = recording_time(connection, entries.clock_ns())
        record(connection, now, AuditEvent(number, EventKind.UNMUTED, "", by), recorded_ns)
        return now

    return entries.write(change)


def mute_unit(entries: EntryFile, unit: str, until_s: int, *, by: str, reason: str) -> None:
    """Send nothing about `unit` before `until_s` (UTC seconds)."""
    detail = f"{unit} until {utc_text(until_s)}: {reason}"
    event = AuditEvent(None, EventKind.MUTED, detail, by)
    entries.write(lambda connection: _put_unit(entries, connection, unit, until_s, event, reason))


def unmute_unit(entries: EntryFile, unit: str, *, by: str) -> None:
    """End the mute of a unit. Raises EntryRefused."""

    def change(connection: apsw.Connection) -> None:
        if unit not in ledger_alerts.unit_mutes(connection, entries.clock_ns() // NS):
            raise EntryRefused(f"{unit} is not muted: see tundish alert list")
        _put_unit(entries, connection, unit, 0, AuditEvent(None, EventKind.UNMUTED, unit, by), "")

    entries.write(change)


def _put_unit(
    entries: EntryFile, connection: apsw.Connection, unit: str, until_s: int, event: AuditEvent, reason: str
) -> None:
    recorded_ns = recording_time(connection, entries.clock_ns())
    ledger_alerts.mute_unit(connection, unit, until_s, author=event.author, reason=reason, recorded_ns=recorded_ns)
    open_of_unit = [
        incident.id
        for incident in ledger_alerts.open_incidents(connection)
        if incident.root.finding.unit == unit and not incident.root.finding.source
    ]
    events = [event, *(replace(event, incident=number) for number in open_of_unit)]
    ledger_alerts.add_events(connection, events, recorded_ns)
