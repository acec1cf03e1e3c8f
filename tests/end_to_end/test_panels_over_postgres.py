"""Every query of every panel and rule answers the same from PostgreSQL as from InfluxDB, for the same rows.

The PostgreSQL has the rows of another works beside them, which no answer may hold.
"""

import asyncio
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from collector.config.load import load
from dashboards.grafana.influxql import panel_statements
from dashboards.grafana.rules import rules
from dashboards.grafana.sources import Sources
from dashboards.grafana.sql import (
    NEWEST_PICKS,
    as_table,
    choice_query,
    conditions,
    event_query,
    identifier,
    sql_query,
    sql_statements,
)
from dashboards.panels.board import Panel, Pick
from dashboards.panels.boards import boards
from dashboards.panels.catalogue import DAY_ACTUAL
from models.works.plant import Plant
from models.works.table import Row, RowKey
from tests.end_to_end.test_panels_match_reports import bucket_of, filled, panels
from tests.support.grafana_stand import past, write, write_rows
from tests.support.history_works import HistoryWorks, copy_to
from tests.support.influxd import InfluxServer
from tests.support.postgres import PASSWORD, PostgresServer, postgres_server

pytestmark = pytest.mark.timeout(300)  # both databases are filled in it
DAY_NS = 86_400 * 10**9
SQL = Sources(sql_calculated=True, sql_raw=True)
Answer = dict[tuple[Any, ...], list[Any]]


@pytest.fixture(scope="module")
def plant(history_works: HistoryWorks) -> Plant:
    return load(history_works.file).plant


