"""The statements that change tables: each takes whole columns, so that a thousand rows are one statement. Pure."""

from collections.abc import Iterator, Sequence

from psycopg.sql import SQL, Composed, Identifier

from collector.postgres.columns import SCHEMA, TABLES, SqlColumn, field_columns, key_columns

_TIME = SQL("timestamptz 'epoch' + {} * interval '1 microsecond'")


def table_name(table: str) -> Identifier:
    """The table in our schema."""
    return Identifier(SCHEMA, table)


def upsert(table: str) -> Composed:
    """Writes rows whole: what a row does not name is NULL afterwards. One parameter a column, key first."""
    shape = TABLES[table]
    key, fields = key_columns(shape), field_columns(shape)
    columns = [*key, *fields]
    changed = SQL(", ").join(SQL("{0} = excluded.{0}").format(Identifier(column.name)) for column in fields)
    return SQL("INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS new({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
        table_name(table), _names(columns), _selected(columns), _arrays(columns), _names(columns), _names(key), changed
    )


def delete(table: str) -> Composed:
    """Deletes the rows with these keys. One parameter a column of the key."""
    key = key_columns(TABLES[table])
    same = SQL(" AND ").join(
        SQL("old.{} = {}").format(Identifier(column.name), value)
        for column, value in zip(key, _values("gone", key), strict=True)
    )
    return SQL("DELETE FROM {} AS old USING unnest({}) AS gone({}) WHERE {}").format(
        table_name(table), _arrays(key), _names(key), same
    )


def _names(columns: Sequence[SqlColumn]) -> Composed:
    return SQL(", ").join(Identifier(column.name) for column in columns)


def _arrays(columns: Sequence[SqlColumn]) -> Composed:
    # The time goes as microseconds: a whole number, which no driver rounds.
    types = (SQL("bigint") if column.name == "time" else SQL(column.sql_type) for column in columns)
    return SQL(", ").join(SQL("%s::{}[]").format(kind) for kind in types)


def _selected(columns: Sequence[SqlColumn]) -> Composed:
    return SQL(", ").join(_values("new", columns))


def _values(source: str, columns: Sequence[SqlColumn]) -> Iterator[Composed]:
    for column in columns:
        name = Identifier(source, column.name)
        yield _TIME.format(name) if column.name == "time" else SQL("{}").format(name)
