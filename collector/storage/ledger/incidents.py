"""Incidents, their audit and the messages about them, in the ledger. SQL, no threads.

`incident_event` and `unit_mute` are append-only. A message is there, synced, before it is sent, and stays `waiting`
until its channel took it. One that the limit of an hour `held` back is told of in a summary, and is `summed` then.
The queue of messages is in `ledger_messages`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import apsw

from collector.storage.file.sql import rows, value
from models.alerts.incident import AuditEvent, EventKind, Incident, IncidentState, MessageKind, Recipient, Role
from models.alerts.incident_record import RecordedEvent
from models.detection.finding import Episode, Finding, FindingKind

SCHEMA = """
CREATE TABLE incident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('raised', 'acknowledged', 'cleared')),
    weight INTEGER NOT NULL,
    root TEXT NOT NULL,
    consequences TEXT NOT NULL,
    opened_s INTEGER NOT NULL,
    cleared_s INTEGER,
    acknowledged_by TEXT NOT NULL,
    acknowledged_s INTEGER,
    muted_until_s INTEGER,
    muted_by TEXT NOT NULL,
    reopened INTEGER NOT NULL,
    merged_into INTEGER,
    told_weight INTEGER,
    told TEXT NOT NULL,
    escalated TEXT NOT NULL,
    waited_s INTEGER NOT NULL,
    counted_s INTEGER,
    last_message TEXT,
    last_message_s INTEGER
);
CREATE UNIQUE INDEX incident_open ON incident (key) WHERE state != 'cleared';
CREATE INDEX incident_cleared ON incident (cleared_s) WHERE state = 'cleared';
CREATE TABLE incident_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident INTEGER,
    recorded_ns INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX incident_event_of ON incident_event (incident, id);
