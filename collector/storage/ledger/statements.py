"""What people stated, in the ledger: figures, plans, repairs, adjustments, closed months. SQL, no threads.

All of it is append-only. Each statement marks dirty what it changes, in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import apsw

from collector.storage.file.sql import rows, value
from collector.storage.ledger.changes import mark_dirty, recording_time
from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure, MonthClose, MonthReopening
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.works.codes import FigureStatus

SCHEMA = """
CREATE TABLE figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT, start_ns INTEGER NOT NULL, end_ns INTEGER NOT NULL, shop TEXT NOT NULL,
    unit TEXT NOT NULL, product TEXT NOT NULL, grams INTEGER, basis TEXT NOT NULL, status INTEGER NOT NULL,
    key TEXT NOT NULL, definition TEXT NOT NULL, origin TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE TABLE plan (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, shop TEXT NOT NULL, unit TEXT NOT NULL,
    product TEXT NOT NULL, grams INTEGER, author TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE TABLE repair (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, unit TEXT NOT NULL, start_ns INTEGER NOT NULL,
    end_ns INTEGER NOT NULL, kind TEXT NOT NULL, approved_by TEXT NOT NULL, author TEXT NOT NULL,
    withdrawn INTEGER NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE TABLE adjustment (
    id INTEGER PRIMARY KEY AUTOINCREMENT, day INTEGER NOT NULL, booked_month INTEGER NOT NULL, shop TEXT NOT NULL,
    unit TEXT NOT NULL, product TEXT NOT NULL, grams INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE, undoes TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE TABLE month_close (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, author TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE TABLE closed_figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, level TEXT NOT NULL, shop TEXT NOT NULL,
    unit TEXT NOT NULL, product TEXT NOT NULL, grams INTEGER NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE TABLE month_reopening (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL
)
"""
TABLES = ("figure", "plan", "repair", "adjustment", "month_close", "closed_figure", "month_reopening")

_TYPES = {
    "figure": Figure,
    "plan": PlanEntry,
    "repair": Repair,
    "adjustment": Adjustment,
    "month_close": MonthClose,
    "closed_figure": ClosedFigure,
    "month_reopening": MonthReopening,
}
Statement = Figure | PlanEntry | Repair | Adjustment | MonthClose | ClosedFigure | MonthReopening


@dataclass(frozen=True, slots=True)
class DirtySpan:
    """What a statement changes: the figures of `unit` ("all": of a total) and `product` over [start_s, end_s)."""

    unit: str
    product: str
    start_s: int
    end_s: int


def read(connection: apsw.Connection, known_ns: int | None = None) -> Facts:
    """Everything that was stated, in the order of recording; `known_ns`: by then."""
    facts = Facts(
        all_figures=[_figure(row) for row in _rows(connection, "figure")],
        all_plans=[PlanEntry(**row) for row in _rows(connection, "plan")],
        all_repairs=[_repair(row) for row in _rows(connection, "repair")],
        adjustments=[Adjustment(**row) for row in _rows(connection, "adjustment")],
        closes=[MonthClose(**row) for row in _rows(connection, "month_close")],
        all_closed_figures=[ClosedFigure(**row) for row in _rows(connection, "closed_figure")],
        reopenings=[MonthReopening(**row) for row in _rows(connection, "month_reopening")],
    )
    return facts if known_ns is None else facts.known_at(known_ns)


def version(connection: apsw.Connection) -> tuple[int, ...]:
    """Changes with every statement that is recorded."""
    return tuple(int(value(connection, f"SELECT ifnull(max(id), 0) FROM {table}")) for table in TABLES)  # noqa: S608


def add(connection: apsw.Connection, statements: Iterable[Statement], dirty: Iterable[DirtySpan], clock_ns: int) -> int:
    """Record statements in the transaction that is under way, with one instant, which is returned (UTC ns)."""
    recorded_ns = recording_time(connection, clock_ns)
    for item in statements:
        table = next(name for name, kind in _TYPES.items() if isinstance(item, kind))
        names = [field.name for field in fields(item)]
        values = [recorded_ns if name == "recorded_ns" else value for name, value in _columns(names, item)]
        marks = ", ".join("?" * len(names))
        connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608
    for span in dirty:
        mark_dirty(connection, span.unit, span.product, span.start_s, span.end_s)
    return recorded_ns


def next_adjustment_name(connection: apsw.Connection) -> str:
    """The name of the adjustment that is posted next: A1, A2, ..."""
    last = int(value(connection, "SELECT ifnull(max(id), 0) FROM adjustment"))
    return f"A{last + 1}"


def _columns(names: Sequence[str], item: Statement) -> list[tuple[str, object]]:
    return [
        (name, int(value) if isinstance(value, bool | FigureStatus) else value)
        for name, value in zip(names, astuple(item), strict=True)
    ]


def _rows(connection: apsw.Connection, table: str) -> Iterable[dict[str, Any]]:
    names = [field.name for field in fields(_TYPES[table])]
    for row in rows(connection, f"SELECT {', '.join(names)} FROM {table} ORDER BY id"):  # noqa: S608
        yield dict(zip(names, row, strict=True))


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{**row, "status": FigureStatus(row["status"])})


def _repair(row: dict[str, Any]) -> Repair:
    return Repair(**{**row, "kind": RepairKind(row["kind"]), "withdrawn": bool(row["withdrawn"])})
