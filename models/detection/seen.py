"""What a unit has shown until now: since when its activity stands, when it was last heard, what it made."""

from collections import deque
from dataclasses import dataclass, field

from models.codes import Quality
from models.detection.observed import NO_QUALITY, UnitSample
from models.detection.pace import Pace
from models.detection.watched import Watched

WORKS_PCT = 50.0
"""Activity above this share of its nominal is work beyond doubt."""
FALLEN_PCT = 60.0
"""What falls with the activity of a unit that stands is below this share of its nominal then."""
BLOCK_S = 600
"""A counter's growth is added up in blocks of this."""
STUCK_S = 3600
COUNTS_LATE_S = 600


@dataclass(slots=True)
class Seen:
    """Instants are UTC seconds; None: never, or not now. `spell`: the last time of work that ended. See `take`."""

    unit: Watched
    began_s: int | None = None
    heard_s: int | None = None
    moved_s: int | None = None
    longest_pause_s: int = 0
    good_s: int | None = None
    bad_since_s: int | None = None
    standing_since_s: int | None = None
    working_s: int | None = None
    working_since_s: int | None = None
    spell: tuple[int, int] | None = None
    fallen: bool = True
    output_s: int | None = None
    events_standing: int = 0
    grown_standing_t: float = 0.0
    due_standing_t: float = 0.0
    activity_pct: float | None = None
    constant_since_s: int | None = None
    events: int = 0
    looked: bool = False
    due_t: float = 0.0
    pace: Pace = field(default_factory=Pace)
    _last_value: float | None = None
    _marked_due_t: float = 0.0
    _block_t: float = 0.0
    _block_since_s: int | None = None
    _worked: deque[tuple[int, float]] = field(default_factory=deque)

    def take(self, at_s: int, span_s: int, sample: UnitSample, rate_t_per_h: float | None) -> None:
        """Take what was seen in the `span_s` seconds that end at `at_s`; `rate_t_per_h` is expected then."""
        self.began_s = at_s - span_s if self.began_s is None else self.began_s
        due_t = 0.0 if rate_t_per_h is None else rate_t_per_h * span_s / 3600
        self.due_t += due_t
        if sample.heard:
            self.heard_s = at_s
            if sample.moved or self.moved_s is None:
                if self.moved_s is not None and self.bad_since_s is None:
                    self.longest_pause_s = max(self.longest_pause_s, at_s - self.moved_s - span_s)
                self.moved_s = at_s
        elif self.moved_s is not None:
            self.moved_s += span_s  # what was not heard may have moved
        self.looked = sample.looked
        self._take_activity(at_s, span_s, sample)
        self._take_output(at_s, sample, rate_t_per_h or 0.0, due_t)

    def activity_quantile(self, hold_s: int, share: float) -> float | None:
        """The activity, in percent of its nominal, below which it was for `share` of the last `hold_s` of work.

        None before that is full. Time in which it stands is left out, and a quantile does not heed the minute in
        which a standstill begins.
        """
        kept = self._worked
        while kept and kept[0][0] <= kept[-1][0] - hold_s:
            kept.popleft()
        if len(kept) < 3 or kept[-1][0] - kept[0][0] < hold_s * 0.9:
            return None
        ordered = sorted(pct for _, pct in kept)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def facts(self) -> dict[str, float]:
        """What the activity shows now: its value, its nominal, and the one in percent of it; {} where unknown."""
        gauge, pct = self.unit.activity, self.activity_pct
        if gauge is None or pct is None:
            return {}
        return {"value": pct * gauge.nominal / 100.0, "nominal": gauge.nominal, "activity_pct": pct}

    def restart(self) -> None:
        """Begin pace and means anew: what was before a standstill says nothing of what comes."""
        self.pace.restart()
        self._worked.clear()
        self._marked_due_t, self._block_t, self._block_since_s = self.due_t, 0.0, None

    def _take_activity(self, at_s: int, span_s: int, sample: UnitSample) -> None:
        gauge = self.unit.activity
        if gauge is None:
            return
        signal = sample.signals.get(gauge.signal)
        if signal is None or signal.quality != Quality.GOOD or signal.value != signal.value:
            if sample.heard and (signal is None or signal.quality != NO_QUALITY) and self.bad_since_s is None:
                self.bad_since_s = at_s - span_s
            self.activity_pct = None
            return
        self.good_s, self.bad_since_s = at_s, None
        pct = 100.0 * signal.value / gauge.nominal
        self.activity_pct = pct
        if signal.value != self._last_value:
            self._last_value, self.constant_since_s = signal.value, at_s
        if pct < self.unit.rules.stop_pct:
            if self.standing_since_s is None:
                self.standing_since_s = at_s - span_s
                self.events_standing, self.grown_standing_t, self.due_standing_t = 0, 0.0, 0.0
        else:
            self.standing_since_s = None
            self._worked.append((at_s, pct))
        if pct >= WORKS_PCT:
            self.working_s = at_s
            self.working_since_s = at_s - span_s if self.working_since_s is None else self.working_since_s
        elif self.working_since_s is not None:
            self.spell, self.working_since_s = (self.working_since_s, at_s - span_s), None
        self.fallen = all(self._has_fallen(sample, other.signal, other.nominal) for other in self.unit.corroborating)

    @staticmethod
    def _has_fallen(sample: UnitSample, name: str, nominal: float) -> bool:
        signal = sample.signals.get(name)
        if signal is None or signal.quality != Quality.GOOD or signal.value != signal.value:
            return True
        return 100.0 * signal.value / nominal < FALLEN_PCT

    def _take_output(self, at_s: int, sample: UnitSample, rate_t_per_h: float, due_t: float) -> None:
        if sample.uncertain:
            self.restart()
            return
        for end_s, tonnes in sorted(sample.events):
            due_at_end_t = self.due_t - rate_t_per_h * max(0, at_s - end_s) / 3600
            self.pace.mark(end_s, tonnes, due_at_end_t - self._marked_due_t)
            self._marked_due_t = max(self._marked_due_t, due_at_end_t)
            self.events += 1
            self.output_s = max(end_s, self.output_s or end_s)
            if self.standing_since_s is not None and end_s > self.standing_since_s + COUNTS_LATE_S:
                self.events_standing += 1
        if sample.counted_t is None:
            return
        self._block_t += sample.counted_t
        if self.standing_since_s is not None:
            self.grown_standing_t += sample.counted_t
            self.due_standing_t += due_t
        if sample.counted_t > self.unit.rules.stop_pct / 100.0 * due_t and sample.counted_t > 0:
            self.output_s = at_s
        if self._block_since_s is None:
            self._block_since_s = at_s
            self.pace.mark(at_s, 0.0, 0.0)
            self._block_t, self._marked_due_t = 0.0, self.due_t
        elif at_s - self._block_since_s >= BLOCK_S:
            self.pace.mark(at_s, self._block_t, self.due_t - self._marked_due_t)
            self._block_t, self._block_since_s, self._marked_due_t = 0.0, at_s, self.due_t
