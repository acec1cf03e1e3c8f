"""Everything that the rules of one unit look at, at one instant."""

from dataclasses import dataclass

from models.detection.expected.expected import Window
from models.detection.judgement import Basis, Judgement
from models.detection.unit_evidence import UnitEvidence
from models.detection.watched import WatchedUnit
from models.works.codes import UnitState


@dataclass(frozen=True, slots=True)
class RampUp:
    """The time [since_s, until_s) (UTC seconds) in which a unit may come back after a standstill."""

    since_s: int = 0
    until_s: int = 0

    def runs(self, at_s: int) -> bool:
        """Whether it runs at `at_s`."""
        return at_s < self.until_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One unit at `at_s` (UTC seconds).

    `rate_t_per_h`: expected now; 0 while it stands by plan, None without a target. `window`: the planned standstill
    that runs, else the one that ended last. `before`: the judgement until now. `drop`: the output drop that holds.
    `waited`: how many events its suppliers ended while it waits for them (None: it does not wait). `events_at_stop`:
    how many events had ended when its last stop was found.
    """

    evidence: UnitEvidence
    at_s: int
    rate_t_per_h: float | None
    window: Window | None
    ramp_up: RampUp
    before: Judgement
    drop: Judgement | None
    waited: int | None
    events_at_stop: int

    @property
    def unit(self) -> WatchedUnit:
        """The unit."""
        return self.evidence.unit

    @property
    def slow(self) -> Judgement | None:
        """The slow-down that holds."""
        return self.drop if self.drop is not None and self.drop.state is UnitState.SLOW else None

    @property
    def stop(self) -> Judgement | None:
        """The stop that holds."""
        return self.drop if self.drop is not None and self.drop.state is UnitState.STOPPED else None

    @property
    def running_window(self) -> Window | None:
        """The planned standstill that runs."""
        return self.window if self.window is not None and self.at_s < self.window.end_s else None

    @property
    def last_window(self) -> Window | None:
        """The planned standstill that ended last; None while one runs."""
        return self.window if self.window is not None and self.at_s >= self.window.end_s else None

    def since_output_s(self) -> int:
        """Since when output that was due is missing: the last output, or the end of the standstill after it."""
        evidence = self.evidence
        began_s = evidence.link.began_s or self.at_s
        since_s = max(began_s, evidence.output.last_s or began_s, self.ramp_up.since_s)
        return max(since_s, self.window.end_s) if self.window is not None else since_s


def is_daily_repair(judgement: Judgement, window: Window | None) -> bool:
    """Whether the unit stands for a repair shift of every day: it ends no drop, and no ramp-up follows it."""
    return judgement.basis is Basis.REPAIR and window is not None and window.daily
