"""Why an hour has less heat than the graph asks for: cooler supply, a warmer return, less water. Pure."""

from dataclasses import dataclass

from models.heat.heat_flow import heat_gcal_h
from models.heat.heat_hour import HOUR_S, HeatHour
from models.heat.network import HeatNetwork

TOLD_FROM = 0.1
"""A part that is less of the shortfall is not worth a word. A judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """Heat below the demand, in Gcal/h, and what made it so: `by_flow` by less water than the regime, `by_return` by
    water that came back warmer than due, `by_supply` by water that went out cooler. They may be below 0, where a factor
    gave more; their sum is the shortfall of the means, and a heat meter may differ from it."""

    gcal_h: float
    demand_gcal_h: float
    by_flow: float
    by_return: float
    by_supply: float

    def is_told(self, part: float) -> bool:
        """Whether a factor made enough of it."""
        return part >= TOLD_FROM * self.gcal_h


def shortfall(network: HeatNetwork, hour: HeatHour) -> Shortfall | None:
    """None where heat is not below the demand by more than `deviation_pct`, or a mean of the hour is not known."""
    due, flow, supply, returned = hour.due, hour.flow, hour.supply, hour.returned
    if due is None or flow is None or supply is None or returned is None:
        return None
    if hour.verdict is None or hour.heat_gcal is None or not hour.heat_known_s:
        return None
    demand = network.demand_gcal_h(due)
    short = demand - hour.heat_gcal * HOUR_S / hour.heat_known_s
    if short <= demand * network.limits.deviation_pct / 100:
        return None
    return Shortfall(
        gcal_h=short,
        demand_gcal_h=demand,
        by_flow=heat_gcal_h(network.regime_flow_t_h - flow, due.supply, due.returned),
        by_return=heat_gcal_h(flow, returned, due.returned),
        by_supply=heat_gcal_h(flow, due.supply, supply),
    )
