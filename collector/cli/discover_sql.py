"""Looks through the tables of a database, in transactions that only read, and proposes queries and tags."""

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from collector.cli.say import say

if TYPE_CHECKING:
    from collector.config.settings import ConfiguredSource
    from collector.sources.sql.config import SqlConfig
    from collector.sources.sql.database import ReadOnlyDatabase
    from collector.sources.sql.tables import DatabaseTable
    from models.counting.table_columns import TableFinding

LOOK_EVERY_S = 10.0
"""Between two looks at what grew: a question a table, which a database does not feel."""


@dataclass(slots=True)
class LookedTable:
    """A table, what it looks like, and how many rows came while it was watched (None: not counted, and why)."""

    table: "DatabaseTable"
    finding: "TableFinding"
    newest: object = None
    grew: int | None = None
    why: str = ""


@dataclass(slots=True)
class LookedDatabase:
    """`refused`: by table, why it could not be looked at; `beyond`: tables that found no room."""

    tables: list[LookedTable] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    beyond: int = 0


async def discover_sql(source: "ConfiguredSource", config: "SqlConfig", folder: Path, seconds: float) -> str:
    """Look through, watch for so many seconds, and propose. Raises SourceUnavailable or SourceRefused."""
    from collector.sources.sql.database import ReadOnlyDatabase

    database = ReadOnlyDatabase(config, folder, ZoneInfo(config.zone or "UTC"))
    try:
        found = await _look_through(database)
        await _watch(database, found, seconds)
    finally:
        await database.close()
    known = {address.query for _, _, address in source.tags}
    return sql_proposal(found, config, seconds, known)


async def _look_through(database: "ReadOnlyDatabase") -> LookedDatabase:
    from collector.errors import SourceRefused
    from collector.sources.sql.tables import read_table, table_names
    from models.counting.table_columns import table_finding

    names, beyond = await database.look(table_names)
    found = LookedDatabase(beyond=beyond)
    for name, is_view in names:
        try:
            table = await database.look(partial(read_table, name=name, is_view=is_view))
        except SourceRefused as error:  # one table that we may not read says nothing of the others
            found.refused[name] = str(error)
            continue
        found.tables.append(LookedTable(table, table_finding(table.columns)))
    return found


async def _watch(database: "ReadOnlyDatabase", found: LookedDatabase, seconds: float) -> None:
    import asyncio
    import time

    from collector.sources.sql.tables import newest

    for each in found.tables:
        column = _time_column(each)
        if column is not None:
            each.newest = await database.look(partial(newest, of=each.table, by=column))
    began_s = time.monotonic()
    while (left_s := seconds - (time.monotonic() - began_s)) > 0:
        await asyncio.sleep(min(LOOK_EVERY_S, left_s))
        await _count_new(database, found)
        grown = sum(bool(each.grew) for each in found.tables)
        say(
            f"{len(found.tables)} tables watched, {grown} grew, {max(0.0, left_s - LOOK_EVERY_S):.0f} s to go", err=True
        )


async def _count_new(database: "ReadOnlyDatabase", found: LookedDatabase) -> None:
    from collector.sources.sql.tables import rows_after

    for each in found.tables:
        column = _time_column(each)
        if column is not None:
            each.grew = await database.look(partial(rows_after, of=each.table, by=column, value=each.newest))


def _time_column(each: LookedTable) -> str | None:
    """The column by which growth is seen. What no index leads to is not sought for in a large table."""
    from collector.sources.sql.tables import MOST_COUNTED

    time = each.finding.roles.get("end") or each.finding.roles.get("time")
    if time is None:
        return None
    if each.table.rows > MOST_COUNTED and not time.column.leads:
        each.why = f"not counted: no index begins with {time.column.name}"
        return None
    return time.column.name


def sql_proposal(found: LookedDatabase, config: "SqlConfig", seconds: float, known: set[str]) -> str:
    """The YAML: queries and tags with their reasons, then the tables that are none. `known`: queries that tags read."""
    import yaml

    good = [each for each in found.tables if each.finding.roles]
    grown = sum(bool(each.grew) for each in good)
    lines = [
        f"# {len(found.tables)} tables and views were looked through, in transactions that only read;",
        f"# {len(good)} have a time and a number, and {grown} of these grew in {seconds:g} s. Move each query to its",
        "# source and each tag to its unit in plant.yaml, take out what is not meant, and complete unit_of_measure",
        "# and product.",
        "queries:" if good else "queries: {}",
    ]
    names: dict[str, str] = {}
    for each in good:
        names[each.table.name] = _code(each.table.name, set(names.values()))
        query = yaml.safe_dump({names[each.table.name]: _query(each)}, allow_unicode=True, width=10_000).strip()
        lines.append(f"  {query}")
    lines.append("tags:" if good else "tags: []")
    for each in good:
        lines += [f"  # {_rows(each, seconds)}"]
        lines += [
            f"  # {finding.sureness.value} {role}: {_shown(finding.column.name)} ({'; '.join(finding.reasons)})"
            for role, finding in each.finding.roles.items()
        ]
        if each.finding.unit:
            lines.append(f"  # source_unit_of_measure {each.finding.unit}: {each.finding.unit_reason}")
        name = names[each.table.name]
        if name in known:
            lines.append(f"  # a tag reads the query {name} already")
        entry = yaml.safe_dump(
            _entry(each, name, config.name), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000
        )
        lines.append(f"  - {entry.strip()}")
    lines += [f"# no time with a number beside it: {_rows(each, seconds)}" for each in found.tables if each not in good]
    lines += [f"# not looked at: {_shown(name)}: {why}" for name, why in found.refused.items()]
    if found.beyond:
        lines.append(f"# {found.beyond} more tables were not looked at: give a user that sees only what is meant")
    return "\n".join(lines) + "\n"


def _query(each: LookedTable) -> str:
    roles, quoted = each.finding.roles, each.table.names
    time = quoted[(roles.get("end") or roles["time"]).column.name]
    columns = ", ".join(quoted[finding.column.name] for finding in roles.values())
    # Names are quoted by the database's own rules, and a person reads the query before it is used.
    return f"SELECT {columns} FROM {each.table.quoted} WHERE {time} >= :since ORDER BY {time}"  # noqa: S608


def _entry(each: LookedTable, query: str, source: str) -> dict[str, Any]:
    columns = {role: finding.column.name for role, finding in each.finding.roles.items()}
    kind = "event" if each.finding.is_event else "gauge"
    entry: dict[str, Any] = {"signal": query, "kind": kind, "source": source, "query": query, **columns}
    if not each.finding.is_event:
        return {**entry, "unit_of_measure": "1"}
    return {**entry, "unit_of_measure": "t", "source_unit_of_measure": each.finding.unit}


def _rows(each: LookedTable, seconds: float) -> str:
    from collector.sources.sql.tables import MOST_COUNTED

    rows = f"over {MOST_COUNTED:,}" if each.table.rows > MOST_COUNTED else f"{each.table.rows:,}"
    what = "view" if each.table.is_view else "table"
    grew = each.why or ("" if each.grew is None else f"{each.grew} more in {seconds:g} s")
    return f"{what} {_shown(each.table.name)}: {rows} rows" + (f", {grew}" if grew else "")


def _shown(name: str) -> str:
    """A name on one line."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:100]


def _code(name: str, taken: set[str]) -> str:
    """A code of plant.yaml for a table."""
    base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:50] or "query"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    return code
