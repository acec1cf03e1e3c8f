"""A month that runs and does not know its growth yet shows none on a board, whichever database it is."""

import time
from collections.abc import Iterator

import pytest

from dashboards.panels.board import Panel, Pick, Shape
from dashboards.panels.boards.monthly_growth import monthly_growth
from models.works.calendar import NS
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey
from tests.collector.files.forms import paper_plant
from tests.support.board_database import KINDS, answered, database_with
from tests.support.influxd import InfluxServer
from tests.support.postgres import PostgresServer

DAY_NS = 86_400 * NS


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return paper_plant(tmp_path_factory.mktemp("works"))


def month(plant: Plant, days_ago: int, **fields: FieldValue) -> Row:
    tags = {"site": plant.site, "level": "site", "shop": "all", "unit": "all"}
    key = RowKey.of("output_month", time.time_ns() - days_ago * DAY_NS, {**tags, "product": plant.reported[0].product})
    return Row(key, {"status": 0, "start_ms": 0, "end_ms": 1, "period": "2026-11", **fields})


@pytest.fixture(scope="module", params=KINDS)
def database(
    request: pytest.FixtureRequest, plant: Plant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer | PostgresServer]:
    rows = [
        month(plant, 31, actual_t=609_506.0, target_t=600_000.0, mom_pct=0.6, yoy_pct=14.7, ytd_pct=15.1),
        month(plant, 1, actual_t=9_382.0, target_t=620_000.0, ytd_pct=15.2),
    ]
    with database_with(request.param, rows, tmp_path_factory.mktemp("database")) as server:
        yield server


def panel(plant: Plant, field: str) -> Panel:
    return next(
        each
        for each in monthly_growth(plant).rows[0].panels
        if each.shape is Shape.STAT and each.pick is Pick.RUNNING and each.quantities[0].field == field
    )


def test_the_growth_of_the_month_before_does_not_stand_for_that_of_a_month_that_has_none(
    database: InfluxServer | PostgresServer, plant: Plant
) -> None:
    for field in ("mom_pct", "yoy_pct"):
        assert all(each[field] is None for each in answered(database, panel(plant, field), plant)), field


def test_what_the_month_knows_is_shown(database: InfluxServer | PostgresServer, plant: Plant) -> None:
    (made,) = answered(database, panel(plant, "actual_t"), plant)
    assert (made["actual_t"], made["target_t"]) == pytest.approx((9_382.0, 620_000.0))
    (growth,) = answered(database, panel(plant, "ytd_pct"), plant)
    assert growth["ytd_pct"] == pytest.approx(15.2)
