"""The days that are left of a month: production dates, and of each unit the hours in which it can work on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.books.book import Book
from models.books.working_time import WorkingTime
from models.recovery.chain import Floats
from models.recovery.standing import UnitStanding, standings
from models.recovery.what_if import WhatIf
from models.stated.availability import Availability
from models.works.calendar import HOUR_NS, production_day
from models.works.month import month_of, months_between, shifted
from models.works.place import Place


@dataclass(frozen=True)
class DaysLeft:
    """The production dates from the first that is not over at one of the shops to the end of `month` (the ordinal of
    its first day), under what is supposed. Of a day that runs, the rest is left."""

    book: Book
    month: int
    what_if: WhatIf

    @property
    def end(self) -> int:
        """The first day of the next month."""
        return shifted(self.month, 1)

    @cached_property
    def first(self) -> int:
        """The first production date that is not over in every shop; `end` if there is none."""
        shops = {unit.shop: unit.code for unit in self.book.plant.units.values()}
        places = [Place("unit", shop, unit, "") for shop, unit in shops.items()]
        return self.month + min(
            (self.book.days_over(place, self.month) for place in places), default=self.end - self.month
        )

    def today(self, place: Place) -> int:
        """The production date (an ordinal) that runs at a place now, whatever month is asked about."""
        return production_day(place.calendar(self.book.plant), self.book.now_ns).toordinal()

    @property
    def count(self) -> int:
        """How many they are."""
        return self.end - self.first

    def work_h(self, place: Place) -> Floats:
        """By day, the hours that are left and in which a unit can work."""
        return np.array([self._h(self._working(place), *span) for span in self._spans(place)])

    def stands_h(self, place: Place) -> float:
        """The hours that are left and in which it stands by plan, or as is supposed; its repair shifts are not among
        them."""
        usual = self.book.targets.working_time.outside_rests(place.unit, self.month)
        left = sum(self._h(usual, *span) for span in self._spans(place))
        return max(left - float(self.work_h(place).sum()), 0.0)

    def standing(self, place: Place) -> Sequence[UnitStanding]:
        """What holds it in those hours, repairs by their names; its repair shifts are not among it."""
        spans = self._spans(place)
        if not spans:
            return ()
        return standings(self.book.plant, self._supposed.facts, place.unit, (spans[0][0], spans[-1][1]))

    def begun_share(self, place: Place) -> float:
        """The share of the first day that is left, by the calendar."""
        start, end = self.book.bounds(place, self.first)
        return (end - min(max(self.book.now_ns, start), end)) / (end - start)

    @cached_property
    def _supposed(self) -> WorkingTime:
        facts = self.book.facts
        return WorkingTime(self.book.plant, facts if self.what_if.is_nothing else self.what_if.applied(facts))

    def _working(self, place: Place) -> Availability:
        return self._supposed.working(place.unit, self.month)

    def _spans(self, place: Place) -> Sequence[tuple[int, int]]:
        now_ns = self.book.now_ns
        days = (self.book.bounds(place, day) for day in range(self.first, self.end))
        return [(min(max(now_ns, start), end), end) for start, end in days]

    @staticmethod
    def _h(time: Availability, start_ns: int, end_ns: int) -> float:
        return time.available_ns(start_ns, end_ns) / HOUR_NS


def worked_h(book: Book, place: Place, days: tuple[int, int]) -> tuple[Floats, Floats]:
    """By production date of [first, end): the hours in which a unit was to work, and those of a usual day."""
    worked, usual = np.zeros(days[1] - days[0]), np.zeros(days[1] - days[0])
    time = book.targets.working_time
    for low, high in months_between(*days):
        month = month_of(low)
        for day in range(low, high):
            span = book.bounds(place, day)
            worked[day - days[0]] = time.working(place.unit, month).available_ns(*span) / HOUR_NS
            usual[day - days[0]] = time.outside_rests(place.unit, month).available_ns(*span) / HOUR_NS
    return worked, usual
