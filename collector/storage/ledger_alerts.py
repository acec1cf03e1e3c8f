"""Incidents, their audit and the messages about them, in the ledger. SQL, no threads.

`incident_event` and `unit_mute` are append-only. A message is there, synced, before it is sent, and stays `waiting`
until its channel took it. One that the limit of an hour `held` back is told of in a summary, and is `summed` then.
"""

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
