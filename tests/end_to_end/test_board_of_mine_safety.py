"""The board of mine safety says on real databases what the rows of safety_hour say, whichever database it is."""

import time
from collections.abc import Iterator

import pytest

from dashboards.panels.board import Pick
from dashboards.panels.boards.mine_safety import mine_safety
from models.counting.measured_hour import MeasuredHour
from models.detection.minutes.minutes import blank
from models.tables.above_limit import HourOutput
from models.tables.safety_rows import safety_rows
from models.works.calendar import NS
from models.works.plant import Plant
from models.works.table import Row
from models.works.working import SensorKind, Working
from tests.collector.files.forms import paper_plant
from tests.support.board_database import KINDS, answered, database_with
from tests.support.every_board import workings
from tests.support.influxd import InfluxServer
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.long

HOUR_S = 3600
VALUES = {
    SensorKind.METHANE: (0.6, 1.45, (420.0, 900.0), (2, 3)),
    SensorKind.AIR_VELOCITY: (2.1, 2.6, (), ()),
    SensorKind.PEOPLE: (40.0, 52.0, (), ()),
    SensorKind.POWER: (1.0, 1.0, (3300.0,), (1,)),
}
"""Mean, greatest, seconds above the limits, how often they were passed."""


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return paper_plant(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def rows(plant: Plant) -> list[Row]:
    """Three hours of a longwall, the last of them running; in the second the sensor of the return is silent."""
    (working,) = workings()
    now_s = int(time.time())
    running_s = now_s // HOUR_S * HOUR_S
    known = {
        sensor.tag: [
            _hour(working, number, running_s + back * HOUR_S) for back in (-2, -1, 0) if (back, number) != (-1, 1)
        ]
        for number, sensor in enumerate(working.sensors)
    }
    return safety_rows(plant, [working], known, ((running_s - 2 * HOUR_S) * NS, now_s * NS + NS), (), _output_of)


def _output_of(_unit: str, _start_s: int, _end_s: int) -> HourOutput:
    columns = blank(60, [], counts=True)
    assert columns.counted_t is not None
    columns.heard[:], columns.counted_t[:] = True, 5.5
    return HourOutput(["belt"], [], columns)


def _hour(working: Working, number: int, start_s: int) -> MeasuredHour:
    sensor = working.sensors[number]
    mean, greatest, above_s, times = VALUES[sensor.kind]
    limits = sensor.measured_limits
    minutes = tuple((1 << round(seconds / 60)) - 1 for seconds in above_s)
    return MeasuredHour(sensor.tag, start_s, 3600.0, mean, mean / 2, greatest, above_s, times, 0.0, limits, minutes)


@pytest.fixture(scope="module", params=KINDS)
def database(
    request: pytest.FixtureRequest, rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer | PostgresServer]:
    with database_with(request.param, rows, tmp_path_factory.mktemp("database")) as server:
        yield server


def test_every_panel_gives_the_hours_of_its_own_working(
    database: InfluxServer | PostgresServer, rows: list[Row], plant: Plant
) -> None:
    panels = [panel for row in mine_safety(workings()).rows for panel in row.panels]
    assert [panel.title for panel in panels] == [
        *("methane_now", "above_limits", "methane_known", "sensors_now", "methane_by_hour", "above_limits"),
        "made_above",
        *("air_velocity", "people_below", "power_off"),
    ]
    assert [row.fields["silent_sensors"] for row in rows] == [0, 1, 0]
    for panel in panels:
        fields = [quantity.field for quantity in panel.quantities]
        wanted = [tuple(row.fields.get(field) for field in fields) for row in rows]
        wanted = wanted[-1:] if panel.pick is Pick.RUNNING else wanted
        got = [tuple(each.get(field) for field in fields) for each in answered(database, panel, plant)]
        assert len(got) == len(wanted), panel.title
        for one, other in zip(got, wanted, strict=True):
            assert one == pytest.approx(other), panel.title
