"""Frozen integer codes of the table contract. A number here is never given a new meaning."""

from enum import IntEnum, StrEnum


class Quality(IntEnum):
    """Whether a reading may be believed. BAD never enters a sum. The order counts: the worse of two is the minimum."""

    BAD = 0
    UNCERTAIN = 1
    GOOD = 2


class FigureStatus(IntEnum):
    """How final a figure is. The order counts: a total is as final as the minimum of its parts."""

    OPERATIONAL = 0
    REFINED = 1
    CLOSED = 2


class TagKind(StrEnum):
    """What a tag gives, which decides how it is counted."""

    GAUGE = "gauge"
    TOTALIZER = "totalizer"
    RATE = "rate"
    EVENT = "event"
    FIGURE = "figure"


class KeyReuse(StrEnum):
    """What becomes of an event whose key is known, with another end or other tonnes than a correction would have."""

    QUARANTINE = "quarantine"
    SEPARATE = "separate"
    REVISE = "revise"


class UnitState(IntEnum):
    """What a unit is doing, as far as its data tell."""

    OK = 0
    SLOW = 1
    STOPPED = 2
    PLANNED = 3
    RAMP_UP = 4
    STALE = 5
    BAD = 6
    MISSING = 7


class SignalRole(StrEnum):
    """What a gauge says of its unit: that it works (blast, belt, speed), or something that falls with it."""

    ACTIVITY = "activity"
    CORROBORATION = "corroboration"


class Reason(StrEnum):
    """Why a record was rejected. Stored with the record, shown by `tundish quarantine`."""

    OUT_OF_RANGE = "out_of_range"
    BAD_QUALITY = "bad_quality"
    FUTURE_CLOCK = "future_clock"
    CLOCK_BEHIND = "clock_behind"
    STAMP_FROZEN = "stamp_frozen"
    NOT_A_NUMBER = "not_a_number"
    WRONG_TYPE = "wrong_type"
    RATE_TOO_HIGH = "rate_too_high"
    NOT_CONFIRMED = "not_confirmed"
    LATE_INCONSISTENT = "late_inconsistent"
    EVENT_TONNES = "event_tonnes"
    KEY_REUSED = "key_reused"
    UNPAIRED = "unpaired"
    DATABASE_REFUSED = "database_refused"
