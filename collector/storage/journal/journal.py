"""The journal: every delivery, synced to disk before its source is told so, kept until ledger and database passed it.

`append` returns after the sync (see `sqlite_file`), so what it acknowledged survives a kill -9 and a power cut. Each
entry has a sequence number that is never given twice. Two consumers read it: the ledger in order, by a cursor (the
truth of which stands in the ledger's own file; the copy here only decides what may be deleted), and the sink in any
order, row by row. All sums of memory are bounded by `max_lines`; all bytes on disk by the limits (`journal_room`).
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from collector import host
from collector.errors import StorageDamaged
from collector.storage.file.sql import value
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.journal import rows as journal_rows
from collector.storage.journal.loss import first_missing, record_losses, stand_in, tell
from collector.storage.journal.queue_depth import QueueDepth
from collector.storage.journal.room import Room, used_bytes
from collector.storage.journal.rows import LEDGER, SINK, JournalEntry, JournalGap, StoredEntry
from collector.storage.journal.schema import JOURNAL
from collector.storage.quarantine import records as quarantine
from collector.storage.quarantine.records import Quarantined
from models.works.calendar import NS

if TYPE_CHECKING:
    from collector.config.settings import JournalLimits
    from models.counting.reading import Rejection

__all__ = ["Journal", "JournalEntry", "JournalGap", "LedgerMark", "QueueDepth", "StoredEntry"]


@dataclass(frozen=True, slots=True)
class LedgerMark:
    """How far the ledger's own file says it came, and when that was recorded (UTC ns)."""

    seq: int
    recorded_ns: int


@dataclass(frozen=True, slots=True)
class _Change:
    """What a commit did to what is kept in memory."""

    rows: int
    used_bytes: int
    oldest_unsent_ns: int | None
    dropped_lines: int = 0
    seq: int = 0
    losses: int | None = None


