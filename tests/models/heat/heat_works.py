"""A network with a graph of 95/70, and hours that its gauges read."""

from models.counting.measured_hour import MeasuredHour
from models.heat.network import HeatLimits, HeatNetwork, HeatTags
from models.heat.temperature_graph import GraphPoint, TemperatureGraph

HOUR_S = 3600
GRAPH = TemperatureGraph.of([GraphPoint(-30, 110, 65), GraphPoint(-10, 80, 52), GraphPoint(8, 65, 45)])
LIMITS = HeatLimits(clause="item 547", approver="chief engineer", frost_outdoor=-20.0)
TAGS = HeatTags(outdoor="outdoor", supply="t1", returned="t2", flow="g", heat="q", make_up="make_up")
NETWORK = HeatNetwork(
    code="town",
    names={"en": "Town"},
    unit="chp",
    tags=TAGS,
    graph=GRAPH,
    regime_flow_t_h=4000.0,
    limits=LIMITS,
    outdoor_hours=3,
)


def read(tag: str, start_s: int, mean: float, **other: float) -> MeasuredHour:
    """An hour that was known as a whole, unless `other` says otherwise."""
    given = {"known_s": 3600.0, "least": mean, "greatest": mean, "still_s": 0.0} | other
    return MeasuredHour(
        tag, start_s, given["known_s"], mean, given["least"], given["greatest"], (), (), given["still_s"]
    )


def measured(start_s: int, *, outdoor: float = -10.0, **hours: MeasuredHour) -> dict[str, dict[int, MeasuredHour]]:
    """By tag and start: the outdoor hours before `start_s`, and of `hours` (by tag) that hour."""
    before = [start_s - back * HOUR_S for back in range(1, NETWORK.outdoor_hours + 1)]
    return {
        "outdoor": {at: read("outdoor", at, outdoor) for at in before},
        **{tag: {start_s: hour} for tag, hour in hours.items()},
    }


def by_graph(start_s: int, t1: float = 80.0, t2: float = 52.0, g: float = 4000.0) -> dict[str, MeasuredHour]:
    """T1, T2, G and the Q that is made of them."""
    values = {"t1": t1, "t2": t2, "g": g, "q": g * (t1 - t2) / 1000}
    return {tag: read(tag, start_s, value) for tag, value in values.items()}
