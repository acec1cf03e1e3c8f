"""What a unit made and should have made, minute by minute, as it is known afterwards.

The tonnes of an event are spread over the time since the event before it, in which they were made. Units that are
judged together have one curve.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.detection.expected.expected import Expected
from models.detection.minutes.observed import MINUTE_S, UnitMinutes, WorksMinutes
from models.detection.watched import Gauge, WatchedUnit
from models.works.codes import Quality

ASK_EVERY = 5
"""Minutes between two questions of what is expected: rates change on the hour and windows rarely off these minutes, and
asking costs more than everything else."""
HOUR = 60
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Columns of n minutes from `start_s` (UTC seconds).

    `made_t` and `due_t`: tonnes in each minute, `due_t` NaN without a target. `known`: whether the unit was heard and
    its first event had come. `activity_pct`: the activity in percent of its nominal, NaN if there is none. `counts`:
    whether its output is counted at all.
    """

    start_s: int
    made_t: Floats
    due_t: Floats
    known: NDArray[np.bool_]
    activity_pct: Floats
    counts: bool

    def span(self, start_s: int, end_s: int) -> slice:
        """The minutes of [start_s, end_s), at least one."""
        first = min(max((start_s - self.start_s) // MINUTE_S, 0), max(len(self.made_t) - 1, 0))
        return slice(first, max(-(-(end_s - self.start_s) // MINUTE_S), first + 1))

    def since(self, start_s: int) -> "Curve":
        """The curve from `start_s` (UTC seconds) on."""
        first = max(0, (start_s - self.start_s) // MINUTE_S)
        return Curve(
            start_s=self.start_s + first * MINUTE_S,
            made_t=self.made_t[first:],
            due_t=self.due_t[first:],
            known=self.known[first:],
            activity_pct=self.activity_pct[first:],
            counts=self.counts,
        )

    def hours(self) -> tuple[Floats, Floats]:
        """Tonnes made and due in each whole hour from `start_s`; NaN if most of it, or the target, is not known."""
        count = len(self.made_t) // HOUR
        made, due = (column[: count * HOUR].reshape(count, HOUR).sum(axis=1) for column in (self.made_t, self.due_t))
        known = self.known[: count * HOUR].reshape(count, HOUR).mean(axis=1)
        return np.where(known > 0.5, made, np.nan), due


def curves(units: Mapping[str, WatchedUnit], minutes: WorksMinutes, expected: Expected) -> dict[str, Curve]:
    """The curve of every unit. Each of those that are judged together has the sum of them all."""
    own = {
        code: _curve(units[code], columns, minutes.start_s, expected)
        for code, columns in minutes.units.items()
        if code in units
    }
    groups: dict[tuple[str, str], list[str]] = {}
    for code in own:
        if units[code].rules.together:
            groups.setdefault((units[code].shop, units[code].kind), []).append(code)
    for members in groups.values():
        whole = _sum([own[code] for code in members])
        own |= dict.fromkeys(members, whole)
    return own


def _curve(unit: WatchedUnit, columns: UnitMinutes, start_s: int, expected: Expected) -> Curve:
    count = len(columns.heard)
    made = np.zeros(count) if columns.counted_t is None else np.nan_to_num(columns.counted_t)
    known = columns.heard.copy()
    if len(columns.event_end_s):
        order = np.argsort(columns.event_end_s, kind="stable")
        ends, tonnes = columns.event_end_s[order], columns.event_t[order].copy()
        # The first event was made in a time of which nothing is known, so its tonnes belong to no minute.
        tonnes[0] = 0.0
        edges = start_s + MINUTE_S * np.arange(count + 1)
        made = made + np.diff(np.interp(edges, ends, np.cumsum(tonnes), left=0.0))
        known[: max(0, -(-(int(ends[0]) - start_s) // MINUTE_S))] = False
    return Curve(
        start_s=start_s,
        made_t=made,
        due_t=_due(unit.code, start_s, count, expected),
        known=known,
        activity_pct=_activity(unit.activity, columns, count),
        counts=unit.has_counter or unit.has_events,
    )


def _due(unit: str, start_s: int, count: int, expected: Expected) -> Floats:
    rates = [
        expected.t_per_h(unit, start_s + minute * MINUTE_S + MINUTE_S // 2) for minute in range(0, count, ASK_EVERY)
    ]
    per_minute = np.array([np.nan if rate is None else rate / HOUR for rate in rates], np.float64)
    return np.repeat(per_minute, ASK_EVERY)[:count]


def _activity(gauge: Gauge | None, columns: UnitMinutes, count: int) -> Floats:
    if gauge is None or gauge.signal not in columns.values:
        return np.full(count, np.nan)
    # Only good values: a verdict must not rest on what detection would not believe.
    good = columns.quality[gauge.signal] == Quality.GOOD
    return np.where(good, 100.0 * columns.values[gauge.signal].astype(np.float64) / gauge.nominal, np.nan)


def _sum(members: Sequence[Curve]) -> Curve:
    return Curve(
        start_s=members[0].start_s,
        made_t=np.sum([member.made_t for member in members], axis=0),
        due_t=np.sum([member.due_t for member in members], axis=0),
        known=np.all([member.known for member in members], axis=0),
        # Members take turns, so the mean of their activities says nothing about the group.
        activity_pct=np.full(len(members[0].made_t), np.nan),
        counts=any(member.counts for member in members),
    )
