"""Minutes, episodes and alerts for tests of rehearsals."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.detection.finding import Episode, Finding, FindingKind
from models.detection.minutes.minutes import blank
from models.detection.minutes.observed import UnitMinutes
from models.rehearsal.alert import Alert, Verdict
from tests.models.detection.expected.test_planned import at

START_S = at(7, 0.0)
HOUR = 3600


def minutes_of(count: int, *, counted: float | None = None, events: Sequence[tuple[int, float]] = ()) -> UnitMinutes:
    """`count` minutes in which the unit was heard. `counted`: tonnes a minute. `events`: (minute of the end,
    tonnes)."""
    minutes = blank(count, [], counts=counted is not None)
    minutes.heard[:] = minutes.moved[:] = True
    if minutes.counted_t is not None:
        minutes.counted_t[:] = counted
    ends = np.array([START_S + 60 * minute for minute, _ in events], np.int64)
    return replace(minutes, event_end_s=ends, event_t=np.array([tonnes for _, tonnes in events], np.float64))


def episode(
    unit: str,
    since_h: float,
    found_h: float,
    end_h: float | None,
    kind: FindingKind = FindingKind.SLOW,
    severity: int = 2,
) -> Episode:
    """A finding in hours from the start."""
    finding = Finding(
        kind=kind,
        shop="shop",
        unit=unit,
        product="product",
        severity=severity,
        since_s=START_S + round(since_h * HOUR),
        found_s=START_S + round(found_h * HOUR),
    )
    return Episode(finding, None if end_h is None else START_S + round(end_h * HOUR))


def alert(
    unit: str,
    since_h: float,
    found_h: float,
    end_h: float | None,
    *,
    verdict: Verdict = Verdict.BORNE_OUT,
    severity: int = 2,
    kind: FindingKind = FindingKind.SLOW,
    cause: str = "",
) -> Alert:
    """An alert in hours from the start."""
    return Alert(
        thing=f"{kind}:{unit}" if kind.is_data or kind is FindingKind.SHIFT_SHORT else f"output:{unit}",
        unit=unit,
        kind=kind,
        severity=severity,
        since_s=START_S + round(since_h * HOUR),
        found_s=START_S + round(found_h * HOUR),
        end_s=None if end_h is None else START_S + round(end_h * HOUR),
        verdict=verdict,
        cause_unit=cause,
    )
