"""The ledger: what was produced, in integer grams, with everything that makes it repeatable, in one file.

One step of the consumer (increments, totalizer states, kept readings, event revisions, gaps, rejections, dirty buckets
and the cursor in the journal) commits as one, synced before `commit` returns (see `sqlite_file`). A step that is
repeated changes nothing. A roll-up (image, outbox, cleared buckets) commits as one too.

Methods that are coroutines never block the event loop. The others read and block: call them before the loop has work,
or in a thread (`asyncio.to_thread`), from as many threads as wanted.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import apsw

from collector.errors import CannotStart
from collector.storage.file.sql import rows
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.journal.journal import LedgerMark
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger import outbox
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.loss import record_losses
from collector.storage.ledger.outbox import OUTBOX_SOURCE, OutboxItem
from collector.storage.ledger.reads import DirtyBucket
from collector.storage.ledger.schema import LEDGER
from collector.storage.quarantine import records as quarantine
from collector.storage.quarantine.records import Quarantined

if TYPE_CHECKING:
    from collector.storage.ledger.detection import DetectionChanges
    from collector.storage.ledger.statements import DirtySpan, Statement
    from models.counting.counter_step import Anchor
    from models.counting.increment import EventRevision, Increment, UncertainGap
    from models.counting.output_plan import BucketSum
    from models.tables.desk_data import SourceStatus, UnitActivity
    from models.works.table import Row, RowKey

__all__ = ["DirtyBucket", "Ledger", "LedgerChanges", "OutboxItem"]

Result = TypeVar("Result")
_ALWAYS_NS = 2**62


class Ledger:
    """See the module."""

    def __init__(self, file: SqliteFile, clock_ns: Callable[[], int], *, demo: bool) -> None:
        """Use `Ledger.open`."""
        self._file = file
        self._clock_ns = clock_ns
        self.demo = demo
        file.start()

    @staticmethod
    def open(folder: Path, *, clock_ns: Callable[[], int], demo: bool | None, vfs: str | None = None) -> "Ledger":
        """Open or make `folder`/ledger.db; blocks.

        `demo`: whether its figures are simulated, which is fixed when it is made (None: as it is; a new one is not).
        A damaged file is set aside and replaced by what can be read of it.

        Raises CannotStart (also for a demo's ledger used for a works, or the reverse) or QueueFileTooNew.
        """
        file = SqliteFile(folder / LEDGER.name, LEDGER, clock_ns, vfs)
        try:
            file.set_up(lambda connection: record_losses(connection, file.salvaged, clock_ns()))
            stored = file.set_up(lambda connection: _demo_mark(connection, demo))
            if demo is not None and stored != demo:
                raise CannotStart(_demo_sentence(file.path, stored))
            return Ledger(file, clock_ns, demo=stored)
        except BaseException:
            file.close()
            raise

    async def commit(self, changes: LedgerChanges) -> bool:
        """Store one step of the consumer; returns after the sync. False: it was in already, nothing changed.

        Raises StorageFull: nothing was stored.
        """
        return await self._file.submit(lambda connection: ledger_changes.apply(connection, changes, self._clock_ns()))

    async def post(self, increments: "Sequence[Increment]") -> None:
        """Add increments that did not come through the journal; returns after the sync. Repeating adds them again.

        Raises StorageFull: nothing was stored.
        """
        await self._file.submit(lambda connection: ledger_changes.post(connection, increments, self._clock_ns()))

    async def state(self, statements: "Sequence[Statement]", dirty: "Sequence[DirtySpan]" = ()) -> None:
        """Record what people stated; returns after the sync. `dirty`: the spans whose rows it changes."""
        await self._file.submit(
            lambda connection: ledger_statements.add(connection, statements, dirty, self._clock_ns())
        )

    def mark(self) -> LedgerMark:
        """How far the ledger came: for `Journal.open`."""
        return self._file.read(
            lambda connection: LedgerMark(
                ledger_changes.number(connection, "cursor"), ledger_changes.number(connection, "recorded_ns")
            )
        )

    def cursor(self) -> int:
        """The number of the last journal entry that is in; 0 at first."""
        return self.mark().seq

    def states(self) -> dict[str, bytes]:
        """Totalizer states by tag."""
        return self._file.read(lambda connection: dict(rows(connection, "SELECT tag, state FROM totalizer")))

    def last_event_sequence(self) -> dict[str, int]:
        """By event tag, the ring number of the event recorded last."""
        return self._file.read(ledger_reads.event_sequences)

    def last_event_end_ns(self, tag: str, before_ns: int) -> int | None:
        """The end of the last event of `tag` that ended before `before_ns`; None where none is known."""
        return self._file.read(lambda connection: ledger_reads.last_event_end_ns(connection, tag, before_ns))

    def anchors_around(self, tag: str, time_ns: int) -> "tuple[Anchor | None, Anchor | None]":
        """The last kept reading of a counter at or before `time_ns`, and the first at or after it."""
        return self._file.read(lambda connection: ledger_reads.anchors_around(connection, tag, time_ns))

    def event(self, unit: str, tag: str, production_year: int, key: str) -> "EventRevision | None":
        """The newest revision of an event."""
        return self._file.read(
            lambda connection: ledger_reads.newest_event(connection, unit, tag, production_year, key)
        )

    def events(self, start_ns: int, end_ns: int) -> "list[EventRevision]":
        """The newest revisions of the events that end in [start_ns, end_ns), by end."""
        return self._file.read(lambda connection: ledger_reads.events(connection, start_ns, end_ns))

    def buckets(self, start_s: int, end_s: int, known_ns: int | None = None) -> "list[BucketSum]":
        """The sums of all buckets within [start_s, end_s); `known_ns`: as known then, to five minutes."""
        return self._file.read(lambda connection: ledger_reads.buckets(connection, start_s, end_s, known_ns))

    def totals(self, start_s: int = 0, end_s: int = 2**62) -> dict[str, int]:
        """Grams by tag over all buckets within [start_s, end_s)."""
        return self._file.read(lambda connection: ledger_reads.totals(connection, start_s, end_s))

    def gaps(self, start_ns: int = 0, end_ns: int = _ALWAYS_NS) -> "list[UncertainGap]":
        """The uncertain gaps that share an instant with [start_ns, end_ns]."""
        return self._file.read(lambda connection: ledger_reads.gaps(connection, start_ns, end_ns))

    def read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """One short read transaction. Raises StorageDamaged where the file turns out to be broken."""
        return self._file.read(call)

    async def write(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """Run `call` in the writing thread; returns after the sync. Raises StorageFull: nothing was stored."""
        return await self._file.submit(call)

    def take_dirty(self, limit: int, after: int = 0) -> list[DirtyBucket]:
        """The buckets with a later version than `after` that wait longest; they wait until `publish` clears them."""
        return self._file.read(lambda connection: ledger_reads.dirty(connection, limit, after))

    def published(self, table: str, start_ns: int, end_ns: int) -> "list[Row]":
        """The image of `table` with start_ns <= time < end_ns, by time."""
        return self._file.read(lambda connection: outbox.published(connection, table, start_ns, end_ns))

    async def publish(
        self,
        new: "Sequence[Row]",
        withdrawn: "Iterable[RowKey]" = (),
        *,
        settled: int = 0,
        to_outbox: bool,
    ) -> None:
        """Commit a roll-up: the rows that hold now, the keys that hold no more.

        Only what differs from the image is queued. Dirty buckets up to version `settled` are done with; one that was
        made dirty again meanwhile has a later one and stays. `to_outbox`: whether there is a database to send to.
        """
        gone = tuple(withdrawn)

        def job(connection: apsw.Connection) -> None:
            outbox.publish(connection, new, gone, to_outbox=to_outbox)
            connection.execute("DELETE FROM dirty WHERE id <= ?", (settled,))

        await self._file.submit(job)

    async def outbox_fill(self, limit: int = 5000) -> int:
        """Queue published rows that never were (the database came later than the ledger); how many: 0 when done."""
        return await self._file.submit(lambda connection: outbox.fill(connection, limit))

    async def outbox_take(self, limit: int) -> list[OutboxItem]:
        """The oldest items; they stay until they are done or set aside. One sender only: see `outbox`."""
        while True:
            items, damaged = await asyncio.to_thread(self._file.read, lambda connection: outbox.take(connection, limit))
            if not damaged:
                return items
            await self._file.submit(partial(outbox.repair, damaged=damaged))

    async def outbox_done(self, items: Sequence[OutboxItem]) -> None:
        """The database has these. One that was replaced meanwhile stays, in its newer form."""
        await self._file.submit(lambda connection: outbox.done(connection, items))

    async def outbox_set_aside(self, item: OutboxItem, reason: str) -> None:
        """The database refused this one for good: keep it in the quarantine with the database's sentence."""

        def job(connection: apsw.Connection) -> None:
            outbox.done(connection, [item])
            quarantine.add(connection, [outbox.refusal(item, reason)], self._clock_ns())

        await self._file.submit(job)

    def outbox_size(self) -> int:
        """Items that wait."""
        return self._file.read(outbox.size)

    async def put_health(self, sources: "Sequence[SourceStatus]", activity: "Sequence[UnitActivity]" = ()) -> None:
        """Store the newest status of sources and what units did last, for the desk. Instants never go back."""
        await self._file.submit(lambda connection: ledger_moment.put(connection, sources, activity))

    async def tell_detection(self, changes: "DetectionChanges", *, to_outbox: bool) -> None:
        """Store what detection observed and found; returns after the sync. Raises StorageFull: nothing was stored."""
        await self._file.submit(lambda connection: ledger_detection.apply(connection, changes, to_outbox=to_outbox))

    async def take_replays(self) -> list[Quarantined]:
        """Records of this file that a person asked to be replayed, but for rows of the outbox: these are queued now."""

        def job(connection: apsw.Connection) -> list[Quarantined]:
            asked = quarantine.to_replay(connection)
            ours = [item for item in asked if item.rejection.source == OUTBOX_SOURCE]
            for item in ours:
                outbox.send_again(connection, item.rejection)
            quarantine.mark_replayed(connection, [item.id for item in ours], self._clock_ns())
            return [item for item in asked if item.rejection.source != OUTBOX_SOURCE]

        return await self._file.submit(job)

    async def mark_replayed(self, numbers: Sequence[int]) -> None:
        """Note that these records were taken in again."""
        await self._file.submit(lambda connection: quarantine.mark_replayed(connection, numbers, self._clock_ns()))

    async def close(self) -> None:
        """Commit what waits, then close the file."""
        await asyncio.to_thread(self._file.close)


def _demo_mark(connection: apsw.Connection, demo: bool | None) -> bool:
    stored = next((bool(row[0]) for row in rows(connection, "SELECT number FROM meta WHERE key = 'demo'")), None)
    if stored is None:
        stored = bool(demo)
        ledger_changes.set_number(connection, "demo", int(stored))
    return stored


def _demo_sentence(path: Path, stored: bool) -> str:
    if stored:
        return f"{path} holds simulated figures: a real works needs a ledger of its own, set another data_dir"
    return f"{path} holds figures of a real works: nothing simulated may enter it, give the simulation another data_dir"
