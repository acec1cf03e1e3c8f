"""What the rows of output_hour, output_shift, output_day and output_month have in common."""

from decimal import Decimal

from models.books.book import Book
from models.books.first_days import begins_within
from models.counting.increment import GRAMS_PER_TONNE
from models.detection.stops import Stops
from models.stated.availability import Availability
from models.tables.kpi import attainment_pct
from models.works.calendar import HOUR_NS, MS_NS
from models.works.codes import FigureStatus
from models.works.limits import WATCHED_PCT
from models.works.place import UNALLOCATED, Place
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey

HOUR_TABLE = "output_hour"
SHIFT_TABLE = "output_shift"
DAY_TABLE = "output_day"
MONTH_TABLE = "output_month"
Fields = dict[str, FieldValue]
NOT_WATCHED = Stops()
"""Nobody looked, so nothing is known of stops: their hours are absent, and not 0."""
_PCT_DECIMALS = 6
"""Few enough that the order in which parts are added does not publish the same row anew."""


def tonnes(grams: int) -> float:
    """Grams as tonnes: the nearest float, which gives the same grams back when it is rounded."""
    return grams / GRAMS_PER_TONNE


def put_tonnes(fields: Fields, name: str, grams: int | None) -> None:
    """Set a field in tonnes if it is known."""
    if grams is not None:
        fields[name] = tonnes(grams)


def put_pct(fields: Fields, name: str, value: Decimal | None) -> None:
    """Set a field in percent if it is known."""
    if value is not None:
        fields[name] = float(value)


def output_fields(
    made: int | None,
    target: int | None,
    status: FigureStatus,
    completeness: float,
    bounds: tuple[int, int],
    *,
    judged: bool = True,
) -> Fields:
    """The fields of every bucket. made, target: grams; completeness: share 0 to 1; bounds: [start_ns, end_ns).

    What is not `judged` has no attainment.
    """
    # A source that sends more often than configured does not make a span more than complete.
    fields: Fields = {
        "completeness_pct": round(min(100.0, max(0.0, completeness * 100)), _PCT_DECIMALS),
        "status": int(status),
        "start_ms": bounds[0] // MS_NS,
        "end_ms": bounds[1] // MS_NS,
    }
    put_tonnes(fields, "actual_t", made)
    put_tonnes(fields, "target_t", target)
    if made is not None and target is not None:
        put_tonnes(fields, "deviation_t", made - target)
        if judged:
            put_pct(fields, "attainment_pct", attainment_pct(made, target))
    return fields


def is_judged(book: Book, place: Place, days: tuple[int, int], status: FigureStatus, completeness: float) -> bool:
    """Whether attainment of a span within production dates [first, end) says how a place works. completeness: 0 to 1.

    Of the day on which a collector began in the evening it would tell of the collector. A counter that is read seldom
    later on lacks nothing, and what people stated or signed, they vouch for.
    """
    if 100 * completeness >= WATCHED_PCT or status > FigureStatus.OPERATIONAL:
        return True
    return not begins_within(book, place, *days) or bool(book.stated_below(place, *days))


def put_stops(fields: Fields, unit: str, span: tuple[int, int], planned: Availability, stops: Stops) -> None:
    """Set the hours of [start_ns, end_ns) in which a unit stands by plan, and if known, those of its other stops."""
    fields["planned_stop_h"] = planned.stopped_ns(*span) / HOUR_NS
    unplanned_h = stops.unplanned_h(unit, *span, planned)
    if unplanned_h is not None:
        fields["unplanned_stop_h"] = unplanned_h


def place_row(plant: Plant, table: str, time_ns: int, place: Place, fields: Fields) -> Row:
    """A row of one place."""
    return Row(RowKey(table, place.tags(plant), time_ns), fields)


def unallocated_place(total: Place) -> Place:
    """Where the difference between a stated total and its parts is shown."""
    return Place("unit", total.shop, UNALLOCATED, total.product)
