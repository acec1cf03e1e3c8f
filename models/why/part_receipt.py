"""What makes up a part of a change: the repairs, stops, days and hours, each with the grams that it has of the part."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from models.tables.growth_span import Days
from models.why.book_time import WhySide
from models.why.caused_stop import CausedStop
from models.why.change_part import ChangePart
from models.why.explained import Explained, PlaceChange
from models.why.split_change import mean_pace
from models.why.unit_time import UnitTime
from models.works.place import Place

MOST_LINES = 5
"""Of each part and unit, those with the most grams: what a person reads at once. How many more there are is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One thing of a part, at `place`, in the base (`of_base`) or in the span that is explained.

    `start_ns`, `end_ns`: when (UTC ns). `time_ns`: how long of the span: a repair, a stop, the time that a unit ran or
    was out of service, the days that nobody watched or knows. `grams`: its share of the part; None for what has none
    by itself. `made_g`: what was made in `time_ns` (pace). `name`: the repair, the corrections, or the code of
    the reason of a stop.
    """

    place: Place
    of_base: bool
    start_ns: int
    end_ns: int
    time_ns: int
    grams: int | None = None
    made_g: int | None = None
    name: str = ""
    cause_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReceipt:
    """Every line of a part, by time."""

    lines: Sequence[PartLine]

    @property
    def largest(self) -> Sequence[PartLine]:
        """Those with the most grams, by time: as many as a person reads at once."""
        return _by_time(sorted(self.lines, key=_size)[:MOST_LINES])

    @property
    def more(self) -> int:
        """How many there are beside the largest."""
        return max(0, len(self.lines) - MOST_LINES)


def _size(line: PartLine) -> tuple[int, int, int]:
    return -abs(line.grams or 0), -line.time_ns, line.start_ns


def _by_time(lines: Sequence[PartLine]) -> Sequence[PartLine]:
    return sorted(lines, key=lambda line: line.start_ns)


def receipts(now: WhySide, base: WhySide, found: Explained) -> Mapping[tuple[ChangePart, Place], PartReceipt]:
    """By part and place, what makes it up; without places that have no time of their own."""
    lines: dict[tuple[ChangePart, Place], list[PartLine]] = {}
    for change in found.changes:
        own: dict[ChangePart, list[PartLine]] = {}
        for part, line in _lines(now, base, change):
            if part in change.grams:
                own.setdefault(part, []).append(line)
        for part, each in own.items():
            lines.setdefault((part, change.place), []).extend(_summing_to(change.grams[part], each))
    # Lines of one start stand as their size has them.
    return {key: PartReceipt(lines=_by_time(sorted(each, key=_size))) for key, each in lines.items()}


def _summing_to(grams: int, lines: Sequence[PartLine]) -> list[PartLine]:
    """The largest line takes the grams that rounding leaves, so that the lines sum to their part."""
    found = sorted(lines, key=lambda line: -abs(line.grams or 0))
    left = grams - sum(line.grams or 0 for line in lines)
    if found[0].grams is not None and left and abs(left) <= len(lines):
        found[0] = replace(found[0], grams=found[0].grams + left)
    return found


def _lines(now: WhySide, base: WhySide, change: PlaceChange) -> Iterator[tuple[ChangePart, PartLine]]:
    if change.spans is None:
        return
    by_hours = all(span.by_hours for span in change.spans)
    mean = mean_pace(*change.spans, by_hours=by_hours)
    for side, days, span, sign in ((now, change.days, change.spans[0], 1), (base, change.base, change.spans[1], -1)):
        if days[0] < days[1] and change.place in side.book.places.known:
            one = _OneSide(side, change.place, days, span, sign * mean, of_base=sign < 0)
            yield from one.lines(by_hours=by_hours)


@dataclass(frozen=True, slots=True)
class _OneSide:
    """One place in one span. `pace`: grams that a nanosecond more gives to the change; less than 0 in the base."""

    side: WhySide
    place: Place
    days: Days
    span: UnitTime
    pace: Fraction
    of_base: bool

    def lines(self, *, by_hours: bool) -> Iterator[tuple[ChangePart, PartLine]]:
        span = self.span
        whole = self._line(self.side.bounds(self.place, self.days), span.calendar_ns)
        yield ChangePart.CALENDAR, self._valued(whole, 1)
        yield ChangePart.UNITS, replace(whole, time_ns=span.out_ns, made_g=span.made_g)
        for name, bounds, time_ns in self._repairs((whole.start_ns, whole.end_ns)):
            yield ChangePart.REPAIRS, replace(self._valued(self._line(bounds, time_ns), -1), name=name)
        if span.corrected_g:
            grams = -span.corrected_g if self.of_base else span.corrected_g
            yield ChangePart.CORRECTIONS, replace(whole, time_ns=0, grams=grams, name=self._corrections())
        if not span.whole:
            yield ChangePart.NOT_KNOWN, replace(whole, time_ns=self._unknown_ns())
        if not by_hours:
            yield ChangePart.REST, replace(whole, time_ns=span.running_ns, made_g=span.made_g)
        elif span.unwatched_ns:
            yield ChangePart.REST, replace(whole, time_ns=span.unwatched_ns, made_g=span.unwatched_g)
        ran = replace(whole, time_ns=span.running_ns - span.unwatched_ns, made_g=span.made_g - span.unwatched_g)
        yield from ((part, ran) for part in (ChangePart.SLOWER, ChangePart.FASTER))
        for stop, stood_ns in self._stood().items():
            line = self._valued(self._line((stop.start_ns, stop.end_ns), stood_ns), -1)
            yield stop.part, replace(line, name=stop.reason, cause_unit=stop.cause_unit)

    def _stood(self) -> Mapping[CausedStop, int]:
        """Each stop once, with its time in the span (ns)."""
        found: Counter[CausedStop] = Counter()
        for day in range(*self.days):
            found.update(dict(self.side.stood(self.place, day)))
        return found

    def _repairs(self, whole: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int], int]]:
        """Each approved repair, its window, and its time in the span; where two overlap, the one that began first has
        the time."""
        reached_ns = whole[0]
        repairs = [repair for repair in self.side.book.facts.repairs if repair.unit == self.place.unit]
        for repair in sorted(repairs, key=lambda each: (each.start_ns, each.end_ns)):
            low, high = max(repair.start_ns, reached_ns), min(repair.end_ns, whole[1])
            if low < high:
                reached_ns = high
                yield repair.name, (repair.start_ns, repair.end_ns), high - low

    def _corrections(self) -> str:
        placed = self.side.book.adjustments.get(self.place, ())
        return ", ".join(item.name for item in placed if self.days[0] <= item.booking_day < self.days[1])

    def _unknown_ns(self) -> int:
        columns = self.side.book.days.get((self.place.unit, self.place.product))
        unknown = [day for day in range(*self.days) if columns is None or columns.day(day).grams is None]
        bounds = [self.side.bounds(self.place, (day, day + 1)) for day in unknown]
        return sum(end - start for start, end in bounds)

    def _line(self, bounds: tuple[int, int], time_ns: int) -> PartLine:
        return PartLine(place=self.place, of_base=self.of_base, start_ns=bounds[0], end_ns=bounds[1], time_ns=time_ns)

    def _valued(self, line: PartLine, times: int) -> PartLine:
        return replace(line, grams=round(times * self.pace * line.time_ns))
