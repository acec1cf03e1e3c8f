"""The image of every published row, and the outbox of what the database has not got yet. SQL, no threads.

Invariants:
- `outbox` holds at most one item a key; a newer revision replaces an older one, under a new number.
- An item goes only by its number, so one that was replaced while it was in flight stays, in its newer form.
- A delete that is not sent yet is never forgotten: it passes on to the revision that replaces its item.
- There is one sender, which takes, sends and settles items in turn: so no key is ever in flight twice.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import apsw
import structlog

from collector.storage.file.sql import one, rows, value
from collector.storage.ledger import group_queue
from collector.storage.quarantine import records as quarantine
from collector.storage.quarantine.records import Quarantined
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason
from models.works.table import FieldValue, Row, RowKey, TagSet

log = structlog.get_logger(__name__)
_TEXT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))

FILL_AT_ONCE = 5000
"""Rows that one transaction of `fill` queues: others may write between two of them."""

OUTBOX_SOURCE = "outbox"
"""The source of quarantined rows that the database refused; replaying one sends its key's present row again."""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """Delete the point first where `delete_first`, then write `row`, unless that is None: then it was withdrawn."""

    key: RowKey
    revision: int
    delete_first: bool
    row: Row | None


def publish(connection: apsw.Connection, new: Iterable[Row], withdrawn: Iterable[RowKey], *, to_outbox: bool) -> None:
    """Bring the image up to date and queue what changed.

    A row whose set of fields shrank is deleted before it is written, for a database keeps fields that a write does
    not name. Without `to_outbox` only keys that were ever queued are queued. What a group is told is queued there.
    """
    changed = []
    for row in new:
        fields = _fields_text(row.fields)
        found = _published(connection, row.key)
        queued = to_outbox or (found is not None and bool(found[1]))
        if found is not None and found[0] == fields and bool(found[1]) == queued:
            continue
        connection.execute(
            "INSERT OR REPLACE INTO published (row_table, time_ns, tags, fields, queued) VALUES (?, ?, ?, ?, ?)",
            (*_key(row.key), fields, queued),
        )
        if found is None or found[0] != fields:
            changed.append(_key(row.key))
        if queued:
            shrank = found is not None and _shrank(found[0], row.fields)
            _enqueue(connection, row.key, fields, delete_first=shrank)
    for key in withdrawn:
        found = _published(connection, key)
        if found is None:
            continue
        connection.execute("DELETE FROM published WHERE row_table = ? AND time_ns = ? AND tags = ?", _key(key))
        changed.append(_key(key))
        if found[1]:
            _enqueue(connection, key, None, delete_first=True)
    group_queue.enqueue(connection, changed)


def queue_only(connection: apsw.Connection, new: Iterable[Row]) -> None:
    """Queue rows of which no image is kept: they say what was at an instant, and are never revised or withdrawn."""
    for row in new:
        _enqueue(connection, row.key, _fields_text(row.fields), delete_first=False)


def fill(connection: apsw.Connection, limit: int = FILL_AT_ONCE) -> int:
    """Queue up to `limit` published rows that never were, for the database came later; how many: 0 when done."""
    found = list(
        rows(connection, "SELECT row_table, time_ns, tags, fields FROM published WHERE queued = 0 LIMIT ?", (limit,))
    )
    for table, time_ns, tags, fields in found:
        connection.execute(
            "UPDATE published SET queued = 1 WHERE row_table = ? AND time_ns = ? AND tags = ?", (table, time_ns, tags)
        )
        if (row := _row(table, time_ns, tags, fields)) is not None:
            _enqueue(connection, row.key, fields, delete_first=False)
    return len(found)


def queue_anew(connection: apsw.Connection) -> None:
    """Queue every published row that the database should have: which of them were still to be sent is not known."""
    connection.execute(
        "INSERT OR IGNORE INTO outbox (row_table, time_ns, tags, delete_first, fields) "
        "SELECT row_table, time_ns, tags, 0, fields FROM published WHERE queued = 1"
    )


