"""How stated figures and what was counted become one amount, wherever they overlap in time: never added together.

Figures of one place lie apart or one within another. If one covers exactly what finer ones (or the counters) cover
whole, the one of higher status is the amount. If they are of equal status, it is the stated one, for a person looked at
it last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from models.stated.figure import Figure
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
    """A figure on some axis of time: [start, end), in days or in nanoseconds.

    `figure`: what somebody stated; None for a closed month, and for what a counter gave over several days.
    """

    start: int
    end: int
    grams: int
    status: FigureStatus
    figure: Figure | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SpanPiece:
    """One part [start, end) of a span, and its amount. `stated`: the figure that gave it; None: it was counted.
    `instead_of`: what finer figures or counters say of the same part, in whose place `stated` stands."""

    start: int
    end: int
    amount: Amount
    stated: Stated | None = None
    instead_of: Amount = NOTHING


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
    parts = pieces(stated, start, end, counted)
    return parts[0].amount if len(parts) == 1 else joined([part.amount for part in parts])


def pieces(stated: Sequence[Stated], start: int, end: int, counted: Counted) -> list[SpanPiece]:
    """What `resolve` joins: parts that follow each other and make up [start, end), each by the figure that counts."""
    inside = [item for item in stated if item.start >= start and item.end <= end]
    if not inside:
        return [SpanPiece(start, end, counted(start, end))]
    exact = inside[0]
    if exact.start == start and exact.end == end:
        # A finer amount that leaves a part out is no rival, however final it is: it would lose what that part made.
        finer = pieces(inside[1:], start, end, counted)
        rival = joined([part.amount for part in finer])
        if rival.whole and rival.status > exact.status:
            return finer
        return [SpanPiece(start, end, Amount(exact.grams, whole=True, status=exact.status), exact, rival)]
    parts: list[SpanPiece] = []
    reached = start
    for item in inside:
        if item.start < reached:
            continue  # it lies within the one before, which was resolved with it
        if item.start > reached:
            parts.append(SpanPiece(reached, item.start, counted(reached, item.start)))
        parts += pieces(inside, item.start, item.end, counted)
        reached = item.end
    if reached < end:
        parts.append(SpanPiece(reached, end, counted(reached, end)))
    return parts
