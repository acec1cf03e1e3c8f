"""Heat and fuel: each heat network against its approved graph, and its heat against the demand."""

from collections.abc import Sequence

from dashboards.panels import catalogue
from dashboards.panels.board import Board, Panel, PanelRow, Pick, Shape
from dashboards.panels.quantity import Quantity
from models.heat.network import HeatNetwork


def heat(networks: Sequence[HeatNetwork]) -> Board:
    """A row for each network: its newest hour, and the hours of the span."""
    # An hour has its row when it has ended.
    return Board(key="heat", span=("now-7d", "now"), refresh="5m", rows=tuple(_network(each) for each in networks))


def _network(network: HeatNetwork) -> PanelRow:
    where = {"network": network.code}

    def stat(title: str, quantities: tuple[Quantity, ...], width: int) -> Panel:
        return Panel(
            shape=Shape.STAT,
            title=title,
            quantities=quantities,
            where=where,
            pick=Pick.RUNNING,
            width=width,
            height=4,
        )

    def over_time(title: str, quantities: tuple[Quantity, ...], width: int, *, cut_axis: bool = False) -> Panel:
        return Panel(
            shape=Shape.TIME_SERIES,
            title=title,
            quantities=quantities,
            where=where,
            width=width,
            height=9,
            cut_axis=cut_axis,
        )

    make_up = (catalogue.HEAT_MAKE_UP,) if network.tags.make_up else ()
    return PanelRow(
        heading=network.names,
        panels=(
            stat("heat_verdict", (catalogue.HEAT_VERDICT,), 4),
            stat("heat_supply_now", (catalogue.HEAT_SUPPLY, catalogue.HEAT_SUPPLY_DUE), 6),
            stat("heat_return_now", (catalogue.HEAT_RETURN, catalogue.HEAT_RETURN_DUE), 6),
            stat("heat_outdoor_degc", (catalogue.HEAT_OUTDOOR,), 3),
            stat("heat_now", (catalogue.HEAT_GCAL, catalogue.HEAT_DEMAND), 5),
            over_time(
                "heat_temperatures",
                (
                    catalogue.HEAT_SUPPLY,
                    catalogue.HEAT_SUPPLY_DUE,
                    catalogue.HEAT_RETURN,
                    catalogue.HEAT_RETURN_DUE,
                    catalogue.HEAT_OUTDOOR,
                ),
                24,
                cut_axis=True,
            ),
            over_time("heat_by_hour", (catalogue.HEAT_GCAL, catalogue.HEAT_DEMAND), 12),
            over_time("heat_flow", (catalogue.HEAT_FLOW, *make_up), 12),
        ),
    )
