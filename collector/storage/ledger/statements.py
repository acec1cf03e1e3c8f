"""What people stated, in the ledger: figures, plans, repairs, adjustments, closed months. SQL, no threads.

All of it is append-only. Each statement marks dirty what it changes, in the same transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import apsw

from collector.storage.file.sql import one, rows, value
from collector.storage.ledger.changes import mark_dirty, recording_time
from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure, MonthClose, MonthReopening
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.works.codes import FigureStatus

INDEXES = """
CREATE INDEX figure_by_start ON figure (start_ns);
CREATE INDEX figure_by_place ON figure (unit, product, start_ns) WHERE superseded_ns IS NULL;
CREATE INDEX figure_by_end ON figure (unit, product, end_ns) WHERE superseded_ns IS NULL;
CREATE INDEX figure_by_import ON figure (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX figure_by_key ON figure (key) WHERE superseded_ns IS NULL AND key <> ''
"""
"""A year is read out of a million figures, and the next file compared with those beside its own."""
SCHEMA = f"""
CREATE TABLE figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT, start_ns INTEGER NOT NULL, end_ns INTEGER NOT NULL, shop TEXT NOT NULL,
    unit TEXT NOT NULL, product TEXT NOT NULL, grams INTEGER, basis TEXT NOT NULL, status INTEGER NOT NULL,
    key TEXT NOT NULL, definition TEXT NOT NULL, origin TEXT NOT NULL, recorded_ns INTEGER NOT NULL,
    superseded_ns INTEGER, import_id INTEGER
);
{INDEXES};
CREATE TABLE plan (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, shop TEXT NOT NULL, unit TEXT NOT NULL,
    product TEXT NOT NULL, grams INTEGER, author TEXT NOT NULL, recorded_ns INTEGER NOT NULL, import_id INTEGER
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

EVER = 2**62  # later than every instant
NOT_UNDONE = "ifnull(import_id, 0) NOT IN (SELECT id FROM import_run WHERE undone_ns IS NOT NULL)"
_FIGURE = ", ".join(field.name for field in fields(Figure))
_STATUS = {int(status): status for status in FigureStatus}
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


def read(
    connection: apsw.Connection, known_ns: int | None = None, span_ns: tuple[int, int] | None = (-EVER, EVER)
) -> Facts:
    """What was stated, in the order of recording; `known_ns`: by then.

    Of every figure the newest revision; only those that lie within `span_ns`, and none if that is None.
    """
    facts = Facts(
        all_figures=[] if span_ns is None else _figures(connection, span_ns, known_ns),
        all_plans=[PlanEntry(**row) for row in _rows(connection, "plan")],
        all_repairs=[_repair(row) for row in _rows(connection, "repair")],
        adjustments=[Adjustment(**row) for row in _rows(connection, "adjustment")],
        closes=[MonthClose(**row) for row in _rows(connection, "month_close")],
        all_closed_figures=[ClosedFigure(**row) for row in _rows(connection, "closed_figure")],
        reopenings=[MonthReopening(**row) for row in _rows(connection, "month_reopening")],
    )
    return facts if known_ns is None else facts.known_at(known_ns)


def figures_beside(
    connection: apsw.Connection, figures: Iterable[Figure], former: Mapping[str, Sequence[str]]
) -> list[Figure]:
    """The newest revisions of those figures, and of all that share time with one of them at its unit and product.

    `former`: the codes that units had before, under which they may be recorded. Withdrawn figures too. As many looks as
    there are units, products and keys.
    """
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    found: dict[int, Figure] = {}
    for figure in figures:
        for unit in (figure.unit, *former.get(figure.unit, ())):
            start_ns, end_ns = spans.get((unit, figure.product), (figure.start_ns, figure.end_ns))
            spans[unit, figure.product] = min(start_ns, figure.start_ns), max(end_ns, figure.end_ns)
        if figure.key:
            found.update(_numbered(connection, "key <> '' AND key = ?", (figure.key,)))
    for series, (start_ns, end_ns) in spans.items():
        # Those that begin within the span, and those that reach into it: each by an index, and never all of the unit.
        within = "unit = ? AND product = ? AND start_ns BETWEEN ? AND ?"
        found.update(_numbered(connection, within, (*series, start_ns, end_ns)))
        reaching = "unit = ? AND product = ? AND end_ns >= ? AND start_ns < ?"
        found.update(_numbered(connection, reaching, (*series, start_ns, start_ns)))
    return [found[number] for number in sorted(found)]


def revision(connection: apsw.Connection, number: int) -> Figure:
    """The figure of a row."""
    return _figure(one(connection, f"SELECT {_FIGURE} FROM figure WHERE id = ?", (number,)) or ())  # noqa: S608


def before(connection: apsw.Connection, number: int) -> Figure | None:
    """The revision before that of a row, but for imports that were undone; None if there is none."""
    figure = revision(connection, number)
    same, values = _same(figure)
    row = one(
        connection,
        f"SELECT {_FIGURE} FROM figure WHERE id < ? AND {same} AND {NOT_UNDONE} ORDER BY id DESC LIMIT 1",  # noqa: S608
        (number, *values),
    )
    return None if row is None else _figure(row)


def standing(connection: apsw.Connection, figure: Figure) -> int | None:
    """The row of the revision that stands of a figure."""
    same, values = _same(figure)
    row = one(connection, f"SELECT id FROM figure WHERE superseded_ns IS NULL AND {same}", values)  # noqa: S608
    return None if row is None else int(row[0])


def import_of(connection: apsw.Connection, number: int) -> int | None:
    """The number of the import that a row of figures came from."""
    found = value(connection, "SELECT import_id FROM figure WHERE id = ?", (number,))
    return None if found is None else int(found)


def plans_of(connection: apsw.Connection, number: int) -> list[tuple[PlanEntry, PlanEntry | None]]:
    """The plans that an import recorded, each with the revision before it."""
    names = [field.name for field in fields(PlanEntry)]
    found = []
    for row_id, *row in rows(
        connection,
        f"SELECT id, {', '.join(names)} FROM plan WHERE import_id = ? ORDER BY id",  # noqa: S608 - our own names
        (number,),
    ):
        plan = PlanEntry(**dict(zip(names, row, strict=True)))
        before = one(
            connection,
            f"SELECT {', '.join(names)} FROM plan WHERE id < ? AND month = ? AND shop = ? AND unit = ? "  # noqa: S608
            f"AND product = ? AND {NOT_UNDONE} ORDER BY id DESC LIMIT 1",
            (row_id, plan.month, plan.shop, plan.unit, plan.product),
        )
        found.append((plan, None if before is None else PlanEntry(**dict(zip(names, before, strict=True)))))
    return found


def version(connection: apsw.Connection) -> tuple[int, ...]:
    """Changes with every statement that is recorded."""
    return tuple(int(value(connection, f"SELECT ifnull(max(id), 0) FROM {table}")) for table in TABLES)  # noqa: S608


def add(
    connection: apsw.Connection,
    statements: Iterable[Statement],
    dirty: Iterable[DirtySpan],
    clock_ns: int,
    import_id: int | None = None,
) -> int:
    """Record statements in the transaction that is under way, with one instant, which is returned (UTC ns).

    `import_id`: the number of the import that figures and plans come from.
    """
    recorded_ns = recording_time(connection, clock_ns)
    for item in statements:
        table = next(name for name, kind in _TYPES.items() if isinstance(item, kind))
        names = [field.name for field in fields(item)]
        values = [recorded_ns if name == "recorded_ns" else value for name, value in _columns(names, item)]
        if import_id is not None:
            names, values = [*names, "import_id"], [*values, import_id]
        marks = ", ".join("?" * len(names))
        if isinstance(item, Figure):
            _supersede(connection, item, recorded_ns)
        connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608
    for span in dirty:
        mark_dirty(connection, span.unit, span.product, span.start_s, span.end_s)
    return recorded_ns


def next_adjustment_name(connection: apsw.Connection) -> str:
    """The name of the adjustment that is posted next: A1, A2, ..."""
    last = int(value(connection, "SELECT ifnull(max(id), 0) FROM adjustment"))
    return f"A{last + 1}"


def _supersede(connection: apsw.Connection, figure: Figure, recorded_ns: int) -> None:
    """The revision that stood until now is no longer the newest word."""
    same, values = _same(figure)
    connection.execute(
        f"UPDATE figure SET superseded_ns = ? WHERE superseded_ns IS NULL AND {same}",  # noqa: S608
        (recorded_ns, *values),
    )


def _same(figure: Figure) -> tuple[str, list[object]]:
    """A condition on revisions of a figure, and its values: `figure_identity` in SQL."""
    if figure.key:
        return "key <> '' AND key = ?", [figure.key]
    return (
        "unit = ? AND shop = ? AND product = ? AND start_ns = ? AND end_ns = ? AND basis = ? AND definition = ? "
        "AND key = ''",
        [
            figure.unit,
            figure.shop,
            figure.product,
            figure.start_ns,
            figure.end_ns,
            figure.basis,
            figure.definition,
        ],
    )


def _figures(connection: apsw.Connection, span_ns: tuple[int, int], known_ns: int | None) -> list[Figure]:
    known = EVER if known_ns is None else known_ns
    found = rows(
        connection,
        f"SELECT {_FIGURE} FROM figure WHERE start_ns >= ? AND start_ns < ? AND end_ns <= ? AND recorded_ns <= ? "  # noqa: S608
        "AND (superseded_ns IS NULL OR superseded_ns > ?) ORDER BY id",
        (span_ns[0], span_ns[1], span_ns[1], known, known),
    )
    return [_figure(row) for row in found]


def _numbered(connection: apsw.Connection, where: str, values: Sequence[object]) -> Iterator[tuple[int, Figure]]:
    sql = f"SELECT id, {_FIGURE} FROM figure WHERE superseded_ns IS NULL AND {where}"  # noqa: S608
    for number, *row in rows(connection, sql, values):
        yield int(number), _figure(row)


def _columns(names: Sequence[str], item: Statement) -> list[tuple[str, object]]:
    return [
        (name, int(value) if isinstance(value, bool | FigureStatus) else value)
        for name, value in zip(names, astuple(item), strict=True)
    ]


def _rows(connection: apsw.Connection, table: str) -> Iterable[dict[str, Any]]:
    names = [field.name for field in fields(_TYPES[table])]
    for row in rows(connection, f"SELECT {', '.join(names)} FROM {table} ORDER BY id"):  # noqa: S608
        yield dict(zip(names, row, strict=True))


def _figure(row: Sequence[Any]) -> Figure:
    start_ns, end_ns, shop, unit, product, grams, basis, status, key, definition, origin, recorded_ns = row
    return Figure(
        start_ns=start_ns,
        end_ns=end_ns,
        shop=shop,
        unit=unit,
        product=product,
        grams=grams,
        basis=basis,
        status=_STATUS[status],
        key=key,
        definition=definition,
        origin=origin,
        recorded_ns=recorded_ns,
    )


def _repair(row: dict[str, Any]) -> Repair:
    return Repair(**{**row, "kind": RepairKind(row["kind"]), "withdrawn": bool(row["withdrawn"])})
