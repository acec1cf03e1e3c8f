"""Records that were not believed: kept with their reason in the file where they were refused, to list, correct, replay.

What is refused again for the same cause (source, tag and reason) joins the open record of that cause: it counts, and
keeps the newest value, time and detail. So a tag that is refused at every poll is one record until a person has dealt
with it. Each event has tonnes of its own, so its key, its end and its tonnes are part of the cause. The first time is
`recorded_ns`, the last is `changed_ns`, as long as the record is open.

The table has one shape in journal.db and ledger.db. It is bounded: past `MAX_ROWS` settled records (dropped or
replayed) go first, oldest first; then open records of one cause become one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from collector.storage.file.sql import rows, value
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason

MAX_ROWS = 1_000_000
"""A few hundred MB at most. Only events, each with a key of its own, can come near it."""

_LOOK_BACK = 10_000
"""How many of the newest records are searched for one of the same cause: a works has some hundred causes at a time, and
the search takes a few ms at most."""

_LOOK_EVERY = 1024
"""Records between two counts: the table may pass its bound by as many, which is a thousandth."""

_INT64 = 2**63

SCHEMA = """
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recorded_ns INTEGER NOT NULL,
    source TEXT NOT NULL,
    tag TEXT NOT NULL,
    value TEXT NOT NULL,
    time_ns INTEGER NOT NULL,
    quality INTEGER NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    event_key TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replay', 'replayed', 'dropped')),
    corrected TEXT,
    changed_by TEXT,
    changed_ns INTEGER,
    count INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX quarantine_state ON quarantine (state, id)
"""

_COLUMNS = (
    "id, recorded_ns, source, tag, value, time_ns, quality, reason, detail, event_key, "
    "state, corrected, changed_by, changed_ns, count"
)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One record. `corrected` is the value to replay in place of `rejection.value`, if a person gave one."""

    id: int
    recorded_ns: int
    rejection: Rejection
    state: str
    corrected: str | None
    changed_by: str | None
    changed_ns: int | None
    count: int

    @property
    def last_ns(self) -> int:
        """When it was last refused, by the host's clock; not known any more once a person changed its state."""
        return self.recorded_ns if self.changed_ns is None or self.state != "open" else self.changed_ns

    @property
    def replay_value(self) -> str:
        """What is to be replayed."""
        return self.rejection.value if self.corrected is None else self.corrected


