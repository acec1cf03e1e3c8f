"""Which figures may stand beside each other: of one place, spans lie apart or one within another.

If two spans overlap in part, nobody can say how much of either lies in the part that they share.
"""

from collections.abc import Iterator, Sequence

from models.stated.figure import Figure
from models.works.calendar import day_bounds, production_day
from models.works.place import place_of
from models.works.plant import Plant


def crossing(figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of figures of one place and product whose spans overlap in part; each figure in some pair."""
    by_place: dict[tuple[str, str, str, str], list[int]] = {}
    for index, figure in enumerate(figures):
        by_place.setdefault((figure.shop, figure.unit, figure.product, figure.basis), []).append(index)
    for indexes in by_place.values():
        # By start, the longer first: then whatever still holds the present span is at the end of `holding`.
        indexes.sort(key=lambda index: (figures[index].start_ns, -figures[index].end_ns))
        holding: list[int] = []
        for index in indexes:
            while holding and figures[holding[-1]].end_ns <= figures[index].start_ns:
                holding.pop()
            if holding and figures[index].end_ns > figures[holding[-1]].end_ns:
                yield holding[-1], index
                continue
            holding.append(index)


def fits_days(plant: Plant, figure: Figure) -> bool:
    """Whether a figure lies within one production day, or covers whole ones; else nobody knows which day has what."""
    place = place_of(plant, figure.shop, figure.unit, figure.product)
    if place is None or figure.start_ns == figure.end_ns:
        return True
    calendar = place.calendar(plant)
    first, last = production_day(calendar, figure.start_ns), production_day(calendar, figure.end_ns - 1)
    whole = day_bounds(calendar, first)[0] == figure.start_ns and day_bounds(calendar, last)[1] == figure.end_ns
    return first == last or whole
