"""Rows of any production dates together: what every place made in them, by the code of receipts."""

from datetime import date

from models.books.book import Book
from models.books.receipt import figure_of
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.row_fields import output_fields, place_row
from models.tables.unclaimed_rows import Unclaimed, unclaimed_rows
from models.works.calendar import stamp_ns
from models.works.table import Row

SPAN_TABLE = "span"
"""Of the keys of these rows; there is no such table."""


def any_span_rows(book: Book, days: tuple[int, int]) -> list[Row]:
    """The rows of the production dates [first, end) (ordinals) of places of which anything is known. `whole` is 1 if
    every day is known, `restated_t` stands where corrections booked elsewhere change it."""
    time_ns = stamp_ns(book.plant.zone, date.fromordinal(days[0]))
    rows: list[Row] = []
    gone: list[Unclaimed] = []
    for place in book.places.all:
        found = figure_of(book, place, days)
        if found.grams is None and found.target_g is None:
            continue
        if place.level == "unit" and not book.claims.is_claimed(place.unit):
            gone.append(Unclaimed(place, found.grams, found.status, found.bounds))
            continue
        fields = output_fields(
            found.grams, found.target_g, found.status, found.completeness, found.bounds, judged=found.whole
        )
        fields["whole"] = int(found.whole)
        restating = book.restating(place, *days)
        if restating and found.grams is not None:
            fields["restated_t"] = (found.grams + restating) / GRAMS_PER_TONNE
        rows.append(place_row(book.plant, SPAN_TABLE, time_ns, place, fields))
    return [*rows, *unclaimed_rows(book.plant, SPAN_TABLE, time_ns, gone, {})]
