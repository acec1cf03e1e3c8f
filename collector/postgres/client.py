"""One connection to PostgreSQL, made when it is needed and anew after it broke; work goes in transactions, in turn."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import psycopg

from collector.errors import SinkUnavailable
from collector.postgres.failure import failure
from collector.postgres.settings import PostgresSettings

STATEMENTS = 3
"""The limits of so many statements are that of a transaction: it withdraws, writes and commits."""
LEAST_CONNECT_S = 2
"""libpq takes no shorter wait for a connection."""
Connection = psycopg.AsyncConnection[tuple[Any, ...]]


def connect_options(settings: PostgresSettings) -> dict[str, Any]:
    """How to reach the database, in libpq's words."""
    limit_ms = int(settings.timeout_s * 1000)
    return {
        "host": settings.host,
        "port": settings.port,
        "dbname": settings.database,
        "user": settings.user,
        "password": settings.password,
        "sslmode": settings.tls,
        "sslrootcert": str(settings.ca_file) if settings.ca_file is not None else None,
        "connect_timeout": max(LEAST_CONNECT_S, round(settings.timeout_s)),
        "application_name": "tundish",
        "options": f"-c statement_timeout={limit_ms} -c TimeZone=UTC",
    }


class PostgresClient:
    """Transactions on one connection. Make it inside a running event loop; close it when done."""

    def __init__(self, settings: PostgresSettings) -> None:
        self.settings = settings
        self._connection: Connection | None = None
        self._turn = asyncio.Lock()

    async def close(self) -> None:
        """Closes the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                await connection.close()

    @asynccontextmanager
    async def transaction(self, limit_s: float | None = None) -> AsyncIterator[Connection]:
        """A connection within a transaction, which is committed on leaving it without an error.

        It is given up if the server says nothing for `limit_s` (None: as its statements allow).

        Raises SinkUnavailable if the rows must be kept (no connection, time limit, login, missing table) and
        SinkRejected if they are at fault. In both cases nothing of the transaction is in the database; where the
        connection broke while it was being committed all of it may be, and to repeat it changes nothing.
        """
        async with self._turn:
            silent: list[Connection] = []
            limit_s = self.settings.timeout_s * STATEMENTS if limit_s is None else limit_s
            try:
                connection = await self._connected()
                with _limited(connection, limit_s, silent):
                    async with connection.transaction():
                        yield connection
            except psycopg.DataError as error:
                raise failure(self.settings, error) from error  # rolled back, and the connection is sound
            except psycopg.Error as error:
                await self.close()
                if silent:
                    raise SinkUnavailable(f"{self.settings.where} did not answer within {limit_s:g} s") from error
                raise failure(self.settings, error) from error
            except BaseException:
                await self.close()  # nobody knows what is still under way on it
                raise

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            # Each transaction is begun and ended by us.
            options = connect_options(self.settings)
            self._connection = await psycopg.AsyncConnection.connect(**options, autocommit=True)
        return self._connection


@contextmanager
def _limited(connection: Connection, limit_s: float, silent: list[Connection]) -> Iterator[None]:
    """Hangs up on a server that says nothing. To cancel the task would not do: the library would wait for the answer
    to its own cancel."""

    def hang_up() -> None:
        silent.append(connection)
        with contextlib.suppress(OSError, psycopg.Error), socket.socket(fileno=connection.fileno()) as line:
            try:
                line.shutdown(socket.SHUT_RDWR)
            finally:
                line.detach()  # the library closes it

    timer = asyncio.get_running_loop().call_later(limit_s, hang_up)
    try:
        yield
    finally:
        timer.cancel()
