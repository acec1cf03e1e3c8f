"""What a watched unit is judged to do, and on what basis: the answer of its rules, before causes and words."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from models.detection.pace import Low
from models.works.codes import UnitState


class Basis(StrEnum):
    """What a judgement rests on; names its sentence in `models.detection.sentences`."""

    WORKS = "works"
    ACTIVITY_STOP = "activity_stop"
    NO_EVENT = "no_event"
    OVERRUN = "overrun"
    ACTIVITY_SLOW = "activity_slow"
    PACE = "pace"
    REPAIR = "repair"
    WAITING = "waiting"
    ALONE = "alone"
    RAMP_UP = "ramp_up"
    SILENT = "silent"
    FROZEN = "frozen"
    BAD_QUALITY = "bad_quality"
    STUCK = "stuck"
    UNREAD = "unread"
    OTHER_ZERO = "other_zero"
    DISAGREES = "disagrees"
    ZERO_BUT_WORKS = "zero_but_works"
    WORKS_BUT_NO_OUTPUT = "works_but_no_output"
    NEVER = "never"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`since_s`: when what is judged began (UTC seconds). `facts`: the readings it rests on, by name, for its sentence.

    `actual_pct`: output in percent of what is expected; None if it is not known. `read_s`: when the facts were read
    (UTC seconds; 0: this moment).
    """

    state: UnitState
    basis: Basis
    since_s: int
    facts: dict[str, float] = field(default_factory=dict)
    actual_pct: float | None = None
    read_s: int = 0

    def read_at(self, at_s: int) -> "Judgement":
        """The same, of facts that were read then. Asked for each unit and step, where `replace` is slow."""
        return Judgement(self.state, self.basis, self.since_s, self.facts, self.actual_pct, at_s)


def slow_pace(low: Low, since_s: int) -> Judgement:
    """A slow-down since `since_s`, found by output over a window."""
    facts = {
        "actual_t": low.actual_t,
        "expected_t": low.expected_t,
        "hours": (low.end_s - low.start_s) / 3600,
        "pct": 100.0 * low.ratio,
        "share": low.share,
    }
    return Judgement(UnitState.SLOW, Basis.PACE, since_s, facts, 100.0 * low.ratio)


def reach(slow: Judgement | None) -> float:
    """The longest window that says whether `slow` lasts, as a share of the limit's window.

    A slow-down that was no trend when it was found is over when the limit's own window is well. A longer window still
    holds the bad hours then, and they have been reported.
    """
    return 1.0 if slow is not None and slow.facts.get("share", inf) <= 1.0 else inf
