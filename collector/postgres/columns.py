"""Tables of docs/tables.md as tables of PostgreSQL, and rows as their columns. Pure.

The key of a table is its time and all its tags. PostgreSQL's time holds microseconds, so the rest of the nanoseconds
stands beside it, as a part of the key: two readings or events of one microsecond stay two.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.tables.shapes import CALCULATED, MARK, RAW, FieldType, TableShape, by_name
from models.works.table import FieldValue, Row, RowKey

SCHEMA = "tundish"
"""The schema of all tables. Not to be configured: works share it and are told apart by their site."""
BELOW_US = "below_us"
TABLES = by_name((*CALCULATED, *RAW, MARK))
SQL_TYPES = {FieldType.NUMBER: "double precision", FieldType.WHOLE: "bigint", FieldType.TEXT: "text"}
NS_PER_US = 1000
_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1
_LEAST_NS, _MOST_NS = 0, 9_000_000_000 * 10**9
"""Times that PostgreSQL, the journal and every reader hold alike: 1970 to 2255."""
_NUL = "\x00"


class CannotHold(ValueError):
    """The table has no place for this name or value; the text says which and why."""


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """A column; those of the key are never empty."""

    name: str
    sql_type: str
    in_key: bool = False

    @property
    def reported_type(self) -> str:
        """The type as information_schema calls it."""
        return "timestamp with time zone" if self.sql_type == "timestamptz" else self.sql_type


def key_columns(shape: TableShape) -> tuple[SqlColumn, ...]:
    """The key in the order of its index. Readers ask for a works and a span; of telemetry, for one signal of a unit."""
    time = SqlColumn("time", "timestamptz", in_key=True)
    tags = [SqlColumn(tag, "text", in_key=True) for tag in shape.tags]
    below = SqlColumn(BELOW_US, "smallint", in_key=True)
    if shape.name == "telemetry":
        return (*tags, time, below)
    return (tags[0], time, *tags[1:], below)


def field_columns(shape: TableShape) -> tuple[SqlColumn, ...]:
    """The fields; one that is not known is NULL."""
    return tuple(SqlColumn(name, SQL_TYPES[kind]) for name, kind in shape.fields.items())


def key_values(key: RowKey) -> list[Any]:
    """The values of `key_columns`, the time as whole microseconds since 1970. Raises CannotHold."""
    shape = _shape(key.table)
    tags = dict(key.tags)
    if tags.keys() != set(shape.tags):
        raise CannotHold(f"table {key.table} has the tags {', '.join(shape.tags)}, and the row {', '.join(tags)}")
    if not _LEAST_NS <= key.time_ns < _MOST_NS:
        raise CannotHold(f"time {key.time_ns} ns lies outside 1970 to 2255")
    us, below = divmod(key.time_ns, NS_PER_US)
    known: dict[str, Any] = {"time": us, BELOW_US: below}
    for tag, text in tags.items():
        if not text:
            raise CannotHold(f"tag {tag} is empty")
        known[tag] = _text(f"tag {tag}", text)
    return [known[column.name] for column in key_columns(shape)]


def row_values(row: Row) -> list[Any] | None:
    """The values of key and fields; None if no field is left: NaN and infinities are no figures. Raises CannotHold."""
    shape = _shape(row.key.table)
    foreign = row.fields.keys() - shape.fields.keys()
    if foreign:
        raise CannotHold(f"table {row.key.table} has no field {', '.join(sorted(foreign))}")
    key = key_values(row.key)
    values = [_field(name, kind, row.fields.get(name)) for name, kind in shape.fields.items()]
    return [*key, *values] if any(value is not None for value in values) else None


def transposed(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows as columns."""
    return [list(column) for column in zip(*rows, strict=True)]


def _shape(table: str) -> TableShape:
    if table not in TABLES:
        raise CannotHold(f"there is no table {table}")
    return TABLES[table]


def _field(name: str, kind: FieldType, value: FieldValue | None) -> FieldValue | None:
    """The value as its column holds it. A type never changes: a whole number is no number with decimals."""
    if value is None:
        return None
    if kind is FieldType.TEXT and isinstance(value, str):
        return _text(f"field {name}", value)
    if kind is FieldType.NUMBER and isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if kind is FieldType.WHOLE and isinstance(value, int):
        if not _INT64_MIN <= value <= _INT64_MAX:
            raise CannotHold(f"field {name} = {value} does not fit in 64 bits")
        return int(value)
    raise CannotHold(f"field {name} holds a {kind}, and the row has {value!r}")


def _text(what: str, text: str) -> str:
    if _NUL in text:
        raise CannotHold(f"{what} holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise CannotHold(f"{what} holds half of a surrogate pair, which UTF-8 cannot carry") from error
    return text
