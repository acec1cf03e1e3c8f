"""Looks through the files of a data folder for what is not as it was written, and repairs them as a start does."""

import contextlib
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from collector import host
from collector.errors import CannotStart
from collector.storage.file.data_folder import LOCK_NAME
from collector.storage.file.file_kind import FileKind
from collector.storage.file.opening import check_readable, failure_in_use
from collector.storage.file.page_repair import broken_pages
from collector.storage.file.page_sums import PageSums
from collector.storage.file.pages_trusted import pages_text
from collector.storage.file.sql import FILE_ERRORS, value
from collector.storage.file.sqlite_file import open_reader
from collector.storage.journal.journal import Journal
from collector.storage.journal.rows import LEDGER as CONSUMER
from collector.storage.journal.schema import JOURNAL
from collector.storage.ledger import damage, seals
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER

if TYPE_CHECKING:
    from collector.config.settings import JournalLimits

_SHOWN = 20
"""The newest findings that are named."""


def proved(data: Path) -> Iterator[str]:
    """A line for each file that is as it was written. Raises StorageDamaged for the first one that is not."""
    there = [kind for kind in (JOURNAL, LEDGER) if (data / kind.name).exists()]
    if not there:
        raise CannotStart(f"{data} holds neither {JOURNAL.name} nor {LEDGER.name}: check data_dir")
    for kind in there:
        path = data / kind.name
        try:
            yield f"{path}: {_proved(path, kind)}"
        except FILE_ERRORS as error:
            raise failure_in_use(path, error) from error


def repaired(data: Path, limits: "JournalLimits", clock_ns: Callable[[], int] = time.time_ns) -> Iterator[str]:
    """Open both files as a service does, which rebuilds or sets aside what is broken; a line for what was done.

    Raises AlreadyRunning if a service runs on the folder.
    """
    lock = host.lock_file(data / LOCK_NAME)
    try:
        mark = None
        if (data / LEDGER.name).exists():
            ledger = Ledger.open(data, clock_ns=clock_ns, demo=None)
            mark = ledger.mark()
            found = ledger.read(partial(damage.listed, limit=_SHOWN))
            ledger.close_now()
            yield from (f"{ledger.path}: {item}" for item in reversed(found))
        if (data / JOURNAL.name).exists():
            # With the ledger's mark, as a service opens it: what is lost is then told to the ledger.
            journal = Journal.open(data, limits, consumers=frozenset({CONSUMER}), clock_ns=clock_ns, ledger=mark)
            journal.close_now()
            yield f"{data / JOURNAL.name}: {journal.losses} spans lost, of all time: `tundish queue status` lists them"
    finally:
        lock.release()


def _proved(path: Path, kind: FileKind) -> str:
    """What was proved, in words. Raises apsw.CorruptError for what is not as it was written."""
    pages = 0
    if kind.summed_since is not None:
        sums = PageSums.open(path)
        if sums is None:
            raise apsw.CorruptError("its checksums are missing")
        with contextlib.closing(sums), path.open("rb") as file:
            broken = broken_pages(path, file, sums)
            pages = sums.count()
        if broken:
            raise apsw.CorruptError(f"{pages_text(broken)} not as written")
    with contextlib.closing(open_reader(path)) as connection:
        check_readable(connection, path, kind)
        connection.execute("BEGIN")
        finding = str(value(connection, "PRAGMA quick_check(1)"))
        if finding != "ok":
            raise apsw.CorruptError(finding)
        if kind.summed_since is None:
            return "sound; its rows are proved one by one when they are read"
        return f"{pages} pages as written; {_proved_groups(connection)} groups of rows as sealed"


def _proved_groups(connection: apsw.Connection) -> int:
    count = 0
    for part in seals.SEALED:
        for _, seal in seals.sealed(connection, part):
            if not seals.is_sound(connection, seal):
                raise apsw.CorruptError(f"{seal.row_count} rows of {part} are not as they were sealed")
            count += 1
    if (number := seals.chain_breaks(connection)) is not None:
        raise apsw.CorruptError(f"seal {number} does not follow from the one before it")
    return count
