"""One step of the ledger's consumer, and how it is written: everything of it, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import apsw

from collector.storage.file.sql import value
from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger import alarms as ledger_alarms
from collector.storage.ledger import measured as ledger_measured
from collector.storage.quarantine import records as quarantine
from models.counting.increment import BUCKET_S, COMPARED, EventRevision, Increment, IncrementFlag, UncertainGap
from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredState
from models.counting.reading import Rejection
from models.detection.alarm import PlantAlarm
from models.works.exact_number import Number, residue

RECORDING_S = 300
"""Increments of one bucket that are recorded within one such span share a row; later ones get a row of their own.

So a report "as known at" is true to five minutes, and a bucket that grows every second has one row, not three hundred.
"""
BACKFILLED_AT_S = 1
"""What a history gave is recorded a second later than what came live in the same span: each has a row of its own, so
that a reading that came live stays one, whatever comes for its bucket later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChanges:
    """What the journal's entries up to `journal_seq` change.

    `states`: totalizer states by tag. `anchors_put`: (tag, time_ns, value) readings to keep for late recomputation;
    `anchors_delete`: (tag, time_ns), done first. `events`: new revisions only; `first_events`: those of them that
    state an event for the first time. `addresses`: tags that are read elsewhere from here on, and where. `alarms`: of
    sources, that began, changed or ended. `measured`: hours of gauges as they are now, with where each gauge stands.
    """

    journal_seq: int
    increments: Sequence[Increment] = ()
    states: Mapping[str, bytes] = field(default_factory=dict)
    anchors_put: Sequence[tuple[str, int, Number]] = ()
    anchors_delete: Sequence[tuple[str, int]] = ()
    events: Sequence[EventRevision] = ()
    first_events: Sequence[EventRevision] = ()
    gaps: Sequence[UncertainGap] = ()
    rejections: Sequence[Rejection] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    alarms: Sequence[PlantAlarm] = ()
    measured: Sequence[MeasuredHour] = ()
    measured_states: Mapping[str, MeasuredState] = field(default_factory=dict)


def apply(connection: apsw.Connection, changes: LedgerChanges, clock_ns: int) -> bool:
    """Write `changes` in the transaction that is under way.

    False, and nothing written, if the cursor stands at `journal_seq` or beyond: that step is in already.
    """
    if changes.journal_seq <= number(connection, "cursor"):
        return False
    recorded_ns = recording_time(connection, clock_ns)
    _put_increments(connection, changes.increments, recorded_ns)
    connection.executemany(
        "INSERT INTO totalizer (tag, state) VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state",
        changes.states.items(),
    )
    _put_anchors(connection, changes)
    for event in changes.events:
        put_event(connection, event, recorded_ns)
    for gap in changes.gaps:
        put_gap(connection, gap, recorded_ns)
    quarantine.add(connection, changes.rejections, recorded_ns)
    ledger_addresses.put(connection, changes.addresses, recorded_ns)
    if changes.alarms:
        ledger_alarms.put(connection, changes.alarms)
    if changes.measured_states:
        ledger_measured.put(connection, changes.measured, changes.measured_states, changes.journal_seq)
    set_number(connection, "cursor", changes.journal_seq)
    return True


def post(connection: apsw.Connection, increments: Sequence[Increment], clock_ns: int) -> None:
    """Add increments that did not come through the journal, in the transaction that is under way."""
    _put_increments(connection, increments, recording_time(connection, clock_ns))


def recording_time(connection: apsw.Connection, clock_ns: int) -> int:
    """`recorded_at` of what is written now (UTC ns). It never goes back, even when the clock does."""
    recorded_ns = max(clock_ns, number(connection, "recorded_ns"))
    set_number(connection, "recorded_ns", recorded_ns)
    return recorded_ns


def after_all(connection: apsw.Connection, clock_ns: int) -> int:
    """The clock, or if that was set back the instant after the last one that was recorded: a word is compared with the
    one that was seen by its time, so no two have the same."""
    return max(clock_ns, number(connection, "recorded_ns") + 1)


def number(connection: apsw.Connection, key: str) -> int:
    """A number of `meta`; 0 if it is not set."""
    return int(value(connection, "SELECT number FROM meta WHERE key = ?", (key,)) or 0)


def set_number(connection: apsw.Connection, key: str, new: int) -> None:
    """Set a number of `meta`."""
    connection.execute("INSERT OR REPLACE INTO meta (key, number) VALUES (?, ?)", (key, new))


def bucket_of(increment: Increment) -> tuple[int, int]:
    """The ledger bucket [start_s, end_s) of an increment: one of BUCKET_S that holds it, else its own span."""
    first = increment.start_s // BUCKET_S
    if first == (max(increment.end_s, increment.start_s + 1) - 1) // BUCKET_S:
        return first * BUCKET_S, (first + 1) * BUCKET_S
    return increment.start_s, increment.end_s


