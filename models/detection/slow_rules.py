"""When a unit counts as slow: by a steady signal, or by output over whole events. Asked of a unit that works."""

from dataclasses import dataclass

from models.detection.judgement import Basis, Judgement, reach, slow_pace
from models.detection.sequences import Sequences
from models.detection.situation import Situation
from models.works.codes import UnitState
from models.works.detection_rules import ActivityLimit

LOW_FOR_SHARE = 0.75
"""A signal is low if it is below its limit for this share of the time: a dip of minutes is no slow-down, and a short
return to full work does not hide one."""
DISAGREE_PCT = 8.0
"""Output and activity disagree if they are this far apart, in percent of what is due. That is wider than the band
between raising and clearing (7 % for a furnace): output that is just well and a signal just below its limit still
agree."""


@dataclass(frozen=True, slots=True)
class SlowRules:
    """The rules, over one situation. `sequences`: the unit's output over whole sequences."""

    now: Situation
    sequences: Sequences

    def found(self) -> Judgement | None:
        """The slow-down that holds, or an instrument that only pretends one; None: neither."""
        limit = self.now.unit.rules.activity
        if limit is not None:
            found = self._by_activity(limit)
            if found is not None or self._is_held_by_activity():
                return found
        return None if self.now.unit.rules.together else self._by_pace()

    def _is_held_by_activity(self) -> bool:
        return self.now.slow is not None and self.now.slow.basis is Basis.ACTIVITY_SLOW

    def _by_activity(self, limit: ActivityLimit) -> Judgement | None:
        """Slow by the level of the activity.

        It is raised by the lower limit for most of the time, and over only when the median is above the higher one: so
        it does not flicker.
        """
        now, held = self.now, self._is_held_by_activity()
        level = now.evidence.levels.quantile(limit.hold_s, 0.5 if held else LOW_FOR_SHARE)
        if level is None:
            return now.slow if held else None  # after a time without data: whether it is over is not known yet
        if level >= (limit.clear_pct if held else limit.raise_pct):
            return None
        since_s = now.at_s - limit.hold_s if now.slow is None else now.slow.since_s
        facts = {"mean_pct": level, "hold_s": limit.hold_s, **now.evidence.activity.facts()}
        slow = Judgement(UnitState.SLOW, Basis.ACTIVITY_SLOW, since_s, facts, level)
        return self._disagreement() or slow

    def _by_pace(self) -> Judgement | None:
        now, slow, limit, rate = self.now, self.now.slow, self.now.unit.limit, self.now.rate_t_per_h
        if not rate:
            return slow  # nothing is due now, so nothing says that it is over
        low = now.evidence.pace.low(limit, rate, reach(slow)) or self.sequences.low(limit, rate)
        if low is not None:
            return slow_pace(low, low.start_s if slow is None else slow.since_s)
        is_over = slow is None or slow.basis is not Basis.PACE or now.evidence.pace.well(limit, rate)
        return None if is_over else slow

    def _disagreement(self) -> Judgement | None:
        """Activity that was low for as long as output was well: the instrument is wrong, and not the unit.

        If the activity fell at once, output of the time before would hide that: the whole window of output has to lie
        behind the beginning of the slow-down. Output of casters depends on steel, so it says nothing about their speed.
        """
        now, evidence, limit = self.now, self.now.evidence, self.now.unit.limit
        if not now.rate_t_per_h or now.unit.rules.sequence_events:
            return None
        window = evidence.pace.over(limit.window_h * now.rate_t_per_h)
        level = None if window is None else evidence.levels.between(window.start_s, window.end_s)
        if window is None or level is None or (now.slow is not None and window.start_s < now.slow.since_s):
            return None
        pct = 100.0 * window.ratio
        if pct < limit.clear_pct or pct - level < DISAGREE_PCT:
            return None
        since_s = now.before.since_s if now.before.basis is Basis.DISAGREES else window.start_s
        facts = {"level_pct": level, "pct": pct, **evidence.activity.facts()}
        return Judgement(UnitState.BAD, Basis.DISAGREES, since_s, facts)
