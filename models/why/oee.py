"""Overall equipment effectiveness: availability x performance x quality (Nakajima, Introduction to TPM, 1988; as in
ISO 22400-2).

Performance is the pace while a unit ran, of what it was built to make; quality the share of its output that is good, as
somebody states it. A product of which one factor is not known is not known.
"""

from fractions import Fraction

from models.counting.increment import GRAMS_PER_TONNE
from models.works.calendar import HOUR_NS
from models.works.place import Place
from models.works.plant import Plant

_DAY_NS = 24 * HOUR_NS


def performance(plant: Plant, place: Place, pace: Fraction) -> Fraction | None:
    """The share of its nameplate at which a unit ran, by its `pace` (grams a nanosecond); None without a nameplate.

    Above 1 where it runs faster than it was built for: it is not cut to 1, for then the nameplate is to be looked at.

    A pace counts the repair shifts of a day among its hours, so that a day of it is beside a day of the nameplate.
    """
    unit = plant.units.get(place.unit)
    nameplate_t = None if unit is None else unit.nameplate_t_per_day.get(place.product)
    return None if nameplate_t is None else pace * _DAY_NS / (exact(nameplate_t) * GRAMS_PER_TONNE)


def quality(plant: Plant, place: Place) -> Fraction | None:
    """The share of the output of a unit that is good; None if nobody states it."""
    unit = plant.units.get(place.unit)
    ratio = None if unit is None else unit.quality_ratio.get(place.product)
    return None if ratio is None else exact(ratio)


def exact(number: float) -> Fraction:
    """As somebody wrote it: 0.985 is 985/1000."""
    return Fraction(repr(number))
