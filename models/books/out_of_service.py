"""Days on which a unit does not belong to the works: nothing was made, and that is known.

Of a unit that the configuration does not have (any more), those are all days on which the ledger has nothing of it.
"""

from collections.abc import Iterable
from datetime import date

from models.books.book import Book
from models.works.codes import FigureStatus
from models.works.in_service import InService
from models.works.place import Place

NEVER = InService(first=date.max)


def lay_out_of_service(book: Book, wanted: Iterable[int]) -> None:
    """Make the `wanted` days (ordinals) outside a unit's service known zeros in the book's columns.

    What was counted or stated of such a day stands: then the dates of the configuration are wrong, and not the tonnes.
    A zero lets a total be known from 1 January although one of its units came in May.
    """
    wanted = list(wanted)
    for (code, product), columns in book.days.items():
        unit = book.plant.units.get(code)
        service = NEVER if unit is None else unit.in_service
        if service.is_always:
            continue
        stated = book.stated.get(Place("unit", book.claims.shop(code), code, product), ())
        for day in wanted:
            index = day - columns.first
            if service.holds(day) or columns.known[index]:
                continue
            if any(item.start <= day < item.end for item in stated):
                continue
            # As final as can be, for a sum is as final as the least final of its parts.
            columns.grams[index], columns.known[index], columns.completeness[index] = 0, True, 1.0
            columns.status[index], columns.idle[index] = int(FigureStatus.CLOSED), True


def is_in_service(book: Book, place: Place, start: int, end: int) -> bool:
    """Whether a place belongs to the works on any of the days [start, end); a total, if a part of it does."""
    parts = book.places.parts.get(place, ())
    if place.level != "unit":
        return not parts or any(is_in_service(book, part, start, end) for part in parts)
    unit = book.plant.units.get(place.unit)
    return unit is not None and (unit.in_service.is_always or any(map(unit.in_service.holds, range(start, end))))
