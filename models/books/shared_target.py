"""The targets of units that take turns, such as converters of which one is usually in relining. Pure.

Their plan of a month is one plan. All but one of them make the whole rate, because one is usually out; with fewer, the
rate is less in proportion. So each is due its part while it is available, and what one cannot make while it is out is
due of the others: a target that does not know who is out is short all month for one and a gift to the others.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from models.books.target_curve import TargetSpan
from models.stated.availability import ALWAYS, Availability


def shared_spans(
    grams: int, weights: Sequence[int], times: Sequence[Availability], start_ns: int, end_ns: int
) -> tuple[tuple[TargetSpan, ...], ...]:
    """The spans of each unit over [start_ns, end_ns), which together are `grams`, to the gram.

    `weights`: what each would make if all were alike in time, such as its own plan; `times`: when each is to work. If
    nobody ever is, the plan is spread over all of the time, as a single unit's is.
    """
    pieces = [(low, high, _at_work(times, low)) for low, high in _pieces(times, start_ns, end_ns)]
    if not any(working for _, _, working in pieces):
        pieces = [(start_ns, end_ns, tuple(range(len(times))))]
    whole = sum(_part(len(working), len(times)) * (high - low) for low, high, working in pieces)
    spans: list[list[TargetSpan]] = [[] for _ in times]
    due, given = Fraction(), 0
    for low, high, working in pieces:
        share = _part(len(working), len(times)) * (high - low) / whole
        of_piece = sum(weights[unit] for unit in working)
        for unit in range(len(times)):
            own = 0
            if unit in working:
                due += share * (Fraction(weights[unit], of_piece) if of_piece else Fraction(1, len(working)))
                own = int(due * grams) - given
                given += own
            spans[unit].append(TargetSpan(low, high, own, ALWAYS))
    return tuple(map(tuple, spans))


def _pieces(times: Sequence[Availability], start_ns: int, end_ns: int) -> list[tuple[int, int]]:
    """The span, cut wherever a unit goes out or comes back."""
    edges = {edge for time in times for window in time.windows for edge in window if start_ns < edge < end_ns}
    return list(pairwise(sorted({start_ns, end_ns, *edges})))


def _at_work(times: Sequence[Availability], instant_ns: int) -> tuple[int, ...]:
    return tuple(unit for unit, time in enumerate(times) if time.available_ns(instant_ns, instant_ns + 1))


def _part(working: int, units: int) -> Fraction:
    """How much of the whole rate so many units make."""
    return min(Fraction(1), Fraction(working, max(1, units - 1)))
