"""GJ for each tonne of a product: the fuel of its production day over what was made in it, where both are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.heat.fuel import FuelUse
from models.heat.fuel_span import HoursOfFuels, fuel_span
from models.heat.heat_hour import HOUR_S

KNOWN_FOR_SPECIFIC = 0.95
"""From so many of a day's hours on their mean stands for the hours that lack. A judgement: with less, the figure would
be told to a tenth and be wrong by more than that."""
DAYS_FOR_SPECIFIC = 0.75
"""A month is told from so many of its ended days on. A judgement, as of heat."""


class SpecificDoubt(StrEnum):
    """Why there is no GJ/t; the value is what the database keeps."""

    DAY_RUNS = "day_runs"
    FUEL_NOT_KNOWN = "fuel_not_known"
    OUTPUT_NOT_KNOWN = "output_not_known"
    NOTHING_MADE = "nothing_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeInDay:
    """What was made of a product on a production date (an ordinal), which lasted [start_s, end_s) in UTC seconds.
    `tonnes` None: it is not known well enough to be judged."""

    product: str
    day: int
    start_s: int
    end_s: int
    tonnes: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificUse:
    """Of a product: GJ of all burned fuels, tonnes, and GJ/t of `days` days, of `of_days` that ended. `doubt`: why
    there is none. Of a day on which nothing was made the GJ are known, and belong to its month."""

    product: str
    days: int
    of_days: int
    energy_gj: float | None = None
    output_t: float | None = None
    doubt: SpecificDoubt | None = None

    @property
    def gj_per_t(self) -> float | None:
        """None with a doubt."""
        if self.doubt is not None or self.energy_gj is None or not self.output_t:
            return None
        return self.energy_gj / self.output_t


def specific_of_day(use: FuelUse, hours: HoursOfFuels, made: MadeInDay, until_s: int) -> SpecificUse:
    """Of one production day. `until_s`: hours that ended by then (UTC seconds) are known."""

    def none(doubt: SpecificDoubt) -> SpecificUse:
        return SpecificUse(product=made.product, days=0, of_days=int(made.end_s <= until_s), doubt=doubt)

    if made.end_s > until_s:
        return none(SpecificDoubt.DAY_RUNS)
    # The hours of the product's own day, which may begin at eight.
    first_s = -(-made.start_s // HOUR_S) * HOUR_S
    starts = range(first_s, made.end_s, HOUR_S)
    span = fuel_span(use, hours, starts)
    if not starts or span.burned_h < KNOWN_FOR_SPECIFIC * len(starts):
        return none(SpecificDoubt.FUEL_NOT_KNOWN)
    if made.tonnes is None:
        return none(SpecificDoubt.OUTPUT_NOT_KNOWN)
    energy = span.burned_gj_in_these * len(starts) / span.burned_h
    doubt = None if made.tonnes > 0 else SpecificDoubt.NOTHING_MADE
    return SpecificUse(
        product=made.product, days=1, of_days=1, energy_gj=energy, output_t=max(made.tonnes, 0.0), doubt=doubt
    )


def specific_of_days(days: Sequence[SpecificUse], product: str) -> SpecificUse:
    """Of the days together: GJ and tonnes of those of which both are known, if they are most of those that ended."""
    ended = [each for each in days if each.doubt is not SpecificDoubt.DAY_RUNS]
    told = [each for each in ended if each.energy_gj is not None]
    if ended and len(told) >= DAYS_FOR_SPECIFIC * len(ended):
        energy = sum(each.energy_gj or 0.0 for each in told)
        tonnes = sum(each.output_t or 0.0 for each in told)
        doubt = None if tonnes > 0 else SpecificDoubt.NOTHING_MADE
        return SpecificUse(
            product=product, days=len(told), of_days=len(ended), energy_gj=energy, output_t=tonnes, doubt=doubt
        )
    lacks = [each.doubt for each in ended if each.doubt is not None and each.energy_gj is None]
    why = max(lacks, key=lacks.count) if lacks else SpecificDoubt.DAY_RUNS
    return SpecificUse(product=product, days=len(told), of_days=len(ended), doubt=why)
