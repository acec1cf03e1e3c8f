"""What of a fuel went through its meter in an hour, and what that gives. An hour that is not known is not zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.counting.measured_hour import MeasuredHour
from models.heat.fuel import Fuel
from models.heat.heat_hour import HOUR_S, is_known


class FuelDoubt(StrEnum):
    """Why nothing is counted of an hour, or no energy; the value is what the database keeps."""

    NO_FLOW = "no_flow"
    FLOW_STUCK = "flow_stuck"
    FLOW_REVERSED = "flow_reversed"
    NO_CALORIFIC_VALUE = "no_calorific_value"


@dataclass(frozen=True, slots=True)
class FuelHour:
    """Of the hour that begins at `start_s` (UTC seconds), in the `known_s` seconds that are known: `amount` in Nm3 or
    t, `energy_gj` in GJ. None: not known, `doubt` says why."""

    start_s: int
    known_s: float = 0.0
    amount: float | None = None
    energy_gj: float | None = None
    doubt: FuelDoubt | None = None

    @property
    def gj_per_h(self) -> float | None:
        """As power, if enough of the hour is known to stand for it."""
        if self.energy_gj is None or self.known_s <= 0:
            return None
        return self.energy_gj * HOUR_S / self.known_s


def fuel_hour(fuel: Fuel, start_s: int, measured: Mapping[str, Mapping[int, MeasuredHour]]) -> FuelHour:
    """`measured`: by tag and start (UTC seconds) the hours that were read."""
    flow = measured.get(fuel.flow, {}).get(start_s)
    if flow is None or flow.known_s <= 0:
        return FuelHour(start_s, doubt=FuelDoubt.NO_FLOW)
    if flow.least < 0:
        return FuelHour(start_s, doubt=FuelDoubt.FLOW_REVERSED)
    # A valve that is shut shows zero for weeks, and is believed.
    if flow.still_s >= fuel.stuck_s and flow.greatest > 0:
        return FuelHour(start_s, doubt=FuelDoubt.FLOW_STUCK)
    amount = flow.mean * flow.known_s / HOUR_S
    value = _calorific_value(fuel, start_s, measured)
    if value is None and amount:
        return FuelHour(start_s, flow.known_s, amount, doubt=FuelDoubt.NO_CALORIFIC_VALUE)
    return FuelHour(start_s, flow.known_s, amount, amount * (value or 0.0) * fuel.kind.gj_per_amount)


def _calorific_value(fuel: Fuel, start_s: int, measured: Mapping[str, Mapping[int, MeasuredHour]]) -> float | None:
    if fuel.calorific.value is not None:
        return fuel.calorific.value
    hour = measured.get(fuel.calorific.tag, {}).get(start_s)
    return hour.mean if hour is not None and is_known(hour) else None
