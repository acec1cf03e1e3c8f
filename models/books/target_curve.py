"""Targets: a month's plan shaped into days, shifts and hours by the calendar and the repairs, to the gram.

A target grows over its span in proportion to the working time, outside repairs and the repair shift of every day, in
whole grams: C(t) = grams x working(start, t) // working(start, end). A mine that rests from 08 to 14 is due nothing
then, and more outside. A bucket's target is C(its end) - C(its start), so buckets that make up a span make up its
target, whatever their lengths are. If a unit stands for the whole span, its plan is spread over all of the time: a plan
that somebody entered must not vanish from the totals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.stated.availability import Availability


@dataclass(frozen=True, slots=True)
class TargetSpan:
    """`grams` to be made over [start_ns, end_ns), in the time that `working` leaves of it."""

    start_ns: int
    end_ns: int
    grams: int
    working: Availability

    def until(self, instant_ns: int) -> int:
        """C(t): the grams due before `instant_ns`."""
        instant_ns = min(max(instant_ns, self.start_ns), self.end_ns)
        whole = self.working.available_ns(self.start_ns, self.end_ns)
        if not whole:
            return self.grams * (instant_ns - self.start_ns) // (self.end_ns - self.start_ns)
        return self.grams * self.working.available_ns(self.start_ns, instant_ns) // whole


@dataclass(frozen=True, slots=True)
class TargetCurve:
    """The targets of one place and product: spans in order, apart from each other. Time outside them has none."""

    spans: Sequence[TargetSpan]

    def between(self, start_ns: int, end_ns: int) -> int | None:
        """The target of [start_ns, end_ns) in grams; None if a part of it has no target, for a part would flatter."""
        grams, reached_ns = 0, start_ns
        for span in self.spans:
            if span.end_ns <= reached_ns or span.start_ns >= end_ns:
                continue
            if span.start_ns > reached_ns:
                return None
            grams += span.until(end_ns) - span.until(reached_ns)
            reached_ns = min(span.end_ns, end_ns)
        return grams if reached_ns >= end_ns else None


def daily_span(
    start_ns: int, end_ns: int, grams_per_day: int, working: Availability, usual: Availability
) -> TargetSpan:
    """One production day with a target of `grams_per_day`, less the share of its `usual` working time that is lost.

    A plan of a month is spread over the time that is left; a daily rate of the configuration is lost with the time. A
    repair within the repair shift of every day loses nothing.
    """
    if working.is_always and usual.is_always:
        return TargetSpan(start_ns, end_ns, grams_per_day, working)
    usual_ns, left_ns = usual.available_ns(start_ns, end_ns), working.available_ns(start_ns, end_ns)
    return TargetSpan(start_ns, end_ns, grams_per_day * left_ns // usual_ns if usual_ns else 0, working)
