"""Which rule fires for which state of a unit, asked of real databases: Debian's 1.x, and 2 where there is one."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from collector.config.load import load
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.simulation.plant_config import plant_yaml
from dashboards.grafana.rule import Precondition, Rule
from dashboards.grafana.rules import rules
from dashboards.panels.places import main_product
from models.works.codes import UnitState
from models.works.plant import Plant, Unit
from models.works.table import FieldValue, Row, RowKey
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.unit_states import state_row

HOUR_S = 3600
P1, P2, P4 = 1, 2, 4
TOLD: dict[str, list[tuple[int, UnitState, int, str]]] = {
    "bf2": [(1800, UnitState.STOPPED, P1, ""), (0, UnitState.OK, 0, "")],
    "bf3": [(60, UnitState.OK, 0, ""), (0, UnitState.STOPPED, P1, "")],
    "bf4": [(3 * HOUR_S, UnitState.STOPPED, P1, "")],
    "bof1": [(0, UnitState.STOPPED, P1, "bf3")],
    "bof2": [(600, UnitState.STOPPED, P1, ""), (0, UnitState.SLOW, P1, "")],
    "cast1": [(0, UnitState.STOPPED, P2, "")],
    "cast2": [(0, UnitState.SLOW, P2, "")],
    "hsm": [(0, UnitState.SLOW, P2, "bf3")],
    "mine1": [(600, UnitState.OK, 0, ""), (0, UnitState.STALE, P4, "")],
    "mine2": [(600, UnitState.STOPPED, P1, ""), (0, UnitState.STALE, P4, "")],
    "coke1": [(600, UnitState.STOPPED, P1, ""), (0, UnitState.PLANNED, 0, "")],
    "coke2": [(0, UnitState.RAMP_UP, 0, "")],
    "sinter1": [(0, UnitState.MISSING, P4, "")],
    "washery": [(0, UnitState.BAD, P4, "")],
}
"""By unit what was told of it: seconds ago, state, severity, and what it follows from."""


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    file = tmp_path_factory.mktemp("plant") / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return load(file).plant


@pytest.fixture(scope="module", params=dialects())
def told(
    request: pytest.FixtureRequest, plant: Plant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InfluxServer]:
    """A database with TOLD, and a day of hours at half their target for every unit."""
    now_s = int(time.time()) // 10 * 10
    rows = [
        state_row(plant, plant.units[code], now_s - ago_s, state, severity, cause)
        for code, states in TOLD.items()
        for ago_s, state, severity, cause in states
    ]
    rows += [row for code in TOLD for row in half_a_day(plant, plant.units[code], now_s)]
    with influx_server(request.param, tmp_path_factory.mktemp("influx")) as server:
        server.make_bucket("works")

        async def write() -> None:
            client = InfluxClient(server.settings("works"))
            try:
                await client.write("works", gzip_member(encode_rows(rows).data))
            finally:
                await client.close()

        asyncio.run(write())
        yield server


def half_a_day(plant: Plant, unit: Unit, now_s: int) -> list[Row]:
    product = main_product(plant, unit)
    assert product is not None
    tags = {"site": plant.site, "shop": unit.shop, "unit": unit.code, "product": product.code, "level": "unit"}
    first_s = now_s // HOUR_S * HOUR_S
    fields: dict[str, FieldValue] = {"actual_t": 50.0, "target_t": 100.0, "attainment_pct": 50.0}
    return [Row(RowKey.of("output_hour", (first_s - hour * HOUR_S) * 10**9, tags), fields) for hour in range(1, 30)]


def firing(server: InfluxServer, rule: Rule) -> set[str]:
    """The units for which the rule fires, as Grafana would compute it of the database's answers."""
    kind, limits = rule.condition
    guarded = {} if rule.precondition is None else values(server, rule.precondition.query)
    found = set()
    for unit, value in values(server, rule.query).items():
        fires = {
            "lt": value < limits[0],
            "gt": value > limits[0],
            "within_range": limits[0] < value < limits[-1],
        }[kind]
        if fires and (rule.precondition is None or (unit in guarded and holds(rule.precondition, guarded[unit]))):
            found.add(unit)
    return found


def values(server: InfluxServer, query: str) -> dict[str, float]:
    return {
        row["unit"]: next(value for name, value in row.items() if name in ("last", "pace_pct"))
        for row in server.rows("works", query)
    }


def holds(precondition: Precondition, value: float) -> bool:
    return bool(eval(precondition.holds.replace("||", "or").replace("&&", "and"), {"E": value}))  # noqa: S307 - our own text


def one(plant: Plant, key: str, severity: int) -> Rule:
    (rule,) = (it for it in rules(plant) if (it.key, it.severity) == (key, severity))
    return rule


def test_a_stop_pages_by_its_severity_and_what_follows_from_another_units_stop_does_not(
    told: InfluxServer, plant: Plant
) -> None:
    assert firing(told, one(plant, "unit_stopped", P1)) == {"bf3", "bf4", "bof2", "mine2"}
    assert firing(told, one(plant, "unit_stopped", P2)) == {"cast1"}


def test_a_stop_is_not_taken_back_because_nothing_is_heard_any_more(told: InfluxServer, plant: Plant) -> None:
    stopped = firing(told, one(plant, "unit_stopped", P1))
    assert "mine2" in stopped, "its data went away while it stood"
    assert "bf4" in stopped, "the collector has said nothing for three hours"
    assert stopped.isdisjoint({"bf2", "coke1"}), "one works again, the other stands by plan now"


def test_a_shop_that_comes_back_from_a_stop_stays_the_same_alert(told: InfluxServer, plant: Plant) -> None:
    assert [rule.key for rule in rules(plant) if "bof2" in firing(told, rule)] == ["below_pace", "unit_stopped"]


def test_where_a_slow_down_may_be_as_grave_as_a_stop_each_has_its_own_rule(told: InfluxServer, plant: Plant) -> None:
    detection = plant.detection
    graver = {**detection.by_kind, "caster": replace(detection.by_kind["caster"], severity_slow=P1)}
    other = replace(plant, detection=replace(detection, by_kind=graver))
    assert firing(told, one(other, "unit_slow", P1)) == {"bof2"}
    assert firing(told, one(other, "unit_stopped", P1)) == {"bf3", "bf4", "mine2"}


def test_a_slow_down_of_its_own_is_told_and_one_that_follows_from_another_is_not(
    told: InfluxServer, plant: Plant
) -> None:
    assert firing(told, one(plant, "unit_slow", P2)) == {"cast2"}


def test_faults_of_data_are_told_as_such(told: InfluxServer, plant: Plant) -> None:
    assert firing(told, one(plant, "unit_data", P4)) == {"mine1", "mine2", "sinter1", "washery"}


def test_a_pace_is_judged_only_where_output_is_known_not_planned_away_and_follows_from_no_other_unit(
    told: InfluxServer, plant: Plant
) -> None:
    below = {unit for rule in rules(plant) if rule.key == "below_pace" for unit in firing(told, rule)}
    unknown = {"mine1", "mine2", "sinter1", "washery"}
    assert below == set(TOLD) - unknown - {"coke1"} - {"bof1", "hsm"}