CREATE TABLE unit_mute (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit TEXT NOT NULL,
    until_s INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL
);
CREATE TABLE alert_message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident INTEGER,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    shop TEXT NOT NULL,
    channel INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    document TEXT NOT NULL,
    queued_s INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'held', 'summed')),
    tries INTEGER NOT NULL DEFAULT 0,
    next_s INTEGER NOT NULL,
    settled_s INTEGER,
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX alert_message_unsettled ON alert_message (state, id) WHERE state IN ('waiting', 'held');
CREATE INDEX alert_message_queued ON alert_message (queued_s);
CREATE INDEX alert_message_of ON alert_message (incident, id)
"""
TABLES = ("incident", "incident_event", "unit_mute", "alert_message")

_COLUMNS = (
    "id, key, state, weight, root, consequences, opened_s, cleared_s, acknowledged_by, acknowledged_s, muted_until_s, "
    "muted_by, reopened, merged_into, told_weight, told, escalated, waited_s, counted_s, last_message, last_message_s"
)
_SET = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
_PUT = f"INSERT INTO incident ({_COLUMNS}) VALUES ({', '.join('?' * 21)}) ON CONFLICT (id) DO UPDATE SET {_SET}"  # noqa: S608


def open_incidents(connection: apsw.Connection) -> list[Incident]:
    """Those of which something holds, by id."""
    return _incidents(connection, "WHERE state != 'cleared' ORDER BY id")


def ended_since(connection: apsw.Connection, since_s: int) -> list[Incident]:
    """Those that ended at `since_s` (UTC seconds) or later, by their end."""
    return _incidents(connection, "WHERE state = 'cleared' AND cleared_s >= ? ORDER BY cleared_s, id", (since_s,))


def episodes(connection: apsw.Connection, since_s: int) -> list[Episode]:
    """What open incidents hold or held, and those that ended at `since_s` (UTC seconds) or later; each once."""
    found = [*open_incidents(connection), *ended_since(connection, since_s)]
    return [episode for incident in found if incident.merged_into is None for episode in incident.episodes()]


def newest(connection: apsw.Connection, limit: int) -> list[Incident]:
    """The newest `limit` incidents, open or not, newest first."""
    return _incidents(connection, "ORDER BY id DESC LIMIT ?", (limit,))


def held_since(connection: apsw.Connection, since_s: int, limit: int) -> list[Incident]:
    """The newest `limit` of those that are open, or ended at `since_s` (UTC seconds) or later; newest first."""
    where = "WHERE state != 'cleared' OR (state = 'cleared' AND cleared_s >= ?) ORDER BY id DESC LIMIT ?"
    return _incidents(connection, where, (since_s, limit))


def incident(connection: apsw.Connection, number: int) -> Incident | None:
    """The incident with that id."""
    return next(iter(_incidents(connection, "WHERE id = ?", (number,))), None)


def next_id(connection: apsw.Connection) -> int:
    """The id of the next new incident; an id is never given twice."""
    return int(value(connection, "SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'incident'")) + 1


def put(connection: apsw.Connection, incidents: Iterable[Incident]) -> None:
    """Store these as they stand now, in the transaction that is under way."""
    # What ended comes first: its key may be that of one that begins.
    ordered = sorted(incidents, key=lambda item: (item.is_open, item.id))
    connection.executemany(_PUT, [_row(item) for item in ordered])


def add_events(connection: apsw.Connection, events: Iterable[AuditEvent], recorded_ns: int) -> None:
    """Append to the audit."""
    connection.executemany(
        "INSERT INTO incident_event (incident, recorded_ns, kind, author, detail) VALUES (?, ?, ?, ?, ?)",
        [(item.incident, recorded_ns, item.kind.value, item.author, item.detail) for item in events],
    )


def events(connection: apsw.Connection, number: int | None) -> list[RecordedEvent]:
    """The audit of an incident (None: of units), in the order of recording."""
    sql = "SELECT recorded_ns, kind, author, detail FROM incident_event WHERE incident IS ? ORDER BY id"
    return [
        RecordedEvent(recorded_ns, AuditEvent(number, EventKind(kind), detail, author))
        for recorded_ns, kind, author, detail in rows(connection, sql, (number,))
    ]


def mute_unit(
    connection: apsw.Connection, unit: str, until_s: int, *, author: str, reason: str, recorded_ns: int
) -> None:
    """Send nothing about `unit` before `until_s` (UTC seconds); 0 ends what was said before."""
    connection.execute(
        "INSERT INTO unit_mute (unit, until_s, author, reason, recorded_ns) VALUES (?, ?, ?, ?, ?)",
        (unit, until_s, author, reason, recorded_ns),
    )


def unit_mutes(connection: apsw.Connection, now_s: int) -> dict[str, int]:
    """By unit, until when (UTC seconds) nothing is sent about it; what was said last counts."""
    sql = "SELECT unit, until_s, max(id) FROM unit_mute GROUP BY unit"
    return {unit: until_s for unit, until_s, _ in rows(connection, sql) if until_s > now_s}


def _incidents(connection: apsw.Connection, where: str, values: Sequence[int] = ()) -> list[Incident]:
    sql = f"SELECT {_COLUMNS} FROM incident {where}"  # noqa: S608 - our own names
    return [_incident(row) for row in rows(connection, sql, values)]


def _row(item: Incident) -> tuple[int | str | None, ...]:
    return (
        item.id,
        item.key,
        item.state.value,
        item.weight,
        _text(_plain(item.root)),
        _text([_plain(episode) for episode in item.consequences]),
        item.opened_s,
        item.cleared_s,
        item.acknowledged_by,
        item.acknowledged_s,
        item.muted_until_s,
        item.muted_by,
        item.reopened,
        item.merged_into,
        item.notified_weight,
        _text([[recipient.role.value, recipient.shop] for recipient in sorted(item.notified)]),
        _text([role.value for role in item.escalated]),
        item.waited_s,
        item.counted_s,
        None if item.last_message is None else item.last_message.value,
        item.last_message_s,
    )


def _incident(row: tuple[Any, ...]) -> Incident:
    found = dict(zip(_COLUMNS.split(", "), row, strict=True))
    notified = json.loads(found.pop("told"))
    last = found["last_message"]
    decoded = {
        "state": IncidentState(found["state"]),
        "root": _episode(json.loads(found["root"])),
        "consequences": tuple(_episode(plain) for plain in json.loads(found["consequences"])),
        "notified": frozenset(Recipient(Role(role), shop) for role, shop in notified),
        "notified_weight": found.pop("told_weight"),
        "escalated": tuple(Role(role) for role in json.loads(found["escalated"])),
        "last_message": None if last is None else MessageKind(last),
    }
    return Incident(**{**found, **decoded})


def _plain(episode: Episode) -> dict[str, Any]:
    finding = episode.finding
    fields = {name: getattr(finding, name) for name in Finding.__dataclass_fields__}
    return {
        **fields,
        "kind": finding.kind.value,
        "ahead_t": dict(finding.ahead_t),
        "evidence": dict(finding.evidence),
        "cleared_s": episode.cleared_s,
        **({} if episode.unseen_since_s is None else {"unseen_since_s": episode.unseen_since_s}),
        **({"wrong_clock": True} if episode.wrong_clock else {}),
    }


def _episode(plain: Mapping[str, Any]) -> Episode:
    fields = {name: found for name, found in plain.items() if name in Finding.__dataclass_fields__}
    finding = Finding(**{**fields, "kind": FindingKind(plain["kind"])})
    return Episode(finding, plain["cleared_s"], plain.get("unseen_since_s"), plain.get("wrong_clock", False))


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
