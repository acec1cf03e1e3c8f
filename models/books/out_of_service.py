"""Days on which a unit does not belong to the works: nothing was made, and that is known."""

from collections.abc import Iterable

from models.books.book import Book
from models.works.codes import FigureStatus
from models.works.place import Place


def lay_out_of_service(book: Book, wanted: Iterable[int]) -> None:
    """Make the `wanted` days (ordinals) outside a unit's service known zeros in the book's columns.

    What was counted or stated of such a day stands: then the dates of the configuration are wrong, and not the tonnes.
    A zero lets a total be known from 1 January although one of its units came in May.
    """
    wanted = list(wanted)
    for (code, product), columns in book.days.items():
        unit = book.plant.units[code]
        if unit.in_service.is_always:
            continue
        stated = book.stated.get(Place("unit", unit.shop, code, product), ())
        for day in wanted:
            index = day - columns.first
            if unit.in_service.holds(day) or columns.known[index]:
                continue
            if any(item.start <= day < item.end for item in stated):
                continue
            # As final as can be, for a sum is as final as the least final of its parts.
            columns.grams[index], columns.known[index], columns.completeness[index] = 0, True, 1.0
            columns.status[index] = int(FigureStatus.CLOSED)
