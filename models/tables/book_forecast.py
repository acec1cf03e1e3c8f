"""The forecast of the month in the rows of a book: computed once a place, for all the days that are asked about.

A total is forecast out of the units below it, and what somebody stated beyond them as one part more. On days on which a
stated total covers a unit that has not reported, nobody knows the shares of the units: its own rate is used as long as
such a day is in the month or among those that make up a rate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

import numpy as np

from models.books.book import Book
from models.books.row_figures import MonthSoFar
from models.books.unit_days import Grams
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.forecast import RATE_DAYS, Bools, Floats, Ints, MonthForecasts, PartMarks, forecasts_of_places
from models.tables.row_fields import Fields
from models.works.month import length, month_of, shifted
from models.works.place import Place

_FIGURES = (("forecast_month_t", "point_t"), ("forecast_low_t", "low_t"), ("forecast_high_t", "high_t"))


@dataclass(frozen=True, slots=True)
class _Output:
    """What a place made, day by day: grams (0 if not known), known, the share of the day in which it can produce,
    whether it did not belong to the works, and whether it has a target in the month."""

    grams: Grams
    known: Bools
    available: Floats
    idle: Bools
    due: Bools


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a total is the sum of. `codes`: the unit of each, "" of what no unit has. `covered`: see the module."""

    codes: Sequence[str]
    outputs: Sequence[_Output]
    covered: Bools


@dataclass(frozen=True, slots=True)
class _PlaceForecasts:
    """By day: the three figures, NaN where one is not known, each under its name; and the units that keep a
    total's from being known."""

    figures: Sequence[tuple[str, Sequence[float]]]
    lacking: Sequence[str]

    @staticmethod
    def of(found: MonthForecasts, codes: Sequence[str]) -> "_PlaceForecasts":
        lacking = [""] * len(found.point_t)
        for day in np.flatnonzero(found.lacking.any(axis=0)).tolist():
            lacking[day] = ", ".join(
                code for code, lacks in zip(codes, found.lacking[:, day], strict=True) if code and lacks
            )
        return _PlaceForecasts([(name, getattr(found, column).tolist()) for name, column in _FIGURES], lacking)


