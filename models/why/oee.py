"""Overall equipment effectiveness: availability x performance x quality (Nakajima, Introduction to TPM, 1988; as in
ISO 22400-2).

Performance is the pace while a unit ran, of what it was built to make; quality the share of its output that is good, as
somebody states it. A product of which one factor is not known is not known.
"""

from fractions import Fraction

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.good_output import GoodByMonth, GoodOutput
from models.tables.growth_span import Days
from models.works.calendar import HOUR_NS
from models.works.month import month_of, months_between
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


def quality(book: Book, place: Place, days: Days, entered: GoodByMonth) -> GoodOutput | None:
    """How much of the output of a unit on the production dates `days` is good; None if nobody states it.

    Of each month what was `entered` of it counts, else what is configured; of several months the mean, by what they
    made.
    """
    made: dict[GoodOutput, int] = {}
    for low, high in months_between(*days):
        good = entered.get((place.unit, place.product, month_of(low)), _configured(book.plant, place))
        if good is None:
            return None
        grams = book.total(place, low, high).grams
        made[good] = made.get(good, 0) + max(grams or 0, 0)
    if len(made) == 1:
        return next(iter(made))
    total = sum(made.values())
    if not total:
        return None
    sources = dict.fromkeys(good.source for good, grams in made.items() if grams)
    share = sum((good.share * grams for good, grams in made.items()), Fraction(0)) / total
    return GoodOutput(share, "; ".join(sources))


def _configured(plant: Plant, place: Place) -> GoodOutput | None:
    unit = plant.units.get(place.unit)
    ratio = None if unit is None else unit.quality_ratio.get(place.product)
    return None if unit is None or ratio is None else GoodOutput(exact(ratio), unit.quality_source)


def exact(number: float) -> Fraction:
    """As somebody wrote it: 0.985 is 985/1000."""
    return Fraction(repr(number))
