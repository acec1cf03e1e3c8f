"""What people said of milestones of projects. Append-only: a newer word stands beside the older ones. SQL."""

from collections.abc import Iterable, Mapping

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger.changes import recording_time
from models.stated.milestone_word import MilestoneWord

SCHEMA = """
CREATE TABLE milestone (
    id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, milestone TEXT NOT NULL, forecast INTEGER,
    fact INTEGER, source TEXT NOT NULL, stated_on INTEGER NOT NULL, author TEXT NOT NULL, recorded_ns INTEGER NOT NULL
)
"""
TABLES = ("milestone",)
_COLUMNS = "project, milestone, forecast, fact, source, stated_on, author, recorded_ns"


def add(connection: apsw.Connection, words: Iterable[MilestoneWord], clock_ns: int) -> None:
    """Record them in the transaction that is under way."""
    recorded_ns = recording_time(connection, clock_ns)
    connection.executemany(
        f"INSERT INTO milestone ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
        [(*each.of, each.forecast, each.fact, each.source, each.stated_on, each.author, recorded_ns) for each in words],
    )


def read(connection: apsw.Connection, renamed: Mapping[str, str]) -> list[MilestoneWord]:
    """All that was ever said, in the order of recording. `renamed`: codes, by those that they had before."""
    found = rows(connection, f"SELECT {_COLUMNS} FROM milestone ORDER BY id")  # noqa: S608 - our own names
    return [
        MilestoneWord(
            project=renamed.get(project, project), milestone=milestone, forecast=forecast, fact=fact, source=source,
            stated_on=stated_on, author=author, recorded_ns=recorded_ns,
        )
        for project, milestone, forecast, fact, source, stated_on, author, recorded_ns in found
    ]  # fmt: skip
