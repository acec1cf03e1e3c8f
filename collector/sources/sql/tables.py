"""The tables and views of a database, and some rows of each, for a person who looks for what to read. Blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, column, func, inspect, literal_column, select, table, types

from models.counting.table_columns import ColumnKind, TableColumn

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import ReflectedColumn
    from sqlalchemy.engine.reflection import Inspector
    from sqlalchemy.sql.selectable import FromClause, Select, TableClause

MOST_TABLES, MOST_COLUMNS = 200, 60
MOST_COUNTED = 100_000
"""Rows that are counted at the most: a count of ten million holds a small database up."""
SAMPLE = 100
_LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class DatabaseTable:
    """`quoted`: its name as a query writes it; `rows`: at most MOST_COUNTED + 1; `names`: quoted columns by name;
    `clause`: it with its columns, as this database compares them."""

    name: str
    is_view: bool
    quoted: str
    rows: int
    columns: tuple[TableColumn, ...]
    names: dict[str, str]
    clause: "TableClause"


def table_names(connection: "Connection") -> tuple[list[tuple[str, bool]], int]:
    """(name, whether it is a view) of the first tables of the user's own schema, and how many more there are."""
    inspector = inspect(connection)
    found = [(name, False) for name in sorted(inspector.get_table_names())]
    found += [(name, True) for name in sorted(inspector.get_view_names())]
    return found[:MOST_TABLES], max(0, len(found) - MOST_TABLES)


def read_table(connection: "Connection", name: str, *, is_view: bool) -> DatabaseTable:
    """Columns, a bounded count and some rows."""
    inspector, quote = inspect(connection), connection.dialect.identifier_preparer.quote
    reflected = inspector.get_columns(name)[:MOST_COLUMNS]
    wanted = [one for one in reflected if not isinstance(one["type"], types.LargeBinary)]
    leading, unique = _indexed(inspector, name)
    # SQLite keeps what it is given, whatever type was declared: its values are taken as they are.
    typed = connection.dialect.name != "sqlite"
    named = {one["name"]: column(one["name"], one["type"] if typed else None) for one in wanted}
    of = table(name, *named.values())
    cells = [_cell(of, one) for one in wanted]
    rows = connection.execute(select(*cells).limit(SAMPLE)).all() if cells else []
    columns = []
    for place, one in enumerate(wanted):
        values = tuple(_plain(row[place]) for row in rows if row[place] is not None)
        columns.append(
            TableColumn(one["name"], _kind(one, values), one["name"] in leading, one["name"] in unique, values)
        )
    names = {one["name"]: quote(one["name"]) for one in wanted}
    return DatabaseTable(name, is_view, quote(name), _count(connection, of), tuple(columns), names, of)


def newest(connection: "Connection", of: DatabaseTable, by: str) -> object:
    """The greatest value of a column."""
    return connection.execute(select(func.max(of.clause.c[by]))).scalar()


def rows_after(connection: "Connection", of: DatabaseTable, by: str, value: object) -> int:
    """How many rows have a greater one, at most MOST_COUNTED + 1."""
    beyond = _ones(of.clause)
    if value is not None:
        # By its own type: PostgreSQL gives times as texts, and compares none with a text.
        beyond = beyond.where(of.clause.c[by] > bindparam("newest", value, type_=of.clause.c[by].type))
    return _counted(connection, beyond.limit(MOST_COUNTED + 1).subquery())


def _count(connection: "Connection", of: "FromClause") -> int:
    return _counted(connection, _ones(of).limit(MOST_COUNTED + 1).subquery())


def _ones(of: "FromClause") -> "Select[Any]":
    return select(literal_column("1").label("one")).select_from(of)


def _counted(connection: "Connection", rows: "FromClause") -> int:
    return int(connection.execute(select(func.count()).select_from(rows)).scalar() or 0)


def _indexed(inspector: "Inspector", name: str) -> tuple[set[str], set[str]]:
    """(columns with which an index begins, columns of which no value comes twice)."""
    leading: set[str] = set()
    unique: set[str] = set()
    key = inspector.get_pk_constraint(name)["constrained_columns"]
    for columns, alone in _index_columns(inspector, name, key):
        leading.add(columns[0])
        if alone and len(columns) == 1:
            unique.add(columns[0])
    return leading, unique


def _index_columns(inspector: "Inspector", name: str, key: list[str]) -> Iterator[tuple[list[str], bool]]:
    if key:
        yield key, True
    for index in inspector.get_indexes(name):
        columns = [one for one in index["column_names"] if one is not None]
        if columns:
            yield columns, bool(index["unique"])
    for constraint in inspector.get_unique_constraints(name):
        if constraint["column_names"]:
            yield constraint["column_names"], True


def _cell(of: "FromClause", one: "ReflectedColumn") -> "FromClause":
    """A column, of which a long text is cut by the database."""
    cell = of.c[one["name"]]
    return func.substr(cell, 1, _LONGEST_CELL) if isinstance(one["type"], types.String) else cell  # type: ignore[return-value]


def _plain(cell: object) -> object:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, str | bytes):
        return str(cell)[:_LONGEST_CELL]
    return cell if isinstance(cell, int | float | date) else str(type(cell).__name__)


def _kind(one: "ReflectedColumn", values: tuple[object, ...]) -> ColumnKind:
    """What is in it: by its type, or by its rows where the type says little, as in SQLite."""
    if isinstance(one["type"], types.DateTime | types.Date):
        return ColumnKind.TIME
    if values and all(isinstance(value, datetime | date) or _is_time(value) for value in values):
        return ColumnKind.TIME
    if isinstance(one["type"], types.Boolean) or any(isinstance(value, bool) for value in values):
        return ColumnKind.OTHER
    if isinstance(one["type"], types.Integer) or (values and all(isinstance(value, int) for value in values)):
        return ColumnKind.WHOLE
    if isinstance(one["type"], types.Numeric | types.Float) or (
        values and all(isinstance(value, int | float) for value in values)
    ):
        return ColumnKind.NUMBER
    if isinstance(one["type"], types.String) or (values and all(isinstance(value, str) for value in values)):
        return ColumnKind.TEXT
    return ColumnKind.OTHER


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or len(value) < len("2026-09-30"):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
