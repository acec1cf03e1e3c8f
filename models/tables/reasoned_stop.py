"""A stop with the reasons that people gave for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import UNNAMED, ReasonedSpan, StopStatement, spans_of


@dataclass(frozen=True, slots=True)
class ReasonedStop:
    """`statement`: what holds of it; None: nobody said anything yet."""

    drop: OutputDrop
    statement: StopStatement | None

    def spans(self, now_s: int) -> list[ReasonedSpan]:
        """The stop by its reasons, until its end, or until `now_s` (UTC seconds) if it lasts."""
        end_s = now_s if self.drop.end_s is None else self.drop.end_s
        return spans_of(self.drop.unit, self.drop.start_s, end_s, self.statement)

    @property
    def waits(self) -> bool:
        """Whether a part of it has no reason."""
        return self.statement is None or any(part.reason == UNNAMED for part in self.statement.parts)


def spans_within(stops: Sequence[ReasonedStop], start_s: int, end_s: int) -> list[ReasonedSpan]:
    """What of the stops lies in [start_s, end_s), by their reasons."""
    found = []
    for stop in stops:
        for span in stop.spans(end_s):
            first, last = max(span.start_s, start_s), min(span.end_s, end_s)
            if first < last:
                found.append(ReasonedSpan(span.unit, first, last, span.reason, span.comment))
    return found
