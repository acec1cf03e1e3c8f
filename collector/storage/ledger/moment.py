"""What the desk shows of the moment: the newest status of each source and what each unit did last. SQL, no threads."""

import json
from collections.abc import Sequence

import apsw

from collector.storage.file.sql import rows
from models.tables.desk_data import SourceStatus, UnitActivity
from models.tables.source_error import SourceError


def put(connection: apsw.Connection, sources: Sequence[SourceStatus], activity: Sequence[UnitActivity]) -> None:
    """Store them; an instant of a unit that is older than the stored one, or unknown, changes nothing."""
    connection.executemany(
        "INSERT OR REPLACE INTO health (source, time_ns, up, age_s, readings, rejected, last_error, stale) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*_figures(item), _held(item)) for item in sources],
    )
    connection.executemany(
        "INSERT INTO activity (unit, last_reading_ns, last_output_ns) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
        "last_reading_ns = nullif(max(ifnull(last_reading_ns, 0), ifnull(excluded.last_reading_ns, 0)), 0), "
        "last_output_ns = nullif(max(ifnull(last_output_ns, 0), ifnull(excluded.last_output_ns, 0)), 0)",
        [(item.unit, item.last_reading_ns, item.last_output_ns) for item in activity],
    )


def sources(connection: apsw.Connection) -> list[SourceStatus]:
    """One status a source, by name."""
    return [
        SourceStatus(source, time_ns, bool(up), age_s, readings, rejected, last_error, *_beside(stale))
        for source, time_ns, up, age_s, readings, rejected, last_error, stale in rows(
            connection,
            "SELECT source, time_ns, up, age_s, readings, rejected, last_error, stale FROM health ORDER BY source",
        )
    ]


def _held(item: SourceStatus) -> str:
    return json.dumps([list(item.stale), item.error_kind, item.clock_offset_s, item.cert_expires_ns])


def _beside(text: str) -> tuple[tuple[str, ...], SourceError | None, float | None, int | None]:
    """The tags that are stale, the kind of the error, and what is known of clock and certificate. Earlier versions
    stored the tags alone, or with the kind."""
    held = json.loads(text)
    if not held or not isinstance(held[0], list):
        return tuple(held), None, None, None
    stale, kind, offset_s, expires_ns = (*held, None, None)[:4]
    return tuple(stale), None if kind is None else SourceError(kind), offset_s, expires_ns


def _figures(item: SourceStatus) -> tuple[str, int, bool, float | None, int, int, str]:
    return item.source, item.time_ns, item.up, item.age_s, item.readings, item.rejected, item.last_error


def activity(connection: apsw.Connection) -> list[UnitActivity]:
    """One a unit, by code."""
    sql = "SELECT unit, last_reading_ns, last_output_ns FROM activity ORDER BY unit"
    return [UnitActivity(*row) for row in rows(connection, sql)]
