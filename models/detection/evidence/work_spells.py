"""When the unit worked beyond doubt, and how often its work came and went since its last output."""

from dataclasses import dataclass
from math import inf

WORKS_PCT = 50.0
"""Activity above this share of its nominal is work beyond doubt: far above noise at zero and the idling of a line, and
below every slow-down that still makes output."""
SPELL_S = 300
"""A spell of work lasts at least this long. A converter's blow takes about a quarter of an hour; a burst of oxygen of a
minute or two is none."""
SPELL_APART_S = 1200
"""Two spells are at least this far apart: a blow that is broken off and resumed is the same blow."""
SPELLS_LOST_S = 10_800
"""A spell that ended so long ago was given up: three hours are several heats, so the next blow is of another one."""


@dataclass(slots=True)
class WorkSpells:
    """Instants are UTC seconds; None: never, or not now.

    `last_s`: when it was last seen to work, without a break since `since_s`. `worked_s`: for how long since the last
    output; `spells`: how often its work came and went since then.
    """

    last_s: int | None = None
    since_s: int | None = None
    worked_s: int = 0
    spells: int = 0
    _spell_end_s: int = 0

    def take(self, at_s: int, span_s: int, pct: float, holds_s: int) -> None:
        """Take an activity of `pct` percent that began `span_s` before `at_s` and speaks for `holds_s` seconds."""
        if pct < WORKS_PCT:
            self.since_s = None
            return
        self.last_s = at_s
        self.worked_s += holds_s
        if self.since_s is None:
            self.since_s = at_s - span_s
        if at_s - self.since_s >= SPELL_S:
            apart_s = self.since_s - self._spell_end_s
            if apart_s > SPELLS_LOST_S:
                self.spells = 1
            elif apart_s > SPELL_APART_S:
                self.spells += 1
            self._spell_end_s = at_s

    def idle_s(self, at_s: int) -> float:
        """For how long it has not been seen to work; without end if it never was."""
        return inf if self.last_s is None else at_s - self.last_s

    def event_ended(self) -> None:
        """An event accounts for the work before it."""
        self.worked_s = self.spells = 0

    def output_grew(self) -> None:
        """A counter that grows accounts for the work before it; how often that came and went is told by events."""
        self.worked_s = 0
