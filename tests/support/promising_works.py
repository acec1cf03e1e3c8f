"""A journal and a ledger on a disk that fails and forgets, and what they promised meanwhile."""

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from collector.storage.file.status import journal_status
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.outbox_queue import OutboxQueue
from models.works.table import Row
from tests.collector.storage.journal import journals
from tests.collector.storage.journal.journals import entry, refused
from tests.collector.storage.ledger import ledgers
from tests.support.forgetful_disk import ForgetfulDisk
from tests.support.ledger_calls import commit, publish, published

if TYPE_CHECKING:
    from collector.storage.journal.journal import Journal
    from collector.storage.ledger.ledger import Ledger

GRAMS = 1_000_000


@dataclass
class Promised:
    """What the storage has acknowledged. `..._begun`: what it was asked for and did not answer: it may be so."""

    entries: set[int] = field(default_factory=set)
    sent: set[int] = field(default_factory=set)
    rejections: int = 0
    cursor: int = 0
    cursor_begun: int = 0
    rows: dict[int, float] = field(default_factory=dict)
    rows_begun: dict[int, set[float]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    settled_begun: set[int] = field(default_factory=set)
    recorded_ns: int = 0


class PromisingWorks:
    """A journal and a ledger on the disk, and what they promised. After a power cut it goes on in a new folder."""

    def __init__(self, folder: Path, disk: ForgetfulDisk) -> None:
        self.disk, self.promised = disk, Promised()
        self._folders = (folder / str(number) for number in itertools.count())
        self.folder = next(self._folders)
        self.folder.mkdir()
        self.journal: Journal | None = None
        self.ledger: Ledger | None = None
        self.number = 0

    async def open(self) -> None:
        self.ledger = ledgers.opened(self.folder, vfs=self.disk.name)
        self.journal = journals.opened(self.folder, vfs=self.disk.name, ledger=self.ledger.mark())

    async def close(self) -> None:
        for file in (self.journal, self.ledger):
            if file is not None:
                await file.close()
        self.journal = self.ledger = None

    async def append(self, count: int = 1) -> None:
        assert self.journal is not None
        for _ in range(count):
            self.number += 1
            await self.journal.append(entry(self.number), [refused(self.number)] if self.number % 3 == 0 else [])
            self.promised.entries.add(self.number)
            self.promised.rejections += self.number % 3 == 0

    async def step(self) -> None:
        """The ledger's consumer: what the journal holds beyond the cursor, in one commit, then told to the journal."""
        assert self.journal is not None
        assert self.ledger is not None
        cursor = self.ledger.mark().seq
        for stored in await self.journal.read("ledger", after=cursor, max_lines=3):
            self.promised.cursor_begun = max(self.promised.cursor_begun, stored.seq)
            changes = ledgers.step(stored.seq, stored.seq, grams=GRAMS)
            await commit(self.ledger, changes)
            self.promised.cursor = max(self.promised.cursor, stored.seq)
            assert not await commit(self.ledger, changes), "what is repeated changes nothing"
        await self.journal.advance("ledger", self.ledger.mark().seq)

    async def send(self) -> None:
        assert self.journal is not None
        found = await self.journal.read_sink(2)
        if found:
            await self.journal.done("sink", [item.seq for item in found])
            self.promised.sent.update(item.seq for item in found)

    async def publish(self, number: int, value: float) -> None:
        assert self.ledger is not None
        self.promised.settled.discard(number)
        self.promised.rows_begun.setdefault(number, set()).add(value)
        await publish(self.ledger, [_row(number, value)], to_outbox=True)
        self.promised.rows[number] = value
        self.promised.rows_begun[number] = {value}

    async def settle(self) -> None:
        """The outbox's sender: the database has the oldest row."""
        assert self.ledger is not None
        queue = OutboxQueue(self.ledger)
        for item in await queue.take(1):
            number = _number(item.row)
            self.promised.settled_begun.add(number)
            await queue.done([item])
            self.promised.settled.add(number)

    async def power_cut(self, random: Random) -> None:
        """Look at what is found after it, and go on with that."""
        self.disk.failing = range(0)
        found = next(self._folders)
        self.disk.power_cut(self.folder, found, random)
        await self.close()
        self.folder = found
        await self.check()

    async def check(self) -> None:
        await self.close()
        await self.open()
        assert self.journal is not None
        assert self.ledger is not None
        promised, cursor = self.promised, self.ledger.mark().seq
        assert promised.cursor <= cursor <= max(promised.cursor, promised.cursor_begun)
        assert self.ledger.read(ledger_reads.totals).get("mine1.coal_total", 0) == cursor * GRAMS
        recorded_ns = self.ledger.read(lambda connection: ledger_changes.number(connection, "recorded_ns"))
        assert recorded_ns >= promised.recorded_ns
        promised.recorded_ns = recorded_ns
        beyond = [item.seq for item in await self.journal.read("ledger", after=cursor, max_lines=10**6)]
        assert {seq for seq in promised.entries if seq > cursor} <= set(beyond)
        assert beyond == sorted(set(beyond))
        waiting = {item.seq for item in await self.journal.read_sink(10**6)}
        assert promised.entries - promised.sent <= waiting
        assert not promised.sent & waiting
        assert sum(journal_status(self.folder).quarantine.values()) >= promised.rejections
        assert await self.journal.gaps() == []
        assert self.ledger.read(ledger_reads.gaps) == []
        # Numbers that were given and not acknowledged may be there: the next entry has one of its own.
        self.number = self.journal.newest_seq
        promised.entries.update(beyond)
        promised.cursor = promised.cursor_begun = cursor
        await self._check_rows()

    async def _check_rows(self) -> None:
        assert self.ledger is not None
        promised = self.promised
        image = {_number(row): float(row.fields["actual_t"]) for row in published(self.ledger, "output_hour")}
        queued = {_number(item.row): item.row for item in await OutboxQueue(self.ledger).take(10**6)}
        for number, value in promised.rows.items():
            assert image[number] in {value, *promised.rows_begun[number]}
            if number not in promised.settled | promised.settled_begun:
                assert number in queued, "a row leaves the queue only when the database has it"
            if number in queued:
                assert queued[number] == _row(number, image[number]), "the newest revision, and no other, waits"
            elif image[number] != value:
                raise AssertionError("a row that became visible is queued with it")
        promised.rows.update(image)
        promised.rows_begun = {number: {value} for number, value in image.items()}
        promised.settled = set(image) - set(queued)
        promised.settled_begun = set()


def _row(number: int, value: float) -> Row:
    return ledgers.row(number, actual_t=value)


def _number(row: Row | None) -> int:
    assert row is not None
    return (row.key.time_ns - ledgers.START_NS) // (3600 * ledgers.S)
