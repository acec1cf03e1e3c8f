"""What a printed report says of the year beside a published row: the plan to date, and the tonnes of last year. Pure.

They stand in no table: the boards show percentages, and who signs a report asks for the tonnes behind them.
"""

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.day_rows import same_day_last_year
from models.tables.growth_span import growth_span
from models.tables.row_fields import put_tonnes
from models.works.month import month_of, months_between, year_start
from models.works.place import Place
from models.works.table import FieldValue, Row

DAY_EXTRAS = frozenset(("ytd_prev_year_t", "ytd_target_t"))
"""What a report's row of a day has beside the published fields."""
MONTH_EXTRAS = frozenset(("prev_year_t", "ytd_target_t"))
"""The same of a month: it publishes last year's tonnes to date itself."""


def day_with_year(book: Book, row: Row, day: int) -> dict[str, FieldValue]:
    """The fields of a row of output_day with those of the year to the end of that production date (an ordinal)."""
    fields, place = dict(row.fields), row_place(row)
    if place not in book.places.known:
        return fields
    put_tonnes(fields, "ytd_prev_year_t", book.year_to_date(place, same_day_last_year(day)))
    due_t = fields.get("month_to_date_due_t")
    due = None if due_t is None else round(float(due_t) * GRAMS_PER_TONNE)
    put_tonnes(fields, "ytd_target_t", _with_months_before(book, place, month_of(day), due))
    return fields


def month_with_year(book: Book, row: Row, month: int) -> dict[str, FieldValue]:
    """The fields of a row of output_month with those of the year: of the days that are over, as its growth is."""
    fields, place = dict(row.fields), row_place(row)
    if place not in book.places.known:
        return fields
    over = book.days_over(place, month)
    if over:
        span = growth_span(month, over)
        last_year = book.total(place, *span.year_before)
        put_tonnes(fields, "prev_year_t", last_year.grams if last_year.whole else None)
        put_tonnes(fields, "ytd_target_t", due_in(book, place, (year_start(month), month + over), month + over))
    return fields


def due_in(book: Book, place: Place, days: tuple[int, int], over: int) -> int | None:
    """The grams that were due in those of the production dates [first, end) (ordinals) that lie before the day `over`;
    None if one of them has no target."""
    total = 0
    for low, high in months_between(days[0], min(days[1], over)):
        month = month_of(low)
        for target in book.targets.of_days(place, month)[low - month : high - month]:
            if target is None:
                return None
            total += target
    return total


def row_place(row: Row) -> Place:
    """The place of a row."""
    tags = dict(row.key.tags)
    return Place(tags["level"], tags["shop"], tags["unit"], tags["product"])


def _with_months_before(book: Book, place: Place, month: int, due: int | None) -> int | None:
    before = due_in(book, place, (year_start(month), month), month)
    return None if before is None or due is None else before + due
