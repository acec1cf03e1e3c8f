"""What a watched unit is judged to do, and by what: the state machine's answer, before causes and words."""

from dataclasses import dataclass, field
from enum import StrEnum

from models.codes import UnitState


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """`since_s`: when what is judged began (UTC seconds). `facts`: the readings it rests on, by name, for its sentence.

    `actual_pct`: output as a share of what is expected, as far as it is known.
    """

    state: UnitState
    basis: Basis
    since_s: int
    facts: dict[str, float] = field(default_factory=dict)
    actual_pct: float | None = None
