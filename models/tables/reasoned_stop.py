"""A stop with the reasons that people gave for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import UNNAMED, ReasonedSpan, StopPart, StopStatement, spans_of


@dataclass(frozen=True, slots=True)
class ReasonedStop:
    """`statement`: what holds of it; None: nobody said anything yet. `more`: what was joined to it, by begin; then it
    is one stop from the begin of `drop` to the end of the last of them."""

    drop: OutputDrop
    statement: StopStatement | None
    more: tuple[OutputDrop, ...] = ()

    @property
    def end_s(self) -> int | None:
        """Its end (UTC seconds); None: it lasts."""
        return (self.more[-1] if self.more else self.drop).end_s

    @property
    def whole(self) -> OutputDrop:
        """It as one drop, as severe as the most severe of its stops."""
        if not self.more:
            return self.drop
        severity = min(drop.severity for drop in (self.drop, *self.more))
        return replace(self.drop, end_s=self.end_s, severity=severity)

    @property
    def parts(self) -> tuple[StopPart, ...]:
        """What was said of it; of a stop of which nobody said anything, that it has no reason."""
        return (StopPart(self.drop.start_s, UNNAMED),) if self.statement is None else self.statement.parts

    @property
    def waits(self) -> bool:
        """Whether a part of it has no reason."""
        return any(part.reason == UNNAMED for part in self.parts)

    def stood(self, now_s: int) -> list[tuple[int, int]]:
        """The spans [start_s, end_s) in which the unit stood, until `now_s` (UTC seconds) if it lasts."""
        return [(drop.start_s, now_s if drop.end_s is None else drop.end_s) for drop in (self.drop, *self.more)]

    def ran(self) -> list[tuple[int, int]]:
        """The spans between joined stops in which the unit ran: they count as running, and in no reason."""
        stood = self.stood(self.drop.start_s)
        return [(before[1], after[0]) for before, after in pairwise(stood) if before[1] < after[0]]

    def spans(self, now_s: int) -> list[ReasonedSpan]:
        """The stop by its reasons, until its end, or until `now_s` (UTC seconds) if it lasts."""
        return spans_of(self.drop.unit, self.stood(now_s), self.statement)

    def told(self, now_s: int) -> list[ReasonedSpan]:
        """The same as people are told it: a reason that goes on after the unit ran is named once."""
        found: list[ReasonedSpan] = []
        for span in self.spans(now_s):
            if found and (span.reason, span.comment) == (found[-1].reason, found[-1].comment):
                found[-1] = replace(found[-1], end_s=span.end_s)
            else:
                found.append(span)
        return found


def spans_within(stops: Sequence[ReasonedStop], start_s: int, end_s: int) -> list[ReasonedSpan]:
    """What of the stops lies in [start_s, end_s), by their reasons."""
    found = []
    for stop in stops:
        for span in stop.spans(end_s):
            first, last = max(span.start_s, start_s), min(span.end_s, end_s)
            if first < last:
                found.append(ReasonedSpan(span.unit, first, last, span.reason, span.comment))
    return found
