"""The days of one month at one place as plain lists: rows ask day by day, at which numpy's columns are slow."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.books.month_to_date import MonthDays
from models.works.codes import FigureStatus

_STATUS = {int(status): status for status in FigureStatus}


@dataclass(frozen=True, slots=True)
class MonthLists:
    """By day of the month. made: grams, None if not known or if the place did not belong to the works. to_date: grams
    from the first to the end of it, None if one of these days is not known. beyond_days: the grams to date that no
    single day holds. completeness: share 0 to 1."""

    made: Sequence[int | None]
    to_date: Sequence[int | None]
    beyond_days: Sequence[int]
    status: Sequence[FigureStatus]
    completeness: Sequence[float]

    @staticmethod
    def of(days: MonthDays) -> "MonthLists":
        """The same days."""
        known, whole = (days.known & ~days.idle).tolist(), days.to_date_whole.tolist()
        return MonthLists(
            [grams if here else None for grams, here in zip(days.grams.tolist(), known, strict=True)],
            [grams if here else None for grams, here in zip(days.to_date.tolist(), whole, strict=True)],
            (days.to_date - np.cumsum(days.grams)).tolist(),
            [_STATUS[status] for status in days.status.tolist()],
            days.completeness.tolist(),
        )
