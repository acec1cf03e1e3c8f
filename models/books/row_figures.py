"""What a row of a day or of a month says of one place, in grams: read out of the books at once.

None is what nobody knows. It never stands for zero: an unknown day must not look like a standstill.
"""

from dataclasses import dataclass

from models.works.codes import FigureStatus


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """A month up to its last production day that is over, and at most up to the day that is asked about.

    What is still required and what the month will come to are said as of a whole day: in the middle of one, a part of
    its output would stand against the whole of its time.

    `last_day`: that day as an ordinal, None before the first is over. `made`: grams to its end (0 before the first is
    over). `beyond_days`: the grams of the books that no single day holds (a stated month, an adjustment of another
    month). `available_left`: how many available days are left after it.
    """

    last_day: int | None
    made: int | None
    beyond_days: int
    available_left: float


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One production day (an ordinal) at one place.

    `bounds`: its [start_ns, end_ns). `made` and `target`: grams of the day. `to_date` and `target_to_date`: grams from
    the first of the month to the end of the day, None if one of these days is not known. `for_others`: the grams in
    `to_date` that adjustments of other months added. `completeness`: share 0 to 1.
    """

    day: int
    bounds: tuple[int, int]
    made: int | None
    status: FigureStatus
    completeness: float
    to_date: int | None
    for_others: int
    target: int | None
    target_to_date: int | None
    month_target: int | None
    so_far: MonthSoFar


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month (the ordinal of its first day) at one place, as the books have it.

    `bounds`: [start_ns, end_ns) of its production days. `made`: the grams that are known of it. `restating`: the grams
    that adjustments booked in other months add, less those that this month books for others. `for_others`: the grams
    in `made` that this month books for others. `completeness`: share 0 to
    1, the mean over the days that have begun. `days`, `days_over`: how many production days it has, and how many are
    over.
    """

    month: int
    bounds: tuple[int, int]
    made: int | None
    status: FigureStatus
    closed: bool
    completeness: float
    target: int | None
    restating: int
    for_others: int
    days: int
    days_over: int
