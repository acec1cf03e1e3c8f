"""The stated figures that cover production days, and closed months, at the places of which they speak."""

from collections.abc import Mapping, Sequence

from models.books.figure_places import placed_figures
from models.books.overlaps import Stated
from models.stated.facts import Facts
from models.works.calendar import HOUR_NS, day_bounds, production_day
from models.works.codes import FigureStatus
from models.works.month import shifted
from models.works.place import Place
from models.works.plant import Plant

_ONE_DAY_NS = 36 * HOUR_NS
"""No longer than one production day, which has 25 hours at most where clocks are set back, and 26 where a zone moves;
two of them have 46 at least. Most figures are of a day or a shift, and need not be looked at more closely."""


def stated_spans(plant: Plant, facts: Facts) -> Mapping[Place, Sequence[Stated]]:
    """By place, in days, ordered for `resolve`; of equal spans the newest first. A day of a unit is in its columns."""
    found: dict[Place, list[Stated]] = {}
    for closed in facts.closed_figures:
        place = Place(closed.level, closed.shop, closed.unit, closed.product)
        span = Stated(closed.month, shifted(closed.month, 1), closed.grams, FigureStatus.CLOSED)
        found.setdefault(place, []).append(span)
    for known, figure in placed_figures(plant, reversed(facts.figures)):
        if known.level == "unit" and figure.end_ns - figure.start_ns <= _ONE_DAY_NS:
            continue
        days = whole_days(plant, known, figure.start_ns, figure.end_ns)
        if days is not None and (known.level != "unit" or days[1] - days[0] > 1):
            found.setdefault(known, []).append(Stated(*days, figure.grams or 0, figure.status, figure))
    return {place: sorted(items, key=lambda item: (item.start, -item.end)) for place, items in found.items()}


def whole_days(plant: Plant, place: Place, start_ns: int, end_ns: int) -> tuple[int, int] | None:
    """The production dates [first, end) that a span covers exactly; None if it starts or ends within a day."""
    calendar = place.calendar(plant)
    first, last = production_day(calendar, start_ns), production_day(calendar, end_ns - 1)
    if day_bounds(calendar, first)[0] != start_ns or day_bounds(calendar, last)[1] != end_ns:
        return None
    return first.toordinal(), last.toordinal() + 1
