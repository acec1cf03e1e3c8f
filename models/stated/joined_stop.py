"""Two stops of a unit that are counted as one, as people say it. What detection found stays as it is, and what the unit
ran between them stays running."""

from collections.abc import Mapping, Sequence
from itertools import dropwhile

from models.stated.stop_reason import StopPart, StopStatement

LONGEST_RUN_S = 8 * 3600
"""A unit that ran for longer than a shift was put to work in between: that is no stop that goes on."""
LONGEST_JOINED_S = 31 * 86_400
"""Readers look back so far for a stop that another one is joined to."""

StopKey = tuple[str, int]
"""The unit of a stop, and its begin (UTC seconds)."""


def counted_with(stated: Mapping[StopKey, StopStatement]) -> dict[StopKey, StopKey]:
    """Of each stop that is joined to an earlier one, which that is. `stated`: what holds of each stop."""
    found: dict[StopKey, StopKey] = {}
    for key in sorted(stated, key=lambda key: key[1]):
        if key not in found:
            found |= {(key[0], begin_s): key for begin_s in stated[key].joined}
    return found


def parts_together(first: Sequence[StopPart], end_s: int, second: Sequence[StopPart]) -> tuple[StopPart, ...]:
    """The parts of a stop that ended at `end_s` and of one that follows it; a reason that goes on is one part."""
    kept = (first[0], *(part for part in first[1:] if part.from_s < end_s))
    return (*kept, *dropwhile(lambda part: _same(part, kept[-1]), second))


def parts_apart(parts: Sequence[StopPart], at_s: int) -> tuple[tuple[StopPart, ...], tuple[StopPart, ...]]:
    """The parts of a stop and of the one that was joined to it and began at `at_s`: no reason is lost."""
    before = tuple(part for part in parts if part.from_s < at_s)
    going_on = StopPart(at_s, before[-1].reason, before[-1].comment)
    after = tuple(part for part in parts if part.from_s >= at_s)
    return before, after if after and after[0].from_s == at_s else (going_on, *after)


def _same(one: StopPart, other: StopPart) -> bool:
    return (one.reason, one.comment) == (other.reason, other.comment)
