"""What a unit has shown until now, in parts: each answers one question of the rules."""

from collections.abc import Iterable
from dataclasses import replace

from models.detection.evidence.activity import ActivityReading
from models.detection.evidence.activity_levels import ActivityLevels
from models.detection.evidence.corroboration import Corroboration
from models.detection.evidence.due_pace import DuePace
from models.detection.evidence.off_zero import OffZero
from models.detection.evidence.output import Output
from models.detection.evidence.source_link import SourceLink
from models.detection.evidence.standstill import Standstill
from models.detection.evidence.work_spells import WorkSpells
from models.detection.minutes.observed import UnitSample
from models.detection.pace import Pace
from models.detection.watched import WatchedUnit

SEEN_S = 10
"""The first sample after we were away speaks of the time in which its source was read again: of one live slot. Taken
for the whole hour that a sample may span at most, a mill that was between two coils had stood since an hour before."""


class UnitEvidence:
    """Feed it with `take`, in order of time. The parts keep facts; what they mean is for the rules to say."""

    def __init__(self, unit: WatchedUnit) -> None:
        self.unit = unit
        self.link = SourceLink()
        self.activity = ActivityReading(unit.activity, unit.stale_s)
        self.levels = ActivityLevels()
        self.work = WorkSpells()
        self.standstill = Standstill()
        self.off_zero = OffZero()
        self.corroboration = Corroboration(unit.corroborating)
        self.output = Output()
        self.due_pace = DuePace()
        self._back_s: int | None = None

    @property
    def pace(self) -> Pace:
        """Tonnes against what was due, over whole events or blocks."""
        return self.due_pace.pace

    def take(self, at_s: int, span_s: int, sample: UnitSample, rate_t_per_h: float | None) -> None:
        """Take what was seen in the `span_s` seconds that end at `at_s` (UTC); `rate_t_per_h` is expected then."""
        rate = rate_t_per_h or 0.0
        due_t = rate * span_s / 3600
        self.due_pace.add_due(due_t)
        is_good, stands = self.activity.bad_since_s is None, self.standstill.since_s is not None
        seen_s = span_s if self._back_s is None else min(span_s, max(SEEN_S, at_s - self._back_s))
        self._back_s = None
        self.link.take(at_s, seen_s, self._with_movement(sample), is_good=is_good, stands=stands)
        self._take_activity(at_s, seen_s, sample)
        self._take_events(at_s, sample.events, rate)
        if sample.counted_t is not None:
            self._take_growth(at_s, sample.counted_t, due_t)
        if sample.uncertain:
            self.restart()

    def is_silent(self, at_s: int) -> bool:
        """Whether nothing was heard for longer than the unit's limit."""
        return self.link.is_silent(at_s, self.unit.stale_s)

    def was_away(self, until_s: int, *, was_long: bool) -> None:
        """Nobody looked until then (UTC seconds): what does not move may have moved, and who is not heard may speak.

        After a long time the wait for output begins anew too. A ring may not be read yet, or the host's clock was set
        on by an hour in which nothing was made: a mill between two coils had "stood" since it was watched first.
        """
        self.link.await_anew(until_s, was_long=was_long)
        self.activity.was_away(until_s)
        self._back_s = until_s

    def idle_since_s(self) -> int:
        """Since when it has shown no work: neither by its signal nor by output (UTC seconds)."""
        return max(self.work.last_s or 0, self.output.last_s or 0, self.link.began_s or 0)

    def restart(self) -> None:
        """Begin pace and levels anew: what was before a standstill says nothing about what comes."""
        self.due_pace.restart()
        self.levels.restart()

    def _with_movement(self, sample: UnitSample) -> UnitSample:
        """The sample, in which an event that became known is movement: a controller that hangs makes none. Where there
        is nothing but events, each look at their ring is movement too: it says that none was made."""
        moved = sample.moved or bool(sample.events) or (self.unit.only_events and sample.looked)
        return sample if moved == sample.moved else replace(sample, moved=moved)

    def _take_activity(self, at_s: int, span_s: int, sample: UnitSample) -> None:
        """Without a good value of the activity, the unit stands or works as it did: nothing says otherwise."""
        holds_s = self.activity.span_s(at_s, span_s)
        pct, stop_pct = self.activity.take(at_s, span_s, sample), self.unit.rules.stop_pct
        if pct is not None:
            stands = pct < stop_pct
            self.levels.take(at_s, span_s, pct, stands=stands)
            self.standstill.take(at_s - span_s, stands=stands)
            self.work.take(at_s, span_s, pct, holds_s)
            self.corroboration.take(at_s - span_s, sample, pct, stop_pct)
        self.off_zero.take(at_s, off_zero=self.standstill.since_s is None and self.activity.is_known(at_s))

    def _take_events(self, at_s: int, events: Iterable[tuple[int, float]], rate_t_per_h: float) -> None:
        for end_s, tonnes in sorted(events):
            self.due_pace.event_ended(end_s, tonnes, rate_t_per_h * max(0, at_s - end_s) / 3600)
            self.levels.mark(end_s)
            self.output.event_ended(end_s, tonnes)
            self.work.event_ended()
            self.standstill.event_ended(end_s)

    def _take_growth(self, at_s: int, tonnes: float, due_t: float) -> None:
        self.output.made_t += tonnes
        self.standstill.output_grew(tonnes, due_t)
        # A belt that runs empty still ticks: growth below the limit of standing is no output.
        if tonnes > self.unit.rules.stop_pct / 100.0 * due_t and tonnes > 0:
            self.output.last_s = at_s
            self.work.output_grew()
        if self.due_pace.output_grew(at_s, tonnes):
            self.levels.mark(at_s)
