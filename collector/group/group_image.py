"""The rows of sites in the group's ledger. SQL, no threads."""

import json
from collections.abc import Iterable, Sequence

import apsw

from collector.group.group_streams import StreamTaken
from collector.group.message import PublishedRow, WithdrawnRow
from collector.storage.file.sql import rows
from models.works.table import Row, RowKey, TagSet

_TEXT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def put_rows(
    connection: apsw.Connection, stream: StreamTaken, new: Iterable[PublishedRow], withdrawn: Iterable[WithdrawnRow]
) -> None:
    """What holds from now on, and what does not; an older word on a row never replaces a newer one."""
    said: list[tuple[object, ...]] = [(*_at(row), _TEXT.encode(row.fields), row.revision) for row in new]
    said += [(*_at(row), None, row.revision) for row in withdrawn]
    connection.executemany(
        "INSERT INTO image (site, stream, row_table, time_ns, tags, fields, revision) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET fields = excluded.fields, revision = excluded.revision "
        "WHERE excluded.revision > revision",
        [(stream.site, stream.stream, *each) for each in said],
    )


def drop_rows(connection: apsw.Connection, stream: StreamTaken) -> None:
    """Withdraw every row of a stream."""
    connection.execute("DELETE FROM image WHERE site = ? AND stream = ?", (stream.site, stream.stream))


def site_rows(
    connection: apsw.Connection, site: str, table: str, span_ns: tuple[int, int], level: str = ""
) -> list[Row]:
    """The rows of `table` that hold within [start, end), of the stream that counts, by time. `level`: of that one only;
    of the years of a works with sixty units, its totals are one row in a hundred."""
    holding = _TEXT.encode(["level", level]) if level else ""
    found = rows(
        connection,
        "SELECT image.time_ns, image.tags, image.fields FROM image JOIN site USING (site, stream) WHERE image.site = ? "
        "AND image.row_table = ? AND image.time_ns >= ? AND image.time_ns < ? AND image.fields IS NOT NULL "
        "AND instr(image.tags, ?) > 0 "
        "ORDER BY image.time_ns, image.tags",
        (site, table, *span_ns, holding),
    )
    return [Row(RowKey(table, _tags(tags), time_ns), json.loads(fields)) for time_ns, tags, fields in found]


def _at(row: WithdrawnRow) -> tuple[str, int, str]:
    key = row.key()
    return key.table, key.time_ns, _TEXT.encode(key.tags)


def _tags(text: str) -> TagSet:
    pairs: Sequence[Sequence[str]] = json.loads(text)
    return tuple((name, tag) for name, tag in pairs)
