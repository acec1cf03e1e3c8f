"""What was stated of projects and indicators, numbers and milestones together. SQL."""

import json
from collections.abc import Container, Mapping

import apsw

from collector.storage.file.sql import rows, value
from collector.storage.ledger import measures, milestones
from models.stated.measure import OF_PEOPLE, OF_UNITS, newest
from models.stated.milestone_word import newest_words
from models.stated.project_progress import StatedOfProjects


def read_projects(
    connection: apsw.Connection, renamed: Mapping[str, str], known_ns: int | None = None
) -> StatedOfProjects:
    """The newest word of each, as it was known then (UTC ns); None: now. `renamed`: codes, by those that they had
    before."""
    numbers, words = measures.read(connection, renamed), milestones.read(connection, renamed)
    return StatedOfProjects(newest(numbers, known_ns), newest_words(words, known_ns))


def undeclared_remarks(connection: apsw.Connection, known: Container[str]) -> list[str]:
    """What was stated of codes that are none of these: no table and no report has it. People and hours are of shops,
    and how much was good of units."""
    found = rows(
        connection,
        "SELECT code, count(*) FROM (SELECT subject AS code FROM measure "
        "WHERE kind NOT IN (SELECT value FROM json_each(?)) UNION ALL SELECT project FROM milestone) "
        "GROUP BY code ORDER BY code",
        (json.dumps([kind.value for kind in (*OF_PEOPLE, *OF_UNITS)]),),
    )
    return [
        f"{count} numbers or dates were stated of '{code}', which is no project or indicator of plant.yaml: they are "
        "in no table and no report; declare it, or give the code in renamed_from of what it is called now"
        for code, count in found
        if code not in known
    ]


def projects_version(connection: apsw.Connection) -> tuple[int, ...]:
    """Changes with every number and word that is recorded."""
    tables = (*measures.TABLES, *milestones.TABLES)
    return tuple(int(value(connection, f"SELECT ifnull(max(id), 0) FROM {table}")) for table in tables)  # noqa: S608
