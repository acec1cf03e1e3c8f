"""The board of fuel says on real databases what the rows of fuel_day say, whichever database it is."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboards.grafana.influxql import panel_query
from dashboards.panels.board import Panel, Pick
from dashboards.panels.boards.heat import heat
from models.heat.fuel_report import fuel_hours, fuel_report
from models.heat.fuel_rows import fuel_rows
from models.heat.specific_use import MadeInDay
from models.works.calendar import NS, date_bounds, local_date
from models.works.plant import Plant
from models.works.table import Row
from tests.collector.files.forms import paper_plant
from tests.models.heat.fuel_works import USE, hours
from tests.support.board_database import KINDS, answered, database_with
from tests.support.every_board import fuels
from tests.support.influxd import InfluxServer
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return paper_plant(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def rows(plant: Plant) -> list[Row]:
    """Three days, today until now: in the second nobody read the coal, so that it has no share and no GJ/t."""
    now_s = time.time_ns() // NS
    today = local_date(plant.zone, now_s * NS)
    first = today.toordinal() - 2
    bounds = [date_bounds(plant.zone, today.fromordinal(first + at)) for at in range(3)]
    start_s, end_s = bounds[0][0] // NS, bounds[2][1] // NS
    measured = hours(start_s, (end_s - start_s) // 3600)
    measured["chp.coal"] = [
        hour for hour in measured["chp.coal"] if not bounds[1][0] <= hour.start_s * NS < bounds[1][1]
    ]
    product = next(iter(plant.products))
    made = [
        MadeInDay(product=product, day=first + at, start_s=low // NS, end_s=high // NS, tonnes=5_000.0)
        for at, (low, high) in enumerate(bounds)
    ]
    use = replace(USE, per_tonne_of=(product,))
    report = fuel_report(use, fuel_hours(use, measured, now_s), made, plant.zone, (first, first + 3), now_s)
    return fuel_rows(plant, report)


@pytest.fixture(scope="module", params=KINDS)
def database(
    request: pytest.FixtureRequest, rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer | PostgresServer]:
    with database_with(request.param, rows, tmp_path_factory.mktemp("database")) as server:
        yield server


def panels() -> list[Panel]:
    return [panel for row in heat((), fuels()).rows for panel in row.panels]


def of_panel(rows: list[Row], panel: Panel) -> list[Row]:
    """The rows that the panel is of, the newest of them for one that shows the day that runs."""
    found = [row for row in rows if panel.where.items() <= dict(row.key.tags).items()]
    if panel.pick is Pick.RUNNING:
        newest = max(row.key.time_ns for row in found)
        found = [row for row in found if row.key.time_ns == newest]
    return found


def test_every_panel_gives_the_days_of_its_own_level(
    database: InfluxServer | PostgresServer, rows: list[Row], plant: Plant
) -> None:
    assert len(panels()) == 10
    for panel in panels():
        fields = [quantity.field for quantity in panel.quantities]
        known = [row.fields for row in of_panel(rows, panel) if any(field in row.fields for field in fields)]
        wanted = sorted([float(each[field]) for field in fields if field in each] for each in known)
        got = [[each.get(field) for field in fields] for each in answered(database, panel, plant)]
        told = sorted([float(value) for value in each if value is not None] for each in got)
        told = [each for each in told if each]
        assert len(told) == len(wanted), panel.title
        for one, other in zip(told, wanted, strict=True):
            assert one == pytest.approx(other), panel.title


def test_a_day_whose_coal_nobody_read_has_no_share_on_the_board(
    database: InfluxServer | PostgresServer, plant: Plant
) -> None:
    (share,) = (panel for panel in panels() if panel.title == "fuel_share_by_day")
    known = [each for each in answered(database, share, plant) if each.get("natural_gas_pct") is not None]
    assert len(known) in (1, 2), "the first day, and today once an hour of it has ended"


def test_a_panel_of_fuel_without_a_level_is_refused() -> None:
    with pytest.raises(ValueError, match="fixes no level"):
        panel_query(replace(panels()[0], where={}), "works")
