"""The board of heat says on real databases what the rows of heat_hour say, whichever database it is."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from dashboards.panels.board import Pick
from dashboards.panels.boards.heat import heat
from models.heat.heat_hour import heat_hour
from models.heat.heat_rows import heat_row
from models.works.plant import Plant
from models.works.table import Row
from tests.collector.files.forms import paper_plant
from tests.end_to_end.test_board_of_projects import answered
from tests.models.heat.heat_works import HOUR_S, NETWORK, by_graph, measured
from tests.support.every_board import networks
from tests.support.grafana_stand import write_rows
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.postgres import PASSWORD, PostgresServer, postgres_server


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return paper_plant(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def rows(plant: Plant) -> list[Row]:
    """Three hours of the network: by the graph, too low, and without an outdoor temperature."""
    (declared,) = networks()
    network = replace(NETWORK, code=declared.code)
    now_s = int(time.time()) // HOUR_S * HOUR_S
    found = []
    for back, short in ((3, 0.0), (2, 5.0), (1, 0.0)):
        at = now_s - back * HOUR_S
        hours = measured(at, **by_graph(at, 80.0 - short))
        if back == 1:
            del hours["outdoor"]
        found.append(heat_row(plant.site, heat_hour(network, at, hours)))
    return found


@pytest.fixture(scope="module", params=[*dialects(), "postgres"])
def database(
    request: pytest.FixtureRequest, plant: Plant, rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer | PostgresServer]:
    elsewhere = [replace(row, key=replace(row.key, tags=(row.key.tags[0], ("site", "elsewhere")))) for row in rows]
    if request.param == "postgres":
        with postgres_server() as server:
            settings = server.settings("works")
            set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
            asyncio.run(set_up.run([DatabaseRole(settings.user, writes=True, password=PASSWORD)]))
            asyncio.run(write_rows(settings, [*rows, *elsewhere]))
            yield server
        return
    with influx_server(request.param, tmp_path_factory.mktemp("influx")) as influx:
        influx.make_bucket("works")

        async def write() -> None:
            client = InfluxClient(influx.settings("works"))
            await client.write("works", gzip_member(encode_rows([*rows, *elsewhere]).data))
            await client.close()

        asyncio.run(write())
        yield influx


def test_every_panel_gives_the_hours_of_its_own_network(
    database: InfluxServer | PostgresServer, rows: list[Row], plant: Plant
) -> None:
    panels = [panel for row in heat(networks()).rows for panel in row.panels]
    assert len(panels) == 8
    for panel in panels:
        fields = [quantity.field for quantity in panel.quantities]
        known = [row for row in rows if any(field in row.fields for field in fields)]
        wanted = [tuple(row.fields.get(field) for field in fields) for row in known]
        if panel.pick is Pick.RUNNING:  # of the newest hour alone: an older verdict must not stand for it
            wanted = [tuple(row.fields.get(field) for field in fields) for row in rows[-1:] if row in known]
        got = [tuple(each.get(field) for field in fields) for each in answered(database, panel, plant)]
        got = [each for each in got if any(value is not None for value in each)]
        assert len(got) == len(wanted), panel.title
        for one, other in zip(got, wanted, strict=True):
            assert one == pytest.approx(other), panel.title
