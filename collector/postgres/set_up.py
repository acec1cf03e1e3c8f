"""Makes what the service needs in a PostgreSQL: database, schema, tables, and two roles of least right.

Needs an administrator's connection. The collector may read and change rows of our tables and nothing else; Grafana may
read them. What is there already is left, so that doing it twice changes nothing.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from collector.errors import ProvisioningFailed
from collector.influx.set_up import SetUpStep, write_secret
from collector.postgres.client import Connection, connect_options
from collector.postgres.columns import SCHEMA, TABLES
from collector.postgres.definitions import (
    add_column,
    create_schema,
    create_table,
    grants,
    indexes,
    reader_grants,
    wanted_columns,
    writer_grants,
)
from collector.postgres.failure import failure
from collector.postgres.settings import PostgresSettings

MAINTENANCE = "postgres"
"""The database that every server has: connected to, to make ours."""
_NO_DATABASE = "does not exist"
_HASH = b"scram-sha-256"
"""How a password is sent: hashed here, so that no log of the server has it."""


@dataclass(frozen=True, slots=True)
class DatabaseRole:
    """A role of least right: its name, its password (None: made anew) and the file to keep it in, whether it writes."""

    name: str
    writes: bool
    password: str | None = None
    file: Path | None = None


class PostgresSetUp:
    """Sets up one database with an administrator's connection. Raises ProvisioningFailed or SinkUnavailable.

    `administrator` is a connection string or URI of libpq; what it does not say is taken from `settings`.
    """

    def __init__(
        self, settings: PostgresSettings, administrator: str, *, dry_run: bool, report: Callable[[SetUpStep], None]
    ) -> None:
        self._settings = settings
        self._dry_run = dry_run
        self._report = report
        try:
            given = psycopg.conninfo.conninfo_to_dict(administrator)
        except psycopg.ProgrammingError as error:
            raise ProvisioningFailed(
                f"the administrator's connection is none: {str(error).strip()}; give such as "
                "'user=postgres password=...' or postgresql://postgres:...@host/"
            ) from error
        ours = connect_options(settings) | {"user": None, "password": None, "options": None}
        self._options = {**ours, **given, "dbname": given.get("dbname") or settings.database}

    async def run(self, roles: Iterable[DatabaseRole]) -> None:
        """Make all that is missing."""
        try:
            connection = await self._connected()
            if connection is None:  # a dry run, and no database yet
                for what in (f"schema {SCHEMA}", *(f"table {name}" for name in TABLES)):
                    self._report(SetUpStep("made", what))
                for role in roles:
                    self._report(SetUpStep("made", _about(role)))
                return
            async with connection, connection.transaction():
                await self._tables(connection)
                for role in roles:
                    await self._role(connection, role)
        except psycopg.Error as error:
            raise failure(self._settings, error) from error

    async def _connected(self) -> Connection | None:
        name = self._options["dbname"]
        try:
            connection = await psycopg.AsyncConnection.connect(**self._options, autocommit=True)
        except psycopg.OperationalError as error:
            if f'database "{name}" {_NO_DATABASE}' not in str(error):
                raise
        else:
            self._report(SetUpStep("unchanged", f"database {name}"))
            return connection
        if not self._dry_run:
            options = {**self._options, "dbname": MAINTENANCE}
            async with await psycopg.AsyncConnection.connect(**options, autocommit=True) as maintenance:
                await maintenance.execute(SQL("CREATE DATABASE {} ENCODING 'UTF8'").format(Identifier(name)))
        self._report(SetUpStep("made", f"database {name}"))
        return None if self._dry_run else await psycopg.AsyncConnection.connect(**self._options, autocommit=True)

    async def _tables(self, connection: Connection) -> None:
        there = await self._columns(connection)
        schemas = await connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (SCHEMA,))
        if await schemas.fetchone() is None:
            await self._change(connection, create_schema())
            self._report(SetUpStep("made", f"schema {SCHEMA}"))
        for name in TABLES:
            self._report(await self._table(connection, name, there.get(name)))

    async def _table(self, connection: Connection, name: str, there: dict[str, str] | None) -> SetUpStep:
        """Make a table, or the columns that a newer version has. `there`: the types of its columns, by name."""
        if there is None:
            for statement in (create_table(name), *indexes(name)):
                await self._change(connection, statement)
            return SetUpStep("made", f"table {name}")
        missing = []
        for column in wanted_columns(name):
            kind = there.get(column.name)
            if kind is None and not column.in_key:
                await self._change(connection, add_column(name, column))
                missing.append(column.name)
            elif kind != column.reported_type:
                found = f"is of type {kind} and not of {column.reported_type}" if kind else "is missing"
                raise ProvisioningFailed(
                    f"table {SCHEMA}.{name} is none of ours: column {column.name} {found}; "
                    "rename that table, and provision again"
                )
        return (
            SetUpStep("changed", f"table {name}, with {', '.join(missing)}")
            if missing
            else SetUpStep("unchanged", f"table {name}")
        )

    async def _columns(self, connection: Connection) -> dict[str, dict[str, str]]:
        """By table of our schema: the type of each column, by name."""
        found: dict[str, dict[str, str]] = {}
        query = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = %s"
        for table, column, kind in await (await connection.execute(query, (SCHEMA,))).fetchall():
            found.setdefault(table, {})[column] = kind
        return found

    async def _role(self, connection: Connection, role: DatabaseRole) -> None:
        known = await connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role.name,))
        there = await known.fetchone() is not None
        kept = role.file.read_text(encoding="utf-8").strip() if role.file is not None and role.file.exists() else None
        password = role.password or kept
        deed = "unchanged" if there else "made"
        if there and not await self._lets_in(role, password):
            deed = "changed"
        if password is None and role.file is not None:
            password = secrets.token_urlsafe(24)
        if not self._dry_run:
            await self._make_role(connection, role, password if deed != "unchanged" else None, new=not there)
            if password is not None and role.file is not None and kept is None:
                write_secret(role.file, password)
        self._report(SetUpStep(deed, _about(role)))

    async def _make_role(self, connection: Connection, role: DatabaseRole, password: str | None, *, new: bool) -> None:
        """Make a role with its rights; the password only if it is a new one."""
        if new:
            await connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role.name)))
        if password is not None:
            hashed = connection.pgconn.encrypt_password(password.encode(), role.name.encode(), _HASH).decode()
            await connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(role.name), Literal(hashed)))
        for grant in grants(self._options["dbname"], role.name, writer_grants() if role.writes else reader_grants()):
            await connection.execute(grant)

    async def _lets_in(self, role: DatabaseRole, password: str | None) -> bool:
        """Whether the server takes the role with this password. Without one nothing can be tried: it is asked for in
        a file that is lost, or is not asked for at all."""
        if password is None:
            return role.file is None
        try:
            login = {**self._options, "user": role.name, "password": password}
            async with await psycopg.AsyncConnection.connect(**login):
                return True
        except psycopg.OperationalError as error:
            return "password authentication failed" not in str(error)

    async def _change(self, connection: Connection, statement: Composed) -> None:
        if not self._dry_run:
            await connection.execute(statement)


def _about(role: DatabaseRole) -> str:
    right = "reads and writes" if role.writes else "reads"
    kept = f"; its password is in {role.file}" if role.file is not None else ""
    return f"role {role.name}, {right} the tables{kept}"
