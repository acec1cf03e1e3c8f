"""An hour of a heat network against its approved graph. No outdoor temperature, no verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.counting.measured_hour import MeasuredHour
from models.heat.network import HeatLimits, HeatNetwork
from models.heat.temperature_graph import GraphPoint

HOUR_S = 3600
KNOWN_FROM_S = 0.75 * HOUR_S
"""The mean of three quarters of an hour stands for the hour: water of a network and the air outside do not change
faster. With less, the hour is not judged. A judgement."""


_DIGITS = 6
"""What is at a limit must not be beyond it by the last digit of the arithmetic."""


class HeatVerdict(StrEnum):
    """What an hour was, the worst that holds; the value is what the database keeps."""

    BY_GRAPH = "by_graph"
    OFF_GRAPH = "off_graph"
    LOW = "low"
    VERY_LOW = "very_low"
    FROST = "frost"

    @property
    def is_under_heating(self) -> bool:
        """Whether the town got less than was due, beyond what is let pass."""
        return self in (HeatVerdict.LOW, HeatVerdict.VERY_LOW, HeatVerdict.FROST)


class HeatDoubt(StrEnum):
    """Why an hour has no verdict, or no heat is counted in it."""

    NO_OUTDOOR = "no_outdoor"
    NO_SUPPLY = "no_supply"
    NO_FLOW = "no_flow"
    NO_RETURN = "no_return"
    OUTDOOR_STUCK = "outdoor_stuck"
    SUPPLY_STUCK = "supply_stuck"
    RETURN_STUCK = "return_stuck"
    FLOW_STUCK = "flow_stuck"
    FLOW_REVERSED = "flow_reversed"
    RETURN_ABOVE_SUPPLY = "return_above_supply"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatHour:
    """Of the hour [start_s, start_s + 3600), UTC. Temperatures in degC, flow in t/h, heat in Gcal; None: not known.

    `outdoor`: the mean of the hours before it. `due`: what the graph asks for then. `heat_gcal`: what was carried in
    the `heat_known_s` seconds that are known; `demand_gcal`: what the graph asks for in these seconds, so that both
    may be compared. `make_up` is a flow in t/h; pressures are in MPa.
    """

    network: str
    start_s: int
    outdoor: float | None = None
    supply: float | None = None
    returned: float | None = None
    flow: float | None = None
    due: GraphPoint | None = None
    heat_gcal: float | None = None
    heat_known_s: float = 0.0
    demand_gcal: float | None = None
    make_up: float | None = None
    supply_pressure: float | None = None
    return_pressure: float | None = None
    verdict: HeatVerdict | None = None
    no_verdict: HeatDoubt | None = None
    no_heat: HeatDoubt | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything was read in it: of an hour before the first reading there is nothing to tell."""
        read = (self.outdoor, self.supply, self.returned, self.flow, self.heat_gcal, self.make_up)
        return any(value is not None for value in read)

    @property
    def short_by(self) -> float | None:
        """degC that T1 was lower than due (negative: higher); None without a verdict."""
        if self.verdict is None or self.due is None or self.supply is None:
            return None
        return self.due.supply - self.supply

    @property
    def return_off_by(self) -> float | None:
        """degC that T2 was higher than due (negative: lower); None without a verdict."""
        if self.verdict is None or self.due is None or self.returned is None:
            return None
        return self.returned - self.due.returned


def outdoor_mean(hours: Sequence[MeasuredHour | None]) -> float | None:
    """The mean of these hours, each with the same weight; None unless all of them are known."""
    known = [hour.mean for hour in hours if hour is not None and is_known(hour)]
    return sum(known) / len(known) if known and len(known) == len(hours) else None


def is_known(hour: MeasuredHour | None) -> bool:
    """Whether enough of it was read for its mean to stand for it."""
    return hour is not None and hour.known_s >= KNOWN_FROM_S


