"""Asks a database through SQLAlchemy, in a thread of its own and in transactions that only read."""

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sqlalchemy import URL, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from collector.config.fields import LOOPBACK
from collector.config.secret import SecretError, read_secret, variable
from collector.errors import ConfigurationError, SourceRefused, SourceUnavailable
from collector.sources.rows import Cells
from collector.sources.sql.config import SqlConfig

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Found = TypeVar("Found")
MOST_ROWS = 5_000
"""Rows of one delivery: a few megabytes. More come in the next one at once."""
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "mssql": "mssql+pyodbc",
    "oracle": "oracle+oracledb",
    "firebird": "firebird+firebird",
    "sqlite": "sqlite",
}
_READ_ONLY = {"oracle": "SET TRANSACTION READ ONLY", "sqlite": "PRAGMA query_only = ON"}


class ReadOnlyDatabase:
    """One connection at a time. What blocks, blocks in its thread: a database that hangs holds up nobody else."""

    def __init__(self, config: SqlConfig, folder: Path, zone: ZoneInfo) -> None:
        """Raises ConfigurationError if the package of its driver is missing."""
        self._config = config
        self._zone = zone
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"sql-{config.name}")
        self._connection: Connection | None = None
        try:
            self._engine()
        except ImportError as error:
            raise ConfigurationError(
                f"source {config.name}: the package of the driver {config.driver} is missing ({error.name}); install "
                f"it with: pip install 'tundish[{config.driver}]'"
            ) from error
        except SourceRefused:
            pass  # its password is asked for again at each connecting, and told then

    async def ask(self, query: str, since: datetime) -> list[Cells]:
        """The first rows. Raises SourceUnavailable if they do not come in time."""
        return await self._in_thread(lambda: self._first(query, since))

    async def more(self) -> list[Cells]:
        """The rows that follow; none at the end."""
        return await self._in_thread(self._next)

    async def look(self, call: "Callable[[Connection], Found]") -> Found:
        """What `call` reads, in a transaction of its own. Raises SourceUnavailable or SourceRefused."""
        return await self._in_thread(lambda: self._looked(call))

    async def close(self) -> None:
        """End the connection, whatever it does."""
        with suppress(TimeoutError, SourceUnavailable):
            await self._in_thread(self._close)

    async def _in_thread(self, call: Callable[[], Found]) -> Found:
        future = asyncio.get_running_loop().run_in_executor(self._thread, call)
        try:
            async with asyncio.timeout(self._config.timeout):
                return await future
        except TimeoutError:
            raise SourceUnavailable(
                f"{place(self._config)} gave no answer within {self._config.timeout:g} s: look for locks, or an index "
                "that the query needs"
            ) from None

    def _looked(self, call: "Callable[[Connection], Found]") -> Found:
        try:
            connection = self._reading()
            try:
                return call(connection)
            finally:
                connection.rollback()
        except SQLAlchemyError as error:
            raise said(self._config, error) from error

    def _reading(self) -> "Connection":
        """The connection, in a transaction that only reads."""
        if self._connection is None:
            self._connection = self._engine().connect()
        read_only = _READ_ONLY.get(self._config.driver)
        if read_only is not None:
            self._connection.execute(text(read_only))
        return self._connection

    def _first(self, query: str, since: datetime) -> list[Cells]:
        result = (
            self._reading()
            .execution_options(stream_results=True, max_row_buffer=MOST_ROWS)
            .execute(text(query), {"since": since})
        )
        self._rows: Iterator[Any] = iter(result.mappings().partitions(MOST_ROWS))
        return self._next()

    def _next(self) -> list[Cells]:
        rows: list[Cells] = [dict(row) for row in next(self._rows, ())]
        if len(rows) < MOST_ROWS and self._connection is not None:
            # A transaction that is left open holds its locks until the next poll: nobody could change the table.
            self._connection.rollback()
        return rows

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection.engine.dispose()
            self._connection = None

    def _engine(self) -> "Engine":
        config, options = self._config, dict(self._config.options)
        arguments: dict[str, Any] = {}
        execution: dict[str, Any] = {}
        if config.driver == "postgresql":
            options.setdefault("sslmode", "prefer" if config.host in LOOPBACK else "require")
            options.setdefault("connect_timeout", str(max(1, round(config.timeout))))
            options.setdefault("application_name", "tundish")
            # Times without an offset are then the same in a row and beside :since.
            arguments["options"] = (
                f"-c statement_timeout={round(config.timeout * 1000)} -c TimeZone={self._zone} -c DateStyle=ISO"
            )
            execution["postgresql_readonly"] = True
        database = str(self._folder / config.database) if config.driver == "sqlite" else config.database
        if config.driver == "sqlite":
            # A question mark in its name would begin parameters of its own, and one of them is to make the file.
            database, options = f"file:{quote(database)}", {**options, "mode": "ro", "uri": "true"}
            arguments["timeout"] = config.timeout
        url = URL.create(
            _DRIVERS[config.driver],
            username=config.user,
            password=self._password(),
            host=config.host,
            port=config.port,
            database=database,
            query=options,
        )
        engine = create_engine(url, connect_args=arguments, execution_options=execution)
        if config.driver == "postgresql":
            event.listen(engine, "connect", _times_as_text)
        elif config.driver == "firebird":
            event.listen(engine, "connect", _only_reading)
        return engine

    def _password(self) -> str | None:
        config = self._config
        try:
            return read_secret(self._folder, config.password_file, variable(config.name, "password"), os.environ)
        except SecretError as error:
            raise SourceRefused(f"source {config.name}, password_file {config.password_file}: {error}") from error


def _times_as_text(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own
    """A time that Python does not know (infinity, the year 20000) is then one row's fault and no whole answer's."""
    from psycopg.types.string import TextLoader

    for name in ("timestamptz", "timestamp", "date"):
        connection.adapters.register_loader(name, TextLoader)


def _only_reading(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own
    """A SELECT of Firebird may call a procedure that writes. It takes the kind of a transaction by no statement.

    It reads the newest committed version of a row and so waits for nobody.
    """
    from firebird.driver import Isolation, TraAccessMode, tpb

    connection.main_transaction.default_tpb = tpb(
        Isolation.READ_COMMITTED_RECORD_VERSION, access_mode=TraAccessMode.READ
    )


def place(config: SqlConfig) -> str:
    """The database, for messages."""
    at = f" at {config.host}" + (f":{config.port}" if config.port else "") if config.host else ""
    return f"{config.driver}{at}, database {config.database}"


def said(config: SqlConfig, error: Exception) -> SourceUnavailable:
    """What an error of the library or its driver means: the driver's own first line, and where."""
    original = getattr(error, "orig", None) or error
    line = next(iter(str(original).strip().splitlines()), "") or type(original).__name__
    kind = SourceRefused if _is_refusal(line) else SourceUnavailable
    return kind(f"{place(config)}: {line[:200]}")


def _is_refusal(line: str) -> bool:
    words = line.lower()
    return any(word in words for word in ("password", "authentication", "permission denied", "does not exist", "login"))
