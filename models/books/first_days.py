"""The first day of which anything is known at a place: what it lacks was made before anybody watched. Pure."""

from models.books.book import Book
from models.works.place import Place


def begins_within(book: Book, place: Place, start: int, end: int) -> bool:
    """Whether the record of a place, or of a part of it, begins on one of the production dates [start, end).

    What was known on the first day of the books may have been known before.
    """
    parts = book.places.parts.get(place)
    if parts is not None:
        return any(begins_within(book, part, start, end) for part in parts)
    columns = book.days.get((place.unit, place.product))
    if columns is None:
        return False
    known = columns.known & ~columns.idle
    first = int(known.argmax())
    return first > 0 and bool(known[first]) and start <= columns.first + first < end
