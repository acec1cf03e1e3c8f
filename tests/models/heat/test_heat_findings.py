"""Under-heating becomes one finding of the unit, as severe as its worst network, and ends by a judged hour alone."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from models.alerts.assign_incidents import own_key
from models.alerts.texts import WHAT
from models.detection.finding import FindingKind
from models.heat.heat_findings import heat_findings
from models.heat.heat_hour import HeatHour, heat_hour
from models.heat.report import NetworkReport, network_report
from models.works.plant import Plant, Unit
from tests.models.heat.heat_works import HOUR_S, NETWORK, by_graph, measured

UNIT = Unit(code="chp", shop="power", kind="chp", names={"en": "CHP"})
PLANT = Plant(
    site="works", site_names={"en": "Works"}, zone=ZoneInfo("Asia/Almaty"), simulated=False, shops={},
    units={"chp": UNIT}, products={}, reported=(), tags=(),
)  # fmt: skip
EMPTY = network_report(NETWORK, {}, PLANT.zone, (720_000, 720_001), 0)


def report(*short: float | None, outdoor: float = -10.0) -> NetworkReport:
    """An hour for each number: by how many degC T1 was lower than 80; None: nothing was read."""

    def hour(at: int, by: float | None) -> HeatHour:
        return heat_hour(NETWORK, at, {} if by is None else measured(at, outdoor=outdoor, **by_graph(at, 80.0 - by)))

    return replace(EMPTY, hours=tuple(hour(number * HOUR_S, by) for number, by in enumerate(short)))


@pytest.mark.parametrize(("short", "outdoor", "severity"), [(4.0, -10.0, 3), (12.0, -10.0, 2), (12.0, -25.0, 1)])
def test_a_warning_is_p3_far_too_low_is_p2_and_danger_in_frost_is_p1(
    short: float, outdoor: float, severity: int
) -> None:
    (found,) = heat_findings(PLANT, [report(short, outdoor=outdoor)])
    assert (found.kind, found.unit, found.shop, found.severity) == (FindingKind.HEAT, "chp", "power", severity)
    assert found.evidence["kk"].startswith("Town: Т1")
    assert not found.kind.is_data
    assert own_key(found) == found.key
    assert WHAT[found.kind]["ru"]


def test_it_holds_since_the_first_hour_that_was_too_cold_without_a_break() -> None:
    (found,) = heat_findings(PLANT, [report(5.0, 0.0, 5.0, 12.0, 4.0)])
    assert (found.since_s, found.found_s) == (2 * HOUR_S, 3 * HOUR_S)


def test_lost_data_take_no_under_heating_back_and_a_warm_hour_does() -> None:
    (found,) = heat_findings(PLANT, [report(5.0, None, None)])
    assert found.since_s == 0
    assert heat_findings(PLANT, [report(5.0, None, 0.0)]) == []
    assert heat_findings(PLANT, [report(None)]) == []


def test_of_two_networks_of_a_unit_the_worse_one_is_told() -> None:
    (found,) = heat_findings(PLANT, [report(4.0), report(12.0), report(0.0)])
    assert found.severity == 2
