"""Since when the activity says that the unit stands, and what it made all the same."""

from dataclasses import dataclass

LATE_END_S = 600
"""An event that ends this soon after a standstill began is of the work before it: a tap or a coil that was under way is
finished, weighed and entered within minutes. Only a later one says that the activity is wrong."""


@dataclass(slots=True)
class Standstill:
    """`since_s` (UTC seconds) None: the unit does not stand. What was made since then: `events` that ended, and
    `grown_t` tonnes by its counter while `due_t` were due."""

    since_s: int | None = None
    events: int = 0
    grown_t: float = 0.0
    due_t: float = 0.0

    def take(self, start_s: int, *, stands: bool) -> None:
        """Take whether the unit stood in the span that began at `start_s`."""
        if not stands:
            self.since_s = None
        elif self.since_s is None:
            self.since_s = start_s
            self.events, self.grown_t, self.due_t = 0, 0.0, 0.0

    def begin_anew(self, at_s: int) -> None:
        """Nobody saw whether it went on standing until `at_s`."""
        if self.since_s is not None:
            self.since_s = None
            self.take(at_s, stands=True)

    def event_ended(self, end_s: int) -> None:
        """An event ended at `end_s`."""
        if self.since_s is not None and end_s > self.since_s + LATE_END_S:
            self.events += 1

    def output_grew(self, tonnes: float, due_t: float) -> None:
        """The counter was read: it grew by `tonnes` while `due_t` were due."""
        if self.since_s is not None:
            self.grown_t += tonnes
            self.due_t += due_t
