"""A boiler or a turbine over some days: the hours that it worked, and the repairs that were stated. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.counting.measured_hour import MeasuredHour
from models.heat.network import HeatSource
from models.heat.standby import SourceReadiness
from models.stated.plan import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDays:
    """`readiness`: what it is good for now (None: now is not in these days). `worked_h`: how long it is known to have
    worked, of the `known_h` hours of which that is known (None: nothing measures it). `repairs`: stated ones that share
    time with the days, by their begin."""

    source: HeatSource
    names: Mapping[str, str]
    is_boiler: bool
    readiness: SourceReadiness | None
    worked_h: float | None
    known_h: float
    repairs: Sequence[Repair]

    def name(self, language: str) -> str:
        """Of the unit."""
        return self.names.get(language) or self.names["en"]


def worked(hours: Sequence[MeasuredHour]) -> tuple[float | None, float]:
    """(hours at work, hours of which that is known) by the load: a gap is neither work nor rest."""
    if not hours:
        return None, 0.0
    compared = [hour for hour in hours if hour.above_s]
    return sum(hour.above_s[0] for hour in compared) / 3600, sum(hour.known_s for hour in compared) / 3600
