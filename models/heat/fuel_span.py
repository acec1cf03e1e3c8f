"""Fuel of a day, a month or months: amounts and energy as far as they are known, and beside each how far that is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.heat.fuel import Fuel, FuelKind, FuelUse
from models.heat.fuel_hour import FuelDoubt, FuelHour
from models.heat.heat_hour import HOUR_S, KNOWN_FROM_S

SHARE_FROM = 0.75
"""A share is told from so many of the hours on in which every burned fuel is known. A judgement, as of heat."""

HoursOfFuels = Mapping[str, Mapping[int, FuelHour]]
"""By the fuel's code and the start (UTC seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelTotal:
    """One fuel over a span. `amount` (Nm3 or t) is of `known_h` hours, `energy_gj` and `co2_t` of `energy_known_h`;
    None: of none it is known. `doubts`: how many hours are not known, by the reason."""

    fuel: Fuel
    known_h: float
    energy_known_h: float
    amount: float | None
    energy_gj: float | None
    co2_t: float | None
    doubts: Counter[FuelDoubt]

    @property
    def doubt(self) -> FuelDoubt | None:
        """What keeps most of the hours that lack unknown."""
        return self.doubts.most_common(1)[0][0] if self.doubts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelSpan:
    """All fuels over a span of `hours` that ended, in the order of the configuration.

    `burned_h`: hours in which the energy of every burned fuel is known; `burned_gj_in_these` and
    `natural_gj_in_these`: what was burned in them, at the mean power of each, and what of it was natural gas.
    """

    hours: int
    totals: tuple[FuelTotal, ...]
    burned_h: int
    burned_gj_in_these: float
    natural_gj_in_these: float

    @property
    def is_share_known(self) -> bool:
        """Whether in enough hours every burned fuel is known."""
        return self.hours > 0 and self.burned_h >= SHARE_FROM * self.hours

    @property
    def natural_pct(self) -> float | None:
        """The natural gas in percent of the energy burned; None if too little is known, or if nothing was burned."""
        if not self.is_share_known or self.burned_gj_in_these <= 0:
            return None
        return self.natural_gj_in_these / self.burned_gj_in_these * 100

    @property
    def share_lacks(self) -> Fuel | None:
        """The burned fuel that is known least, if that keeps the share from being told."""
        if self.is_share_known or not self.burned:
            return None
        return min(self.burned, key=lambda each: each.energy_known_h).fuel

    @property
    def burned(self) -> tuple[FuelTotal, ...]:
        """Without what is flared."""
        return tuple(each for each in self.totals if not each.fuel.flared)

    @property
    def energy_gj(self) -> float | None:
        """Burned, as far as it is known."""
        return added(each.energy_gj for each in self.burned)

    @property
    def energy_known_h(self) -> float:
        """Of the burned fuel that is known least."""
        return min((each.energy_known_h for each in self.burned), default=0.0)

    @property
    def co2_t(self) -> float | None:
        """Of all fuels, flared gas too, as far as it is known; None without factors."""
        return added(each.co2_t for each in self.totals)

    @property
    def co2_known_h(self) -> float:
        """Of the fuel that is known least."""
        return min((each.energy_known_h for each in self.totals), default=0.0)

    @property
    def flared(self) -> tuple[FuelTotal, ...]:
        """What is burned off."""
        return tuple(each for each in self.totals if each.fuel.flared)

    @property
    def flared_nm3(self) -> float | None:
        """As far as it is known."""
        return added(each.amount for each in self.flared)

    @property
    def flared_known_h(self) -> float:
        """Of the flare that is known least."""
        return min((each.known_h for each in self.flared), default=0.0)

    def of_kind(self, kind: FuelKind) -> tuple[FuelTotal, ...]:
        """The burned fuels of a kind."""
        return tuple(each for each in self.burned if each.fuel.kind is kind)

    @property
    def kinds(self) -> tuple[FuelKind, ...]:
        """Of the burned fuels, natural gas first."""
        there = {each.fuel.kind for each in self.burned}
        return tuple(kind for kind in FuelKind if kind in there)


def added(amounts: Iterable[float | None]) -> float | None:
    """The sum of those that are known; None if none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def fuel_span(use: FuelUse, hours: HoursOfFuels, starts: Sequence[int]) -> FuelSpan:
    """`starts`: of the hours of the span that ended (UTC seconds), 25 on the day on which clocks go back."""
    known, burned, natural = 0, 0.0, 0.0
    for start_s in starts:
        of_hour = [(fuel.kind, _power(hours, fuel, start_s)) for fuel in use.burned]
        if use.burned and all(power is not None for _, power in of_hour):
            known += 1
            burned += sum(power or 0.0 for _, power in of_hour)
            natural += sum(power or 0.0 for kind, power in of_hour if kind is FuelKind.NATURAL_GAS)
    return FuelSpan(
        hours=len(starts),
        totals=tuple(_total(fuel, hours.get(fuel.code, {}), starts) for fuel in use.fuels),
        burned_h=known,
        burned_gj_in_these=burned,
        natural_gj_in_these=natural,
    )


def joined(one: FuelSpan, other: FuelSpan) -> FuelSpan:
    """Two spans of the same fuels that share no hour."""
    return FuelSpan(
        hours=one.hours + other.hours,
        totals=tuple(_joined(*each) for each in zip(one.totals, other.totals, strict=True)),
        burned_h=one.burned_h + other.burned_h,
        burned_gj_in_these=one.burned_gj_in_these + other.burned_gj_in_these,
        natural_gj_in_these=one.natural_gj_in_these + other.natural_gj_in_these,
    )


def _joined(one: FuelTotal, other: FuelTotal) -> FuelTotal:
    return FuelTotal(
        fuel=one.fuel,
        known_h=one.known_h + other.known_h,
        energy_known_h=one.energy_known_h + other.energy_known_h,
        amount=added((one.amount, other.amount)),
        energy_gj=added((one.energy_gj, other.energy_gj)),
        co2_t=added((one.co2_t, other.co2_t)),
        doubts=one.doubts + other.doubts,
    )


def _power(hours: HoursOfFuels, fuel: Fuel, start_s: int) -> float | None:
    hour = hours.get(fuel.code, {}).get(start_s)
    return hour.gj_per_h if hour is not None and hour.known_s >= KNOWN_FROM_S else None


def _total(fuel: Fuel, hours: Mapping[int, FuelHour], starts: Sequence[int]) -> FuelTotal:
    found = [hours.get(start_s) or FuelHour(start_s, doubt=FuelDoubt.NO_FLOW) for start_s in starts]
    energy = added(hour.energy_gj for hour in found)
    return FuelTotal(
        fuel=fuel,
        known_h=sum(hour.known_s for hour in found if hour.amount is not None) / HOUR_S,
        energy_known_h=sum(hour.known_s for hour in found if hour.energy_gj is not None) / HOUR_S,
        amount=added(hour.amount for hour in found),
        energy_gj=energy,
        co2_t=None if energy is None or fuel.emission is None else energy * fuel.emission.kg_per_gj / 1000,
        doubts=Counter(hour.doubt for hour in found if hour.doubt is not None),
    )
