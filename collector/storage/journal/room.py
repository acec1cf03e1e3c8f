"""Keeps the journal within its bounds: the oldest telemetry that only the database has not seen yet gives way.

Rows that the ledger has not passed are never dropped: where they alone fill the bounds, an append fails with
StorageFull, its source is not told that the delivery is safe, and asks again later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from collector.errors import StorageFull
from collector.storage.file.sql import pragma, rows
from collector.storage.journal.rows import EVERY_SOURCE, HEAD, LEDGER, cursor, readable_head

if TYPE_CHECKING:
    from collector.config.settings import JournalLimits

_STEP_ROWS = 32
"""Rows that one look drops at most: an append that makes room costs the same however full the journal is."""

_HOUR_NS = 3_600_000_000_000
_DAY_NS = 24 * _HOUR_NS
_VACUUM_PAGES = 256
"""1 MB given back to the disk with a commit: little enough that the commit stays short."""

_WORTH_VACUUM_BYTES = 8 * 1024 * 1024
"""Less than this is kept for the next entries: giving pages back and taking them again costs writes for nothing."""

_ROW_BYTES = 1024
"""An upper estimate of what an entry takes beside its blobs: row head, index, the unused rest of the last page."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What gave way: rows of the journal, and lines of telemetry that the database never got."""

    rows: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """The bounds, and how much the disk has left (`free_bytes`, asked at each append)."""

    limits: "JournalLimits"
    free_bytes: Callable[[], int]

    def make(self, connection: apsw.Connection, content_bytes: int, now_ns: int) -> Dropped:
        """Make room for a row of `content_bytes`. Raises StorageFull if nothing may be dropped any more."""
        oldest_ns = now_ns - round(self.limits.max_age_days * _DAY_NS)
        done = self._drop(connection, "age", now_ns, older_than_ns=oldest_ns)
        need = content_bytes + _ROW_BYTES
        while (cause := self._lacking(connection, need)) is not None:
            step = self._drop(connection, cause, now_ns)
            if not step.rows:
                raise StorageFull(self._sentence(cause))
            done = Dropped(done.rows + step.rows, done.lines + step.lines)
        return done

    def give_back(self, connection: apsw.Connection) -> None:
        """Return some unused pages to the disk where much of the file is unused."""
        unused = pragma(connection, "freelist_count") * pragma(connection, "page_size")
        if unused > _WORTH_VACUUM_BYTES and unused * 2 > file_bytes(connection):
            for _ in rows(connection, f"PRAGMA incremental_vacuum({_VACUUM_PAGES})"):
                pass

    def _lacking(self, connection: apsw.Connection, need: int) -> str | None:
        if used_bytes(connection) + need > self.limits.max_bytes:
            return "max_bytes"
        # Pages of the file that are unused already cost the disk nothing.
        unused = file_bytes(connection) - used_bytes(connection)
        if unused < need and self.free_bytes() < self.limits.min_free_bytes + need:
            return "min_free_bytes"
        return None

    def _drop(
        self, connection: apsw.Connection, cause: str, now_ns: int, *, older_than_ns: int | None = None
    ) -> Dropped:
        # Only the oldest few are looked at, so that an append costs the same however long the queue is.
        oldest_rows = list(
            rows(
                connection,
                f"SELECT seq, {HEAD} FROM entry WHERE unsent = 1 AND seq <= ? ORDER BY seq LIMIT ?",  # noqa: S608
                (cursor(connection, LEDGER), _STEP_ROWS),
            )
        )
        heads = [(seq, readable_head(head) or (EVERY_SOURCE, now_ns, now_ns, now_ns, 0)) for seq, *head in oldest_rows]
        found = [(seq, head) for seq, head in heads if older_than_ns is None or head[1] < older_than_ns]
        for seq, (source, _, oldest, newest, lines) in found:
            connection.execute("DELETE FROM entry WHERE seq = ?", (seq,))
            connection.execute(
                "INSERT INTO dropped (source, hour_ns, cause, oldest_ns, newest_ns, lines) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET oldest_ns = min(oldest_ns, excluded.oldest_ns), "
                "newest_ns = max(newest_ns, excluded.newest_ns), lines = lines + excluded.lines",
                (source, now_ns // _HOUR_NS * _HOUR_NS, cause, oldest, newest, lines),
            )
        return Dropped(len(found), sum(head[4] for _, head in found))

    def _sentence(self, cause: str) -> str:
        if cause == "max_bytes":
            return (
                f"the journal holds {self.limits.max_bytes} bytes that the ledger has not taken in: "
                "see why the ledger stands still, or raise journal.max_bytes"
            )
        return (
            f"less than journal.min_free_bytes ({self.limits.min_free_bytes}) is free on the journal's disk: "
            "free space there, it is tried again"
        )


def file_bytes(connection: apsw.Connection) -> int:
    """The size of the file, without its log."""
    return pragma(connection, "page_count") * pragma(connection, "page_size")


def used_bytes(connection: apsw.Connection) -> int:
    """What of the file is in use."""
    return file_bytes(connection) - pragma(connection, "freelist_count") * pragma(connection, "page_size")
