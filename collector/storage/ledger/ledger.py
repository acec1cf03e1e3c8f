"""The ledger: what was produced, in integer grams, with everything that makes it repeatable, in one file.

One door leads to it: `read` and `write` run a function of a connection, which stands in this folder beside the tables
that it is about. What one call of `write` does commits as one, synced before it returns (see `sqlite_file`): one step
of the consumer (`changes`), one roll-up (`outbox`). A step that is repeated changes nothing.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import apsw

from collector.errors import CannotStart, StorageDamaged
from collector.storage.file.sql import rows
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.journal.journal import LedgerMark
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger.loss import record_losses
from collector.storage.ledger.schema import LEDGER

Result = TypeVar("Result")


class Ledger:
    """See the module. `clock_ns` stamps what is written now; `demo`: whether the figures are simulated."""

    def __init__(self, file: SqliteFile, clock_ns: Callable[[], int], *, demo: bool) -> None:
        """Use `Ledger.open`."""
        self._file = file
        self.clock_ns = clock_ns
        self.demo = demo
        file.start()

    @staticmethod
    def open(folder: Path, *, clock_ns: Callable[[], int], demo: bool | None, vfs: str | None = None) -> "Ledger":
        """Open or make `folder`/ledger.db; blocks.

        `demo`: whether its figures are simulated, which is fixed when it is made (None: as it is; a new one is not).
        A damaged file is set aside and replaced by what can be read of it.

        Raises CannotStart (also for a demo's ledger used for a works, or the reverse) or QueueFileTooNew.
        """
        try:
            return Ledger._opened(folder, clock_ns, demo, vfs)
        except StorageDamaged:
            # Noted beside the file: now every page of it is looked at.
            return Ledger._opened(folder, clock_ns, demo, vfs)

    @staticmethod
    def _opened(folder: Path, clock_ns: Callable[[], int], demo: bool | None, vfs: str | None) -> "Ledger":
        file = SqliteFile(folder / LEDGER.name, LEDGER, clock_ns, vfs)
        try:
            file.set_up(lambda connection: record_losses(connection, file, clock_ns()))
            file.losses_recorded()
            fixed = demo is not None or file.created
            stored = file.set_up(lambda connection: _demo_mark(connection, demo, keep=fixed))
            if demo is not None and stored != demo:
                raise CannotStart(_demo_sentence(file.path, stored))
            return Ledger(file, clock_ns, demo=stored)
        except BaseException:
            file.close()
            raise

    def mark(self) -> LedgerMark:
        """How far the ledger came: the number of the last journal entry that is in (0 at first). Blocks."""
        return self._file.read(
            lambda connection: LedgerMark(
                ledger_changes.number(connection, "cursor"), ledger_changes.number(connection, "recorded_ns")
            )
        )

    def read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """One short read transaction. Blocks: call it before the loop has work, or in a thread, from as many as wanted.

        Raises StorageDamaged if the file turns out to be broken.
        """
        return self._file.read(call)

    async def write(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """Run `call` in the writing thread; returns after the sync. Raises StorageFull: nothing was stored."""
        return await self._file.submit(call)

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    def check_pages(self, share: int, shares: int) -> None:
        """See `SqliteFile.check_pages`."""
        self._file.check_pages(share, shares)

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


def _demo_mark(connection: apsw.Connection, demo: bool | None, *, keep: bool) -> bool:
    """`keep`: note it where it is not known, as after a damage: who only repairs does not know it."""
    stored = next((bool(row[0]) for row in rows(connection, "SELECT number FROM meta WHERE key = 'demo'")), None)
    if stored is None:
        stored = bool(demo)
        if keep:
            ledger_changes.set_number(connection, "demo", int(stored))
    return stored


def _demo_sentence(path: Path, stored: bool) -> str:
    if stored:
        return f"{path} holds simulated figures: a real works needs a ledger of its own, set another data_dir"
    return f"{path} holds figures of a real works: nothing simulated may enter it, give the simulation another data_dir"
