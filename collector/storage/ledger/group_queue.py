"""What the group has not got yet: keys whose rows changed, and messages that were formed of them. SQL, no threads.

Invariants:
- A key waits at most once. What is told of it is the image at the moment in which a message is formed, so days of a
  cut line cost one item a key.
- Messages of a stream have the numbers 1, 2, 3 ... without a hole. One that was formed never changes: it is kept, byte
  by byte, until the group says that it has it.
- A stream begins with the whole image. Applied in order, its messages give the image of the moment of the newest one.

A works without a group has no stream: nothing is queued here then, and publishing asks one row of one table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from collector.group.message import MOST_BYTES, MOST_ROWS, GroupAnswer, SiteCatalogue, encode_message
from collector.storage.file.sql import one, rows, value
from collector.storage.ledger.group_words import GroupItem, worded

SCHEMA = """
CREATE TABLE group_stream (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, taken INTEGER NOT NULL, image_until INTEGER, catalogue TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE group_item (
    revision INTEGER PRIMARY KEY AUTOINCREMENT, row_table TEXT NOT NULL, time_ns INTEGER NOT NULL, tags TEXT NOT NULL,
    UNIQUE (row_table, time_ns, tags)
);
CREATE TABLE group_message (number INTEGER PRIMARY KEY, made_ns INTEGER NOT NULL, body BLOB NOT NULL)
"""
TABLES = ("group_stream", "group_item", "group_message")

PUBLISHED_TABLES = frozenset({"output_day", "output_month"})
"""What a group adds up. Hours and readings stay at the site."""
MOST_FORMED = 64
"""Messages that wait for the group's answer: 128,000 rows. More would lie here twice, as items and as messages."""


@dataclass(frozen=True, slots=True)
class GroupStream:
    """The stream that is under way. `image_until`: the last item of its first image; None once that was formed."""

    id: str
    number: int
    taken: int
    image_until: int | None


@dataclass(frozen=True, slots=True)
class GroupWaiting:
    """How far a site is with its group. `since_ns`: when the oldest message was formed that the group has not got."""

    stream: GroupStream
    items: int
    messages: int
    since_ns: int | None


def enqueue(connection: apsw.Connection, keys: Iterable[tuple[str, int, str]]) -> None:
    """The rows of these keys changed or went. A key that waits already keeps its place, and tells the newest."""
    ours = [key for key in keys if key[0] in PUBLISHED_TABLES]
    if ours and stream(connection) is not None:
        connection.executemany("INSERT OR IGNORE INTO group_item (row_table, time_ns, tags) VALUES (?, ?, ?)", ours)


def stream(connection: apsw.Connection) -> GroupStream | None:
    """The stream that is under way; None if this ledger has no group."""
    found = one(connection, "SELECT id, number, taken, image_until FROM group_stream")
    return None if found is None else GroupStream(*found)


def begin_stream(connection: apsw.Connection, new_id: str) -> GroupStream:
    """A new stream, which begins with the whole image. Messages of the one before are dropped."""
    end_stream(connection)
    marks = ", ".join("?" * len(PUBLISHED_TABLES))
    connection.execute(
        "INSERT INTO group_item (row_table, time_ns, tags) SELECT row_table, time_ns, tags FROM published "  # noqa: S608
        f"WHERE row_table IN ({marks}) ORDER BY row_table, time_ns, tags",
        tuple(sorted(PUBLISHED_TABLES)),
    )
    last = int(value(connection, "SELECT ifnull(max(revision), 0) FROM group_item"))
    connection.execute("INSERT INTO group_stream VALUES (?, 0, 0, ?, '')", (new_id, last))
    return GroupStream(new_id, 0, 0, last)


def end_stream(connection: apsw.Connection) -> None:
    """Nothing waits any more: the works has no group now, or this ledger lost what it would know of the stream."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def form(connection: apsw.Connection, catalogue: SiteCatalogue, now_ns: int, *, sign_of_life: bool = False) -> bool:
    """One more message of what waits. False: nothing waits, or too many messages wait for the group already.

    `sign_of_life`: one without rows if nothing at all waits, so that a works that makes nothing is told from one that
    is cut off.
    """
    under_way = stream(connection)
    formed = _formed(connection)
    if under_way is None or formed >= MOST_FORMED:
        return False
    text = catalogue.model_dump_json()
    is_new = text != value(connection, "SELECT catalogue FROM group_stream")
    in_image = under_way.image_until is not None
    items = _items(connection, under_way.image_until)
    if not (items or in_image or is_new or (sign_of_life and not formed)):
        return False
    number = under_way.number + 1
    while True:
        last = items[-1].revision if items else 0
        ends = in_image and not _image_goes_on(connection, last, under_way.image_until)
        message = worded(
            (catalogue.site, under_way.id, number, now_ns), items, (in_image, ends), catalogue if is_new else None
        )
        body = encode_message(message)
        if len(body) <= MOST_BYTES or len(items) <= 1:
            break
        items = items[: len(items) // 2]
    connection.execute("INSERT INTO group_message VALUES (?, ?, ?)", (number, now_ns, body))
    connection.executemany("DELETE FROM group_item WHERE revision = ?", [(item.revision,) for item in items])
    until = None if ends else under_way.image_until
    connection.execute("UPDATE group_stream SET number = ?, image_until = ?, catalogue = ?", (number, until, text))
    return True


def messages_above(connection: apsw.Connection, number: int, limit: int = MOST_FORMED) -> list[tuple[int, bytes]]:
    """(number, bytes) of the formed messages above `number`, in order."""
    sql = "SELECT number, body FROM group_message WHERE number > ? ORDER BY number LIMIT ?"
    found = rows(connection, sql, (number, limit))
    return [(int(each), bytes(body)) for each, body in found]


def taken(connection: apsw.Connection, answer: GroupAnswer) -> bool:
    """The group has all up to a number: drop these. False: this stream cannot go on, begin a new one.

    It cannot where the group has more of it than was given here, for then this file is older than what was sent, and
    where the group asks for messages again that it had before, for they are dropped.
    """
    under_way = stream(connection)
    if under_way is None or answer.stream != under_way.id:
        return True
    if answer.taken > under_way.number or (answer.resend and answer.taken < under_way.taken):
        return False
    if answer.taken > under_way.taken:
        connection.execute("DELETE FROM group_message WHERE number <= ?", (answer.taken,))
        connection.execute("UPDATE group_stream SET taken = ?", (answer.taken,))
    return True


def waiting(connection: apsw.Connection) -> GroupWaiting | None:
    """How far the site is with its group; None if this ledger has none."""
    under_way = stream(connection)
    if under_way is None:
        return None
    since_ns = value(connection, "SELECT made_ns FROM group_message ORDER BY number LIMIT 1")
    items = int(value(connection, "SELECT count(*) FROM group_item"))
    return GroupWaiting(under_way, items, _formed(connection), since_ns)


def _formed(connection: apsw.Connection) -> int:
    return int(value(connection, "SELECT count(*) FROM group_message"))


def _items(connection: apsw.Connection, until: int | None) -> Sequence[GroupItem]:
    """The oldest keys that wait, with what the image has of each now."""
    found = rows(
        connection,
        "SELECT revision, item.row_table, item.time_ns, item.tags, published.fields FROM ("
        "SELECT * FROM group_item WHERE ? IS NULL OR revision <= ? ORDER BY revision LIMIT ?) AS item "
        "LEFT JOIN published USING (row_table, time_ns, tags) ORDER BY revision",
        (until, until, MOST_ROWS),
    )
    return [GroupItem(*row) for row in found]


def _image_goes_on(connection: apsw.Connection, after: int, until: int | None) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM group_item WHERE revision > ? AND revision <= ?)"
    return bool(value(connection, sql, (after, until)))
