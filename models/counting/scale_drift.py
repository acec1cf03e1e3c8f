"""How far the rate of a belt scale, summed over time, is from its own totalizer. Pure.

Both are summed over the same slots of five minutes, and only where both were watched all the time: a gap of the one is
no drift of the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from models.counting.completeness import ENOUGH_TO_LOSE_ONE
from models.counting.increment import BUCKET_S, GRAMS_PER_TONNE
from models.works.plant import Tag

LEAST_T = 1.0
"""Tonnes: of less, a counter that moves by a tenth of a tonne says nothing to the percent. A judgement."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What the ledger has of a tag in five minutes: grams, and good readings."""

    grams: int
    readings: int


@dataclass(frozen=True, slots=True)
class ScaleDrift:
    """Of a rate against the totalizer of its unit, over `slots` of five minutes in which both were watched."""

    rate: str
    counter: str
    integrated_g: int
    counted_g: int
    slots: int

    @property
    def pct(self) -> float | None:
        """By how many percent the rate shows more than the totalizer counted; None of too little."""
        if self.counted_g < LEAST_T * GRAMS_PER_TONNE:
            return None
        return 100.0 * (self.integrated_g - self.counted_g) / self.counted_g


MONTH = -1
"""In place of the number of a shift: of the month up to the end of the day. 0 is the whole day."""
SURVEY = -2
"""The whole month, against what a survey says."""


@dataclass(frozen=True, slots=True)
class DriftOf:
    """The drift of a scale of `unit` over a shift of the day (1 is the first), the day (0) or the month so far; or what
    it counted in the month against a survey (`SURVEY`; there the rate is whatever counts)."""

    unit: str
    shift: int
    drift: ScaleDrift


def scale_drift(rate: Tag, counter: Tag, integrated: Mapping[int, Slot], counted: Mapping[int, Slot]) -> ScaleDrift:
    """`integrated`, `counted`: by begin (UTC seconds), the slots of both."""
    both = [
        at_s
        for at_s in integrated.keys() & counted.keys()
        if _is_whole(rate, integrated[at_s]) and _is_whole(counter, counted[at_s])
    ]
    return ScaleDrift(
        rate.name,
        counter.name,
        sum(integrated[at_s].grams for at_s in both),
        sum(counted[at_s].grams for at_s in both),
        len(both),
    )


def _is_whole(tag: Tag, slot: Slot) -> bool:
    expected = int(BUCKET_S / tag.cadence_s)
    return slot.readings >= max(1, expected - (1 if expected >= ENOUGH_TO_LOSE_ONE else 0))
