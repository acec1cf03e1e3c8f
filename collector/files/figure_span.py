"""The span of a figure: start and end, a date and its shift, a period, a month, by the calendar of its shop. Pure."""

from datetime import date

from collector.files.file_row import FileRow, RefusedRow
from collector.files.moment import UnreadableMoment, moment, month, span_of
from collector.files.period import period_days
from collector.files.refusal import RefusalCode
from collector.files.refused import Refused
from collector.files.shift import shift_span
from models.works.calendar import day_bounds
from models.works.month import month_of, shifted
from models.works.plant import Calendar


def figure_span(row: FileRow, calendar: Calendar, shop: str | None) -> tuple[int, int]:
    """[start_ns, end_ns) of a row; `shop` is None where the place is the whole works, which has no shifts.

    Raises RefusedRow, UnreadableMoment.
    """
    if row.has("start") and row.has("end"):
        return _between(row, calendar)
    field = next(name for name in ("date", "period", "month") if row.has(name))
    try:
        value = row.cell(field)
        if field == "date":
            return _of_date(row, value, calendar, shop)
        first, end = period_days(value) if field == "period" else _month(value)
    except Refused as error:
        error.field = error.field or field
        raise
    return _days(calendar, first, end)


def _between(row: FileRow, calendar: Calendar) -> tuple[int, int]:
    written = row.cell("start"), row.cell("end")
    for name, value in zip(("start", "end"), written, strict=True):
        try:
            moment(value)
        except UnreadableMoment as error:
            error.field = name
            raise
    start, end = span_of(*written)
    if row.header.through and end.is_date:
        return start.start_ns(calendar), day_bounds(calendar, end.day)[1]
    if start.is_date and end.is_date and _leaves_last_day_out(start.day, end.day) and not row.options.confirm:
        heading, after = row.heading("end"), date.fromordinal(end.day.toordinal() + 1)
        raise RefusedRow(RefusalCode.LAST_DAY_LEFT_OUT, "end", end=end.day, heading=heading, after=after)
    return start.start_ns(calendar), end.start_ns(calendar)


def _leaves_last_day_out(start: date, end: date) -> bool:
    """From the first of a month to the last of one: whoever writes so means the last day too."""
    after = end.toordinal() + 1
    return start.day == 1 and end > start and month_of(after) == after


def _of_date(row: FileRow, value: object, calendar: Calendar, shop: str | None) -> tuple[int, int]:
    found = moment(value)
    if not found.is_date:
        raise UnreadableMoment(RefusalCode.NOT_A_DATE, value=str(value))
    shift = row.text("shift")
    if not shift:
        return day_bounds(calendar, found.day)
    if shop is None:
        raise RefusedRow(RefusalCode.SHIFT_WITHOUT_SHOP, "shift", value=shift)
    try:
        return shift_span(shift, found.day, calendar, shop)
    except Refused as error:
        error.field = "shift"
        raise


def _month(value: object) -> tuple[int, int]:
    first = month(value)
    return first, shifted(first, 1)


def _days(calendar: Calendar, first: int, end: int) -> tuple[int, int]:
    return (
        day_bounds(calendar, date.fromordinal(first))[0],
        day_bounds(calendar, date.fromordinal(end - 1))[1],
    )
