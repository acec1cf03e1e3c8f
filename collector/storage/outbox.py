"""The image of every published row, and the outbox of what the database has not got yet. SQL, no threads.

Invariants:
- `outbox` holds at most one item a key; a newer revision replaces an older one, under a new number.
- An item goes only by its number, so one that was replaced while it was in flight stays, in its newer form.
- A delete that is not sent yet is never forgotten: it passes on to the revision that replaces its item.
- There is one sender, which takes, sends and settles items in turn: so no key is ever in flight twice.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import apsw

from collector.storage.sql import one, rows, value
from models.codes import Quality, Reason
from models.reading import Rejection
from models.table import FieldValue, Row, RowKey, TagSet

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
    not name. Without `to_outbox` only keys that were ever queued are queued.
    """
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
        if queued:
            shrank = found is not None and not _field_names(found[0]) <= row.fields.keys()
            _enqueue(connection, row.key, fields, delete_first=shrank)
    for key in withdrawn:
        found = _published(connection, key)
        if found is None:
            continue
        connection.execute("DELETE FROM published WHERE row_table = ? AND time_ns = ? AND tags = ?", _key(key))
        if found[1]:
            _enqueue(connection, key, None, delete_first=True)


def fill(connection: apsw.Connection, limit: int) -> int:
    """Queue up to `limit` published rows that never were; how many."""
    found = list(
        rows(connection, "SELECT row_table, time_ns, tags, fields FROM published WHERE queued = 0 LIMIT ?", (limit,))
    )
    for table, time_ns, tags, fields in found:
        key = RowKey(table, _tags(tags), time_ns)
        connection.execute(
            "UPDATE published SET queued = 1 WHERE row_table = ? AND time_ns = ? AND tags = ?", _key(key)
        )
        _enqueue(connection, key, fields, delete_first=False)
    return len(found)


def take(connection: apsw.Connection, limit: int) -> list[OutboxItem]:
    """The oldest items; they stay until they are done or set aside."""
    items = []
    for revision, table, time_ns, tags, delete_first, fields in rows(
        connection,
        "SELECT revision, row_table, time_ns, tags, delete_first, fields FROM outbox ORDER BY revision LIMIT ?",
        (limit,),
    ):
        key = RowKey(table, _tags(tags), time_ns)
        row = None if fields is None else Row(key, json.loads(fields))
        items.append(OutboxItem(key, revision, bool(delete_first), row))
    return items


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


def send_again(connection: apsw.Connection, refused: Rejection) -> None:
    """Queue the present row of a refused item's key; nothing where it was withdrawn since."""
    table, _, tags = refused.tag.partition(" ")
    key = RowKey(table, _tags(tags), refused.time_ns)
    found = _published(connection, key)
    if found is not None:
        _enqueue(connection, key, found[0], delete_first=False)


def published(connection: apsw.Connection, table: str, start_ns: int, end_ns: int) -> list[Row]:
    """The image of `table` with start_ns <= time < end_ns, by time."""
    return [
        Row(RowKey(table, _tags(tags), time_ns), json.loads(fields))
        for time_ns, tags, fields in rows(
            connection,
            "SELECT time_ns, tags, fields FROM published WHERE row_table = ? AND time_ns >= ? AND time_ns < ? "
            "ORDER BY time_ns, tags",
            (table, start_ns, end_ns),
        )
    ]


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


def _tags_text(tags: TagSet) -> str:
    return json.dumps(tags, ensure_ascii=False, separators=(",", ":"))


def _tags(text: str) -> TagSet:
    return tuple((name, tag) for name, tag in json.loads(text))


def _fields_text(fields: Mapping[str, FieldValue]) -> str:
    """Ints stay ints and floats floats through JSON; raises ValueError for NaN and infinities, which no point has."""
    return json.dumps(dict(sorted(fields.items())), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _field_names(text: str) -> set[str]:
    return set(json.loads(text))
