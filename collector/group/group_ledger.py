"""The group's ledger in use: what it took of each site, in one file. The same door as a site's ledger has."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import apsw

from collector.errors import CannotStart, StorageDamaged
from collector.group.group_schema import GROUP_LEDGER
from collector.group.refused_messages import refuse
from collector.storage.file.sql import FILE_ERRORS, close, in_our_words, roll_back
from collector.storage.file.sqlite_file import SqliteFile, open_beside, open_reader

Result = TypeVar("Result")


class GroupLedger:
    """`write` commits as one what one call does, synced before it returns."""

    def __init__(self, file: SqliteFile) -> None:
        """Use `GroupLedger.open`."""
        self._file = file
        file.start()

    @staticmethod
    def open(folder: Path, clock_ns: Callable[[], int]) -> "GroupLedger":
        """Open or make `folder`/group.db; blocks. Raises CannotStart or QueueFileTooNew."""
        try:
            return GroupLedger._opened(folder, clock_ns)
        except StorageDamaged:
            # Noted beside the file: now every page of it is looked at.
            return GroupLedger._opened(folder, clock_ns)

    @staticmethod
    def _opened(folder: Path, clock_ns: Callable[[], int]) -> "GroupLedger":
        file = SqliteFile(folder / GROUP_LEDGER.name, GROUP_LEDGER, clock_ns)
        try:
            if file.salvaged is not None:
                finding, now_ns = file.salvaged.finding, clock_ns()
                file.set_up(lambda connection: _forget_all(connection, finding, now_ns))
            file.losses_recorded()
            return GroupLedger(file)
        except BaseException:
            file.close()
            raise

    def read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """One short read transaction. Blocks: call it in a thread."""
        return self._file.read(call)

    async def write(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """Run `call` in the writing thread; returns after the sync. Raises StorageFull: nothing was stored."""
        return await self._file.submit(call)

    async def close(self) -> None:
        """Commit what waits, then close the file."""
        await asyncio.to_thread(self._file.close)


def _forget_all(connection: apsw.Connection, finding: str, now_ns: int) -> None:
    """Of a broken file nobody knows which rows are lost, and a sum without them would look whole. So the topic is read
    from its beginning, and every site is asked for all it has."""
    for table in ("image", "stream", "site", "read_to"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    refuse(connection, "", f"the ledger was broken ({finding}): every site is asked for all it has", (0, 0), now_ns)


def read_group(folder: Path, call: Callable[[apsw.Connection], Result]) -> Result:
    """Read the ledger beside the program that writes it. Raises CannotStart if there is none."""
    return _beside(folder, call, open_reader)


def change_group(folder: Path, call: Callable[[apsw.Connection], Result]) -> Result:
    """One transaction beside the program that writes it. Raises CannotStart if there is none."""
    return _beside(folder, call, lambda path: open_beside(path, GROUP_LEDGER))


def _beside(
    folder: Path, call: Callable[[apsw.Connection], Result], opened: Callable[[Path], apsw.Connection]
) -> Result:
    path = folder / GROUP_LEDGER.name
    if not path.is_file():
        raise CannotStart(f"{path} is not there yet; start `tundish group run`")
    try:
        connection = opened(path)
        try:
            connection.execute("BEGIN")
            result = call(connection)
            connection.execute("COMMIT")
            return result
        finally:
            roll_back(connection)
            close(connection)
    except FILE_ERRORS as error:
        raise in_our_words(path, error) from error
