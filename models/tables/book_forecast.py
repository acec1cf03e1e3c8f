"""The forecast of the month in the rows of a book: computed once a place, for all the days that are asked about."""

from dataclasses import dataclass, field

import numpy as np

from models.books.book import Book
from models.books.row_figures import MonthSoFar
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.forecast import MonthForecasts, month_forecasts
from models.tables.row_fields import Fields
from models.works.month import month_of, shifted
from models.works.place import Place


@dataclass(frozen=True)
class Forecasts:
    """Forecasts for the days [first, end) of `book` (ordinals)."""

    book: Book
    first: int
    end: int
    _found: dict[Place, MonthForecasts] = field(default_factory=dict)

    def put(self, fields: Fields, place: Place, so_far: MonthSoFar) -> None:
        """Set what the month will come to, as known at the end of the last day of it that is over."""
        if so_far.last_day is None:
            return
        index = so_far.last_day - self._first_day
        found = self._of(place)
        if not 0 <= index < len(found.point_t):
            return
        for name, column in (
            ("forecast_month_t", found.point_t),
            ("forecast_low_t", found.low_t),
            ("forecast_high_t", found.high_t),
        ):
            if not np.isnan(column[index]):
                fields[name] = round(float(column[index]) + so_far.beyond_days / GRAMS_PER_TONNE, 1)

    @property
    def _first_day(self) -> int:
        # A running day shows the forecast of the day before it: half a day is no daily rate.
        return max(self.first - 1, self.book.first)

    def _of(self, place: Place) -> MonthForecasts:
        if place not in self._found:
            self._found[place] = self._compute(place)
        return self._found[place]

    def _compute(self, place: Place) -> MonthForecasts:
        # The errors of the past are the same for all days that are asked about, so a place is computed once for them.
        book = self.book
        made, available, months = [], [], []
        month, known = month_of(book.first), 0
        # Nothing after the last day that is asked about enters its forecast.
        while month < min(book.end, self.end):
            days = book.month_days(place, month)
            made.append(np.where(days.known, days.grams / GRAMS_PER_TONNE, np.nan))
            available.append(book.targets.available_shares(place, month))
            months.append(np.full(len(days.known), month, np.int64))
            known += min(book.days_over(place, month), max(self.end - month, 0))
            month = shifted(month, 1)
        first = self._first_day - month_of(book.first)
        return month_forecasts(np.concatenate(made), np.concatenate(available), np.concatenate(months), known, first)