def put_event(connection: apsw.Connection, event: EventRevision, recorded_ns: int) -> None:
    """Add the next revision of an event."""
    known = (event.unit, event.tag, event.production_year, event.key)
    connection.execute(
        "INSERT INTO event (unit, tag, production_year, key, product, grams, end_ns, sequence, recorded_ns, revision) "
        "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ifnull(max(revision), 0) + 1 FROM event "
        "WHERE unit = ? AND tag = ? AND production_year = ? AND key = ?",
        (*known, event.product, event.grams, event.end_ns, event.sequence, recorded_ns, *known),
    )


def put_gap(connection: apsw.Connection, gap: UncertainGap, recorded_ns: int) -> None:
    """Add a gap that is not known yet."""
    connection.execute(
        "INSERT OR IGNORE INTO gap (tag, start_ns, end_ns, cause, recorded_ns) VALUES (?, ?, ?, ?, ?)",
        (gap.tag, gap.start_ns, gap.end_ns, gap.cause, recorded_ns),
    )


def mark_dirty(connection: apsw.Connection, unit: str, product: str, start_s: int, end_s: int) -> None:
    """Ask for the figures over that span to be rolled up anew."""
    connection.execute(
        "INSERT INTO dirty (unit, product, start_s, end_s) VALUES (?, ?, ?, ?)", (unit, product, start_s, end_s)
    )


def clear_dirty(connection: apsw.Connection, version: int) -> None:
    """Buckets up to `version` are rolled up. One that was made dirty again meanwhile has a later version and stays."""
    connection.execute("DELETE FROM dirty WHERE id <= ?", (version,))


def _put_increments(connection: apsw.Connection, increments: Sequence[Increment], recorded_ns: int) -> None:
    recorded_s = recorded_ns // 1_000_000_000 // RECORDING_S * RECORDING_S
    counters: dict[tuple[str, str, str], int] = {}
    dirty: dict[tuple[str, str], set[tuple[int, int]]] = {}
    written: list[tuple[int, int, int, int, int, int, int]] = []
    for item in increments:
        counter = (item.tag, item.unit, item.product)
        if counter not in counters:
            counters[counter] = _counter_id(connection, counter)
        start_s, end_s = bucket_of(item)
        at_s = recorded_s + (BACKFILLED_AT_S if item.flags & IncrementFlag.BACKFILLED else 0)
        written.append((start_s, end_s, counters[counter], at_s, item.grams, int(item.flags), item.readings))
        if item.product != COMPARED:
            dirty.setdefault((item.unit, item.product), set()).add((start_s, end_s))
    connection.executemany(
        "INSERT INTO increment (start_s, end_s, counter, recorded_s, grams, flags, readings) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET grams = grams + excluded.grams, "
        "flags = flags | excluded.flags, readings = readings + excluded.readings",
        written,
    )
    for (unit, product), buckets in dirty.items():
        for start_s, end_s in _joined(buckets):
            mark_dirty(connection, unit, product, start_s, end_s)


def _joined(buckets: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that the buckets cover: a long catch-up is one span to roll up, not thousands of buckets."""
    spans: list[tuple[int, int]] = []
    for start_s, end_s in sorted(buckets):
        if spans and start_s <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end_s, spans[-1][1])
        else:
            spans.append((start_s, end_s))
    return spans


def _counter_id(connection: apsw.Connection, counter: tuple[str, str, str]) -> int:
    connection.execute("INSERT OR IGNORE INTO counter (tag, unit, product) VALUES (?, ?, ?)", counter)
    return int(value(connection, "SELECT id FROM counter WHERE tag = ? AND unit = ? AND product = ?", counter))


def _put_anchors(connection: apsw.Connection, changes: LedgerChanges) -> None:
    tags: dict[str, int] = {}
    for tag in {tag for tag, _, _ in changes.anchors_put} | {tag for tag, _ in changes.anchors_delete}:
        connection.execute("INSERT OR IGNORE INTO tag (name) VALUES (?)", (tag,))
        tags[tag] = int(value(connection, "SELECT id FROM tag WHERE name = ?", (tag,)))
    connection.executemany(
        "DELETE FROM anchor WHERE tag = ? AND time_ns = ?",
        [(tags[tag], time_ns) for tag, time_ns in changes.anchors_delete],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO anchor (tag, time_ns, value, residue) VALUES (?, ?, ?, ?)",
        [(tags[tag], time_ns, float(reading), residue(reading)) for tag, time_ns, reading in changes.anchors_put],
    )