def heat_hour(network: HeatNetwork, start_s: int, measured: Mapping[str, Mapping[int, MeasuredHour]]) -> HeatHour:
    """`measured`: by tag and start (UTC seconds) the hours that were read, this one and those before it."""
    tags, limits = network.tags, network.limits
    read = {name: measured.get(name, {}).get(start_s) for name in tags.all}
    before = [
        measured.get(tags.outdoor, {}).get(start_s - back * HOUR_S) for back in range(1, network.outdoor_hours + 1)
    ]
    outdoor = outdoor_mean(before)
    due = None if outdoor is None else network.graph.at(outdoor)
    supply, returned = _mean(read[tags.supply]), _mean(read[tags.returned])
    no_verdict = _no_verdict(limits, before[0], read[tags.supply], outdoor)
    gcal, known_s, no_heat = _heat(network, read)
    demand = None if due is None else network.demand_gcal_h(due) * known_s / HOUR_S
    verdict = None
    if no_verdict is None and due is not None and supply is not None:
        verdict = judged(limits, due, supply, returned)
    return HeatHour(
        network=network.code,
        start_s=start_s,
        outdoor=outdoor,
        supply=supply,
        returned=returned,
        flow=_mean(read[tags.flow]),
        due=due,
        heat_gcal=gcal,
        heat_known_s=known_s,
        demand_gcal=demand if gcal is not None else None,
        make_up=_mean(read.get(tags.make_up)),
        supply_pressure=_mean(read.get(tags.supply_pressure)),
        return_pressure=_mean(read.get(tags.return_pressure)),
        verdict=verdict,
        no_verdict=no_verdict,
        no_heat=no_heat,
    )


def judged(limits: HeatLimits, due: GraphPoint, supply: float, returned: float | None) -> HeatVerdict:
    """The worst that holds of an hour with these means. `returned` None: T2 is not known, and not judged."""
    short = round(due.supply - supply, _DIGITS)
    # The configuration's check holds that the graph asks for no less in frost.
    if supply < limits.frost_supply and due.outdoor <= limits.frost_outdoor:
        return HeatVerdict.FROST
    if short > limits.very_low_by:
        return HeatVerdict.VERY_LOW
    if short > limits.low_by:
        return HeatVerdict.LOW
    off = [abs(deviation_pct(supply, due.supply))]
    if returned is not None:
        off.append(abs(deviation_pct(returned, due.returned)))
    return HeatVerdict.OFF_GRAPH if max(off) > limits.deviation_pct else HeatVerdict.BY_GRAPH


def deviation_pct(read: float, due: float) -> float:
    """Percent of the temperature in degC that is due, as the technical rules have it."""
    return round((read - due) / due * 100, _DIGITS)


def _no_verdict(
    limits: HeatLimits, outside: MeasuredHour | None, supply: MeasuredHour | None, outdoor: float | None
) -> HeatDoubt | None:
    if outdoor is None:
        return HeatDoubt.NO_OUTDOOR
    if _is_stuck(outside, limits):
        return HeatDoubt.OUTDOOR_STUCK
    if not is_known(supply):
        return HeatDoubt.NO_SUPPLY
    return HeatDoubt.SUPPLY_STUCK if _is_stuck(supply, limits) else None


def _heat(
    network: HeatNetwork, read: Mapping[str, MeasuredHour | None]
) -> tuple[float | None, float, HeatDoubt | None]:
    """(Gcal, the seconds that they were carried in, why none are counted)."""
    tags, limits = network.tags, network.limits
    flow, supply, returned, heat = (read[name] for name in (tags.flow, tags.supply, tags.returned, tags.heat))
    missing = (
        (flow, HeatDoubt.NO_FLOW, HeatDoubt.FLOW_STUCK),
        (supply, HeatDoubt.NO_SUPPLY, HeatDoubt.SUPPLY_STUCK),
        (returned, HeatDoubt.NO_RETURN, HeatDoubt.RETURN_STUCK),
    )
    for hour, unknown, stuck in missing:
        if hour is None:
            return None, 0.0, unknown
        if _is_stuck(hour, limits):
            return None, 0.0, stuck
    if heat is None:
        return None, 0.0, HeatDoubt.NO_FLOW
    if flow is not None and flow.least < 0:
        # Both signs turned make a heat above 0, so the flow is looked at by itself.
        return None, 0.0, HeatDoubt.FLOW_REVERSED
    if heat.least < 0:
        return None, 0.0, HeatDoubt.RETURN_ABOVE_SUPPLY
    return heat.mean * heat.known_s / HOUR_S, heat.known_s, None


def _mean(hour: MeasuredHour | None) -> float | None:
    return hour.mean if hour is not None and is_known(hour) else None


def _is_stuck(hour: MeasuredHour | None, limits: HeatLimits) -> bool:
    return hour is not None and hour.still_s >= limits.stuck_s
