"""Rows of a calculated table as PostgreSQL has them, to be compared with what was published."""

from collections.abc import Mapping

from psycopg.sql import SQL, Composed, Identifier

from collector.postgres.client import PostgresClient
from collector.postgres.columns import BELOW_US, NS_PER_US, TABLES, field_columns
from collector.postgres.statements import table_name
from models.works.table import FieldValue, RowKey

_US = SQL("(extract(epoch FROM time) * 1000000)::bigint")
"""Numeric in PostgreSQL from 14 on, so exact; before it a double, which holds microseconds of this century too."""


async def stored_rows(
    client: PostgresClient, table: str, site: str, start_ns: int, end_ns: int
) -> Mapping[RowKey, Mapping[str, FieldValue]]:
    """The rows of a works with start_ns <= time < end_ns. Raises SinkUnavailable."""
    shape = TABLES[table]
    names = [*shape.tags, *(column.name for column in field_columns(shape))]
    columns = SQL(", ").join([_US, Identifier(BELOW_US), *map(Identifier, names)])
    span = SQL("time >= {0} AND time <= {1}").format(_time(start_ns), _time(end_ns))
    statement = SQL("SELECT {} FROM {} WHERE site = %s AND {}").format(columns, table_name(table), span)
    rows: dict[RowKey, Mapping[str, FieldValue]] = {}
    async with client.transaction() as connection:
        async for us, below, *values in await connection.execute(statement, (site,)):
            time_ns = us * NS_PER_US + below
            if start_ns <= time_ns < end_ns:
                named = dict(zip(names, values, strict=True))
                key = RowKey.of(table, time_ns, {tag: named.pop(tag) for tag in shape.tags})
                rows[key] = {name: value for name, value in named.items() if value is not None}
    return rows


def _time(time_ns: int) -> Composed:
    return SQL("timestamptz 'epoch' + {} * interval '1 microsecond'").format(time_ns // NS_PER_US)
