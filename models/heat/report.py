"""All that is reported of heat supply over some days: each network, the boilers and turbines, the coal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.counting.measured_hour import MeasuredHour
from models.heat.heat_hour import HOUR_S, HeatHour, heat_hour
from models.heat.heat_span import HeatSpan, UnderHeating, heat_days, heat_span, under_heating
from models.heat.network import HeatNetwork
from models.heat.source_days import SourceDays
from models.heat.standby import Standby
from models.works.calendar import NS, date_bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReport:
    """A network over days. `hours`: all that ended, in order. `days`: by date (ordinal) its hours together; `whole`:
    all of them."""

    network: HeatNetwork
    hours: tuple[HeatHour, ...]
    days: Mapping[int, HeatSpan]
    whole: HeatSpan
    under: UnderHeating

    @property
    def last(self) -> HeatHour | None:
        """The newest hour that ended."""
        return self.hours[-1] if self.hours else None

    @property
    def demand_gcal_h(self) -> float | None:
        """By the graph, in the newest hour."""
        return None if self.last is None or self.last.due is None else self.network.demand_gcal_h(self.last.due)


@dataclass(frozen=True, slots=True)
class CoalStock:
    """`names`: of the product, by language; `days`: how long it lasts at the mean use of `over` whole days."""

    names: Mapping[str, str]
    days: float
    over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatReport:
    """`until_s`: hours that ended by then (UTC seconds). `boilers` and `turbines` are of now, `coal` of the end of the
    days (None: not declared or not known); `sources`: each boiler and turbine over the days."""

    zone: ZoneInfo
    until_s: int
    networks: tuple[NetworkReport, ...]
    boilers: Standby | None = None
    turbines: Standby | None = None
    coal: CoalStock | None = None
    sources: tuple[SourceDays, ...] = ()

    @property
    def demand_gcal_h(self) -> float | None:
        """Of all networks together; None unless it is known of each."""
        return demand_of(self.networks)


def demand_of(networks: tuple[NetworkReport, ...]) -> float | None:
    """The demand by the graph, in Gcal/h, of all of them; None unless it is known of each."""
    each = [network.demand_gcal_h for network in networks]
    known = [demand for demand in each if demand is not None]
    return sum(known) if known and len(known) == len(each) else None


def hours_needed(network: HeatNetwork, zone: ZoneInfo, days: tuple[int, int]) -> tuple[int, int]:
    """[start, end) in UTC seconds of the measured hours that the dates [first, end) (ordinals) of a network ask for:
    the outdoor temperature is looked up before the first."""
    start_s = date_bounds(zone, date.fromordinal(days[0]))[0] // NS
    end_s = date_bounds(zone, date.fromordinal(days[1] - 1))[1] // NS
    return start_s - network.outdoor_hours * HOUR_S, end_s


def network_report(
    network: HeatNetwork,
    measured: Mapping[str, Mapping[int, MeasuredHour]],
    zone: ZoneInfo,
    days: tuple[int, int],
    until_s: int,
) -> NetworkReport:
    """Of the dates [first, end) (ordinals), as far as they are over at `until_s`. `measured`: by tag and start."""
    needed_s, end_s = hours_needed(network, zone, days)
    starts = range(needed_s + network.outdoor_hours * HOUR_S, min(end_s, until_s) - HOUR_S + 1, HOUR_S)
    hours = tuple(heat_hour(network, start_s, measured) for start_s in starts)
    by_day = heat_days(hours, zone, days, until_s)
    return NetworkReport(
        network=network,
        hours=hours,
        days=by_day,
        whole=heat_span(hours, len(hours)),
        under=under_heating(by_day, network.limits),
    )
