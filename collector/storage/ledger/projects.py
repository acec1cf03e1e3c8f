"""What was stated of projects and indicators, numbers and milestones together. SQL."""

import apsw

from collector.storage.file.sql import value
from collector.storage.ledger import measures, milestones
from models.stated.measure import newest
from models.stated.milestone_word import newest_words
from models.stated.project_progress import StatedOfProjects


def read_projects(connection: apsw.Connection, known_ns: int | None = None) -> StatedOfProjects:
    """The newest word of each, as it was known then (UTC ns); None: now."""
    numbers, words = measures.read(connection), milestones.read(connection)
    return StatedOfProjects(newest(numbers, known_ns), newest_words(words, known_ns))


def projects_version(connection: apsw.Connection) -> tuple[int, ...]:
    """Changes with every number and word that is recorded."""
    tables = (*measures.TABLES, *milestones.TABLES)
    return tuple(int(value(connection, f"SELECT ifnull(max(id), 0) FROM {table}")) for table in tables)  # noqa: S608
