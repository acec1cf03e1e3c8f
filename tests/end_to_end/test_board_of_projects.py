"""The board of modernisation says on real databases what the rows of the tables say, whichever database it is."""

import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboards.panels import catalogue
from dashboards.panels.board import Pick, Shape
from dashboards.panels.boards.modernisation import modernisation
from dashboards.panels.quantity import Measure, Quantity
from models.stated.measure import MeasureKind, StatedMeasure
from models.stated.project_progress import StatedOfProjects
from models.tables.indicator_rows import indicator_rows
from models.tables.project_rows import project_rows
from models.works.calendar import local_date
from models.works.month import month_of, shifted
from models.works.plant import Plant
from models.works.table import FieldValue, Row
from tests.collector.files.forms import paper_plant
from tests.support.board_database import KINDS, answered, database_with
from tests.support.every_board import stated as declared_subjects
from tests.support.influxd import InfluxServer
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return paper_plant(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def rows(plant: Plant) -> list[Row]:
    """Of two projects and an indicator, and a plan of the month to come."""
    today = local_date(plant.zone, time.time_ns()).toordinal()
    present = month_of(today)

    def stated(subject: str, kind: MeasureKind, back: int, value: str) -> StatedMeasure:
        start = shifted(present, -back)
        return StatedMeasure(
            subject=subject, kind=kind, start=start, end=shifted(start, 1), value=Decimal(value),
            growth_pct=Decimal("7.5") if kind is MeasureKind.VALUE and not back else None, source='Act "17"',
            stated_on=today, author="P.",
        )  # fmt: skip

    numbers = [
        stated("casting_rolling", MeasureKind.PAID, 3, "6500.25"),
        stated("casting_rolling", MeasureKind.PAID_PLAN, 3, "6000"),
        stated("casting_rolling", MeasureKind.PAID, 1, "0.000001"),
        stated("casting_rolling", MeasureKind.PHYSICAL_PCT, 2, "45.5"),
        stated("casting_rolling", MeasureKind.WORK_PLAN, -1, "9000"),
        stated("section_mill", MeasureKind.JOBS, 1, "120"),
        stated("industrial_output", MeasureKind.VALUE, 0, "410.5"),
        stated("industrial_output", MeasureKind.VALUE, 12, "380"),
    ]
    projects, indicators = declared_subjects()[:2], declared_subjects()[2:]
    made = project_rows(plant, projects, StatedOfProjects(numbers, {}), today)  # type: ignore[arg-type]
    return made + indicator_rows(plant, indicators, numbers)  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=KINDS)
def database(
    request: pytest.FixtureRequest, rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer | PostgresServer]:
    with database_with(request.param, rows, tmp_path_factory.mktemp("database")) as server:
        yield server


def in_english(quantity: Quantity) -> Quantity:
    return replace(quantity, field=f"{quantity.field}_en") if quantity in catalogue.IN_EACH_LANGUAGE else quantity


def shown(quantity: Quantity, row: Row) -> FieldValue | None:
    value = row.fields.get(quantity.field)
    return float(value) / 1e6 if quantity.measure is Measure.MONEY and value is not None else value


def test_every_panel_gives_the_rows_of_its_own_works_and_project_and_nothing_else(
    database: InfluxServer | PostgresServer, rows: list[Row], plant: Plant
) -> None:
    now_ns, seen = time.time_ns(), 0
    for row in modernisation(declared_subjects()).rows:
        for drawn in row.panels:
            panel = replace(drawn, quantities=tuple(map(in_english, drawn.quantities)))
            wanted = [
                each
                for each in rows
                if each.key.table == panel.quantities[0].table and set(panel.where.items()) <= set(each.key.tags)
                if each.key.time_ns <= now_ns
            ]
            if panel.pick is Pick.RUNNING:
                newest = max(each.key.time_ns for each in wanted)
                wanted = [each for each in wanted if each.key.time_ns == newest]
            wanted.sort(key=lambda each: each.key.time_ns, reverse=panel.newest_first)
            found = answered(database, panel, plant)
            if panel.split:  # the panel sorts them by itself
                wanted.sort(key=lambda each: dict(each.key.tags)["project"])
                found.sort(key=lambda each: str(each["project"]))
            expected = [tuple(shown(quantity, each) for quantity in panel.quantities) for each in wanted]
            expected = [each for each in expected if any(value is not None for value in each)]
            got = [tuple(each.get(quantity.field) for quantity in panel.quantities) for each in found]
            assert len(got) == len(expected), panel.title
            for one, other in zip(got, expected, strict=True):
                assert one == pytest.approx(other), panel.title
            seen += len(got)
    assert seen > 20


def test_the_plan_of_a_month_to_come_does_not_stand_for_the_present_one(
    database: InfluxServer | PostgresServer, rows: list[Row], plant: Plant
) -> None:
    assert max(row.key.time_ns for row in rows) > time.time_ns()
    stat = next(
        panel
        for row in modernisation(declared_subjects()).rows
        for panel in row.panels
        if panel.shape is Shape.STAT and panel.where == {"project": "casting_rolling"}
    )
    (answer,) = answered(database, stat, plant)
    assert answer["paid_to_date"] == pytest.approx(6500.250001)
