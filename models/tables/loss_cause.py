"""Why readings of a span are missing: what was noted of the collector, of the source and of the tag decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from models.counting.increment import BUCKET_S
from models.works.codes import Reason

MINUTE_S = 60


class LossCause(StrEnum):
    """Why readings of a slot are missing."""

    BEFORE = "before"
    COLLECTOR_DOWN = "collector_down"
    SOURCE_AWAY = "source_away"
    READ_ERROR = "read_error"
    BAD_QUALITY = "bad_quality"
    RING_OVERRUN = "ring_overrun"
    REFUSED = "refused"
    NO_FILE = "no_file"
    NO_ROW = "no_row"
    NO_MESSAGE = "no_message"
    NOTHING_CAME = "nothing_came"


class Answer(IntEnum):
    """What a source did in a minute: it did not answer; or it did, and gives values whenever it is asked, or files,
    rows or messages when there are any."""

    AWAY = 1
    VALUES = 2
    FILES = 3
    ROWS = 4
    MESSAGES = 5


_NOTHING_NEW = {Answer.FILES: LossCause.NO_FILE, Answer.ROWS: LossCause.NO_ROW, Answer.MESSAGES: LossCause.NO_MESSAGE}


@dataclass(frozen=True, slots=True)
class Refusals:
    """Records of one tag that were refused for one reason between two instants (UTC seconds, both included)."""

    first_s: int
    last_s: int
    reason: Reason
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LossEvidence:
    """What is known of one tag beside its readings; minutes are UTC seconds of their begin.

    `since_s`: since when it is collected (None: not known). `ran`: the minutes in which the collector ran (None: not
    known). `answers`: by minute, what its source did; `unread`: in which the tag could not be read though its source
    answered. `overruns`: spans in which its ring lost events. `whole_refused`: files of its source that were refused as
    a whole.
    """

    since_s: int | None = None
    ran: frozenset[int] | None = None
    answers: Mapping[int, Answer] = field(default_factory=dict)
    unread: frozenset[int] = frozenset()
    refusals: Sequence[Refusals] = ()
    whole_refused: Sequence[Refusals] = ()
    overruns: Sequence[tuple[int, int]] = ()


def loss_cause(start_s: int, end_s: int, cadence_s: float, evidence: LossEvidence) -> LossCause:
    """Why readings of [start_s, end_s) are missing."""
    since_s = start_s if evidence.since_s is None else min(evidence.since_s, end_s)
    if 2 * (since_s - start_s) >= end_s - start_s:
        return LossCause.BEFORE
    minutes = range(start_s // MINUTE_S * MINUTE_S, end_s, MINUTE_S)
    down = 0 if evidence.ran is None else sum(minute not in evidence.ran for minute in minutes)
    if 2 * down > len(minutes):
        return LossCause.COLLECTOR_DOWN
    told = _told(start_s, end_s, cadence_s, evidence)
    if told is not None:
        return told
    answers = [evidence.answers[minute] for minute in minutes if minute in evidence.answers]
    waits = next((answer for answer in reversed(answers) if answer in _NOTHING_NEW), None)
    if waits is None and Answer.AWAY not in answers:
        # The minute that runs is noted when it is over.
        if down > 1:
            return LossCause.COLLECTOR_DOWN
        return LossCause.BEFORE if since_s > start_s else LossCause.NOTHING_CAME
    # What waits in a file, a table or a broker is not lost while nobody can ask for it: most of the time has to be so.
    if waits is None or 2 * answers.count(Answer.AWAY) > len(answers):
        return LossCause.SOURCE_AWAY
    return _NOTHING_NEW[waits]


def _told(start_s: int, end_s: int, cadence_s: float, evidence: LossEvidence) -> LossCause | None:
    """What was said of the tag itself."""
    if any(first_s < end_s and last_s > start_s for first_s, last_s in evidence.overruns):
        return LossCause.RING_OVERRUN
    minutes = range(start_s // MINUTE_S * MINUTE_S, end_s, MINUTE_S)
    if any(minute in evidence.unread for minute in minutes):
        return LossCause.READ_ERROR
    # What comes once an hour tells of the hour before.
    back_s = round(cadence_s) if cadence_s > BUCKET_S else 0
    refused = {
        item.reason
        for item in (*evidence.refusals, *evidence.whole_refused)
        if item.first_s - back_s < end_s and item.last_s >= start_s
    }
    if Reason.BAD_QUALITY in refused:
        return LossCause.BAD_QUALITY
    return LossCause.REFUSED if refused else None
