import pytest

from models.heat.temperature_graph import GraphFault, GraphPoint, TemperatureGraph, graph_faults
from tests.models.heat.heat_works import GRAPH


@pytest.mark.parametrize(
    ("outdoor", "supply", "returned"),
    [(-30, 110, 65), (-20, 95, 58.5), (-10, 80, 52), (-1, 72.5, 48.5), (8, 65, 45)],
)
def test_between_points_the_graph_is_a_straight_line(outdoor: float, supply: float, returned: float) -> None:
    due = GRAPH.at(outdoor)
    assert (due.supply, due.returned) == (pytest.approx(supply), pytest.approx(returned))


def test_beyond_its_ends_the_graph_stays_as_at_its_ends_and_says_that_it_does_not_reach_there() -> None:
    assert (GRAPH.at(-38).supply, GRAPH.at(15).supply) == (110, 65)
    assert not GRAPH.reaches(-38)
    assert not GRAPH.reaches(15)
    assert GRAPH.reaches(-30)


def test_the_order_in_which_points_are_given_does_not_matter() -> None:
    assert TemperatureGraph.of(tuple(reversed(GRAPH.points))) == GRAPH


def test_a_graph_may_be_flat_where_hot_tap_water_asks_for_its_temperature() -> None:
    assert list(graph_faults([GraphPoint(-30, 95, 65), GraphPoint(0, 70, 45), GraphPoint(8, 70, 48)])) == []


@pytest.mark.parametrize(
    ("points", "faults"),
    [
        ([GraphPoint(-30, 95, 65)], [(0, GraphFault.TOO_FEW)]),
        ([GraphPoint(-30, 95, 65), GraphPoint(0, 96, 60)], [(1, GraphFault.SUPPLY_RISES)]),
        ([GraphPoint(-30, 95, 65), GraphPoint(-30, 90, 60)], [(1, GraphFault.SAME_OUTDOOR)]),
        ([GraphPoint(-30, 95, 65), GraphPoint(8, 60, 61)], [(1, GraphFault.RETURN_NOT_BELOW)]),
        (
            [GraphPoint(8, 99, 99), GraphPoint(-30, 95, 65)],
            [(0, GraphFault.SUPPLY_RISES), (0, GraphFault.RETURN_NOT_BELOW)],
        ),
    ],
)  # fmt: skip
def test_points_that_are_no_graph_are_told_with_their_place(
    points: list[GraphPoint], faults: list[tuple[int, GraphFault]]
) -> None:
    assert list(graph_faults(points)) == faults
    with pytest.raises(ValueError, match="no temperature graph"):
        TemperatureGraph.of(points)
