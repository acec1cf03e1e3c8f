"""Rows of ten days, a quarter or a year: every place with its plan, last year, the year to date, and its parts.

They are in no table: a report is made of the books, by the rule of days and months. What the parts do not hold stands
beside them, so that the parts and it make up the whole to the gram: a figure that was stated for all of a quarter is
in none of its months.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.books.book import Book
from models.books.out_of_service import is_in_service
from models.books.overlaps import Amount
from models.tables.day_rows import same_day_last_year
from models.tables.kpi import attainment_pct, growth_pct
from models.tables.month_rows import known_grams
from models.tables.row_fields import (
    Fields,
    is_judged,
    output_fields,
    place_row,
    put_pct,
    put_tonnes,
    tonnes,
    unallocated_place,
)
from models.tables.unclaimed_rows import Unclaimed, unclaimed_rows
from models.tables.year_fields import due_in
from models.works.calendar import stamp_ns
from models.works.codes import FigureStatus
from models.works.month import month_of, months_between, shifted, year_start
from models.works.place import Place
from models.works.span import SpanKind, WorksSpan, parts_of, span_holding
from models.works.table import Row

REPORT_TABLE = "report"
"""Of the keys of these rows; there is no such table."""


@dataclass(frozen=True, slots=True)
class _PlaceSpan:
    """What is known of one place over a span. `over`: the first day that is not over (an ordinal), at most its end."""

    made: Amount
    bounds: tuple[int, int]
    over: int
    target: int | None
    due: int | None


def span_rows(book: Book, span: WorksSpan, watched_ns: int | None = None) -> list[Row]:
    """All rows of a span of whole days within one year. `watched_ns`: what is due of a day that runs, is due until
    then (None: until now)."""
    time_ns = stamp_ns(book.plant.zone, date.fromordinal(span.first))
    until_ns = book.now_ns if watched_ns is None else min(watched_ns, book.now_ns)
    by_place = {place: _of_place(book, span, place, until_ns) for place in book.places.all}
    rows: list[Row] = []
    gone: list[Unclaimed] = []
    for place, found in by_place.items():
        made = None if found.made.idle else found.made.grams
        if place.level == "unit" and not book.claims.is_claimed(place.unit):
            gone.append(Unclaimed(place, made, found.made.status, found.bounds))
            continue
        fields = _fields(book, span, place, found)
        if fields is not None:
            rows.append(place_row(book.plant, REPORT_TABLE, time_ns, place, fields))
        if place.level != "unit":
            rows += _unallocated(book, span, place, by_place)
    return [*rows, *unclaimed_rows(book.plant, REPORT_TABLE, time_ns, gone, {})]


def _of_place(book: Book, span: WorksSpan, place: Place, until_ns: int) -> _PlaceSpan:
    bounds = book.bounds(place, span.first)[0], book.bounds(place, span.end - 1)[1]
    over = span.first
    for low, _ in months_between(span.first, span.end):
        over = max(over, month_of(low) + book.days_over(place, month_of(low)))
    over = min(over, span.end)
    days = (span.first, span.end)
    due = due_in(book, place, days, over)
    if over < span.end and due is not None:
        start_ns, end_ns = book.bounds(place, over)
        if start_ns < until_ns:
            today = due_in(book, place, (over, over + 1), over + 1)
            still = book.targets.between(place, until_ns, end_ns)
            due = None if today is None or still is None else due + today - still
    return _PlaceSpan(book.total(place, *days), bounds, over, due_in(book, place, days, span.end), due)


def _fields(book: Book, span: WorksSpan, place: Place, found: _PlaceSpan) -> Fields | None:
    days = (span.first, span.end)
    made = None if found.made.idle else found.made.grams
    months = [month_of(low) for low, _ in months_between(*days)]
    if found.bounds[0] > book.now_ns or (made is None and not any(book.targets.is_planned(place, m) for m in months)):
        return None
    if not made and not is_in_service(book, place, *days):
        return None
    status = FigureStatus.CLOSED if all(m in book.facts.closed_months for m in months) else found.made.status
    completeness = _completeness(book, place, days)
    judged = is_judged(book, place, days, status, completeness)
    fields = output_fields(made, found.due, status, completeness, found.bounds, judged=judged)
    # Judged by what was due by now; the plan is that of the whole span.
    fields.pop("target_t", None)
    put_tonnes(fields, "target_t", found.target)
    put_tonnes(fields, "due_t", found.due)
    restating = book.restating(place, *days)
    if restating and made is not None:
        put_tonnes(fields, "restated_t", made + restating)
    if found.over < span.end:
        fields["in_progress_days"] = found.over - span.first
    _put_parts(fields, book, span, place, made)
    if span.kind is SpanKind.TEN_DAYS:
        _put_month(fields, book, span, place, found)
    if found.over > span.first:
        _put_last_year(fields, book, span, place, found)
    return fields


def _completeness(book: Book, place: Place, days: tuple[int, int]) -> float:
    """The mean over the days that have begun."""
    shares = []
    for low, high in months_between(*days):
        month = month_of(low)
        columns = book.month_days(place, month)
        begun = sum(start <= book.now_ns for start, _ in book.targets.month_days(place, month))
        shares += columns.completeness[low - month : min(high - month, begun)].tolist()
    # What was stated for all of it in one figure is whole, as in a month.
    stated = [item for item in book.stated_within(place, *days) if item.status < FigureStatus.CLOSED]
    if any((item.start, item.end) == days for item in stated):
        return 1.0
    return sum(shares) / len(shares) if shares else 0.0


def _put_parts(fields: Fields, book: Book, span: WorksSpan, place: Place, made: int | None) -> None:
    """What each of its parts made, and what none of them holds. Ten days are a part themselves: those of their month
    until their end are compared with the month to date."""
    parts = _parts(book, span, place)
    whole = book.day(place, span.end - 1).to_date if span.kind is SpanKind.TEN_DAYS else made
    for number, grams in parts.items():
        fields[f"part_{number}_t"] = tonnes(grams)
    if whole is not None and sum(parts.values()) != whole:
        put_tonnes(fields, "in_no_part_t", whole - sum(parts.values()))


def _parts(book: Book, span: WorksSpan, place: Place) -> dict[int, int]:
    """The grams of each part of which something is known, by its number."""
    parts = parts_of(span)
    if span.kind is SpanKind.TEN_DAYS:
        parts = [part for part in parts_of(span_holding(SpanKind.MONTH, span.first)) if part.end <= span.end]
    found = {part.number: book.total(place, part.first, part.end) for part in parts}
    return {number: each.grams for number, each in found.items() if each.grams is not None and not each.idle}


def _put_month(fields: Fields, book: Book, span: WorksSpan, place: Place, found: _PlaceSpan) -> None:
    """The month to the end of the ten days, as the row of its last day has it."""
    last = book.day(place, span.end - 1)
    put_tonnes(fields, "month_to_date_t", last.to_date)
    put_tonnes(fields, "month_target_t", last.month_target)
    before = due_in(book, place, (month_of(span.first), span.first), span.first)
    put_tonnes(fields, "month_to_date_due_t", None if before is None or found.due is None else before + found.due)


def _put_last_year(fields: Fields, book: Book, span: WorksSpan, place: Place, found: _PlaceSpan) -> None:
    """The days that are over beside the same of last year, and both from 1 January on."""
    year, base_year = year_start(span.first), year_start(shifted(month_of(span.first), -12))
    base_first = same_day_last_year(span.first)
    # A whole February is compared with a whole one, as months are.
    whole_months = month_of(found.over) == found.over
    base_end = shifted(found.over, -12) if whole_months else same_day_last_year(found.over - 1) + 1
    now, base = known_grams(book, place, (span.first, found.over)), known_grams(book, place, (base_first, base_end))
    put_tonnes(fields, "prev_year_t", base)
    put_pct(fields, "yoy_pct", growth_pct(now, base))
    to_date, before = known_grams(book, place, (year, found.over)), known_grams(book, place, (base_year, base_end))
    due = due_in(book, place, (year, found.over), found.over)
    put_tonnes(fields, "ytd_t", to_date)
    put_tonnes(fields, "ytd_target_t", due)
    put_pct(fields, "ytd_attainment_pct", attainment_pct(to_date, due))
    put_tonnes(fields, "ytd_prev_year_t", before)
    put_pct(fields, "ytd_pct", growth_pct(to_date, before))


def _unallocated(book: Book, span: WorksSpan, total: Place, by_place: Mapping[Place, _PlaceSpan]) -> list[Row]:
    """What a stated total has and its parts have not, as a row of its own: units and rest make up the total."""
    whole = by_place[total]
    parts = [by_place[part].made for part in book.places.parts.get(total, ())]
    known = [part.grams for part in parts if part.grams is not None and not part.idle]
    if whole.made.grams is None or whole.made.idle or not known or sum(known) == whole.made.grams:
        return []
    fields = output_fields(whole.made.grams - sum(known), None, whole.made.status, 1.0, whole.bounds)
    below = [_parts(book, span, part) for part in book.places.parts.get(total, ())]
    for number, grams in _parts(book, span, total).items():
        put_tonnes(fields, f"part_{number}_t", grams - sum(part.get(number, 0) for part in below))
    time_ns = stamp_ns(book.plant.zone, date.fromordinal(span.first))
    return [place_row(book.plant, REPORT_TABLE, time_ns, unallocated_place(total), fields)]
