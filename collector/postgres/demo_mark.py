"""The mark that keeps simulated figures out of a real database: the same row as in InfluxDB, in a table of its own."""

from collections.abc import Iterable

from psycopg.sql import SQL

from collector.errors import CannotStart
from collector.influx.demo_mark import mark_row
from collector.postgres.client import Connection, PostgresClient
from collector.postgres.columns import row_values, transposed
from collector.postgres.statements import table_name, upsert
from models.tables.shapes import CALCULATED, MARK, RAW

LOOK_S = 2.0
"""A look at first rows: a server that is there has them in milliseconds, and one that hangs must not hold the start."""


async def check_database(client: PostgresClient, site: str, *, simulated: bool) -> None:
    """Marks an empty database for a simulated site. Raises CannotStart if it is not for this kind of site.

    Raises SinkUnavailable while the database cannot tell.
    """
    where = client.settings.where
    async with client.transaction(LOOK_S) as connection:
        marked = await _any_row(connection, MARK.name)
        if not simulated and marked:
            raise CannotStart(
                f"{where} holds figures of a simulated works; "
                "name another database for the real one, or set site.simulated in the configuration"
            )
        if not simulated or marked:
            return
        for shape in (*CALCULATED, *RAW):
            if await _any_row(connection, shape.name):
                raise CannotStart(
                    f"{where} already holds figures and no mark of a simulated works; "
                    "give the simulated works an empty database of its own"
                )
        values = row_values(mark_row(site))
        assert values is not None  # noqa: S101 - it has a field
        await connection.execute(upsert(MARK.name), transposed([values]))


async def _any_row(connection: Connection, table: str) -> bool:
    found = await connection.execute(SQL("SELECT 1 FROM {} LIMIT 1").format(table_name(table)))
    return await found.fetchone() is not None


async def has_figures(client: PostgresClient, site: str, tables: Iterable[str]) -> bool:
    """Whether one of these tables has a row of the site. Raises SinkUnavailable."""
    async with client.transaction(LOOK_S) as connection:
        for table in tables:
            query = SQL("SELECT 1 FROM {} WHERE site = %s LIMIT 1").format(table_name(table))
            if await (await connection.execute(query, (site,))).fetchone() is not None:
                return True
    return False
