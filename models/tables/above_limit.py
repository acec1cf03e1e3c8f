"""What a unit made in the minutes in which methane stood above a limit. Pure.

A minute counts if any part of it was above. Its output is known where detection watched the unit's counters in that
minute, or where a sum of the ledger proves it: one of 0 is 0 in each of its minutes, and one whose minutes were all
above counts whole. A sum that lies in it for a part is divided by nobody: those minutes are not known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from models.counting.increment import GRAMS_PER_TONNE, IncrementFlag
from models.counting.measured_hour import MINUTE_S
from models.counting.output_plan import BucketSum
from models.detection.minutes.observed import UnitMinutes


@dataclass(frozen=True, slots=True)
class HourOutput:
    """What is known of a unit's output in an hour. `tags`: its counters; `sums`: theirs that lie in the hour;
    `observed`: its minutes, if each counter's growth was watched by the minute."""

    tags: Sequence[str] = ()
    sums: Sequence[BucketSum] = ()
    observed: UnitMinutes | None = None


OutputOf = Callable[[str, int, int], HourOutput]
"""Of a unit, in [start, end) (UTC seconds)."""


def nothing_known(_unit: str, _start_s: int, _end_s: int) -> HourOutput:
    """Of a works whose output nobody looks up."""
    return HourOutput()


@dataclass(frozen=True, slots=True)
class MadeAbove:
    """`minutes` above; `known`: of them those whose output is known, and `made_t`: what was made in these."""

    minutes: int
    known: int
    made_t: float


def made_above(bits: int, hour_s: tuple[int, int], output: HourOutput) -> MadeAbove:
    """`bits`: the minutes of the hour [start, end) (UTC seconds) in which methane was above, from the first one on."""
    count = (hour_s[1] - hour_s[0]) // MINUTE_S
    above = np.array([bool(bits >> minute & 1) for minute in range(count)], np.bool_)
    watched, made_t = _watched(above, output.observed)
    proved, proved_t = _proved(above & ~watched, hour_s[0], output)
    return MadeAbove(int(above.sum()), int(watched.sum() + proved.sum()), made_t + proved_t)


def minute_spans(bits: int, start_s: int, zone: ZoneInfo) -> str:
    """The minutes on the wall clock: each run of them from its begin to its end, such as 03:12-03:42."""
    spans: list[tuple[int, int]] = []
    for minute in range(bits.bit_length()):
        if bits >> minute & 1:
            first = spans.pop()[0] if spans and spans[-1][1] == minute else minute
            spans.append((first, minute + 1))
    return ", ".join("-".join(_clock(start_s + at * MINUTE_S, zone) for at in span) for span in spans)


def _clock(at_s: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at_s, UTC).astimezone(zone).strftime("%H:%M")


def _watched(above: NDArray[np.bool_], observed: UnitMinutes | None) -> tuple[NDArray[np.bool_], float]:
    if observed is None or observed.counted_t is None:
        return np.zeros_like(above), 0.0
    seen = above & observed.heard & ~observed.uncertain & ~np.isnan(observed.counted_t)
    return seen, float(observed.counted_t[seen].sum())


def _proved(asked: NDArray[np.bool_], start_s: int, output: HourOutput) -> tuple[NDArray[np.bool_], float]:
    """The minutes asked for in which the sums of every counter prove the output, and that output in tonnes."""
    known = asked.copy() if output.tags else np.zeros_like(asked)
    for tag in output.tags:
        proved, doubted = np.zeros_like(asked), np.zeros_like(asked)
        for item, span in _spans(output.sums, tag, start_s):
            (proved if _is_proof(item, asked[span]) else doubted)[span] = True
        known &= proved & ~doubted
    parted = True
    while parted:
        # A sum of which another counter leaves a part in doubt is divided by nobody either.
        spans = [span for tag in output.tags for item, span in _spans(output.sums, tag, start_s) if item.grams]
        parted = False
        for span in spans:
            if known[span].any() and not known[span].all():
                known[span], parted = False, True
    grams = sum(
        item.grams for tag in output.tags for item, span in _spans(output.sums, tag, start_s) if bool(known[span].all())
    )
    return known, grams / GRAMS_PER_TONNE


def _spans(sums: Sequence[BucketSum], tag: str, start_s: int) -> list[tuple[BucketSum, slice]]:
    return [
        (item, slice((item.start_s - start_s) // MINUTE_S, -(-(item.end_s - start_s) // MINUTE_S)))
        for item in sums
        if item.tag == tag
    ]


def _is_proof(item: BucketSum, asked: NDArray[np.bool_]) -> bool:
    is_sure = bool(item.readings) and not item.flags & IncrementFlag.UNCERTAIN
    return is_sure and (not item.grams or bool(asked.all()))
