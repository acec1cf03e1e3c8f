"""Trends: shifts that fell short, and output that drifts, by what each unit made from boundary to boundary.

A shift or a day is left out if the unit's data failed in it, or if a stop was reported: it says nothing new.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.detection.finding import Finding, FindingKind
from models.detection.judgement import Basis
from models.detection.trends.drift import DriftWatch
from models.detection.unit_watch import UnitWatch
from models.detection.works_watch import TREND_SEVERITY, WorksWatch
from models.works.calendar import NS, day_bounds, production_day, shift_bounds
from models.works.codes import UnitState
from models.works.plant import Calendar, Plant

MOST_LOST_S = 3600
"""A shift or a day is left out if more than an hour of it was lost to data faults or stops. An hour is a twelfth or an
eighth of a shift, about the shortfall that a shift's limit allows for."""

UNSEEN_S = 900
"""Steps that are further apart saw nothing of the time between: the machine slept, or its clock was set ahead. A slot
comes every ten seconds, and a minute of history every minute."""


@dataclass(frozen=True, slots=True)
class _Totals:
    made_t: float
    due_t: float
    lost_s: int


@dataclass(slots=True)
class _UnitTrends:
    """What is kept of one unit. `shift` and `day`: the totals at their beginning, None if that was not watched."""

    calendar: Calendar
    drift: DriftWatch = field(default_factory=DriftWatch)
    short: Finding | None = None
    shift: _Totals | None = None
    day: _Totals | None = None
    shift_end_s: int = 0
    day_end_s: int = 0
    day_number: int = 0
    lost_s: int = 0
    found_s: int = 0


@dataclass(slots=True)
class TrendWatch:
    """Step it after `works`, at the same instants."""

    plant: Plant
    works: WorksWatch
    _units: dict[str, _UnitTrends] = field(init=False)
    _at_s: int = 0

    def __post_init__(self) -> None:
        self._units = {
            code: _UnitTrends(self.plant.shops[watch.unit.shop].calendar)
            for code, watch in self.works.units.items()
            if watch.unit.product and not watch.unit.rules.together
        }

    def load(self, unit: str, days: Mapping[int, tuple[float, float]]) -> None:
        """Take days that have ended: (actual tonnes, tonnes due) by the ordinal of the production date."""
        known = self._units.get(unit)
        if known is not None:
            for day, (actual_t, due_t) in sorted(days.items()):
                known.drift.add(day, actual_t, due_t)

    def step(self) -> None:
        """Take what the works shows now."""
        at_s, before_s = self.works.at_s, self._at_s
        if at_s <= before_s:
            return
        self._at_s = at_s
        for code, kept in self._units.items():
            watch = self.works.units[code]
            if before_s and (_is_lost(watch) or at_s - before_s > UNSEEN_S):
                kept.lost_s += at_s - before_s
            if at_s >= kept.shift_end_s:
                self._end_shift(watch, kept)
            if at_s >= kept.day_end_s:
                self._end_day(watch, kept)

    def findings(self) -> Iterator[Finding]:
        """What holds now."""
        for code, kept in self._units.items():
            if kept.short is not None:
                yield kept.short
            drift, unit = kept.drift.drift, self.works.units[code].unit
            if drift is not None:
                since_ns = day_bounds(kept.calendar, date.fromordinal(drift.since_day))[0]
                yield Finding(
                    kind=FindingKind.DRIFT,
                    shop=unit.shop,
                    unit=code,
                    product=unit.product,
                    severity=TREND_SEVERITY,
                    since_s=since_ns // NS,
                    found_s=kept.found_s,
                    facts={"drop_pct": drift.drop_pct},
                )

    def _end_shift(self, watch: UnitWatch, kept: _UnitTrends) -> None:
        """Judge the shift that has ended, and begin the next."""
        totals, before, end_s = self._totals(watch, kept), kept.shift, kept.shift_end_s
        bounds = shift_bounds(kept.calendar, self._at_s * NS)
        kept.shift, kept.shift_end_s = totals, bounds[1] // NS
        if before is None:
            # The watch began in the middle of this shift: too little of it is known.
            kept.shift = None if self._at_s - bounds[0] // NS > MOST_LOST_S else totals
            return
        limit, due_t = watch.unit.rules.shift_pct, totals.due_t - before.due_t
        made_t = totals.made_t - before.made_t
        whole = totals.lost_s - before.lost_s <= MOST_LOST_S
        if limit is None or due_t <= 0 or not whole or 100.0 * made_t / due_t >= limit:
            kept.short = None
            return
        kept.short = Finding(
            kind=FindingKind.SHIFT_SHORT,
            shop=watch.unit.shop,
            unit=watch.unit.code,
            product=watch.unit.product,
            severity=TREND_SEVERITY,
            since_s=end_s,
            found_s=self._at_s,
            lost_t=due_t - made_t,
            facts={"made_t": made_t, "due_t": due_t, "pct": 100.0 * made_t / due_t},
        )

    def _end_day(self, watch: UnitWatch, kept: _UnitTrends) -> None:
        totals, before, day = self._totals(watch, kept), kept.day, kept.day_number
        today = production_day(kept.calendar, self._at_s * NS)
        bounds = day_bounds(kept.calendar, today)
        fresh = self._at_s - bounds[0] // NS <= MOST_LOST_S
        kept.day, kept.day_end_s, kept.day_number = totals if fresh else None, bounds[1] // NS, today.toordinal()
        if before is None or totals.lost_s - before.lost_s > MOST_LOST_S:
            return
        was = kept.drift.drift
        kept.drift.add(day, totals.made_t - before.made_t, totals.due_t - before.due_t)
        if was is None and kept.drift.drift is not None:
            kept.found_s = self._at_s

    def _totals(self, watch: UnitWatch, kept: _UnitTrends) -> _Totals:
        return _Totals(watch.evidence.output.made_t, watch.due_t, kept.lost_s)


def _is_lost(watch: UnitWatch) -> bool:
    """Whether this time says nothing about how the unit usually works.

    Repair shifts and waits between sequences are part of every usual day, so they do not count as lost.
    """
    judgement = watch.judgement
    daily = judgement.basis is Basis.REPAIR and watch.window is not None and watch.window.daily
    return judgement.state not in (UnitState.OK, UnitState.SLOW) and judgement.basis is not Basis.WAITING and not daily
