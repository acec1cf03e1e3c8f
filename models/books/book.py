"""The books of a plant: for every place the amount of any span of production dates, by counters and stated figures.

A unit's days come from its counters and its figures (`DayColumns`). Longer figures, totals that somebody stated, closed
months and adjustments are joined here, each once. An adjustment stays on top of any figure until its inverse is posted.
A total is known whole if every part that reported in a month is known on all of its days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.books.claims import Claims
from models.books.figure_places import placed_figures
from models.books.month_lists import MonthLists
from models.books.month_to_date import MonthDays, days_of_total, days_of_unit
from models.books.overlaps import NOTHING, Amount, SpanPiece, Stated, joined, pieces, resolve
from models.books.part_terms import PartTerm, part_terms
from models.books.placed_adjustments import PlacedAdjustment, placed_adjustments
from models.books.row_figures import DayFigures, MonthFigures, MonthSoFar
from models.books.stated_spans import stated_spans
from models.books.targets import Targets
from models.books.unit_days import DayColumns
from models.books.year_before import YearBefore
from models.stated.availability import Availability
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.works.codes import FigureStatus
from models.works.month import length, month_of, shifted, year_start
from models.works.place import ALL, Place, Places, place_of
from models.works.plant import Plant


@dataclass
class Book:
    """Days are ordinals. `days` are columns over [first, end): the year that is asked about, and the one before.

    `now_ns` decides which days are over. What was worked out is kept. Whoever changes the columns of a day calls
    `invalidate`. `unbelieved`: by unit, the time outside the spans in which its data could not be believed.
    """

    claims: Claims
    facts: Facts
    days: dict[tuple[str, str], DayColumns]
    first: int
    end: int
    now_ns: int
    unbelieved: Mapping[str, Availability] = field(default_factory=dict)
    _amounts: dict[tuple[int, int], dict[Place, Amount]] = field(default_factory=dict)
    _months: dict[int, dict[Place, MonthDays]] = field(default_factory=dict)
    _lists: dict[int, dict[Place, MonthLists]] = field(default_factory=dict)

    @property
    def plant(self) -> Plant:
        """The works whose books these are."""
        return self.claims.plant

    @cached_property
    def places(self) -> Places:
        """Every place that counts, or of which a figure or a plan speaks."""
        plant, claims = self.plant, self.claims
        stated = dict.fromkeys(place for place, _ in placed_figures(plant, self.facts.figures))
        planned = [place_of(plant, plan.shop, plan.unit, plan.product) for plan in self.facts.plans]
        counted = [Place("unit", claims.shop(unit), unit, product) for unit, product in self.days]
        known = [*stated, *(place for place in planned if place is not None)]
        gone = [place for place in (*counted, *known) if place.level == "unit" and not claims.is_claimed(place.unit)]
        uncounted = frozenset(place for place in gone if not claims.counts_in_site(place.unit, place.product))
        return Places(plant, counted, known, uncounted)

    @cached_property
    def targets(self) -> Targets:
        """What each place is to make."""
        return Targets(self.plant, self.facts, self.places)

    @cached_property
    def adjustments(self) -> Mapping[Place, Sequence[PlacedAdjustment]]:
        """By place, the adjustments of it and of its parts."""
        return placed_adjustments(self.plant, self.facts.adjustments, self.places)

    @cached_property
    def stated(self) -> Mapping[Place, Sequence[Stated]]:
        """By place, the figures of several days or of a total, and closed months."""
        return stated_spans(self.plant, self.facts)

    @cached_property
    def _by_start(self) -> Sequence[Figure]:
        return sorted((figure for figure in self.facts.figures if figure.is_output), key=lambda figure: figure.start_ns)

    @cached_property
    def _year_before(self) -> YearBefore:
        return YearBefore(self.total)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [figure.start_ns for figure in self._by_start]

    @cached_property
    def no_output(self) -> Mapping[tuple[str, str, str], Sequence[Figure]]:
        """The figures that are no output, by (basis, unit or "shop/" and a shop, product), by start."""
        found: dict[tuple[str, str, str], list[Figure]] = {}
        for figure in sorted(self.facts.figures, key=lambda figure: figure.start_ns):
            if not figure.is_output:
                place = f"shop/{figure.shop}" if figure.unit == ALL else figure.unit
                found.setdefault((figure.basis, place, figure.product), []).append(figure)
        return found

    def day(self, place: Place, day: int) -> DayFigures:
        """Everything that a row of production date `day` (an ordinal) says of a place."""
        month, index = month_of(day), day - month_of(day)
        lists, targets = self._lists_of(place, month), self.targets.month(place, month)
        over = min(index + 1, self.days_over(place, month))
        return DayFigures(
            day,
            self.targets.month_days(place, month)[index],
            lists.made[index],
            lists.status[index],
            lists.completeness[index],
            lists.to_date[index],
            self._for_others(place, month, day),
            targets.days[index],
            targets.to_date[index],
            targets.month,
            MonthSoFar(
                month + over - 1 if over else None,
                lists.to_date[over - 1] if over else 0,
                lists.beyond_days[over - 1] if over else 0,
                targets.available_left[over],
            ),
        )

    def month(self, place: Place, month: int) -> MonthFigures:
        """Everything that a row of `month` (the ordinal of its first day) says of a place, but for its growth."""
        end = shifted(month, 1)
        days = self.targets.month_days(place, month)
        made = self.total(place, month, end)
        closed = month in self.facts.closed_months
        return MonthFigures(
            month,
            (days[0][0], days[-1][1]),
            None if made.idle else made.grams,
            FigureStatus.CLOSED if closed else made.status,
            closed,
            self._month_completeness(place, month),
            self.targets.of_month(place, month),
            self.restating(place, month, end),
            self._for_others(place, month, end - 1),
            len(days),
            self.days_over(place, month),
        )

    def bounds(self, place: Place, day: int) -> tuple[int, int]:
        """[start_ns, end_ns) of a production date (an ordinal) at a place."""
        return self.targets.month_days(place, month_of(day))[day - month_of(day)]

    def counted_or_stated(self, place: Place, start: int, end: int) -> Amount:
        """The amount of the days [start, end), before adjustments."""
        amounts = self._amounts.setdefault((start, end), {})
        if place not in amounts:
            stated = self.stated_within(place, start, end)
            amounts[place] = resolve(stated, start, end, lambda low, high: self._counted(place, low, high))
        return amounts[place]

    def pieces(self, place: Place, start: int, end: int) -> list[SpanPiece]:
        """The same, piece by piece: which figure counts where, or that it was counted there."""
        stated = self.stated_within(place, start, end)
        return pieces(stated, start, end, lambda low, high: self._counted(place, low, high))

    def stated_within(self, place: Place, start: int, end: int) -> Sequence[Stated]:
        """The figures of several days, or of a total, that lie within [start, end)."""
        return [item for item in self.stated.get(place, ()) if item.start >= start and item.end <= end]

    def stated_below(self, place: Place, start: int, end: int) -> Sequence[Stated]:
        """The same, of the place and of all its parts."""
        below = [item for part in self.places.parts.get(place, ()) for item in self.stated_below(part, start, end)]
        return [*self.stated_within(place, start, end), *below]

    def figures_within(self, start_ns: int, end_ns: int) -> list[Figure]:
        """The figures of output that lie within a span of time, by their start."""
        low, high = bisect_left(self._starts, start_ns), bisect_left(self._starts, end_ns)
        return [figure for figure in self._by_start[low:high] if figure.end_ns <= end_ns]

    def total(self, place: Place, start: int, end: int) -> Amount:
        """The amount of the days [start, end), with the adjustments that are booked in them.

        The figure of a closed month already contains what it booked; only what open months book is added.
        """
        base = self.counted_or_stated(place, start, end)
        if base.grams is None or place not in self.adjustments:
            return base  # a closed month was signed with its adjustments in it: to add them would count them twice
        booked = [item for item in self.adjustments[place] if start <= item.booking_day < end]
        extra = sum(item.grams for item in booked if not self._is_closed_within(item.booked_month, start, end))
        return Amount(base.grams + extra, base.whole, base.status)

    def restating(self, place: Place, start: int, end: int) -> int:
        """What restating adds to `total`: what other days book for these, less what these book for others.

        A correction of January that February books adds to a restated January, and takes as much from February.
        """
        return sum(
            item.grams * (int(start <= item.day < end) - int(start <= item.booking_day < end))
            for item in self.adjustments.get(place, ())
            if not item.is_own
        )

    def _for_others(self, place: Place, month: int, day: int) -> int:
        """The grams that the books of `month` hold at the end of `day` for other months."""
        booked = [item for item in self.adjustments.get(place, ()) if item.booked_month == month and not item.is_own]
        return sum(item.grams for item in booked if item.booking_day <= day) if booked else 0

    def month_days(self, place: Place, month: int) -> MonthDays:
        """The days of a month as columns, adjusted."""
        months = self._months.setdefault(month, {})
        if place not in months:
            booked, closed = self.adjustments.get(place, ()), month in self.facts.closed_months
            months[place] = self._plain_days(place, month).adjusted(month, booked, closed=closed)
        return months[place]

    def _lists_of(self, place: Place, month: int) -> MonthLists:
        lists = self._lists.setdefault(month, {})
        if place not in lists:
            lists[place] = MonthLists.of(self.month_days(place, month))
        return lists[place]

    def invalidate(self, days: Iterable[int]) -> None:
        """Work out anew whatever holds one of these days."""
        changed = sorted(days)
        for month in {month_of(day) for day in changed}:
            self._months.pop(month, None)
            self._lists.pop(month, None)
        self._year_before.invalidate(changed)
        # A span goes if a changed day lies in it: its ends then do not have the same number of them before.
        for span in [span for span in self._amounts if bisect_left(changed, span[0]) != bisect_left(changed, span[1])]:
            del self._amounts[span]

    def year_to_date(self, place: Place, day: int) -> int | None:
        """Grams from 1 January to the end of `day`; None if a day of them is not known."""
        month, lists = month_of(day), self._lists_of(place, month_of(day))
        # On the last day of a month the year is a sum of whole months: a figure that states the month counts.
        if day - month + 1 == len(lists.to_date):
            whole = self.total(place, year_start(day), day + 1)
            return whole.grams if whole.whole else None
        running, before = lists.to_date[day - month], self._year_before.grams(place, month)
        return None if before is None or running is None else before + running

    def days_over(self, place: Place, month: int) -> int:
        """How many production days of the month are over."""
        return self.targets.days_over(place, month, self.now_ns)

    def _month_completeness(self, place: Place, month: int) -> float:
        """The mean over the days that have begun; 1 for a month that is stated as one figure."""
        whole = (month, shifted(month, 1))
        # A closed month is stated as one figure too, but says nothing of how much of it was read.
        stated = [item for item in self.stated_within(place, *whole) if item.status < FigureStatus.CLOSED]
        if any((item.start, item.end) == whole for item in stated):
            return 1.0
        begun = bisect_right(self.targets.month_days(place, month), self.now_ns, key=lambda span: span[0])
        return float(self.month_days(place, month).completeness[:begun].mean()) if begun else 0.0

    def _plain_days(self, place: Place, month: int) -> MonthDays:
        """The days before adjustments. Figures over several days replace the month to date from their end on."""
        if place.level == "unit":
            columns = self.days.get((place.unit, place.product), DayColumns.empty(month, 0))
            plain = days_of_unit(columns, month, length(month))
        else:
            parts = [self._plain_days(part, month) for part in self.places.parts.get(place, ())]
            plain = days_of_total(parts, self.stated_within(place, month, shifted(month, 1)), month, length(month))
        ends = [item.end for item in self._touching(place, month) if item.end - item.start > 1]
        if ends:
            # Before the first of them ends, the days alone make up the month to date.
            to_date, whole = plain.to_date.copy(), plain.to_date_whole.copy()
            for day in range(min(ends) - month - 1, length(month)):
                found = self.counted_or_stated(place, month, month + day + 1)
                to_date[day], whole[day] = found.grams or 0, found.whole
            plain = plain.with_to_date(to_date, whole)
        return plain

    def _touching(self, place: Place, month: int) -> list[Stated]:
        """Spans of several days within the month, of the place or of a part: days alone do not sum to them."""
        found = list(self.stated_within(place, month, shifted(month, 1)))
        if place.level == "unit":
            columns = self.days.get((place.unit, place.product))
            found += [item for item in (columns.coarse if columns else ()) if month_of(item.start) == month]
        for part in self.places.parts.get(place, ()):
            found += self._touching(part, month)
        return found

    def _counted(self, place: Place, start: int, end: int) -> Amount:
        if place.level == "unit":
            columns = self.days.get((place.unit, place.product))
            return NOTHING if columns is None else columns.counted(start, end)
        terms = self.terms(place, start, end)
        return joined([term.amount for term in terms]) if terms else NOTHING

    def terms(self, place: Place, start: int, end: int) -> list[PartTerm]:
        """What a total adds over the days [start, end) where nobody stated it."""
        return part_terms(self.places.parts.get(place, ()), start, end, self.counted_or_stated)

    def _is_closed_within(self, month: int, start: int, end: int) -> bool:
        return month in self.facts.closed_months and start <= month and shifted(month, 1) <= end
