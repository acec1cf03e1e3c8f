"""Tonnes against what was due, marked at the ends of events or of blocks of time."""

from dataclasses import dataclass, field

from models.detection.pace import Pace

BLOCK_S = 600
"""A counter's growth is added up in blocks of this. A counter has no events to count between; ten minutes are fine for
windows of hours, and coarse enough that the ticks of a belt weigher do not show."""


@dataclass(slots=True)
class DuePace:
    """`due_t`: the tonnes that were due since the watch began."""

    pace: Pace = field(default_factory=Pace)
    due_t: float = 0.0
    _marked_due_t: float = 0.0
    _block_t: float = 0.0
    _block_since_s: int | None = None

    def add_due(self, tonnes: float) -> None:
        """So much more was due."""
        self.due_t += tonnes

    def event_ended(self, end_s: int, tonnes: float, due_since_t: float) -> None:
        """Mark an event that ended at `end_s` (UTC seconds); `due_since_t` were due between its end and now.

        An event that becomes known late is held against what was due when it ended.
        """
        due_t = self.due_t - due_since_t
        if not self.pace.ends_s:
            self._marked_due_t = due_t
        self.pace.mark(end_s, tonnes, due_t - self._marked_due_t)
        self._marked_due_t = max(self._marked_due_t, due_t)

    def output_grew(self, at_s: int, tonnes: float) -> bool:
        """Add what a counter grew by until `at_s`; whether that filled a block, which is then marked."""
        if self._block_since_s is None:
            self._begin_block(at_s, 0.0, 0.0)
            return False
        self._block_t += tonnes
        if at_s - self._block_since_s < BLOCK_S:
            return False
        self._begin_block(at_s, self._block_t, self.due_t - self._marked_due_t)
        return True

    def restart(self) -> None:
        """Begin anew: what was made until now says nothing about what comes."""
        self.pace.restart()
        self._marked_due_t, self._block_t, self._block_since_s = self.due_t, 0.0, None

    def _begin_block(self, at_s: int, tonnes: float, due_t: float) -> None:
        """Mark the block that is over, and begin the next."""
        self.pace.mark(at_s, tonnes, due_t)
        self._marked_due_t, self._block_t, self._block_since_s = self.due_t, 0.0, at_s
