"""Heat and fuel: each heat network against its approved graph, its heat against the demand, and what is burned."""

from collections.abc import Sequence

from dashboards.panels import catalogue
from dashboards.panels.board import Board, PanelRow
from dashboards.panels.boards.fuel_row import fuel_row
from dashboards.panels.boards.hour_panels import over_time, running
from models.heat.fuel import Fuel
from models.heat.network import HeatNetwork


def heat(networks: Sequence[HeatNetwork], fuels: Sequence[Fuel] = ()) -> Board:
    """A row for each network: its newest hour, and the hours of the span; then one of the fuels."""
    rows = [*(_network(each) for each in networks), *([fuel_row(fuels)] if fuels else [])]
    # An hour has its row when it has ended. A week of fuel alone would be seven bars.
    span = ("now-7d" if networks else "now-30d", "now")
    return Board(key="heat", span=span, refresh="5m", rows=tuple(rows))


def _network(network: HeatNetwork) -> PanelRow:
    where = {"network": network.code}
    make_up = (catalogue.HEAT_MAKE_UP,) if network.tags.make_up else ()
    return PanelRow(
        heading=network.names,
        panels=(
            running("heat_verdict", (catalogue.HEAT_VERDICT,), where, 4),
            running("heat_supply_now", (catalogue.HEAT_SUPPLY, catalogue.HEAT_SUPPLY_DUE), where, 6),
            running("heat_return_now", (catalogue.HEAT_RETURN, catalogue.HEAT_RETURN_DUE), where, 6),
            running("heat_outdoor_degc", (catalogue.HEAT_OUTDOOR,), where, 3),
            running("heat_now", (catalogue.HEAT_GCAL, catalogue.HEAT_DEMAND), where, 5),
            over_time(
                "heat_temperatures",
                (
                    catalogue.HEAT_SUPPLY,
                    catalogue.HEAT_SUPPLY_DUE,
                    catalogue.HEAT_RETURN,
                    catalogue.HEAT_RETURN_DUE,
                    catalogue.HEAT_OUTDOOR,
                ),
                where,
                24,
                cut_axis=True,
            ),
            over_time("heat_by_hour", (catalogue.HEAT_GCAL, catalogue.HEAT_DEMAND), where, 12),
            over_time("heat_flow", (catalogue.HEAT_FLOW, *make_up), where, 12),
        ),
    )