@dataclass(frozen=True)
class Forecasts:
    """Forecasts for the days [first, end) of `book` (ordinals)."""

    book: Book
    first: int
    end: int
    _found: dict[Place, _PlaceForecasts] = field(default_factory=dict)
    _parts: dict[Place, _Parts] = field(default_factory=dict)

    def prepare(self, places: Iterable[Place]) -> None:
        """Compute the forecasts of these places at once, which takes far less than one after the other."""
        alike: dict[tuple[int, int], list[Place]] = {}
        for place in places:
            if place not in self._found:
                alike.setdefault((len(self._parts_of(place).outputs), self._over(place)), []).append(place)
        for (_, over), group in alike.items():
            self._compute(group, over)

    def put(self, fields: Fields, place: Place, so_far: MonthSoFar) -> None:
        """Set what the month will come to, as known at the end of the last day of it that is over, and in any case no
        less than `month_to_date_t` of the row: what is made is made, and a month ends in the course of a day.

        Of a total that has none, `forecast_lacks` names the units that have not reported.
        """
        if so_far.last_day is None:
            return
        index = so_far.last_day - self._first_day
        found = self._found.get(place) or self._of(place)
        if not 0 <= index < len(found.lacking):
            return
        beyond_t = so_far.beyond_days / GRAMS_PER_TONNE
        made_t = fields.get("month_to_date_t")
        least_t = made_t if isinstance(made_t, float) else -inf
        for name, column in found.figures:
            tonnes = column[index]
            if tonnes == tonnes:
                fields[name] = round(max(tonnes + beyond_t, least_t), 1)
        if place.level != "unit" and found.lacking[index]:
            fields["forecast_lacks"] = found.lacking[index]

    @cached_property
    def _first_day(self) -> int:
        # A running day shows the forecast of the day before it: half a day is no daily rate.
        return max(self.first - 1, self.book.first)

    @cached_property
    def _months(self) -> Sequence[int]:
        # Nothing after the last day that is asked about enters its forecast.
        found, month = [], month_of(self.book.first)
        while month < min(self.book.end, self.end):
            found.append(month)
            month = shifted(month, 1)
        return found

    def _of(self, place: Place) -> _PlaceForecasts:
        self.prepare([place])
        return self._found[place]

    def _over(self, place: Place) -> int:
        """How many of the days are over at a place."""
        return sum(min(self.book.days_over(place, month), max(self.end - month, 0)) for month in self._months)

    def _compute(self, places: Sequence[Place], over: int) -> None:
        # The errors of the past are the same for all days that are asked about, so a place is computed once for them.
        parts_of = [self._parts_of(place) for place in places]
        first = self._first_day - self._months[0]
        for place, parts, found in zip(
            places, parts_of, self._forecasts([parts.outputs for parts in parts_of], over), strict=True
        ):
            covered = _recently(parts.covered[:over], self._month_column)[first:]
            if covered.any():
                (whole,) = self._forecasts([[self._output(place)]], over)
                found = MonthForecasts(
                    np.where(covered, whole.point_t, found.point_t),
                    np.where(covered, whole.low_t, found.low_t),
                    np.where(covered, whole.high_t, found.high_t),
                    found.lacking & ~covered,
                )
            self._found[place] = _PlaceForecasts.of(found, parts.codes)

    def _forecasts(self, places: Sequence[Sequence[_Output]], over: int) -> list[MonthForecasts]:
        made, available, idle, due = (
            np.array([[column(output) for output in outputs] for outputs in places])
            for column in (
                lambda output: np.where(output.known, output.grams / GRAMS_PER_TONNE, np.nan),
                lambda output: output.available,
                lambda output: output.idle,
                lambda output: output.due,
            )
        )
        first = self._first_day - self._months[0]
        return forecasts_of_places(made, available, self._month_column, over, first, marks=PartMarks(idle, due))

    @cached_property
    def _month_column(self) -> Ints:
        return np.concatenate([np.full(length(month), month, np.int64) for month in self._months])

    def _output(self, place: Place) -> _Output:
        book, months = self.book, [self.book.month_days(place, month) for month in self._months]
        return _Output(
            np.concatenate([days.grams for days in months]),
            np.concatenate([days.known for days in months]),
            np.concatenate([book.targets.available_shares(place, month) for month in self._months]),
            np.concatenate([days.idle for days in months]),
            # The forecast of some units beside the target of all would be read as a fall: who is due and silent, lacks.
            np.concatenate(
                [np.full(length(month), bool(book.targets.of_month(place, month)), np.bool_) for month in self._months]
            ),
        )

    def _parts_of(self, place: Place) -> _Parts:
        if place not in self._parts:
            self._parts[place] = self._split(place)
        return self._parts[place]

    def _split(self, place: Place) -> _Parts:
        total, members = self._output(place), self.book.places.parts.get(place, ())
        if place.level == "unit" or not members:
            return _Parts([place.unit if place.level == "unit" else ""], [total], np.zeros(len(total.known), np.bool_))
        outputs = [self._output(member) for member in members]
        summed = np.sum([np.where(output.known, output.grams, 0) for output in outputs], axis=0)
        rest = np.where(total.known, total.grams - summed, 0)
        unknown = ~np.all([output.known for output in outputs], axis=0)
        below = [self._parts_of(member) for member in members]
        codes = [code for parts in below for code in parts.codes]
        found = [output for parts in below for output in parts.outputs]
        if rest.any():
            codes, found = (
                [*codes, ""],
                [*found, _Output(rest, total.known, total.available, total.idle, np.zeros_like(total.idle))],
            )
        covered = np.any([parts.covered for parts in below], axis=0) | (unknown & (rest != 0))
        return _Parts(codes, found, covered)


def _recently(marked: Bools, month: Ints) -> Bools:
    """By day, whether one of RATE_DAYS days up to it, or one of its month up to it, is marked."""
    sums = np.concatenate(([0], np.cumsum(marked)))
    days = np.arange(len(marked))
    starts = np.searchsorted(month, month[: len(marked)], side="left")
    since = np.maximum(np.minimum(days + 1 - RATE_DAYS, starts), 0)
    recent: Bools = sums[days + 1] > sums[since]
    return recent
