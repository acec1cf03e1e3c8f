"""Boilers and turbines that work, stand in reserve or are in repair; whether one may fail; how long the coal lasts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.heat.network import HeatSource


class SourceReadiness(StrEnum):
    """What a boiler or turbine is good for now. UNKNOWN: nothing tells whether it works."""

    WORKING = "working"
    RESERVE = "reserve"
    REPAIR = "repair"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SourceNow:
    """A boiler or turbine with what it is good for."""

    source: HeatSource
    readiness: SourceReadiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Standby:
    """Counts by readiness, and in Gcal/h what those that work or stand in reserve can give.

    `one_may_fail`: N+1, whether the demand is met without the greatest of them (None: the demand is not known, or not
    of all of them is known whether they can work). `deficit_gcal_h`: by how much the demand is above all that they
    give.
    """

    working: int
    reserve: int
    repair: int
    unknown: int
    available_gcal_h: float
    one_may_fail: bool | None
    deficit_gcal_h: float | None


def readiness(*, works: bool | None, in_repair: bool) -> SourceReadiness:
    """By its activity signal (None: not known now) and the stated repairs: one that works is not in repair, whatever
    was planned."""
    if works:
        return SourceReadiness.WORKING
    if in_repair:
        return SourceReadiness.REPAIR
    return SourceReadiness.UNKNOWN if works is None else SourceReadiness.RESERVE


def standby(sources: Iterable[SourceNow], demand_gcal_h: float | None) -> Standby:
    """`demand_gcal_h`: by the graph, of all networks together; None: not known."""
    all_of_them = list(sources)
    able = [
        each.source.gcal_h
        for each in all_of_them
        if each.readiness in (SourceReadiness.WORKING, SourceReadiness.RESERVE)
    ]
    unknown = _count(all_of_them, SourceReadiness.UNKNOWN)
    available = sum(able)
    without_greatest = available - max(able, default=0.0)
    may_fail: bool | None = None
    if demand_gcal_h is not None and all_of_them:
        may_fail = without_greatest >= demand_gcal_h
        if not may_fail and unknown:
            may_fail = None
    deficit = None if demand_gcal_h is None or unknown else max(0.0, demand_gcal_h - available)
    return Standby(
        working=_count(all_of_them, SourceReadiness.WORKING),
        reserve=_count(all_of_them, SourceReadiness.RESERVE),
        repair=_count(all_of_them, SourceReadiness.REPAIR),
        unknown=unknown,
        available_gcal_h=available,
        one_may_fail=may_fail,
        deficit_gcal_h=deficit,
    )


def days_in_stock(stock_t: float, burnt_t: Sequence[float]) -> float | None:
    """How many days a stock lasts at the mean of these whole days; None if none is known or nothing was burnt."""
    burnt = sum(burnt_t)
    return stock_t * len(burnt_t) / burnt if burnt > 0 else None


def _count(sources: Sequence[SourceNow], readiness: SourceReadiness) -> int:
    return sum(each.readiness is readiness for each in sources)
