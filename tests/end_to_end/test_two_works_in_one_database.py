"""Two works that share their buckets, as the documentation allows: no board and no rule of one sees the other."""

import asyncio
import re
import time
from collections.abc import Iterator, Mapping

import pytest

from collector.config.load import load
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from dashboards.grafana.board import BoardWriter
from dashboards.grafana.influxql import panel_statements
from dashboards.grafana.rules import rules
from dashboards.panels.boards import boards
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey
from tests.end_to_end.test_panels_match_reports import bucket_of, filled, panels
from tests.support.grafana_stand import past
from tests.support.history_works import HistoryWorks

pytestmark = pytest.mark.long

DAY_S = 86_400
BACK_S: Mapping[str, int] = {"output_hour": 3 * DAY_S, "output_day": 40 * DAY_S, "output_month": 800 * DAY_S}
"""How much of each table is copied: what the panels of one day ask for, and a little more."""
INTEGERS = ("status", "start_ms", "end_ms", "in_progress_days")


@pytest.fixture(scope="module")
def plant(history_works: HistoryWorks) -> Plant:
    return load(history_works.file).plant


def tables(works: HistoryWorks, plant: Plant) -> Iterator[Row]:
    """Rows of every calculated table, of this works."""
    now_s = int(time.time())
    for table, back_s in BACK_S.items():
        since = f"time >= {now_s - back_s}s"
        for series in works.database.query("works", f'SELECT * FROM "{table}" WHERE {since} GROUP BY *'):
            columns = series["columns"][1:]
            for at_ns, *values in series["values"]:
                fields: dict[str, FieldValue] = {
                    name: float(value) if isinstance(value, int) and name not in INTEGERS else value
                    for name, value in zip(columns, values, strict=True)
                    if value is not None
                }
                yield Row(RowKey.of(table, at_ns, series["tags"]), fields)


def of_another_works(row: Row) -> Row:
    """The same row of a works that has the same shops and units, and makes ten times as much."""
    fields: dict[str, FieldValue] = {
        name: value * 10 if isinstance(value, float) else value for name, value in row.fields.items()
    }
    return Row(RowKey.of(row.key.table, row.key.time_ns, {**dict(row.key.tags), "site": "another"}), fields)


def test_what_another_works_writes_changes_no_panel_no_rule_no_choice_and_no_mark(
    history_works: HistoryWorks, plant: Plant
) -> None:
    database = history_works.database
    states, raw = past(plant)
    calculated = [*tables(history_works, plant), *states]
    for bucket, others in (("alone", False), ("shared", True)):
        for suffix, rows in (("", calculated), ("_raw", raw)):
            database.make_bucket(bucket + suffix)
            everything = [*rows, *(of_another_works(row) for row in rows)] if others else rows
            asyncio.run(_write(history_works, bucket + suffix, everything))

    end_ns = time.time_ns()
    span = (end_ns - 400 * DAY_S * 10**9, end_ns)
    asked = [
        (bucket_of(panel.quantities[0].table).removeprefix("works"), filled(it.query, span))
        for _, panel in panels(plant)
        for it in panel_statements(panel, plant)
    ]
    asked += [("_raw" if '"source_health"' in rule.query else "", rule.query) for rule in rules(plant)]
    asked += [("", rule.precondition.query) for rule in rules(plant) if rule.precondition is not None]
    for board in boards(plant):
        document = BoardWriter(plant, boards(plant), "en", ("en",), (12, 2)).document(board)
        asked += [("", _chosen(mark["query"], span)) for mark in document["annotations"]["list"]]  # type: ignore[index,call-overload]
        for choice in document["templating"]["list"]:  # type: ignore[index,call-overload]
            if choice["type"] == "query":
                asked.append(("_raw" if '"telemetry"' in choice["query"] else "", _chosen(choice["query"], span)))

    seen = 0
    for suffix, query in asked:
        assert not re.search(r"\$[\w{]", query), query
        fixed = query.replace("now()", f"{end_ns // 10**6}ms")  # both are asked at the same instant
        alone, shared = (database.rows(bucket + suffix, fixed) for bucket in ("alone", "shared"))
        assert shared == alone, query
        seen += bool(alone)
    assert seen > 60


def _chosen(query: str, span_ns: tuple[int, int]) -> str:
    """A statement of the board itself, with its variables filled in."""
    told = filled(query, span_ns).replace("$unit", "bf3").replace("$product", "pig_iron")
    return told.replace("${maker:regex}", "(bf3|bf4)")


async def _write(works: HistoryWorks, bucket: str, rows: list[Row]) -> None:
    client = InfluxClient(works.database.settings("works"))
    try:
        for first in range(0, len(rows), 5000):
            await client.write(bucket, gzip_member(encode_rows(rows[first : first + 5000]).data))
    finally:
        await client.close()
