"""What is asked of the ledger. SQL, no threads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import apsw

from collector.storage.file.sql import one, rows
from collector.storage.ledger.days import recorded_until_s
from models.counting.counter_step import Anchor
from models.counting.event_key import is_of_number
from models.counting.increment import GRAMS_PER_TONNE, EventRevision, IncrementFlag, UncertainGap
from models.counting.output_plan import BucketSum
from models.works.exact_number import exact

ALWAYS = 2**62
"""Later than any instant that a source can stamp, in seconds and in nanoseconds alike."""

_LAST_EVENTS = 1000
"""More than a ring holds: some hundreds of heats are weeks. A judgement."""
ANCHOR = "time_ns, value, residue"
"""Columns of a kept reading."""
_EVENT = "tag, unit, product, production_year, key, grams, end_ns, sequence"


@dataclass(frozen=True, slots=True)
class DirtyBucket:
    """Figures over [start_s, end_s) of this unit and product are to be rolled up anew. `version`: see `clear_dirty`."""

    unit: str
    product: str
    start_s: int
    end_s: int
    version: int


def buckets(
    connection: apsw.Connection, start_s: int = 0, end_s: int = ALWAYS, known_ns: int | None = None
) -> list[BucketSum]:
    """The sums of every bucket that lies within [start_s, end_s), by start.

    `known_ns`: as they were known then, to the end of that five minutes of recording (None: now).
    """
    recorded_s = recorded_until_s(known_ns)
    found: list[BucketSum] = []
    last = None
    for counter, tag, unit, product, start, end, grams, readings, flags in rows(
        connection,
        "SELECT counter, tag, unit, product, start_s, end_s, grams, readings, flags "
        "FROM increment JOIN counter ON counter.id = counter "
        "WHERE start_s >= ? AND start_s < ? AND end_s <= ? AND recorded_s <= ? "
        "ORDER BY start_s, end_s, counter, recorded_s",
        (start_s, end_s, end_s, recorded_s),
    ):
        if (start, end, counter) == last:
            before = found.pop()
            grams, readings, flags = grams + before.grams, readings + before.readings, flags | before.flags
        found.append(BucketSum(tag, unit, product, start, end, grams, readings, IncrementFlag(flags)))
        last = (start, end, counter)
    return found


def totals(connection: apsw.Connection, start_s: int = 0, end_s: int = ALWAYS) -> dict[str, int]:
    """Grams by tag over the buckets that lie within [start_s, end_s)."""
    return {
        str(tag): int(grams)
        for tag, grams in rows(
            connection,
            "SELECT tag, sum(grams) FROM increment JOIN counter ON counter.id = counter "
            "WHERE start_s >= ? AND start_s < ? AND end_s <= ? GROUP BY tag ORDER BY tag",
            (start_s, end_s, end_s),
        )
    }


def totalizer_states(connection: apsw.Connection) -> dict[str, bytes]:
    """The stored state of every counter, by tag."""
    return dict(rows(connection, "SELECT tag, state FROM totalizer"))


def anchors_around(connection: apsw.Connection, tag: str, time_ns: int) -> tuple[Anchor | None, Anchor | None]:
    """The last kept anchor of a counter at or before `time_ns`, and the first at or after it."""
    known = "FROM anchor JOIN tag ON tag.id = anchor.tag WHERE name = ? AND time_ns"
    before = one(connection, f"SELECT {ANCHOR} {known} <= ? ORDER BY time_ns DESC LIMIT 1", (tag, time_ns))
    after = one(connection, f"SELECT {ANCHOR} {known} >= ? ORDER BY time_ns LIMIT 1", (tag, time_ns))
    return (None if before is None else anchor_of(before)), (None if after is None else anchor_of(after))


def anchor_of(row: Sequence[Any]) -> Anchor:
    """A kept reading, from the columns `ANCHOR`."""
    time_ns, value, lacking = row
    return Anchor(time_ns, exact(value, lacking))


def newest_events(connection: apsw.Connection, unit: str, tag: str, year: int, key: str) -> list[EventRevision]:
    """The newest revision of each event of a number: of `key`, and of `key` with (2), (3) behind it."""
    found = rows(
        connection,
        f"SELECT {_EVENT}, max(revision) FROM event WHERE unit = ? AND tag = ? AND production_year = ? "  # noqa: S608
        "AND (key = ? OR (key > ? AND key < ?)) GROUP BY key",
        (unit, tag, year, key, f"{key} (", f"{key} )"),
    )
    events = [EventRevision(*row[:-1]) for row in found]
    return [event for event in events if is_of_number(event.key, key)]


def events(
    connection: apsw.Connection, start_ns: int = 0, end_ns: int = ALWAYS, known_ns: int | None = None
) -> list[EventRevision]:
    """The newest revision of each event that, by it, ends in [start_ns, end_ns), by end.

    `known_ns`: of those revisions that had been recorded by then (None: now).
    """
    known = ALWAYS if known_ns is None else known_ns
    return [
        EventRevision(*row)
        for row in rows(
            connection,
            f"SELECT {_EVENT} FROM event AS this WHERE end_ns >= ? AND end_ns < ? AND revision = "  # noqa: S608
            "(SELECT max(revision) FROM event AS other WHERE other.unit = this.unit AND other.tag = this.tag "
            "AND other.production_year = this.production_year AND other.key = this.key AND other.recorded_ns <= ?) "
            "ORDER BY end_ns, id",
            (start_ns, end_ns, known),
        )
    ]


def event_counts(connection: apsw.Connection, start_ns: int, end_ns: int) -> dict[tuple[str, str], int]:
    """By (unit, product), how many events end in [start_ns, end_ns)."""
    return dict(Counter((event.unit, event.product) for event in events(connection, start_ns, end_ns)))


def largest_events(connection: apsw.Connection, since_ns: int) -> dict[tuple[str, str], int]:
    """By (unit, product), grams of the largest event that ended at `since_ns` or later."""
    sql = "SELECT unit, product, max(grams) FROM event WHERE end_ns >= ? GROUP BY unit, product"
    return {(unit, product): grams for unit, product, grams in rows(connection, sql, (since_ns,))}


def event_sequences(connection: apsw.Connection) -> dict[str, int]:
    """By tag, the ring number of the event recorded last (a ring that starts anew starts low again).

    Revisions without a number of their own do not count: 0, of an event that a person replayed, and that under which
    the event was known already, of one that was corrected in its place.
    """
    # One leap over the index a tag, for there may be years of events.
    return {
        str(tag): int(sequence)
        for tag, sequence in rows(
            connection,
            "WITH RECURSIVE known (tag) AS (SELECT min(tag) FROM event UNION ALL "
            "SELECT (SELECT min(tag) FROM event WHERE event.tag > known.tag) FROM known WHERE known.tag IS NOT NULL) "
            "SELECT tag, (SELECT sequence FROM event WHERE event.tag = known.tag AND sequence > 0 AND NOT EXISTS ("
            "SELECT 1 FROM event AS before WHERE before.unit = event.unit AND before.tag = event.tag "
            "AND before.production_year = event.production_year AND before.key = event.key "
            "AND before.revision < event.revision AND before.sequence = event.sequence) "
            "ORDER BY id DESC LIMIT 1) AS sequence FROM known WHERE sequence IS NOT NULL",
        )
    }


def last_events(connection: apsw.Connection) -> dict[str, dict[int, tuple[str, float, int]]]:
    """By tag and sequence, (key, tonnes, end_ns) of the last events, the newest word of each."""
    sql = "SELECT sequence, key, grams, end_ns FROM event WHERE tag = ? AND sequence > 0 ORDER BY id DESC LIMIT ?"
    found: dict[str, dict[int, tuple[str, float, int]]] = {}
    for tag in event_sequences(connection):
        newest_last = list(rows(connection, sql, (tag, _LAST_EVENTS)))[::-1]
        found[tag] = {int(row[0]): (str(row[1]), row[2] / GRAMS_PER_TONNE, int(row[3])) for row in newest_last}
    return found


def newest_event_ends(connection: apsw.Connection) -> dict[str, int]:
    """By tag, the latest end of the events that were recorded last: a source goes on from there, and knows what comes
    again. Who recorded a thousand older ones since goes on from an earlier end.
    """
    # A leap over the index a tag, and no look at all events: a start waits for this.
    return {
        str(tag): int(end_ns)
        for tag, end_ns in rows(
            connection,
            "WITH RECURSIVE known (tag) AS (SELECT min(tag) FROM event UNION ALL "
            "SELECT (SELECT min(tag) FROM event WHERE event.tag > known.tag) FROM known WHERE known.tag IS NOT NULL) "
            "SELECT tag, (SELECT max(end_ns) FROM (SELECT end_ns FROM event WHERE event.tag = known.tag "
            "ORDER BY id DESC LIMIT ?)) FROM known WHERE tag IS NOT NULL",
            (_LAST_EVENTS,),
        )
    }


def last_event_end_ns(connection: apsw.Connection, tag: str, before_ns: int) -> int | None:
    """The end of the last event of `tag` that ended before `before_ns`; None if none is known."""
    # Back from that instant: the last one of a tag that makes any is near, and its first ones are years away.
    sql = "SELECT end_ns FROM event INDEXED BY event_by_end WHERE tag = ? AND end_ns < ? ORDER BY end_ns DESC LIMIT 1"
    found = one(connection, sql, (tag, before_ns))
    return None if found is None else int(found[0])


def gaps(
    connection: apsw.Connection, start_ns: int = 0, end_ns: int = ALWAYS, known_ns: int | None = None
) -> list[UncertainGap]:
    """The gaps that share an instant with [start_ns, end_ns], in the order of their recording.

    `known_ns`: those that were recorded by then (None: all).
    """
    within = (end_ns, start_ns, ALWAYS if known_ns is None else known_ns)
    sql = "SELECT tag, start_ns, end_ns, cause FROM gap WHERE start_ns <= ? AND end_ns >= ? AND recorded_ns <= ?"
    return [UncertainGap(*row) for row in rows(connection, f"{sql} ORDER BY id", within)]


def gaps_recorded_since(connection: apsw.Connection, since_ns: int, now_ns: int) -> list[tuple[UncertainGap, int]]:
    """The gaps that were recorded at an instant or later, each with when, in that order.

    The record does not go back with a clock that was ahead: what is recorded later than `now_ns` counts by its end.
    """
    sql = (
        "SELECT tag, start_ns, end_ns, cause, iif(recorded_ns > ?, end_ns, recorded_ns) AS at_ns "
        "FROM gap WHERE at_ns BETWEEN ? AND ? ORDER BY id"
    )
    found = rows(connection, sql, (now_ns, since_ns, now_ns))
    return [(UncertainGap(*row[:4]), int(row[4])) for row in found]


def dirty(connection: apsw.Connection, limit: int, after: int = 0) -> list[DirtyBucket]:
    """The buckets with a later version than `after` that wait longest; they wait until `clear_dirty`."""
    sql = "SELECT unit, product, start_s, end_s, id FROM dirty WHERE id > ? ORDER BY id LIMIT ?"
    return [DirtyBucket(*row) for row in rows(connection, sql, (after, limit))]
