"""The bars that say why a month differs give the parts of the newest month alone, on real databases."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboards.panels import catalogue
from dashboards.panels.board import Panel
from dashboards.panels.boards.monthly_growth import monthly_growth
from models.why.change_part import ChangePart
from models.why.explained import Explained, PlaceChange
from models.why.growth_rows import GROWTH_TABLE, GrowthBase, growth_rows, month_spans
from models.works.calendar import local_date
from models.works.month import month_of, shifted
from models.works.place import ALL, Place
from models.works.plant import Plant
from models.works.table import Row
from tests.collector.files.forms import paper_plant
from tests.support.board_database import KINDS, answered, database_with
from tests.support.influxd import InfluxServer
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.long

PRODUCT = "coal_raw"
T = 1_000_000


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return paper_plant(tmp_path_factory.mktemp("works"))


def split(month: int, base: GrowthBase, calendar_t: int, stops_t: int) -> Explained:
    days, base_days = month_spans(month, base)
    grams = {ChangePart.CALENDAR: calendar_t * T, ChangePart.STOPS_OWN: stops_t * T}
    change = PlaceChange(place=Place("site", ALL, ALL, PRODUCT), days=days, base=base_days, grams=grams)
    return Explained(
        product=PRODUCT, days=days, base=base_days, now_g=(1000 + calendar_t + stops_t) * T, base_g=1000 * T,
        whole=True, changes=[change],
    )  # fmt: skip


@pytest.fixture(scope="module")
def rows(plant: Plant) -> list[Row]:
    """Of the month that runs and of the one before it; a part that only the older one has is 0 in the newer."""
    running = month_of(local_date(plant.zone, time.time_ns()).toordinal())
    found = []
    for base, tonnes in ((GrowthBase.MONTH_BEFORE, 40), (GrowthBase.LAST_YEAR, 70)):
        found += growth_rows(plant, running, base, split(running, base, tonnes, 0))
        found += growth_rows(plant, shifted(running, -1), base, split(shifted(running, -1), base, 1, -9))
    return found


@pytest.fixture(scope="module", params=KINDS)
def database(
    request: pytest.FixtureRequest, rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer | PostgresServer]:
    with database_with(request.param, rows, tmp_path_factory.mktemp("database")) as server:
        yield server


def panels(plant: Plant) -> Iterator[Panel]:
    for row in monthly_growth(plant).rows:
        for panel in row.panels:
            if panel.quantities[0].table == GROWTH_TABLE:
                own = [
                    replace(each, field=f"{each.field}_en") if each in catalogue.IN_EACH_LANGUAGE else each
                    for each in panel.quantities
                ]
                yield replace(panel, quantities=tuple(own))


def test_the_bars_are_those_of_the_newest_month_of_this_works(
    database: InfluxServer | PostgresServer, plant: Plant
) -> None:
    changes = {}
    for panel in panels(plant):
        found = answered(database, panel, plant)
        assert {row["part"] for row in found} == {part.value for part in ChangePart}
        assert all(row["name_en"] for row in found)
        changes[panel.where["base"]] = {row["part"]: row["change_t"] for row in found if row["change_t"]}
    assert changes == {"month_before": {"calendar": 40.0}, "last_year": {"calendar": 70.0}}
