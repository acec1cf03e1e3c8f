"""The time and the grams of one unit in one span, out of the books and what is known of its stops."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.books.book import Book
from models.books.overlaps import Amount
from models.books.receipt import made_in
from models.tables.growth_span import Days
from models.why.caused_stop import CausedStop
from models.why.unit_time import ABSENT, UnitTime
from models.works.limits import WATCHED_PCT
from models.works.place import Place

if TYPE_CHECKING:
    from models.why.change_part import ChangePart


@dataclass(frozen=True)
class KnownHours:
    """What is known of the hours of units in a span. `stops`: by unit, apart and by begin; `watched`: by unit, the
    production dates (ordinals) on which it was watched all day."""

    stops: Mapping[str, Sequence[CausedStop]] = field(default_factory=dict)
    watched: Mapping[str, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class WhySide:
    """One of the two spans: its books, and what is known of its hours. What was worked out is kept."""

    book: Book
    hours: KnownHours
    _times: dict[tuple[Place, Days], UnitTime] = field(default_factory=dict, repr=False)

    def made(self, place: Place, days: Days) -> Amount:
        """What the books have of a place on the production dates [first, end)."""
        if place not in self.book.places.known or days[0] >= days[1]:
            return Amount(None, whole=False)
        return made_in(self.book, place, *days)

    def unit_time(self, place: Place, days: Days) -> UnitTime:
        """The place in the production dates [first, end): a unit, or a total that somebody stated as a whole."""
        if (place, days) not in self._times:
            self._times[place, days] = self._unit_time(place, days)
        return self._times[place, days]

    def _unit_time(self, place: Place, days: Days) -> UnitTime:
        made = self.made(place, days)
        if not made.grams and not self._is_in_service(place, days):
            return ABSENT
        columns = self.book.days.get((place.unit, place.product)) if place.level == "unit" else None
        found = None if columns is None else [columns.day(day) for day in range(*days)]
        if not made.whole:
            length_ns = self._length_ns(place, days) if days[0] < days[1] else 0
            return UnitTime(made_g=made.grams or 0, whole=False, calendar_ns=length_ns)
        if found is None or any(each.grams is None for each in found):
            return self._undivided(place, days, made.grams or 0)
        return self._by_days(place, days, found, made.grams or 0)

    def _undivided(self, place: Place, days: Days, booked_g: int) -> UnitTime:
        """A span of which single days are not known: a month that was stated as one figure, say."""
        unit = self.book.plant.units.get(place.unit)
        out = {day for day in range(*days) if unit is not None and not unit.in_service.holds(day)}
        made_g = self.book.counted_or_stated(place, *days).grams or 0
        stood: Counter[ChangePart] = Counter()
        for day in (day for day in range(*days) if day not in out):
            for stop, stood_ns in self.stood(place, day):
                stood[stop.part] += stood_ns
        return UnitTime(
            made_g=made_g,
            whole=True,
            corrected_g=booked_g - made_g,
            calendar_ns=self._length_ns(place, days),
            out_ns=sum(self._length_ns(place, (day, day + 1)) for day in out),
            repairs_ns=sum(self._repairs_ns(place, day) for day in range(*days) if day not in out),
            stops_ns=dict(stood),
        )

    def _by_days(self, place: Place, days: Days, found: Sequence[Amount], booked_g: int) -> UnitTime:
        made_g = sum(each.grams or 0 for each in found)
        watched_on = self.hours.watched.get(place.unit, ())
        out_ns = repairs_ns = unwatched_ns = unwatched_g = 0
        stood: Counter[ChangePart] = Counter()
        for day, each in zip(range(*days), found, strict=True):
            length_ns = self._length_ns(place, (day, day + 1))
            if each.idle:
                out_ns += length_ns
                continue
            repair_ns = self._repairs_ns(place, day)
            repairs_ns += repair_ns
            before_ns = stood.total()
            for stop, stood_ns in self.stood(place, day):
                stood[stop.part] += stood_ns
            if day not in watched_on:
                unwatched_ns += length_ns - repair_ns - (stood.total() - before_ns)
                unwatched_g += each.grams or 0
        calendar_ns = self._length_ns(place, days)
        available_ns = calendar_ns - out_ns - repairs_ns
        by_hours = available_ns > 0 and 100 * (available_ns - unwatched_ns) >= WATCHED_PCT * available_ns
        # A unit that was in repair all the time stood nowhere unseen.
        by_hours = by_hours or (available_ns == 0 and not unwatched_g)
        return UnitTime(
            made_g=made_g,
            whole=True,
            corrected_g=booked_g - made_g,
            calendar_ns=calendar_ns,
            out_ns=out_ns,
            repairs_ns=repairs_ns,
            stops_ns=dict(stood),
            unwatched_ns=unwatched_ns,
            unwatched_g=unwatched_g,
            by_hours=by_hours,
        )

    def stood(self, place: Place, day: int) -> Iterator[tuple[CausedStop, int]]:
        """The stops of a unit on a production date (an ordinal), each with its time outside approved repairs (ns)."""
        start_ns, end_ns = self.book.bounds(place, day)
        stops, repairs = self.hours.stops.get(place.unit, ()), self.book.targets.availability(place.unit)
        # They lie apart, so that the first that ends after the day began is the first that may lie in it.
        for at in range(bisect_left(stops, start_ns, key=lambda stop: stop.end_ns), len(stops)):
            low, high = max(stops[at].start_ns, start_ns), min(stops[at].end_ns, end_ns)
            if low >= high:
                if stops[at].start_ns >= end_ns:
                    return
                continue
            stood_ns = repairs.available_ns(low, high)
            if stood_ns:
                yield stops[at], stood_ns

    def _is_in_service(self, place: Place, days: Days) -> bool:
        unit = self.book.plant.units.get(place.unit)
        if place.level != "unit":
            return True
        return unit is not None and any(map(unit.in_service.holds, range(*days)))

    def _repairs_ns(self, place: Place, day: int) -> int:
        return self.book.targets.availability(place.unit).stopped_ns(*self.book.bounds(place, day))

    def bounds(self, place: Place, days: Days) -> tuple[int, int]:
        """[start_ns, end_ns) of the production dates [first, end), of which there is at least one, at a place."""
        return self.book.bounds(place, days[0])[0], self.book.bounds(place, days[1] - 1)[1]

    def _length_ns(self, place: Place, days: Days) -> int:
        start_ns, end_ns = self.bounds(place, days)
        return end_ns - start_ns