def take(connection: apsw.Connection, limit: int) -> tuple[list[OutboxItem], list[int]]:
    """(the oldest items, which stay until they are done or set aside; the numbers of damaged ones, to `repair`)."""
    items, damaged = [], []
    for revision, table, time_ns, tags, delete_first, fields in rows(
        connection,
        "SELECT revision, row_table, time_ns, tags, delete_first, fields FROM outbox ORDER BY revision LIMIT ?",
        (limit,),
    ):
        row = _row(table, time_ns, tags, "{}" if fields is None else fields)
        if row is None:
            damaged.append(revision)
        else:
            items.append(OutboxItem(row.key, revision, bool(delete_first), None if fields is None else row))
    return items, damaged


def repair(connection: apsw.Connection, damaged: Sequence[int]) -> None:
    """Put the present row of a damaged item's key in its place; if none is known, the item is given up."""
    for revision in damaged:
        item = one(connection, "SELECT row_table, time_ns, tags FROM outbox WHERE revision = ?", (revision,))
        if item is None:
            continue
        connection.execute("DELETE FROM outbox WHERE revision = ?", (revision,))
        sql = "SELECT fields FROM published WHERE row_table = ? AND time_ns = ? AND tags = ?"
        fields = value(connection, sql, item)
        row = None if fields is None else _row(item[0], item[1], item[2], fields)
        if row is not None:
            _enqueue(connection, row.key, fields, delete_first=True)
        log.warning("outbox_item_damaged", table=item[0], tags=item[2], time_ns=item[1], sent_anew=row is not None)


def done(connection: apsw.Connection, items: Sequence[OutboxItem]) -> None:
    """The database has these; one that was replaced meanwhile stays."""
    connection.executemany("DELETE FROM outbox WHERE revision = ?", [(item.revision,) for item in items])


def refusal(item: OutboxItem, reason: str) -> Rejection:
    """The item as the quarantine keeps it."""
    return Rejection(
        source=OUTBOX_SOURCE,
        tag=f"{item.key.table} {_tags_text(item.key.tags)}",
        value="delete" if item.row is None else _fields_text(item.row.fields),
        time_ns=item.key.time_ns,
        quality=Quality.GOOD,
        reason=Reason.DATABASE_REFUSED,
        detail=reason,
    )


def set_aside(connection: apsw.Connection, item: OutboxItem, reason: str, now_ns: int) -> None:
    """The database refused this one for good: keep it in the quarantine with the database's sentence."""
    done(connection, [item])
    quarantine.add(connection, [refusal(item, reason)], now_ns)


def take_replays(connection: apsw.Connection, now_ns: int) -> list[Quarantined]:
    """What a person asked to be replayed in this file, but for rows of the outbox: these are queued now."""
    asked = quarantine.to_replay(connection)
    ours = [item for item in asked if item.rejection.source == OUTBOX_SOURCE]
    for item in ours:
        send_again(connection, item.rejection)
    quarantine.mark_replayed(connection, [item.id for item in ours], now_ns)
    return [item for item in asked if item.rejection.source != OUTBOX_SOURCE]


def send_again(connection: apsw.Connection, refused: Rejection) -> None:
    """Queue what holds now for a refused item's key: delete the point, then write its row if there is one."""
    table, _, tags = refused.tag.partition(" ")
    send_keys_again(connection, [RowKey(table, _tags(tags), refused.time_ns)])


def send_keys_again(connection: apsw.Connection, keys: Iterable[RowKey]) -> None:
    """Queue what holds now for each key: delete the point, then write its row if there is one."""
    for key in keys:
        found = _published(connection, key)
        _enqueue(connection, key, None if found is None else found[0], delete_first=True)


def waiting(connection: apsw.Connection, table: str, start_ns: int, end_ns: int) -> frozenset[RowKey]:
    """Keys of `table` with start_ns <= time < end_ns that are still to be sent, or withdrawn."""
    sql = "SELECT tags, time_ns FROM outbox WHERE row_table = ? AND time_ns >= ? AND time_ns < ?"
    return frozenset(
        RowKey(table, _tags(tags), time_ns) for tags, time_ns in rows(connection, sql, (table, start_ns, end_ns))
    )


