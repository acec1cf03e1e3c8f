"""Incidents as people list and acknowledge them; every acknowledgement is audited."""

from dataclasses import replace

import apsw

from collector.entries.alert_entry_texts import alert_entry_text
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.errors import EntryRefused
from collector.storage.ledger import incident_records
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger.changes import recording_time
from models.alerts.incident import AuditEvent, EventKind, Incident, IncidentState
from models.alerts.incident_record import ListedIncident
from models.alerts.numbers import utc_text
from models.works.calendar import NS

MOST_IN_A_FILE = 5_000
"""Incidents in a file: a year of a restless works, and a sheet that is there in some seconds. A judgement."""


def listed(entries: EntryFile, *, ended: bool) -> list[ListedIncident]:
    """The open incidents, the most severe first; `ended`: the newest 200, open or not, newest first."""
    return entries.read(lambda connection: incident_records.listed(connection, ended=ended))


def history(entries: EntryFile, days: int) -> list[ListedIncident]:
    """Those that are open, or ended within that many days; newest first. Raises EntryRefused: there are too many."""
    since_s = entries.clock_ns() // NS - days * 86_400
    found = entries.read(lambda connection: incident_records.history(connection, since_s, MOST_IN_A_FILE + 1))
    if len(found) > MOST_IN_A_FILE:
        raise EntryRefused(alert_entry_text("too_many_incidents", most=MOST_IN_A_FILE, days=days))
    return found


def acknowledge(entries: EntryFile, number: int, *, by: str, note: str = "") -> Incident:
    """Say that `by` takes care of it, so that nobody further up is told. Raises EntryRefused."""

    def change(connection: apsw.Connection) -> Incident:
        incident = open_incident(connection, number)
        if incident.state is IncidentState.ACKNOWLEDGED:
            raise EntryRefused(entry_text("acknowledged_already", number=str(number), name=incident.acknowledged_by))
        recorded_ns = recording_time(connection, entries.clock_ns())
        now = replace(incident, state=IncidentState.ACKNOWLEDGED, acknowledged_by=by, acknowledged_s=recorded_ns // NS)
        record(connection, now, AuditEvent(number, EventKind.ACKNOWLEDGED, note, by), recorded_ns)
        return now

    return entries.write(change)


def open_incident(connection: apsw.Connection, number: int) -> Incident:
    """The incident of that number, while something can be done about it. Raises EntryRefused."""
    incident = ledger_alerts.incident(connection, number)
    if incident is None:
        raise EntryRefused(entry_text("no_such_incident", number=str(number)))
    if incident.merged_into is not None:
        raise EntryRefused(entry_text("incident_merged", number=str(number), into=str(incident.merged_into)))
    if not incident.is_open:
        raise EntryRefused(entry_text("incident_over", number=str(number), at=str(utc_text(incident.cleared_s))))
    return incident


def record(connection: apsw.Connection, incident: Incident, event: AuditEvent, recorded_ns: int) -> None:
    """Store what somebody did about an incident, with its audit, in the transaction that is under way."""
    ledger_alerts.put(connection, [incident])
    ledger_alerts.add_events(connection, [event], recorded_ns)
