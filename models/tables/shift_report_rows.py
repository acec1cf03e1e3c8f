"""Rows of the report of one shift: the published rows of it, and the day from its begin to the end of the shift.

The last shift ends the day: there the day itself stands, and what it holds that is in no shift (a figure stated for the
day, a correction, an amount that was counted over the edge of two shifts), so that shifts and it make up the day to the
gram.
"""

from collections.abc import Mapping, Sequence

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.counting.output_plan import BucketSum
from models.detection.stops import Stops
from models.tables.hour_rows import Shift, shift_rows
from models.tables.kpi import attainment_pct
from models.tables.row_fields import NOT_WATCHED, Fields, put_pct, put_tonnes
from models.tables.shifts import shifts_of_day
from models.tables.so_far import JUDGED_FROM_NS
from models.tables.year_fields import row_place
from models.works.place import UNCLAIMED, Place
from models.works.span import WorksSpan
from models.works.table import FieldValue, Row


def shift_report_rows(
    book: Book, sums: Sequence[BucketSum], span: WorksSpan, stops: Stops = NOT_WATCHED, watched_ns: int | None = None
) -> list[Row]:
    """All rows of the shift of a production date. `sums`: at least the bucket sums of the day. `watched_ns`: what is
    due of a shift that runs, is due until then (None: until now)."""
    until_ns = book.now_ns if watched_ns is None else min(watched_ns, book.now_ns)
    made: dict[Place, dict[int, int]] = {}
    rows: list[Row] = []
    last: dict[str, int] = {}
    for number in range(1, span.shift + 1):
        for shift in shifts_of_day(book.plant, span.first, number):
            for row in shift_rows(book, sums, shift, stops if number == span.shift else NOT_WATCHED):
                made.setdefault(row_place(row), {})[number] = round(float(row.fields["actual_t"]) * GRAMS_PER_TONNE)
                if number == span.shift:
                    rows.append(Row(row.key, _judged(book, row, shift, until_ns)))
            if number == span.shift:
                following = shifts_of_day(book.plant, span.first, number + 1)
                is_last = all(shift.shops != other.shops for other in following)
                last |= dict.fromkeys(shift.shops, number) if is_last else {}
    everywhere = set(last) == set(book.plant.shops)
    return [
        Row(row.key, {**row.fields, **_day_fields(book, row, span, made, ends_day=_shop(row) in last or everywhere)})
        for row in rows
    ]


def _shop(row: Row) -> str:
    return dict(row.key.tags)["shop"]


def _judged(book: Book, row: Row, shift: Shift, until_ns: int) -> Fields:
    """The fields of the row; of a shift that runs, judged by what was due by now."""
    fields, place = dict(row.fields), row_place(row)
    if place.unit == UNCLAIMED or shift.end_ns <= book.now_ns:
        if "target_t" in fields:
            fields["due_t"] = fields["target_t"]
        return fields
    due = book.targets.between(place, shift.start_ns, max(until_ns, shift.start_ns))
    put_tonnes(fields, "due_t", due)
    judged = fields.pop("attainment_pct", None) is not None and until_ns - shift.start_ns >= JUDGED_FROM_NS
    fields.pop("deviation_t", None)
    if due is not None:
        grams = round(float(fields["actual_t"]) * GRAMS_PER_TONNE)
        put_tonnes(fields, "deviation_t", grams - due)
        put_pct(fields, "attainment_pct", attainment_pct(grams, due) if judged else None)
    return fields


def _day_fields(
    book: Book, row: Row, span: WorksSpan, made: Mapping[Place, Mapping[int, int]], *, ends_day: bool
) -> dict[str, FieldValue]:
    """What the shifts of the day made until the end of this one, the day so far, and what no shift of it holds."""
    place, fields = row_place(row), Fields()
    parts = made[place]
    for number, grams in parts.items():
        put_tonnes(fields, f"part_{number}_t", grams)
    to_date = sum(parts.values())
    if place not in book.places.known:
        put_tonnes(fields, "day_to_date_t", to_date)
        return fields
    day = book.day(place, span.first)
    if ends_day and day.made is not None:
        put_tonnes(fields, "in_no_part_t", day.made - to_date or None)
        to_date = day.made
    put_tonnes(fields, "day_to_date_t", to_date)
    put_tonnes(fields, "day_target_t", day.target)
    return fields
