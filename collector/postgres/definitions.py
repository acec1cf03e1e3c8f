"""The statements that make schema, tables and rights, and the whole as a script for an administrator. Pure."""

from collections.abc import Iterator

from psycopg.sql import SQL, Composed, Identifier

from collector.postgres.columns import SCHEMA, TABLES, SqlColumn, field_columns, key_columns
from collector.postgres.settings import PostgresSettings
from collector.postgres.statements import table_name

SCRIPT_HEAD = """-- What Tundish needs in this PostgreSQL. Run it as an administrator, with psql.
-- Then give both roles their passwords (\\password NAME asks for one), and write them into the files of plant.yaml.
"""


def wanted_columns(table: str) -> tuple[SqlColumn, ...]:
    """All columns of a table, those of the key first."""
    return (*key_columns(TABLES[table]), *field_columns(TABLES[table]))


def create_schema() -> Composed:
    """The one schema of ours."""
    return SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(SCHEMA))


def create_table(table: str) -> Composed:
    """A table with its key."""
    columns = SQL(", ").join(_column(column) for column in wanted_columns(table))
    key = SQL(", ").join(Identifier(column.name) for column in key_columns(TABLES[table]))
    return SQL("CREATE TABLE IF NOT EXISTS {} ({}, PRIMARY KEY ({}))").format(table_name(table), columns, key)


def indexes(table: str) -> Iterator[Composed]:
    """Telemetry is deleted by its time, which its key begins with its tags before. Rows come nearly in the order of
    their times, so an index of ranges of blocks is enough, and is small."""
    if table == "telemetry":
        name = Identifier("telemetry_time")
        yield SQL('CREATE INDEX IF NOT EXISTS {} ON {} USING brin ("time")').format(name, table_name(table))


def add_column(table: str, column: SqlColumn) -> Composed:
    """A field that a newer version has."""
    return SQL("ALTER TABLE {} ADD COLUMN {}").format(table_name(table), _column(column))


def writer_grants() -> str:
    """The rights on tables of the collector: it asks what is there, writes, and withdraws."""
    return "SELECT, INSERT, UPDATE, DELETE"


def reader_grants() -> str:
    """The rights on tables of Grafana."""
    return "SELECT"


def grants(database: str, role: str, rights: str) -> Iterator[Composed]:
    """What lets a role in, and what it may do there."""
    name = Identifier(role)
    yield SQL("GRANT CONNECT ON DATABASE {} TO {}").format(Identifier(database), name)
    yield SQL("GRANT USAGE ON SCHEMA {} TO {}").format(Identifier(SCHEMA), name)
    for table in TABLES:
        yield SQL("GRANT {} ON {} TO {}").format(_words(rights), table_name(table), name)


def script(settings: PostgresSettings) -> str:
    """All of it as SQL, for a database that an administrator makes and keeps by hand."""
    statements: list[Composed] = [create_schema()]
    for table in TABLES:
        statements += [create_table(table), *indexes(table)]
    roles = ((settings.user, writer_grants()), (settings.reader, reader_grants()))
    for role, rights in roles:
        statements.append(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
        statements += grants(settings.database, role, rights)
    return SCRIPT_HEAD + "".join(f"{statement.as_string()};\n" for statement in statements)


def _column(column: SqlColumn) -> Composed:
    needed = " NOT NULL" if column.in_key else ""
    return SQL("{} {}").format(Identifier(column.name), _words(f"{column.sql_type}{needed}"))


def _words(words: str) -> SQL:
    """Words of SQL that stand in this room, and come from nobody."""
    return SQL(words)
