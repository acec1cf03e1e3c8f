"""Telemetry and source_health in PostgreSQL: the lines of the journal as rows, and the old ones deleted."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from psycopg.sql import SQL

from collector.errors import SinkRejected, SinkUnavailable
from collector.influx.line_reader import NoLine, read_line
from collector.influx.stored_lines import Damaged, unpack
from collector.postgres.client import PostgresClient
from collector.postgres.columns import CannotHold, key_columns, row_values
from collector.postgres.row_tables import RowChange, carry_out
from collector.postgres.statements import table_name
from models.tables.shapes import RAW, by_name
from models.works.calendar import NS

log = structlog.get_logger(__name__)

LOOK_S = 3600.0
"""How often old rows are looked for. An hour's rows are what may be kept too long, of a fortnight."""
ROWS_AT_ONCE = 20_000
"""Deleted by one statement: well within its time limit on a slow disk, and others write between two of them."""
_DELETE = SQL(
    "DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE site = %s AND time < %s LIMIT %s))"
)
_RAW_TABLES = by_name(RAW)


@dataclass(frozen=True, slots=True)
class RawTables:
    """The raw tables in one database, as the telemetry sink writes to them."""

    client: PostgresClient

    async def write(self, _bucket: str, body: bytes) -> None:
        """Writes gzip-compressed lines in one transaction. Raises SinkRejected if one is no row of a raw table."""
        changes = await asyncio.to_thread(changes_of, body)
        async with self.client.transaction() as connection:
            await carry_out(connection, changes)


def changes_of(body: bytes) -> list[RowChange]:
    """The rows of the lines; of a key that is there twice the last one counts. Raises SinkRejected."""
    try:
        rows = [read_line(line) for line in unpack(body)]
        found: dict[tuple[Any, ...], RowChange] = {}
        for row in rows:
            table = row.key.table
            if table not in _RAW_TABLES:
                raise CannotHold(f"{table} is no table of telemetry")
            values = row_values(row)
            if values is not None:
                found[table, *values[: len(key_columns(_RAW_TABLES[table]))]] = RowChange(table, values)
    except (Damaged, NoLine, CannotHold) as error:
        raise SinkRejected(str(error)) from error
    return list(found.values())


@dataclass(frozen=True, slots=True)
class RawRetention:
    """Deletes the raw rows of one works that are older than the retention, in portions, once an hour."""

    client: PostgresClient
    site: str
    days: float
    clock_ns: Callable[[], int] = field(default=time.time_ns)

    async def run(self) -> None:
        """Look until cancelled. A database that is away is asked again at the next look."""
        while True:
            try:
                await self.delete_old()
            except SinkUnavailable as error:
                log.warning("old_telemetry_kept", error=str(error), next_look_s=LOOK_S)
            await asyncio.sleep(LOOK_S)

    async def delete_old(self) -> int:
        """Delete all that is too old; how many rows. Raises SinkUnavailable."""
        limit = datetime.fromtimestamp(self.clock_ns() / NS, UTC) - timedelta(days=self.days)
        deleted = 0
        for table in _RAW_TABLES:
            while True:
                async with self.client.transaction() as connection:
                    statement = _DELETE.format(table=table_name(table))
                    gone = (await connection.execute(statement, (self.site, limit, ROWS_AT_ONCE))).rowcount
                deleted += gone
                if gone < ROWS_AT_ONCE:
                    break
        if deleted:
            log.info("old_telemetry_deleted", rows=deleted, days=self.days)
        return deleted