class Journal:
    """See the module. Its methods belong to one event loop; none blocks it."""

    def __init__(
        self,
        file: SqliteFile,
        limits: "JournalLimits",
        consumers: frozenset[str],
        clock_ns: Callable[[], int],
    ) -> None:
        """Use `Journal.open`."""
        self._file = file
        self._room = Room(limits, lambda: host.free_bytes(file.path.parent))
        self._consumers = consumers
        self._clock_ns = clock_ns
        self._more = asyncio.Event()
        self.dropped_lines = 0
        """Lines of telemetry that gave way to the bounds since the start of the service."""
        self.losses: int
        """Spans that this file lost, of all time."""
        self._newest, self.losses, self._rows, self._used_bytes, self._oldest_unsent_ns = file.set_up(
            lambda connection: (
                journal_rows.newest_seq(connection),
                int(value(connection, "SELECT count(*) FROM gap")),
                int(value(connection, "SELECT count(*) FROM entry")),
                used_bytes(connection),
                journal_rows.oldest_unsent_ns(connection),
            )
        )
        self._newest_with_facts = self._newest  # what is there already is not looked at for it
        file.start()

    @staticmethod
    def open(
        folder: Path,
        limits: "JournalLimits",
        *,
        consumers: frozenset[str],
        clock_ns: Callable[[], int],
        ledger: LedgerMark | None = None,
        vfs: str | None = None,
    ) -> "Journal":
        """Open or make `folder`/journal.db; blocks.

        `consumers` is {"ledger"} or {"ledger", "sink"}; without "sink" nothing new waits for a database. `ledger`
        tells how far the ledger came: sequence numbers start beyond it, and what was lost between the two files
        becomes an entry marked damaged. A damaged file is set aside and replaced by what can be read of it.

        Raises CannotStart or QueueFileTooNew.
        """
        if LEDGER not in consumers or consumers - {LEDGER, SINK}:
            raise ValueError(f"consumers of a journal are ledger and sink, not {sorted(consumers)}")

        def opened() -> Journal:
            file = SqliteFile(folder / JOURNAL.name, JOURNAL, clock_ns, vfs)
            known = None if ledger is None else (ledger.seq, ledger.recorded_ns)
            try:
                file.set_up(
                    lambda connection: record_losses(connection, file, ledger=known, now_ns=clock_ns()),
                )
                file.losses_recorded()
                return Journal(file, limits, consumers, clock_ns)
            except BaseException:
                file.close()
                raise

        try:
            return opened()
        except StorageDamaged:
            return opened()  # noted beside the file: now it is set aside, and its rows are saved

    @property
    def newest_seq(self) -> int:
        """The number of the newest entry that is synced; 0 before the first."""
        return self._newest

    @property
    def newest_with_facts(self) -> int:
        """The number of the newest such entry that has something for the ledger."""
        return self._newest_with_facts

    async def append(
        self, entry: JournalEntry, rejections: Sequence["Rejection"] = (), *, replayed: Sequence[int] = ()
    ) -> int:
        """Store one delivery, what was rejected of it, and which quarantined records it replays: all or nothing.

        Returns its sequence number, after the sync. Raises StorageFull: nothing was stored.
        """
        unsent = entry.lines is not None and SINK in self._consumers
        size = len(entry.facts) + len(entry.lines or b"")

        def job(connection: apsw.Connection) -> _Change:
            now_ns = self._clock_ns()
            # In the same transaction: if the entry is refused, nothing has given way for it.
            dropped = self._room.make(connection, size, now_ns)
            seq = journal_rows.insert(connection, entry, unsent=unsent)
            quarantine.add(connection, rejections, now_ns)
            quarantine.mark_replayed(connection, replayed, now_ns)
            return _change(connection, 1 - dropped.rows, dropped.lines, seq)

        return (await self._file.submit(job, lambda change: self._note(change, has_facts=bool(entry.facts)))).seq

    async def read(self, consumer: str, *, after: int, max_lines: int) -> list[StoredEntry]:
        """For the ledger: the entries beyond `after`, in order, without lines, until `max_lines` are reached.

        An entry without lines counts as one. For the sink: as `read_sink`, oldest first (`after` has no meaning).
        """
        if consumer == SINK:
            return await self.read_sink(max_lines, newest_first=False)
        while True:
            found, broken = await asyncio.to_thread(
                self._file.read, lambda connection: journal_rows.read_facts(connection, after, max_lines)
            )
            missing = None if broken else await asyncio.to_thread(self._file.read, partial(first_missing, after, found))
            if missing is not None:
                await self._file.submit(partial(self._stand_in, seq=missing), self._note)
            elif not broken:
                return found
            else:
                await self._set_aside(broken)

    async def read_sink(self, max_lines: int, *, newest_first: bool = True) -> list[StoredEntry]:
        """Entries whose telemetry waits, up to `max_lines` lines but at least one entry. Live ones first by default.

        They stay until `done` names them, so ask again only after that.
        """
        found, broken = await asyncio.to_thread(
            self._file.read,
            lambda connection: journal_rows.read_lines(connection, max_lines, newest_first=newest_first),
        )
        if broken:
            await self._set_aside(broken)
        return found

    async def wait_for_more(self, after: int) -> None:
        """Return when an entry beyond `after` is synced."""
        while self._newest <= after:
            await self._more.wait()

    async def wait_for_facts(self, after: int, at_most_s: float) -> None:
        """Return when an entry beyond `after` that has something for the ledger is synced, or after so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most_s):
                while self._newest_with_facts <= after:
                    await self._more.wait()

    async def advance(self, consumer: str, seq: int, set_aside: Sequence["Rejection"] = ()) -> None:
        """The ledger has everything up to `seq` in its own file, synced. Rows that all have passed are deleted."""
        if consumer != LEDGER:
            raise ValueError(f"{consumer} has no cursor: use done")

        def job(connection: apsw.Connection) -> _Change:
            journal_rows.set_cursor(connection, consumer, max(seq, journal_rows.cursor(connection, consumer)))
            return self._passed(connection, set_aside)

        await self._file.submit(job, self._note)

    async def done(self, consumer: str, seqs: Sequence[int], set_aside: Sequence["Rejection"] = ()) -> None:
        """The database has the telemetry of these entries, or refused the rows in `set_aside`: one transaction."""
        if consumer != SINK:
            raise ValueError(f"{consumer} has a cursor: use advance")

        def job(connection: apsw.Connection) -> _Change:
            journal_rows.mark_sent(connection, seqs)
            return self._passed(connection, set_aside)

        await self._file.submit(job, self._note)

    def depth(self) -> QueueDepth:
        """From memory, as of the newest commit."""
        oldest = self._oldest_unsent_ns
        age_s = 0.0 if oldest is None else max(0.0, (self._clock_ns() - oldest) / NS)
        return QueueDepth(self._rows, self._used_bytes, oldest, age_s)

    async def gaps(self) -> list[JournalGap]:
        """Every loss that this file recorded of itself, oldest first."""
        return await asyncio.to_thread(self._file.read, journal_rows.gaps)

    async def take_replays(self) -> list[Quarantined]:
        """Records of this file that a person asked to be replayed. Append them with `replayed`, or mark them."""
        return await asyncio.to_thread(self._file.read, quarantine.to_replay)

    async def mark_replayed(self, numbers: Sequence[int]) -> None:
        """Note that these records were taken in again."""
        await self._file.submit(lambda connection: quarantine.mark_replayed(connection, numbers, self._clock_ns()))

    def close_now(self) -> None:
        """As `close`, where no loop runs. Blocks."""
        self._file.close()

    @property
    def left_open(self) -> bool:
        """Whether it was closed while it was still being read: see `SqliteFile.close`."""
        return self._file.left_open

    async def close(self) -> None:
        """Commit what waits, then close the file."""
        await asyncio.to_thread(self._file.close)

    def _passed(self, connection: apsw.Connection, set_aside: Sequence["Rejection"]) -> _Change:
        quarantine.add(connection, set_aside, self._clock_ns())
        deleted = journal_rows.delete_passed(connection)
        self._room.give_back(connection)
        return _change(connection, -deleted)

    async def _set_aside(self, seqs: Sequence[int]) -> None:
        def job(connection: apsw.Connection) -> _Change:
            for seq in seqs:
                for gap in journal_rows.set_aside(connection, seq, self._clock_ns()):
                    tell(gap)
            return self._lost(connection, 0)

        await self._file.submit(job, self._note)

    def _stand_in(self, connection: apsw.Connection, seq: int) -> _Change:
        stand_in(connection, seq, self._clock_ns())
        return self._lost(connection, 1)

    @staticmethod
    def _lost(connection: apsw.Connection, row_change: int) -> _Change:
        losses = int(value(connection, "SELECT count(*) FROM gap"))
        return replace(_change(connection, row_change), losses=losses)

    def _note(self, change: _Change, *, has_facts: bool = False) -> None:
        self._rows += change.rows
        self._used_bytes = change.used_bytes
        self._oldest_unsent_ns = change.oldest_unsent_ns
        self.dropped_lines += change.dropped_lines
        self.losses = self.losses if change.losses is None else change.losses
        if change.seq > self._newest:
            self._newest = change.seq
            if has_facts:
                self._newest_with_facts = change.seq
            # Whoever waits holds the old event: setting it wakes all of them once, and none is woken twice.
            self._more.set()
            self._more = asyncio.Event()


def _change(connection: apsw.Connection, row_change: int, dropped_lines: int = 0, seq: int = 0) -> _Change:
    return _Change(row_change, used_bytes(connection), journal_rows.oldest_unsent_ns(connection), dropped_lines, seq)
