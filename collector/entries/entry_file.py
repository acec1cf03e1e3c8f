"""The ledger as a person's commands use it: short transactions beside a running service, or without one."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import apsw

from collector.config.settings import Settings
from collector.entries.entry_texts import entry_text
from collector.errors import CannotStart
from collector.host import alone_in
from collector.host_clock import check_host_clock
from collector.storage.file.commit_mark import Commits
from collector.storage.file.opening import check_readable, failure_in_use
from collector.storage.file.sql import FILE_ERRORS, pragma, roll_back, value
from collector.storage.file.sqlite_file import open_beside, open_reader
from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from models.counting.output_plan import OutputPlan
from models.works.plant import Plant

Result = TypeVar("Result")


class EntryFile:
    """`plan` says which counters the plant has; `clock_ns` is what statements are recorded with."""

    def __init__(self, settings: Settings, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self.settings = settings
        self.plan = OutputPlan(settings.plant)
        self.clock_ns = clock_ns
        self._path = settings.data_dir / LEDGER.name

    @property
    def plant(self) -> Plant:
        """The plant as configured."""
        return self.plan.plant

    def write(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """Run `call` in one transaction that is synced when this returns; the first one makes the ledger.

        Raises StorageFull: nothing was stored. CannotStart: the ledger is not one for this plant, or the clock
        is wrong.
        """
        check_host_clock(self.clock_ns())
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone_in(self._path.parent):
            return self._written(call)

    def _written(self, call: Callable[[apsw.Connection], Result]) -> Result:
        self._make()
        commits = Commits(self._path, LEDGER, self.clock_ns)
        with contextlib.closing(commits.mark), self._opened(lambda: open_beside(self._path, LEDGER)) as connection:
            self._check_demo(connection)
            # At once for writing: a transaction that begins with a read may find that the service wrote meanwhile, and
            # could then not be raised to a writing one.
            connection.execute("BEGIN IMMEDIATE")
            try:
                configurations.keep(connection, self.plant, self.clock_ns())
                result = call(connection)
                number = commits.number(connection)
                connection.execute("COMMIT")
            except BaseException:
                roll_back(connection)
                raise
            commits.acknowledged(number)
            commits.mark.sync()  # what a person stated comes from no source again
            return result

    def try_out(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """Run `call` as `write` does, and record nothing; where there is no ledger yet, on an empty one."""
        if not self._path.exists():
            return self.look(lambda connection: self._rolled_back(connection, call))
        with self._opened(lambda: open_beside(self._path, LEDGER)) as connection:
            self._check_demo(connection)
            return self._rolled_back(connection, call)

    def _rolled_back(self, connection: apsw.Connection, call: Callable[[apsw.Connection], Result]) -> Result:
        connection.execute("BEGIN IMMEDIATE")
        try:
            configurations.keep(connection, self.plant, self.clock_ns())
            return call(connection)
        finally:
            roll_back(connection)

    def read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """Run `call` in one short read transaction. Raises CannotStart if there is no ledger."""
        if not self._path.exists():
            raise CannotStart(entry_text("no_ledger", file=self._path))
        with self._opened(lambda: open_reader(self._path)) as connection:
            check_readable(connection, self._path, LEDGER)
            if pragma(connection, "user_version") != LEDGER.version:
                raise CannotStart(entry_text("older_ledger", file=self._path))
            connection.execute("BEGIN")
            return call(connection)

    def look(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """Run `call` as `read` does; where there is no ledger yet, on an empty one."""
        if self._path.exists():
            return self.read(call)
        with self._opened(lambda: apsw.Connection(":memory:")) as connection:
            connection.execute(LEDGER.schema)
            return call(connection)

    def _make(self) -> None:
        if self._path.exists():
            return
        # Made by the class that the service uses, so that mark and schema are the same whoever comes first.
        ledger = Ledger.open(self._path.parent, clock_ns=self.clock_ns, demo=self.plant.simulated)
        asyncio.run(ledger.close())

    def _check_demo(self, connection: apsw.Connection) -> None:
        simulated = bool(value(connection, "SELECT number FROM meta WHERE key = 'demo'"))
        if simulated != self.plant.simulated:
            raise CannotStart(entry_text("simulated_ledger" if simulated else "real_ledger", file=self._path))

    @contextlib.contextmanager
    def _opened(self, connect: Callable[[], apsw.Connection]) -> Iterator[apsw.Connection]:
        try:
            connection = connect()
            try:
                yield connection
            finally:
                connection.close()
        except FILE_ERRORS as error:
            raise failure_in_use(self._path, error) from error
