"""Rows in PostgreSQL: what one round withdraws and writes is there together, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from collector.influx.narrowing import send_or_narrow
from collector.influx.outbox_sender import Applied, T
from collector.postgres.client import Connection, PostgresClient
from collector.postgres.columns import CannotHold, key_values, row_values, transposed
from collector.postgres.failure import failure
from collector.postgres.statements import delete, upsert


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row as columns, to be written whole; or a key alone, whose row is to go."""

    table: str
    values: Sequence[Any]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RowTables:
    """The calculated tables in one database."""

    client: PostgresClient

    async def apply(self, items: Sequence[T]) -> Applied[T]:
        """One round in one transaction. What it refuses is found within that too, so a reader sees all or nothing.

        Raises SinkUnavailable: then all is to be repeated.
        """
        changes, refused = _changes(items)
        if changes:
            async with self.client.transaction() as connection:

                async def send(some: Sequence[tuple[T, RowChange]]) -> None:
                    try:
                        async with connection.transaction():  # a part of it, which alone is undone if it is refused
                            await carry_out(connection, [change for _, change in some])
                    except psycopg.Error as error:
                        raise failure(self.client.settings, error) from error

                found = await send_or_narrow(changes, send)
            refused += [(item, refusal.refused) for (item, _), refusal in found]
        gone = {item.key for item, _ in refused}
        return Applied(sum(not change.gone and item.key not in gone for item, change in changes), refused)


def _changes(items: Sequence[T]) -> tuple[list[tuple[T, RowChange]], list[tuple[T, str]]]:
    """Items as changes; and those that no column holds, with the reason. A row without fields says nothing: it goes."""
    changes: list[tuple[T, RowChange]] = []
    refused: list[tuple[T, str]] = []
    for item in items:
        try:
            values = None if item.row is None else row_values(item.row)
            change = RowChange(item.key.table, key_values(item.key) if values is None else values, values is None)
        except CannotHold as error:
            refused.append((item, str(error)))
        else:
            changes.append((item, change))
    return changes, refused


async def carry_out(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Both statements of every table that has changes. A key stands in them once."""
    for (table, gone), rows in _by_statement(changes).items():
        statement = delete(table) if gone else upsert(table)
        await connection.execute(statement, transposed(rows))


def _by_statement(changes: Sequence[RowChange]) -> Mapping[tuple[str, bool], list[Sequence[Any]]]:
    found: dict[tuple[str, bool], list[Sequence[Any]]] = {}
    for change in changes:
        found.setdefault((change.table, change.gone), []).append(change.values)
    return found