@pytest.fixture(scope="module")
def both(history_works: HistoryWorks, plant: Plant) -> Iterator[PostgresServer]:
    """A PostgreSQL with the rows of the InfluxDB, and a week of states, signals and health in both."""
    from collector.postgres.set_up import DatabaseRole, PostgresSetUp

    states, raw = past(plant)
    # A source of which less is known than of others: it has no line in the plots of what is not.
    tags = {"site": plant.site, "source": "hall_7", "collector": "tundish-2"}
    raw.append(Row(RowKey.of("source_health", time.time_ns() // 10**9 * 10**9, tags), {"age_s": 4321.0}))
    _take_away_what_others_wrote(history_works)
    write(history_works, "works", states)
    write(history_works, "works_raw", raw)
    with postgres_server() as server:
        settings = server.settings("works")
        set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
        roles = [DatabaseRole(settings.user, writes=True, password=PASSWORD)]
        asyncio.run(set_up.run([*roles, DatabaseRole(settings.reader, writes=False, password=PASSWORD)]))
        asyncio.run(copy_to(history_works, settings))
        asyncio.run(write_rows(settings, [*states, *raw]))
        _add_another_works(server)
        yield server


def _take_away_what_others_wrote(works: HistoryWorks) -> None:
    """The states, signals and health of other tests in the InfluxDB, which they share: the PostgreSQL lacks them."""
    assert isinstance(works.database, InfluxServer)
    for bucket, table in (("works", "unit_state"), ("works_raw", "telemetry"), ("works_raw", "source_health")):
        works.database.forget(bucket, table)


def _add_another_works(server: PostgresServer) -> None:
    """Every row once more, of another works that shares the database and has ten times as much of everything."""
    query = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'tundish'"
    tables: dict[str, dict[str, str]] = {}
    for row in server.rows("works", query):
        shown = f'"{row["column_name"]}"'
        if row["column_name"] == "site":
            tables.setdefault(row["table_name"], {})[shown] = "'another'"
        else:
            ten = f"10 * {shown}" if row["data_type"] == "double precision" else shown
            tables.setdefault(row["table_name"], {})[shown] = ten
    for table, columns in tables.items():
        names, values = ", ".join(columns), ", ".join(columns.values())
        server.change("works", f"INSERT INTO tundish.{table} ({names}) SELECT {values} FROM tundish.{table}")


def read(server: PostgresServer, query: str) -> list[dict[str, Any]]:
    """The rows, read as Grafana reads them: by the role of least right."""
    login = f"host=127.0.0.1 port={server.port} dbname=works user=works_reader password={PASSWORD}"
    with psycopg.connect(login, row_factory=psycopg.rows.dict_row) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        return connection.execute(query).fetchall()


def as_grafana_sends(query: str, span_ns: tuple[int, int]) -> str:
    """A statement with its macros written out, as Grafana 12 does."""
    start, end = (f"'{datetime.fromtimestamp(at // 10**9, UTC):%Y-%m-%dT%H:%M:%SZ}'" for at in span_ns)
    told = re.sub(r"\$__timeFilter\(([^)]+)\)", rf"\1 BETWEEN {start} AND {end}", query)
    told = re.sub(
        r"\$__timeGroupAlias\(([^,]+), (?:\$__interval|1h)\)",
        r'floor(extract(epoch from \1)/3600)*3600 AS "time"',
        told,
    )
    told = told.replace("$__timeFrom()", start).replace("$__timeTo()", end)
    told = told.replace("$__unixEpochFrom()", str(span_ns[0] // 10**9))
    return told.replace('"text"', '"text_ru"').replace('"evidence"', '"evidence_ru"').replace('"name"', '"name_ru"')


def _at(row: dict[str, Any]) -> int:
    """The time in nanoseconds, whatever a reader made of it."""
    at = next(row[name] for name in ("Time", "time") if name in row)
    if isinstance(at, datetime):
        return round(at.timestamp() * 1e6) * 1000
    return int(at) if int(at) > 10**15 else int(at) * 10**9


def answer(panel: Panel, rows: list[dict[str, Any]]) -> Answer:
    """What a panel shows of rows: values by time and split; of the newest ones by split alone."""
    found: Answer = {}
    for row in sorted(rows, key=_at):
        split = row.get("metric", row.get(panel.split)) if panel.split else ""
        fields = [quantity.field for quantity in panel.quantities]
        fields = [{"text": "text_ru", "evidence": "evidence_ru"}.get(field, field) for field in fields]
        values = [row["last"]] if "last" in row else [row.get(field) for field in fields]
        newest = panel.pick in (*NEWEST_PICKS, Pick.PACE, Pick.DROPS)
        # To the microsecond: what PostgreSQL shows of a time.
        key = (split,) if newest else (_at(row) // 1000, split)
        if any(value is not None for value in values):
            found[key] = values
        else:
            # The last row is shown as it is: an older one does not stand for one without a figure.
            found.pop(key, None)
    return found


def same(ours: list[Any], theirs: list[Any]) -> bool:
    """Texts and gaps to the letter, numbers to what the order of adding them leaves."""
    return all(
        mine == other if other is None or isinstance(other, str) else mine == pytest.approx(other, rel=1e-9)
        for mine, other in zip(ours, theirs, strict=True)
    )


@pytest.mark.long
def test_every_panel_answers_the_same_from_both(
    history_works: HistoryWorks, plant: Plant, both: PostgresServer
) -> None:
    end_ns = time.time_ns() // 10**9 * 10**9
    span = (end_ns - 200 * DAY_NS, end_ns)
    values, answered = 0, 0
    for board, panel in panels(plant):
        asked = panel_statements(panel, plant)
        ours = sql_statements(panel, plant)
        assert len(ours) == len(asked)
        for influxql, sql in zip(asked, ours, strict=True):
            assert sql.limit == influxql.limit
            bucket = bucket_of(panel.quantities[0].table)
            wanted = answer(panel, history_works.database.rows(bucket, filled(influxql.query, span)))
            query = as_grafana_sends(sql.query, span)
            assert "$" not in query, query
            # As series, one figure is called by its place, and several by what they are: overrides find them so.
            alone = bool(panel.split) and len(panel.quantities) == 1 and not as_table(panel)
            assert ('AS "metric"' in query) == alone, f"{board} {panel.title}: {query}"
            rows = read(both, query)
            shown = {quantity.field for quantity in panel.quantities}
            shown |= {f"{field}_ru" for field in shown}
            empty = [row for row in rows if all(row[name] is None for name in shown & row.keys())]
            assert empty == [], f"{board} {panel.title} would draw a series of nothing: {query}"
            found = answer(panel, rows)
            assert found.keys() == wanted.keys(), f"{board} {panel.title}: {query}"
            for key, row in wanted.items():
                assert same(found[key], row), f"{board} {panel.title} {key}: {found[key]}, {row}: {query}"
            values += len(wanted)
            answered += bool(wanted)
    assert values > 10_000
    assert answered > 60


def test_every_rule_asks_the_same_of_both(history_works: HistoryWorks, plant: Plant, both: PostgresServer) -> None:
    places = ("shop", "unit", "product", "source", "collector")
    compared = 0
    for influxql, sql in zip(rules(plant), rules(plant, SQL), strict=True):
        assert (sql.key, sql.suffix, sql.condition, sql.hold) == (
            influxql.key, influxql.suffix, influxql.condition, influxql.hold,
        )  # fmt: skip
        pairs = [(influxql.query, sql.query)]
        if influxql.precondition is not None and sql.precondition is not None:
            pairs.append((influxql.precondition.query, sql.precondition.query))
        if influxql.amount:
            pairs.append((influxql.amount, sql.amount))
        for theirs, ours in pairs:
            bucket = "works_raw" if '"source_health"' in theirs else "works"
            wanted, found = {}, {}
            for row in history_works.database.rows(bucket, theirs):
                (value,) = (row[name] for name in row if name not in (*places, "time"))
                if value is not None:
                    wanted[tuple(row[tag] for tag in places if tag in row)] = value
            for row in read(both, ours):
                (value,) = (row[name] for name in row if name not in (*places, "time"))
                found[tuple(row[tag] for tag in places if tag in row)] = float(value)
            assert found == pytest.approx(wanted, rel=1e-9), f"{sql.key}: {ours}"
            compared += len(found)
        if influxql.why:
            sentences = history_works.database.rows("works", influxql.why)
            texts = [name for name in sentences[0] if name.startswith("evidence_") or name in places]
            wanted_texts = {row["unit"]: {name: row[name] for name in texts} for row in sentences}
            found_rows = read(both, sql.why)
            # One number beside the texts, and no time: else Grafana would take it for a series.
            assert {type(row["at"]) for row in found_rows} == {float}
            assert {row["unit"]: {name: row[name] for name in texts} for row in found_rows} == wanted_texts
    assert compared > 60


def test_choices_and_marks_are_the_same(history_works: HistoryWorks, plant: Plant, both: PostgresServer) -> None:
    (signal,) = (choice for board in boards(plant) for choice in board.choices if choice.name == "signal")
    query = choice_query(signal, plant.site).replace("${unit:sqlstring}", "'bf3'")
    signals = [row["value"] for row in read(both, query)]
    shown = 'SHOW TAG VALUES FROM "telemetry" WITH KEY = "signal" WHERE "unit" = \'bf3\''
    assert signals == sorted(row["value"] for row in history_works.database.rows("works_raw", shown))
    assert len(signals) == 3
    # Half an hour of a stop that began before the span and ends in it.
    end_ns = time.time_ns() // 600_000_000_000 * 600_000_000_000 - 100_000 * 10**9
    span = (end_ns - 1800 * 10**9, end_ns + 3600 * 10**9)
    where = conditions({"site": plant.site, "unit": "bf3", "kind": "stop"})
    (row,) = read(both, as_grafana_sends(event_query("text_en", where), span))
    assert row["time"].timestamp() * 10**9 < span[0]
    # The rows were made by the tens of minutes of a clock that has gone on since.
    assert end_ns - round(row["timeend"].timestamp() * 10**9) in range(0, 1801 * 10**9, 600 * 10**9)


def test_a_name_that_would_break_out_of_its_quotes_stays_in_them() -> None:
    assert conditions({"unit": "a'; DROP TABLE x; --"}) == ["\"unit\" = 'a''; DROP TABLE x; --'"]
    assert identifier('a"b') == '"a""b"'
    panel = Panel(shape="stat", quantities=(DAY_ACTUAL,), where={"level": "unit", "unit": "$unit"})
    assert '"unit" IN (${unit:sqlstring})' in sql_query(panel, "works")
    with pytest.raises(ValueError, match="fixes no level"):
        sql_query(Panel(shape="stat", quantities=(DAY_ACTUAL,)), "works")
