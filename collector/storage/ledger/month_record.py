"""What the ledger has of one month of one product, and of any two periods, for the page of the month. SQL and rows."""

from datetime import date

import apsw

from collector.storage.ledger import book_reader, outbox
from models.counting.output_plan import OutputPlan
from models.tables.compared_periods import ComparedPlace, compared
from models.tables.desk_data import MonthPoint
from models.tables.growth_span import Days
from models.tables.month_record import MonthRecord
from models.tables.row_fields import DAY_TABLE, MONTH_TABLE
from models.works.calendar import stamp_ns
from models.works.month import shifted
from models.works.plant import Plant

_ALWAYS_NS = 2**62


def read_month_record(connection: apsw.Connection, plant: Plant, of: tuple[int, str], now_ns: int) -> MonthRecord:
    """All of it, in the transaction of the connection. `of`: the month (an ordinal) and the product."""
    month, product = of
    end = shifted(month, 1)
    span_ns = stamp_ns(plant.zone, date.fromordinal(month)), stamp_ns(plant.zone, date.fromordinal(end))
    book = book_reader.read_span(connection, OutputPlan(plant), (month, end), now_ns=now_ns)
    return MonthRecord(
        month=month,
        product=product,
        read_ns=now_ns,
        days=_points(connection, DAY_TABLE, product, span_ns),
        months=_points(connection, MONTH_TABLE, product, (0, _ALWAYS_NS)),
        targets_g={place: book.targets.of_days(place, month) for place in book.places.all if place.product == product},
    )


def read_compared(
    connection: apsw.Connection, plant: Plant, spans: tuple[Days, Days], *, now_ns: int, known_ns: int | None = None
) -> list[ComparedPlace]:
    """Every place on the production dates of the first span, beside those of the second, as known at `known_ns` (None:
    now)."""
    days, base = spans
    plan = book_reader.plan_as_of(connection, OutputPlan(plant), known_ns)
    book, base_book = (
        book_reader.read_span(connection, plan, span, now_ns=now_ns, known_ns=known_ns) for span in spans
    )
    return list(compared(book, base_book, days, base))


def _points(connection: apsw.Connection, table: str, product: str, span_ns: tuple[int, int]) -> list[MonthPoint]:
    found = (MonthPoint.of(row) for row in outbox.published(connection, table, *span_ns))
    return [point for point in found if point.product == product]
