"""A real database with rows of a board, and with the same rows of another works, which no panel may show."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from dashboards.grafana.influxql import panel_statements
from dashboards.grafana.sql import sql_statements
from dashboards.panels.board import Panel
from models.works.plant import Plant
from models.works.table import Row
from tests.end_to_end.test_panels_over_postgres import as_grafana_sends
from tests.support.grafana_stand import write_rows
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.postgres import PASSWORD, PostgresServer, postgres_server

KINDS = (*dialects(), "postgres")
YEAR_NS = 400 * 86_400 * 10**9


@contextmanager
def database_with(kind: str, rows: Sequence[Row], folder: Path) -> Iterator[InfluxServer | PostgresServer]:
    """`kind`: one of `KINDS`."""
    everything = [*rows, *(replace(row, key=replace(row.key, tags=_elsewhere(row))) for row in rows)]
    if kind == "postgres":
        with postgres_server() as server:
            settings = server.settings("works")
            set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
            asyncio.run(set_up.run([DatabaseRole(settings.user, writes=True, password=PASSWORD)]))
            asyncio.run(write_rows(settings, everything))
            yield server
        return
    with influx_server(kind, folder) as influx:
        influx.make_bucket("works")

        async def write() -> None:
            client = InfluxClient(influx.settings("works"))
            await client.write("works", gzip_member(encode_rows(everything).data))
            await client.close()

        asyncio.run(write())
        yield influx


def _elsewhere(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((tag, "elsewhere" if tag == "site" else value) for tag, value in row.key.tags)


def answered(server: InfluxServer | PostgresServer, panel: Panel, plant: Plant) -> list[dict[str, Any]]:
    """What a panel gets over the span of the board, as of this moment."""
    span = time.time_ns() - 2 * YEAR_NS, time.time_ns()
    if isinstance(server, PostgresServer):
        (statement,) = sql_statements(panel, plant)
        return server.rows("works", as_grafana_sends(statement.query, span))
    (statement,) = panel_statements(panel, plant)
    told = statement.query.replace("$timeFilter", f"time >= {span[0]} AND time < {span[1]}")
    return server.rows("works", told)
