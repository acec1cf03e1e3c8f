"""Indicators and projects, as people stated them. Append-only: a newer number stands beside the older ones. SQL."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger.changes import recording_time
from models.stated.measure import MeasureKind, StatedMeasure

SCHEMA = """
CREATE TABLE measure (
    id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, value TEXT NOT NULL, growth_pct TEXT, source TEXT NOT NULL, stated_on INTEGER NOT NULL,
    author TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE INDEX measure_by_subject ON measure (subject, start)
"""
"""Numbers are texts: they are kept as they were written, to the last digit. An empty one takes back what was stated."""
TABLES = ("measure",)
_COLUMNS = "subject, kind, start, end, value, growth_pct, source, stated_on, author, recorded_ns"
_KINDS = {kind.value: kind for kind in MeasureKind}


def add(connection: apsw.Connection, stated: Iterable[StatedMeasure], clock_ns: int) -> None:
    """Record them in the transaction that is under way."""
    recorded_ns = recording_time(connection, clock_ns)
    connection.executemany(
        f"INSERT INTO measure ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
        [
            (
                *(each.subject, each.kind.value, each.start, each.end, "" if each.withdrawn else str(each.value)),
                *(None if each.growth_pct is None else str(each.growth_pct), each.source, each.stated_on),
                *(each.author, recorded_ns),
            )
            for each in stated
        ],
    )


def read(connection: apsw.Connection, renamed: Mapping[str, str]) -> list[StatedMeasure]:
    """All that was ever stated, in the order of recording. What a newer version wrote of another kind is left out.
    `renamed`: codes, by those that they had before."""
    found = rows(connection, f"SELECT {_COLUMNS} FROM measure ORDER BY id")  # noqa: S608 - our own names
    return [
        StatedMeasure(
            subject=renamed.get(subject, subject), kind=_KINDS[kind], start=start, end=end, value=Decimal(value or 0),
            growth_pct=None if growth is None else Decimal(growth), source=source, stated_on=stated_on,
            author=author, withdrawn=not value, recorded_ns=recorded_ns,
        )
        for subject, kind, start, end, value, growth, source, stated_on, author, recorded_ns in found
        if kind in _KINDS
    ]  # fmt: skip
