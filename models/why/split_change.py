"""Splits the change of one unit's output between two spans into parts that sum to it, to the gram.

What a unit made is its pace times its hours: M = r x T, with T = calendar - out of service - repairs - stops. Of a
product of two factors that both changed, each factor gets the mean of both orders of change (Shapley's value):

    M1 - M0 = (r0 + r1)/2 x (T1 - T0)  +  (T0 + T1)/2 x (r1 - r0)

The hours are a sum, so each kind of hours has its own share of the first term, whatever the order. docs/why.md says
why this split was chosen, and where it is weak.
"""

from collections.abc import Mapping
from fractions import Fraction

from models.why.change_part import STOPS, ChangePart
from models.why.unit_time import UnitTime
from models.why.whole_grams import whole_grams

NONE = Fraction(0)


def split_change(now: UnitTime, base: UnitTime) -> dict[ChangePart, int]:
    """Grams by part; they sum to `now.booked_g - base.booked_g`. A part without grams is left out.

    A unit that was out of service in one of the spans is new or gone. A span that is not known whole is not explained.
    """
    if not (now.whole and base.whole):
        return _known({ChangePart.NOT_KNOWN: now.booked_g - base.booked_g})
    made = now.made_g - base.made_g
    corrected = {ChangePart.CORRECTIONS: now.corrected_g - base.corrected_g}
    if now.is_out != base.is_out:
        return _known({ChangePart.UNITS: made, **corrected})
    if now.is_out or min(now.made_g, base.made_g) < 0:
        # Out of service in both, or less than nothing made: there is no pace.
        return _known({ChangePart.REST: made, **corrected})
    by_hours = now.by_hours and base.by_hours
    return _known({**whole_grams(_shares(now, base, by_hours=by_hours), made), **corrected})


def pace(span: UnitTime, *, by_hours: bool) -> Fraction | None:
    """Grams a nanosecond of running time; if the hours are known, of the days that were watched. None without any."""
    time_ns = span.running_ns - span.unwatched_ns if by_hours else span.running_ns
    made = span.made_g - span.unwatched_g if by_hours else span.made_g
    return Fraction(made, time_ns) if time_ns > 0 else None


def mean_pace(now: UnitTime, base: UnitTime, *, by_hours: bool) -> Fraction:
    """What an hour more or less is valued at: the mean of both paces. Of a unit that never ran in one span, the pace
    of the other."""
    found = [known for each in (now, base) if (known := pace(each, by_hours=by_hours)) is not None]
    return sum(found, NONE) / len(found) if found else NONE


def _shares(now: UnitTime, base: UnitTime, *, by_hours: bool) -> Mapping[ChangePart, Fraction]:
    mean = mean_pace(now, base, by_hours=by_hours)
    paces = [pace(each, by_hours=by_hours) for each in (now, base)]
    # One that did not run at all has no pace of its own, so none that changed.
    known = [mean if each is None or None in paces else each for each in paces]
    times = [each.running_ns for each in (now, base)]
    # What was made on days that nobody watched, beyond the pace of those that were; or in no time at all.
    beyond = [each.made_g - rate * time for each, rate, time in zip((now, base), known, times, strict=True)]
    change = (known[0] - known[1]) * Fraction(sum(times), 2)
    shares = {
        ChangePart.CALENDAR: mean * (now.calendar_ns - base.calendar_ns),
        ChangePart.UNITS: -mean * (now.out_ns - base.out_ns),
        ChangePart.REPAIRS: -mean * (now.repairs_ns - base.repairs_ns),
        ChangePart.REST: beyond[0] - beyond[1],
    }
    for part in STOPS:  # in one order, for shares that are alike are rounded by it
        shares[part] = -mean * (now.stops_ns.get(part, 0) - base.stops_ns.get(part, 0))
    if not by_hours:
        # Stops that nobody saw are a part of what the pace seems to be.
        return {**shares, ChangePart.REST: shares[ChangePart.REST] + change}
    return {**shares, ChangePart.FASTER if change > 0 else ChangePart.SLOWER: change}


def _known(grams: Mapping[ChangePart, int]) -> dict[ChangePart, int]:
    return {part: grams[part] for part in ChangePart if grams.get(part)}