def published(
    connection: apsw.Connection, table: str, start_ns: int, end_ns: int, without: tuple[str, ...] = ()
) -> list[Row]:
    """The image of `table` with start_ns <= time < end_ns, by time; without damaged ones, which are made anew, and
    without those whose tags hold one of these texts."""
    found = (
        _row(table, time_ns, tags, fields)
        for time_ns, tags, fields in rows(
            connection,
            "SELECT time_ns, tags, fields FROM published WHERE row_table = ? AND time_ns >= ? AND time_ns < ? "  # noqa: S608
            f"{'AND instr(tags, ?) = 0 ' * len(without)}ORDER BY time_ns, tags",
            (table, start_ns, end_ns, *without),
        )
    )
    return [row for row in found if row is not None]


def published_keys(connection: apsw.Connection, table: str, start_ns: int, end_ns: int) -> list[RowKey]:
    """The keys of the image of `table` with start_ns <= time < end_ns, by time; without damaged ones."""
    found = []
    for time_ns, text in rows(
        connection,
        "SELECT time_ns, tags FROM published WHERE row_table = ? AND time_ns >= ? AND time_ns < ? "
        "ORDER BY time_ns, tags",
        (table, start_ns, end_ns),
    ):
        with contextlib.suppress(ValueError, TypeError):
            found.append(RowKey(table, _tags(text), time_ns))
    return found


def keys_with_field(connection: apsw.Connection, table: str, span_ns: tuple[int, int], field: str) -> list[RowKey]:
    """The keys of the image of `table` within [start, end) whose rows have that field, by time; without damaged ones.
    Of years of rows nothing but the keys is read out."""
    found = []
    for time_ns, text in rows(
        connection,
        "SELECT time_ns, tags FROM published WHERE row_table = ? AND time_ns >= ? AND time_ns < ? "
        "AND instr(fields, ?) > 0 ORDER BY time_ns, tags",
        (table, *span_ns, f'"{field}":'),
    ):
        with contextlib.suppress(ValueError, TypeError):
            found.append(RowKey(table, _tags(text), time_ns))
    return found


def size(connection: apsw.Connection) -> int:
    """Items that wait."""
    return int(value(connection, "SELECT count(*) FROM outbox"))


def _enqueue(connection: apsw.Connection, key: RowKey, fields: str | None, *, delete_first: bool) -> None:
    unsent = value(
        connection, "SELECT delete_first FROM outbox WHERE row_table = ? AND time_ns = ? AND tags = ?", _key(key)
    )
    if unsent is not None:
        connection.execute("DELETE FROM outbox WHERE row_table = ? AND time_ns = ? AND tags = ?", _key(key))
    connection.execute(
        "INSERT INTO outbox (row_table, time_ns, tags, delete_first, fields) VALUES (?, ?, ?, ?, ?)",
        (*_key(key), delete_first or bool(unsent), fields),
    )


def _published(connection: apsw.Connection, key: RowKey) -> tuple[str, int] | None:
    row = one(
        connection, "SELECT fields, queued FROM published WHERE row_table = ? AND time_ns = ? AND tags = ?", _key(key)
    )
    return None if row is None else (row[0], row[1])


def _key(key: RowKey) -> tuple[str, int, str]:
    return key.table, key.time_ns, _tags_text(key.tags)


@lru_cache(maxsize=4096)
def _tags_text(tags: TagSet) -> str:
    return _TEXT.encode(tags)


@lru_cache(maxsize=4096)
def _tags(text: str) -> TagSet:
    return tuple((name, tag) for name, tag in json.loads(text))


def _fields_text(fields: Mapping[str, FieldValue]) -> str:
    """Ints stay ints and floats floats through JSON; raises ValueError for NaN and infinities, which no point has."""
    return _TEXT.encode(fields)


def _shrank(before: str, fields: Mapping[str, FieldValue]) -> bool:
    """Whether a field vanished; also where `before` cannot be read, for then one may have."""
    try:
        return not set(json.loads(before)) <= fields.keys()
    except (ValueError, TypeError):
        return True


def _row(table: str, time_ns: int, tags: str, fields: str) -> Row | None:
    """The row of these columns; None if the file gives back what is not as it was written."""
    try:
        row = Row(RowKey(table, _tags(tags), time_ns), json.loads(fields))
    except (ValueError, TypeError):
        return None
    return row if isinstance(row.fields, dict) else None
