"""The board of heat says on real databases what the rows of heat_hour say, whichever database it is."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboards.panels.board import Pick
from dashboards.panels.boards.heat import heat
from models.heat.heat_hour import heat_hour
from models.heat.heat_rows import heat_row
from models.works.plant import Plant
from models.works.table import Row
from tests.collector.files.forms import paper_plant
from tests.models.heat.heat_works import HOUR_S, NETWORK, by_graph, measured
from tests.support.board_database import KINDS, answered, database_with
from tests.support.every_board import networks
from tests.support.influxd import InfluxServer
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.long


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


@pytest.fixture(scope="module", params=KINDS)
def database(
    request: pytest.FixtureRequest, rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer | PostgresServer]:
    with database_with(request.param, rows, tmp_path_factory.mktemp("database")) as server:
        yield server


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
