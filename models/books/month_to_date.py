"""The days of one month at one place, as columns: made, and month to date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.books.overlaps import Stated
from models.books.placed_adjustments import PlacedAdjustment
from models.books.unit_days import DayColumns, Grams
from models.works.codes import FigureStatus

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Columns over the days of a month. grams and known: of the day. to_date: grams from the first to the end of it.

    to_date_whole: whether each of those days is known. completeness: share 0 to 1. status: int8, a FigureStatus. idle:
    the place did not belong to the works, so that its 0 is known.
    """

    grams: Grams
    known: Bools
    completeness: NDArray[np.float64]
    status: NDArray[np.int8]
    to_date: Grams
    to_date_whole: Bools
    idle: Bools

    def with_to_date(self, to_date: Grams, whole: Bools) -> "MonthDays":
        """The same days with a month to date of its own."""
        return replace(self, to_date=to_date, to_date_whole=whole)

    def adjusted(self, month: int, adjustments: Iterable[PlacedAdjustment], *, closed: bool) -> "MonthDays":
        """With the adjustments that this month's books hold; the days of a closed month are closed."""
        grams, to_date = self.grams.copy(), self.to_date.copy()
        days = len(grams)
        # At the end of its last day a closed month stands as it was signed, and that holds what it booked.
        booked_until = days - 1 if closed else days
        for item in adjustments:
            if item.booked_month != month:
                continue
            # An adjustment of another month is in the month to date from its booking day on, and in no day: none of
            # these days made it. One of an unknown day corrects nothing that is shown.
            if item.is_own:
                grams[item.day - month] += item.grams if self.known[item.day - month] else 0
            to_date[item.booking_day - month : booked_until] += item.grams
        status = np.full(days, int(FigureStatus.CLOSED), np.int8) if closed else self.status
        return replace(self, grams=grams, to_date=to_date, status=status)


def days_of_unit(columns: DayColumns, month: int, days: int) -> MonthDays:
    """The days of a unit: what its columns hold of the month."""
    grams, known = np.zeros(days, np.int64), np.zeros(days, np.bool_)
    completeness, status = np.zeros(days, np.float64), np.zeros(days, np.int8)
    idle = np.zeros(days, np.bool_)
    low, high = max(columns.first, month), min(columns.first + len(columns.known), month + days)
    if low < high:
        here, there = slice(low - month, high - month), slice(low - columns.first, high - columns.first)
        grams[here], known[here] = columns.grams[there], columns.known[there]
        completeness[here], status[here] = columns.completeness[there], columns.status[there]
        idle[here] = columns.idle[there]
    return MonthDays(grams, known, completeness, status, np.cumsum(grams), np.logical_and.accumulate(known), idle)


def days_of_total(parts: Sequence[MonthDays], stated: Iterable[Stated], month: int, days: int) -> MonthDays:
    """The days of a total: the sum of its known parts, or what was stated for it if that is at least as final.

    Month to date is whole if every part that was known on any day so far was known on all of them. A unit that nobody
    reports all month (a furnace in relining) would otherwise leave its shop without a month to date. The zero of a part
    that does not belong to the works makes no total known: a unit that went must not speak for those that are silent.
    """
    grams, to_date = np.zeros(days, np.int64), np.zeros(days, np.int64)
    known, complete = np.zeros(days, np.bool_), np.zeros(days, np.float64)
    idle, working = np.full(days, bool(parts), np.bool_), np.zeros(days, np.int64)
    status, whole = np.full(days, int(FigureStatus.CLOSED), np.int8), np.ones(days, np.bool_)
    for part in parts:
        grams += part.grams
        idle &= part.idle
        heard = part.known & ~part.idle
        known |= heard
        complete += np.where(part.idle, 0.0, part.completeness)
        working += ~part.idle
        status = np.where(heard, np.minimum(status, part.status), status).astype(np.int8)
        to_date += part.to_date
        whole &= part.to_date_whole | ~np.logical_or.accumulate(heard)
    known |= idle
    complete = np.where(working > 0, complete / np.maximum(working, 1), 1.0 if parts else 0.0)
    # A total is as final as the least final of its known parts; the start value CLOSED is no statement of its own.
    status[~known] = int(FigureStatus.OPERATIONAL)
    whole &= np.logical_and.accumulate(known)
    for item in stated:
        day = item.start - month
        if item.end - item.start == 1 and not (known[day] and int(status[day]) > int(item.status)):
            to_date[day:] += item.grams - grams[day]
            grams[day], known[day], complete[day], status[day] = item.grams, True, 1.0, int(item.status)
            idle[day] = False
    return MonthDays(grams, known, complete, status, to_date, whole & np.logical_and.accumulate(known), idle)
