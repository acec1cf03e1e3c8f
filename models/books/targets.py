"""The targets of every place: its own plan, else what its units are to make; and the days in which they can."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.books.shared_target import shared_spans
from models.books.target_curve import TargetCurve, TargetSpan, daily_span
from models.books.working_time import WorkingTime, out_of_service
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.availability import Availability
from models.stated.facts import Facts
from models.works.calendar import day_bounds, production_day
from models.works.month import length, month_of, shifted
from models.works.place import ALL, Place, Places, place_of
from models.works.plant import Plant

Days = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class MonthTargets:
    """The targets of a month's days: of each, from the first to the end of it, and of all; None if one has none.

    `available_left[i]` is how many available days are left before day i (0: the first), one longer than the days. Of a
    total, it is how many days are left on which it has a target.
    """

    days: tuple[int | None, ...]
    to_date: tuple[int | None, ...]
    month: int | None
    available_left: tuple[float, ...]


@dataclass(frozen=True)
class Targets:
    """Targets in grams. A month is the ordinal of its first day; production days are those of the place's calendar.

    A unit without a plan for a month has the daily target of the configuration, less its repairs. A total without a
    plan of its own has the sum of its parts, and none if a part has none: the sum of the others would flatter. Units
    that take turns share the plan of their shop, or the sum of their own, by who is available (`shared_target`).

    Everything found is kept: facts never change in a book (new ones make a new book), and rows ask day by day.
    """

    plant: Plant
    facts: Facts
    places: Places
    _spans: dict[tuple[Place, int], tuple[TargetSpan, ...]] = field(default_factory=dict)
    _days: dict[tuple[Place, int], tuple[int | None, ...]] = field(default_factory=dict)
    _shares: dict[tuple[Place, int], NDArray[np.float64]] = field(default_factory=dict)
    _bounds: dict[tuple[str, int], Days] = field(default_factory=dict)
    _months: dict[tuple[Place, int], MonthTargets] = field(default_factory=dict)
    _over: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def _plans(self) -> Mapping[tuple[Place, int], int]:
        found: dict[tuple[Place, int], int] = {}
        for plan in self.facts.plans:
            place = place_of(self.plant, plan.shop, plan.unit, plan.product)
            if place is not None and plan.grams is not None:
                found[place, plan.month] = plan.grams
        return found

    @cached_property
    def working_time(self) -> WorkingTime:
        """When each unit is to work."""
        return WorkingTime(self.plant, self.facts)

    def availability(self, unit: str) -> Availability:
        """The time outside the approved repairs of a unit."""
        return self.working_time.outside_repairs(unit)

    def is_planned(self, place: Place, month: int) -> bool:
        """Whether somebody entered a plan of this month for the place or a part of it."""
        parts = self.places.parts.get(place, ())
        return (place, month) in self._plans or any(self.is_planned(part, month) for part in parts)

    def month_days(self, place: Place, month: int) -> Days:
        """[start_ns, end_ns) of each production day of the month, by the place's calendar."""
        key = (place.shop, month)
        if key not in self._bounds:
            calendar = place.calendar(self.plant)
            self._bounds[key] = tuple(
                day_bounds(calendar, date.fromordinal(month + day)) for day in range(length(month))
            )
        return self._bounds[key]

    def days_over(self, place: Place, month: int, now_ns: int) -> int:
        """How many production days of the month are over at `now_ns`."""
        # Asked for each row: the days are those of all places of a shop, and the instant stays the same for long.
        known = self._over.get((place.shop, month))
        if known is None or known[0] != now_ns:
            known = now_ns, bisect_right(self.month_days(place, month), now_ns, key=lambda span: span[1])
            self._over[place.shop, month] = known
        return known[1]

    def of_days(self, place: Place, month: int) -> Sequence[int | None]:
        """The target of each day of the month; they sum to the month's plan."""
        key = (place, month)
        if key not in self._days:
            bounds = self.month_days(place, month)
            if self._has_parts_only(place, month):
                columns = [self.of_days(part, month) for part in self.places.parts.get(place, ())]
                self._days[key] = tuple(_sum(day) for day in zip(*columns, strict=True)) or (None,) * len(bounds)
            else:
                self._days[key] = self._due_by_day(place, month, bounds)
        return self._days[key]

    def of_month(self, place: Place, month: int) -> int | None:
        """The target of the whole month."""
        return self.month(place, month).month

    def month(self, place: Place, month: int) -> MonthTargets:
        """Everything that the rows of a month's days need."""
        key = (place, month)
        found = self._months.get(key)
        if found is None:
            days = self.of_days(place, month)
            to_date: list[int | None] = []
            for day in days:
                before = to_date[-1] if to_date else 0
                to_date.append(None if day is None or before is None else before + day)
            if place.level == "unit":
                shares = self.available_shares(place, month)
            else:
                # The parts of a total hardly ever work all at once: its days are those on which any has a target.
                shares = np.array([0.0 if day == 0 else 1.0 for day in days], np.float64)
            left = np.concatenate((np.cumsum(shares[::-1])[::-1], [0.0]))
            found = MonthTargets(tuple(days), tuple(to_date), to_date[-1], tuple(left.tolist()))
            self._months[key] = found
        return found

    def between(self, place: Place, start_ns: int, end_ns: int) -> int | None:
        """The target of [start_ns, end_ns): of a shift or an hour."""
        calendar = place.calendar(self.plant)
        first = month_of(production_day(calendar, start_ns).toordinal())
        last = month_of(production_day(calendar, end_ns - 1).toordinal())
        months = (first,) if first == last else (first, last)
        if all(self._has_parts_only(place, month) for month in months):
            parts = self.places.parts.get(place, ())
            return _sum([self.between(part, start_ns, end_ns) for part in parts]) if parts else None
        spans = [span for month in months for span in self._month_spans(place, month)]
        return self._due(place, TargetCurve(spans), start_ns, end_ns)

    def _due_by_day(self, place: Place, month: int, bounds: Days) -> tuple[int | None, ...]:
        spans = self._month_spans(place, month)
        # A target of each day: all of it is due within the day.
        if [(span.start_ns, span.end_ns) for span in spans] == list(bounds):
            return tuple(span.grams for span in spans)
        curve = TargetCurve(spans)
        return tuple(self._due(place, curve, start, end) for start, end in bounds)

    def _due(self, place: Place, curve: TargetCurve, start_ns: int, end_ns: int) -> int | None:
        found = curve.between(start_ns, end_ns)
        if found is not None or place.level != "unit":
            return found
        # What is not there is due nothing, and must not leave its shop without a target.
        if place.unit not in self.plant.units:
            return 0
        idle = Availability.outside(out_of_service(self.plant, place.unit))
        return None if idle.available_ns(start_ns, end_ns) else 0

    def available_shares(self, place: Place, month: int) -> NDArray[np.float64]:
        """The share of each day's usual working time in which the place can produce; a repair shift takes none.

        Of a total, weighted by the targets of its parts.
        """
        key = (place, month)
        if key not in self._shares:
            bounds = self.month_days(place, month)
            parts = self.places.parts.get(place, ())
            if place.level == "unit" and place.unit not in self.plant.units:
                self._shares[key] = np.zeros(len(bounds))
            elif place.level == "unit" or not parts:
                working = self.working_time.working(place.unit, month)
                usual = self.working_time.outside_rests(place.unit, month)
                if working.is_always and usual.is_always:
                    self._shares[key] = np.ones(len(bounds))
                else:
                    self._shares[key] = np.array([_share(working, usual, *day) for day in bounds], np.float64)
            else:
                self._shares[key] = self._weighted_shares(parts, month)
        return self._shares[key]

    def _weighted_shares(self, parts: Sequence[Place], month: int) -> NDArray[np.float64]:
        columns = np.array([self.available_shares(part, month) for part in parts])
        if (columns == columns[0]).all():
            found: NDArray[np.float64] = columns[0]
            return found  # as in most months, in which nothing is in repair: then no weight matters
        targets = [self.of_month(part, month) for part in parts]
        weights = [1 if target is None else target for target in targets]
        if None in targets or not sum(weights):
            weights = [1] * len(parts)  # without targets nobody knows which part matters more
        weighted: NDArray[np.float64] = np.asarray(weights, np.float64) @ columns / sum(weights)
        return weighted

    def _working(self, place: Place, month: int) -> Availability:
        """When the place is to work; a total rests, and its own plan with it, while all of its parts do."""
        if place.level == "unit":
            return self.working_time.working(place.unit, month)
        return Availability.of_any([self._working(part, month) for part in self.places.parts.get(place, ())])

    def _has_parts_only(self, place: Place, month: int) -> bool:
        return place.level != "unit" and (place, month) not in self._plans

    def _month_spans(self, place: Place, month: int) -> tuple[TargetSpan, ...]:
        key = (place, month)
        if key not in self._spans:
            bounds = self.month_days(place, month)
            plan = self._plans.get(key)
            shared = self._shared_spans(place, month, bounds)
            if shared is not None:
                spans: tuple[TargetSpan, ...] = shared
            elif plan is not None:
                working = self._working(place, month)
                spans = (TargetSpan(bounds[0][0], bounds[-1][1], plan, working),)
            else:
                spans = self._daily_spans(place, month, bounds)
            self._spans[key] = spans
        return self._spans[key]

    def _shared_spans(self, place: Place, month: int, bounds: Days) -> tuple[TargetSpan, ...] | None:
        """The spans of a unit that takes turns; None for another one, or if no plan of the month is of all of them."""
        members = self._taking_turns(place)
        if members is None:
            return None
        own = [self._plans.get((member, month)) for member in members]
        total = self._plans.get((Place("shop", place.shop, ALL, place.product), month))
        known = [grams for grams in own if grams is not None]
        if total is None and len(known) == len(own):
            total = sum(known)
        if total is None:
            return None
        weights = known if len(known) == len(own) else [self._usual_grams(member) for member in members]
        times = [self.working_time.working(member.unit, month) for member in members]
        found = shared_spans(total, weights, times, bounds[0][0], bounds[-1][1])
        return found[members.index(place)]

    def _taking_turns(self, place: Place) -> tuple[Place, ...] | None:
        """The units that share a target with this one, itself among them; None if it has its own.

        They must be all that makes the product in the shop: its plan is theirs then.
        """
        unit = self.plant.units.get(place.unit)
        if unit is None or not unit.takes_turns:
            return None
        parts = self.places.parts.get(Place("shop", place.shop, ALL, place.product), ())
        units = [self.plant.units.get(part.unit) for part in parts]
        alike = all(other is not None and other.takes_turns and other.kind == unit.kind for other in units)
        return tuple(parts) if alike and len(parts) > 1 else None

    def _usual_grams(self, place: Place) -> int:
        return round(self.plant.units[place.unit].daily_target_t.get(place.product, 0.0) * GRAMS_PER_TONNE)

    def _daily_spans(self, place: Place, month: int, bounds: Days) -> tuple[TargetSpan, ...]:
        unit = self.plant.units.get(place.unit)
        daily_t = None if unit is None else unit.daily_target_t.get(place.product)
        if daily_t is None:
            return ()
        grams = round(daily_t * GRAMS_PER_TONNE)
        working = self.working_time.working(place.unit, month)
        usual = self.working_time.outside_rests(place.unit, month)
        return tuple(daily_span(start, end, grams, working, usual) for start, end in bounds)

    def available_days(self, place: Place, start: int, end: int) -> Fraction:
        """How many days of [start, end) (ordinals) the place can produce; a day with a repair counts in part."""
        total, month = 0.0, month_of(start)
        while month < end:
            shares = self.available_shares(place, month)
            total += float(shares[max(start - month, 0) : max(end - month, 0)].sum())
            month = shifted(month, 1)
        return Fraction(total)


def _share(working: Availability, usual: Availability, start_ns: int, end_ns: int) -> float:
    usual_ns = usual.available_ns(start_ns, end_ns)
    return working.available_ns(start_ns, end_ns) / usual_ns if usual_ns else 0.0


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
