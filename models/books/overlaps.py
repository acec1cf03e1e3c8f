"""How stated figures and what was counted become one amount, wherever they overlap in time: never added together.

Figures of one place lie apart or one within another. If one covers exactly what finer ones (or the counters) cover
whole, the one of higher status is the amount. If they are of equal status, it is the stated one, for a person looked at
it last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.works.codes import FigureStatus


@dataclass(frozen=True, slots=True)
class Amount:
    """Grams over a span (None: nothing is known), whether the whole span is covered, and how final it is.

    `idle`: it is 0 because the place did not belong to the works in any of it. Such a zero is no news of a total.
    """

    grams: int | None
    whole: bool
    status: FigureStatus = FigureStatus.OPERATIONAL
    idle: bool = False


NOTHING = Amount(None, whole=False)
Counted = Callable[[int, int], Amount]


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure on some axis of time: [start, end), in days or in nanoseconds."""

    start: int
    end: int
    grams: int
    status: FigureStatus


def joined(parts: Sequence[Amount]) -> Amount:
    """The sum of amounts over spans that join: known if any is, whole if all are, as final as the least final."""
    known = [part.grams for part in parts if part.grams is not None]
    return Amount(
        sum(known) if known else None,
        all(part.whole for part in parts),
        min((part.status for part in parts if part.grams is not None), default=FigureStatus.OPERATIONAL),
        bool(parts) and all(part.idle for part in parts),
    )


def resolve(stated: Sequence[Stated], start: int, end: int, counted: Counted) -> Amount:
    """The amount over [start, end) by figures, and where there is none by `counted(start, end)`.

    `stated` is ordered by (start, -end) and nested or apart; figures that reach out of the span are passed over, for
    no one knows how they spread.
    """
    inside = [item for item in stated if item.start >= start and item.end <= end]
    if not inside:
        return counted(start, end)
    exact = inside[0]
    if exact.start == start and exact.end == end:
        # A finer amount that leaves a part out is no rival, however final it is: it would lose what that part made.
        finer = resolve(inside[1:], start, end, counted)
        if finer.whole and finer.status > exact.status:
            return finer
        return Amount(exact.grams, whole=True, status=exact.status)
    parts: list[Amount] = []
    reached = start
    for item in inside:
        if item.start < reached:
            continue  # it lies within the one before, which was resolved with it
        if item.start > reached:
            parts.append(counted(reached, item.start))
        parts.append(resolve(inside, item.start, item.end, counted))
        reached = item.end
    if reached < end:
        parts.append(counted(reached, end))
    return joined(parts)
