"""What waits, what was lost and what is set aside, read from the files beside a running service."""

from dataclasses import dataclass, field
from pathlib import Path

import apsw

from collector.errors import CannotStart
from collector.storage.file.file_kind import FileKind
from collector.storage.file.opening import check_readable, failure_in_use
from collector.storage.file.sql import FILE_ERRORS, one, rows, value
from collector.storage.file.sqlite_file import open_reader
from collector.storage.journal import rows as journal_rows
from collector.storage.journal.room import file_bytes, used_bytes
from collector.storage.journal.rows import LEDGER as LEDGER_CONSUMER
from collector.storage.journal.rows import JournalGap
from collector.storage.journal.schema import JOURNAL
from collector.storage.ledger import outbox
from collector.storage.ledger.changes import number
from collector.storage.ledger.schema import LEDGER
from collector.storage.quarantine import records as quarantine


@dataclass(frozen=True, slots=True)
class DroppedTelemetry:
    """Lines of one source that gave way to a bound (age, max_bytes, min_free_bytes), by the span of their readings."""

    source: str
    cause: str
    oldest_ns: int
    newest_ns: int
    lines: int


@dataclass(frozen=True, slots=True)
class JournalStatus:
    """`ledger_behind`: entries that the ledger has not taken in. `oldest_unsent_ns`: receipt of the oldest unsent."""

    entries: int
    file_bytes: int
    used_bytes: int
    newest_seq: int
    ledger_behind: int
    unsent_entries: int
    unsent_lines: int
    oldest_unsent_ns: int | None
    dropped: list[DroppedTelemetry] = field(default_factory=list)
    gaps: list[JournalGap] = field(default_factory=list)
    damaged: int = 0
    quarantine: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerStatus:
    """`outbox` rows wait for the database; `dirty` buckets wait for a roll-up."""

    cursor: int
    recorded_ns: int
    demo: bool
    outbox: int
    dirty: int
    gaps: int
    quarantine: dict[str, int]


def journal_status(folder: Path) -> JournalStatus:
    """Raises CannotStart if there is no journal of this version."""
    connection = _open(folder, JOURNAL)
    try:
        cursor = journal_rows.cursor(connection, LEDGER_CONSUMER)
        unsent = one(connection, "SELECT count(*), ifnull(sum(line_count), 0) FROM entry WHERE unsent = 1") or (0, 0)
        return JournalStatus(
            entries=_count(connection, "entry"),
            file_bytes=file_bytes(connection),
            used_bytes=used_bytes(connection),
            newest_seq=journal_rows.newest_seq(connection),
            ledger_behind=int(value(connection, "SELECT count(*) FROM entry WHERE seq > ?", (cursor,))),
            unsent_entries=unsent[0],
            unsent_lines=unsent[1],
            oldest_unsent_ns=value(connection, "SELECT received_ns FROM entry WHERE unsent = 1 ORDER BY seq LIMIT 1"),
            dropped=[
                DroppedTelemetry(*row)
                for row in rows(
                    connection,
                    "SELECT source, cause, min(oldest_ns), max(newest_ns), sum(lines) FROM dropped "
                    "GROUP BY source, cause ORDER BY source, cause",
                )
            ],
            gaps=journal_rows.gaps(connection),
            damaged=_count(connection, "damaged"),
            quarantine=quarantine.counts(connection),
        )
    except FILE_ERRORS as error:
        raise failure_in_use(folder / JOURNAL.name, error) from error
    finally:
        connection.close()


def ledger_status(folder: Path) -> LedgerStatus:
    """Raises CannotStart if there is no ledger of this version."""
    connection = _open(folder, LEDGER)
    try:
        return LedgerStatus(
            cursor=number(connection, "cursor"),
            recorded_ns=number(connection, "recorded_ns"),
            demo=bool(number(connection, "demo")),
            outbox=outbox.size(connection),
            dirty=_count(connection, "dirty"),
            gaps=_count(connection, "gap"),
            quarantine=quarantine.counts(connection),
        )
    except FILE_ERRORS as error:
        raise failure_in_use(folder / LEDGER.name, error) from error
    finally:
        connection.close()


def _open(folder: Path, kind: FileKind) -> apsw.Connection:
    path = folder / kind.name
    if not path.exists():
        raise CannotStart(f"{path} does not exist: name the data_dir of a service that has run, or its plant.yaml")
    try:
        connection = open_reader(path)
        check_readable(connection, path, kind)
    except FILE_ERRORS as error:
        raise failure_in_use(path, error) from error
    return connection


def _count(connection: apsw.Connection, table: str) -> int:
    return int(value(connection, f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own names
