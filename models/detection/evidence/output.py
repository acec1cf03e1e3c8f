"""What the unit made since it has been watched."""

from collections import deque
from dataclasses import dataclass, field

ENDS_KEPT = 64
"""The ends of so many events are kept. Who waits for a supplier or was overtaken by a sibling asks for those of the
last hours; a converter ends a heat in 40 minutes, so these are almost two days of it."""


@dataclass(slots=True)
class Output:
    """`made_t`: tonnes of events and counters. `events`: how many ended; `recent_ends`: when the last ones did (UTC
    seconds). `last_s`: when there was output last (None: never yet)."""

    made_t: float = 0.0
    events: int = 0
    recent_ends: deque[int] = field(default_factory=lambda: deque(maxlen=ENDS_KEPT))
    last_s: int | None = None

    def event_ended(self, end_s: int, tonnes: float) -> None:
        """An event ended at `end_s`; events may become known in any order."""
        self.events += 1
        self.recent_ends.append(end_s)
        self.made_t += tonnes
        self.last_s = max(end_s, self.last_s or end_s)
