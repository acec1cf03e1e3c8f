"""Incidents with all that was recorded of them, as lists show them."""

from collections.abc import Iterable

import apsw

from collector.storage.ledger import incidents, messages
from models.alerts.incident import Incident
from models.alerts.incident_record import ListedIncident

NEWEST = 200
"""Ended incidents that are listed: weeks of a busy works, and a list that a terminal still shows at once."""


def listed(connection: apsw.Connection, *, ended: bool) -> list[ListedIncident]:
    """The open incidents, the most severe first; `ended`: the newest 200, open or not, newest first."""
    if ended:
        found = incidents.newest(connection, NEWEST)
    else:
        found = sorted(incidents.open_incidents(connection), key=_most_severe_first)
    return _with_records(connection, found)


def history(connection: apsw.Connection, since_s: int, limit: int) -> list[ListedIncident]:
    """The newest `limit` of those that are open, or ended at `since_s` (UTC seconds) or later; newest first."""
    return _with_records(connection, incidents.held_since(connection, since_s, limit))


def _with_records(connection: apsw.Connection, found: Iterable[Incident]) -> list[ListedIncident]:
    return [
        ListedIncident(
            incident, incidents.events(connection, incident.id), messages.of_incident(connection, incident.id)
        )
        for incident in found
    ]


def _most_severe_first(incident: Incident) -> tuple[int, int]:
    return incident.weight, incident.opened_s
