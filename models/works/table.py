"""Rows of the calculated tables, as they are published and withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass

FieldValue = float | int | str
TagSet = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RowKey:
    """What makes a point one point: table, tags (sorted by name) and time (UTC nanoseconds)."""

    table: str
    tags: TagSet
    time_ns: int

    @staticmethod
    def of(table: str, time_ns: int, tags: Mapping[str, str]) -> "RowKey":
        """A key with its tags in canonical order: keys are compared, to withdraw the rows that no longer hold."""
        return RowKey(table, tuple(sorted(tags.items())), time_ns)


@dataclass(frozen=True, slots=True)
class Row:
    """One point. A field that is not known is absent. int fields are written as InfluxDB integers, float as floats."""

    key: RowKey
    fields: Mapping[str, FieldValue]