def add(connection: apsw.Connection, rejections: Sequence[Rejection], now_ns: int, max_rows: int = MAX_ROWS) -> None:
    """Keep `rejections` in the transaction that is under way."""
    if not rejections:
        return
    known = _open_causes(connection)
    added = 0
    for row in (_stored(item, now_ns) for item in rejections):
        number = known.get(_cause(row))
        if number is None:
            connection.execute(
                "INSERT INTO quarantine (recorded_ns, source, tag, value, time_ns, quality, reason, detail, event_key) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            known[_cause(row)] = connection.last_insert_rowid()
            added += 1
        else:
            connection.execute(
                "UPDATE quarantine SET value = ?, time_ns = ?, quality = ?, detail = ?, changed_ns = ?, "
                "count = count + 1 WHERE id = ?",
                (*row[3:6], row[7], now_ns, number),
            )
    # Counting costs a walk over the index: not at each record.
    if added and connection.last_insert_rowid() % _LOOK_EVERY < added:
        make_room(connection, max_rows)


_Row = tuple[int | str | None, ...]

_CAUSE = (
    "source, tag, reason, event_key, CASE WHEN event_key IS NULL THEN '' ELSE value END, "
    "CASE WHEN event_key IS NULL THEN 0 ELSE time_ns END"
)


def _open_causes(connection: apsw.Connection) -> dict[_Row, int]:
    sql = (
        f"SELECT {_CAUSE}, max(id) FROM quarantine WHERE state = 'open' "  # noqa: S608 - our own names
        f"AND id > (SELECT max(id) FROM quarantine) - ? GROUP BY {_CAUSE}"
    )
    return {tuple(cause): int(number) for *cause, number in rows(connection, sql, (_LOOK_BACK,))}


def _cause(row: _Row) -> _Row:
    _, source, tag, text, time_ns, _, reason, _, event_key = row
    return source, tag, reason, event_key, *(("", 0) if event_key is None else (text, time_ns))


def _stored(item: Rejection, now_ns: int) -> _Row:
    """A record as the file can hold it: what was refused may carry any time and any text."""
    event_key = None if item.event_key is None else _storable(item.event_key)
    texts = (_storable(text) for text in (str(item.reason), item.detail))
    time_ns = min(max(item.time_ns, -_INT64), _INT64 - 1)
    return (
        now_ns,
        item.source,
        _storable(item.tag),
        _storable(item.value),
        time_ns,
        int(item.quality),
        *texts,
        event_key,
    )


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def make_room(connection: apsw.Connection, max_rows: int) -> None:
    """Bring the table to at most `max_rows` records, in the order that the module's first lines say."""
    too_many = _count(connection) - max_rows
    if too_many <= 0:
        return
    connection.execute(
        "DELETE FROM quarantine WHERE id IN "
        "(SELECT id FROM quarantine WHERE state IN ('dropped', 'replayed') ORDER BY id LIMIT ?)",
        (too_many,),
    )
    if _count(connection) > max_rows:
        _merge(connection)


def _merge(connection: apsw.Connection) -> None:
    """Make one of the open records of one cause: the newest, with the count of all, and the time of the first."""
    connection.execute(
        "CREATE TEMP TABLE merged AS SELECT max(id) AS id, sum(count) AS count, min(recorded_ns) AS first_ns, "  # noqa: S608
        "max(coalesce(changed_ns, recorded_ns)) AS last_ns "
        f"FROM quarantine WHERE state = 'open' GROUP BY {_CAUSE}"
    )
    connection.execute(
        "DELETE FROM quarantine WHERE state = 'open' AND id NOT IN (SELECT id FROM merged);"
        "UPDATE quarantine SET (count, recorded_ns, changed_ns) = "
        "(SELECT count, first_ns, last_ns FROM merged WHERE merged.id = quarantine.id) "
        "WHERE id IN (SELECT id FROM merged);"
        "DROP TABLE merged"
    )


def _count(connection: apsw.Connection) -> int:
    return int(value(connection, "SELECT count(*) FROM quarantine"))


def listed(connection: apsw.Connection, state: str | None, limit: int) -> list[Quarantined]:
    """The `limit` records in `state` (None: in any) that were refused or changed last, the newest first."""
    where = "" if state is None else "WHERE state = ?"
    values = (limit,) if state is None else (state, limit)
    sql = f"SELECT {_COLUMNS} FROM quarantine {where} ORDER BY coalesce(changed_ns, recorded_ns) DESC, id DESC LIMIT ?"  # noqa: S608 - our own names
    return [_record(row) for row in rows(connection, sql, values)]


def shown(connection: apsw.Connection, number: int) -> Quarantined | None:
    """The record with that id."""
    sql = f"SELECT {_COLUMNS} FROM quarantine WHERE id = ?"  # noqa: S608 - our own names
    return next((_record(row) for row in rows(connection, sql, (number,))), None)


def to_replay(connection: apsw.Connection, limit: int = 1000) -> list[Quarantined]:
    """What a person asked to be replayed, oldest first."""
    sql = f"SELECT {_COLUMNS} FROM quarantine WHERE state = 'replay' ORDER BY id LIMIT ?"  # noqa: S608
    return [_record(row) for row in rows(connection, sql, (limit,))]


def mark_replayed(connection: apsw.Connection, numbers: Sequence[int], now_ns: int) -> None:
    """Note that these were taken in again. One whose state a person changed meanwhile stays as that person said."""
    connection.executemany(
        "UPDATE quarantine SET state = 'replayed', changed_ns = ? WHERE id = ? AND state = 'replay'",
        [(now_ns, number) for number in numbers],
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, when, and whether that counts only where nobody decided before."""

    by: str | None
    now_ns: int
    first: bool = False

    @property
    def where(self) -> str:
        """Which records may still be decided about, as SQL."""
        return "id = ? AND state = 'open'" if self.first else "id = ? AND state != 'replayed'"


def ask_replay(connection: apsw.Connection, number: int, decision: Decision, corrected: str | None) -> bool:
    """Ask the service to take the record in again. False: it is unknown, or was settled already."""
    connection.execute(
        f"UPDATE quarantine SET state = 'replay', corrected = ?, changed_by = ?, changed_ns = ? WHERE {decision.where}",  # noqa: S608
        (corrected, decision.by, decision.now_ns, number),
    )
    return connection.changes() == 1


def drop(connection: apsw.Connection, number: int, decision: Decision) -> bool:
    """Settle the record as not worth replaying. False: it is unknown, or was settled already."""
    connection.execute(
        f"UPDATE quarantine SET state = 'dropped', changed_by = ?, changed_ns = ? WHERE {decision.where}",  # noqa: S608
        (decision.by, decision.now_ns, number),
    )
    return connection.changes() == 1


def counts(connection: apsw.Connection) -> dict[str, int]:
    """Records by state."""
    return {str(state): int(count) for state, count in rows(
        connection, "SELECT state, sum(count) FROM quarantine GROUP BY state ORDER BY state"
    )}  # fmt: skip


def open_of(connection: apsw.Connection, reason: Reason) -> list[Quarantined]:
    """The open records of one reason, the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM quarantine WHERE state = 'open' AND reason = ? ORDER BY id LIMIT 1000"  # noqa: S608
    return [_record(row) for row in rows(connection, sql, (reason.value,))]


def _record(row: tuple[object, ...]) -> Quarantined:
    number, recorded_ns, source, tag, text, time_ns, quality, reason, detail, event_key, *rest = row
    state, corrected, changed_by, changed_ns, count = rest
    return Quarantined(
        _int(number),
        _int(recorded_ns),
        Rejection(
            source=str(source),
            tag=str(tag),
            value=str(text),
            time_ns=_int(time_ns),
            quality=Quality(_int(quality)),
            reason=Reason(str(reason)),
            detail=str(detail),
            event_key=None if event_key is None else str(event_key),
        ),
        str(state),
        None if corrected is None else str(corrected),
        None if changed_by is None else str(changed_by),
        None if changed_ns is None else _int(changed_ns),
        _int(count),
    )


def _int(number: object) -> int:
    assert isinstance(number, int)  # noqa: S101 - the column is declared so
    return number
