"""What a unit has shown until now: since when its activity stands, when it was last heard, what it made."""

from collections import deque
from dataclasses import dataclass, field

from models.detection.minutes.observed import NO_QUALITY, UnitSample
from models.detection.pace import Pace
from models.detection.watched import Gauge, Watched
from models.works.codes import Quality

WORKS_PCT = 50.0
"""Activity above this share of its nominal is work beyond doubt."""
FALLEN_PCT = 60.0
"""What falls with the activity of a unit that stands is below this share of its nominal then."""
BLOCK_S = 600
"""A counter's growth is added up in blocks of this."""
STUCK_S = 3600
STILL_S = 120
"""Nothing moves for so long: no time between two readings."""
SPELL_S = 300
SPELL_APART_S = 1200
"""A time of work is so long at least, and two are so far apart: a blow that is resumed is the same blow."""
SPELLS_LOST_S = 10_800
LEVELS_KEPT = 4096
RECENT = 64
UNHEARD_S = 3600
COUNTS_LATE_S = 600


@dataclass(slots=True)
class Seen:
    """Instants are UTC seconds; None: never, or not now. See `take`.

    `worked_s`: how long the activity showed work since the last output; `spells`: how often it came and went since.
    `still_pauses`: how often nothing moved for a while in which the unit stood, and then moved again.
    """

    unit: Watched
    began_s: int | None = None
    heard_s: int | None = None
    moved_s: int | None = None
    longest_pause_s: int = 0
    still_pauses: int = 0
    good_s: int | None = None
    bad_since_s: int | None = None
    standing_since_s: int | None = None
    working_s: int | None = None
    working_since_s: int | None = None
    worked_s: int = 0
    spells: int = 0
    _spell_end_s: int = 0
    fallen: bool = True
    other_zero_since_s: int | None = None
    output_s: int | None = None
    events_standing: int = 0
    grown_standing_t: float = 0.0
    due_standing_t: float = 0.0
    activity_pct: float | None = None
    constant_since_s: int | None = None
    events: int = 0
    recent_ends: deque[int] = field(default_factory=lambda: deque(maxlen=RECENT))
    made_t: float = 0.0
    looked_s: int | None = None
    due_t: float = 0.0
    pace: Pace = field(default_factory=Pace)
    _last_value: float | None = None
    _marked_due_t: float = 0.0
    _block_t: float = 0.0
    _block_since_s: int | None = None
    _worked: deque[tuple[int, float]] = field(default_factory=deque)
    _level: tuple[float, int] = (0.0, 0)
    _levels: dict[int, tuple[float, int]] = field(default_factory=dict)

    def take(self, at_s: int, span_s: int, sample: UnitSample, rate_t_per_h: float | None) -> None:
        """Take what was seen in the `span_s` seconds that end at `at_s`; `rate_t_per_h` is expected then."""
        self.began_s = at_s - span_s if self.began_s is None else self.began_s
        due_t = 0.0 if rate_t_per_h is None else rate_t_per_h * span_s / 3600
        self.due_t += due_t
        if sample.heard:
            if self.heard_s is None or at_s - self.heard_s > UNHEARD_S:
                self.began_s = at_s - span_s  # of output that was due meanwhile nothing is known
            self.heard_s = at_s
            if sample.moved or self.moved_s is None:
                if self.moved_s is not None and self.bad_since_s is None:
                    self._note_pause(at_s - self.moved_s - span_s)
                self.moved_s = at_s
        elif self.moved_s is not None:
            self.moved_s += span_s  # what was not heard may have moved
        if sample.looked or self.looked_s is None:
            self.looked_s = at_s
        self._take_activity(at_s, span_s, sample)
        self._take_output(at_s, sample, rate_t_per_h or 0.0, due_t)
        if sample.uncertain:
            self.restart()

    def shows_activity(self, at_s: int) -> bool:
        """Whether the activity was good lately: where it is read less often than samples come, its last value holds."""
        return self.good_s is not None and at_s - self.good_s <= self.unit.stale_s

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

    def level_pct(self, start_s: int, end_s: int) -> float | None:
        """The mean of the activity, in percent of its nominal, between two marks of the pace; None where not known."""
        start, end = self._levels.get(start_s), self._levels.get(end_s)
        if start is None or end is None or end[1] <= start[1]:
            return None
        return (end[0] - start[0]) / (end[1] - start[1])

    def silent(self, at_s: int) -> bool:
        """Whether nothing was heard for longer than the unit's limit."""
        return self.heard_s is None or at_s - self.heard_s > self.unit.stale_s

    def facts(self) -> dict[str, float]:
        """What the activity showed last with good quality: its value, its nominal, and the one in percent of it.

        {} where it never did.
        """
        gauge, value = self.unit.activity, self._last_value
        if gauge is None or value is None:
            return {}
        return {"value": value, "nominal": gauge.nominal, "activity_pct": 100.0 * value / gauge.nominal}

    def restart(self) -> None:
        """Begin pace and means anew: what was before a standstill says nothing of what comes."""
        self.pace.restart()
        self._worked.clear()
        self._marked_due_t, self._block_t, self._block_since_s = self.due_t, 0.0, None

    def _note_pause(self, pause_s: int) -> None:
        self.longest_pause_s = max(self.longest_pause_s, pause_s)
        if self.standing_since_s is not None and pause_s >= STILL_S:
            self.still_pauses += 1

    def _note_level(self, mark_s: int) -> None:
        self._levels[mark_s] = self._level
        if len(self._levels) > LEVELS_KEPT:
            del self._levels[next(iter(self._levels))]

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
        held_s = at_s - self.good_s if self.shows_activity(at_s) and self.good_s is not None else span_s
        self.good_s, self.bad_since_s = at_s, None
        pct = 100.0 * signal.value / gauge.nominal
        self._level = (self._level[0] + pct * span_s, self._level[1] + span_s)
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
            self.worked_s += held_s
            if self.working_since_s is None:
                self.working_since_s = at_s - span_s
            if at_s - self.working_since_s >= SPELL_S:
                apart_s = self.working_since_s - self._spell_end_s
                if apart_s > SPELLS_LOST_S:
                    self.spells = 1  # what was begun so long ago was given up
                elif apart_s > SPELL_APART_S:
                    self.spells += 1
                self._spell_end_s = at_s
        else:
            self.working_since_s = None
        shown = (_good_pct(sample, other) for other in self.unit.corroborating)
        others = [other_pct for other_pct in shown if other_pct is not None]
        if others:  # of a moment without a good reading nothing is known: what was shown before still counts
            self.fallen = all(other_pct < FALLEN_PCT for other_pct in others)
        stop_pct = self.unit.rules.stop_pct
        if any(other_pct < stop_pct for other_pct in others) and pct >= 2 * stop_pct:
            self.other_zero_since_s = self.other_zero_since_s or at_s - span_s
        else:
            self.other_zero_since_s = None

    def _take_output(self, at_s: int, sample: UnitSample, rate_t_per_h: float, due_t: float) -> None:
        for end_s, tonnes in sorted(sample.events):
            due_at_end_t = self.due_t - rate_t_per_h * max(0, at_s - end_s) / 3600
            if not self.pace.ends_s:
                self._marked_due_t = due_at_end_t
            self.pace.mark(end_s, tonnes, due_at_end_t - self._marked_due_t)
            self._marked_due_t = max(self._marked_due_t, due_at_end_t)
            self._note_level(end_s)
            self.events += 1
            self.recent_ends.append(end_s)
            self.made_t += tonnes
            self.output_s = max(end_s, self.output_s or end_s)
            self.worked_s = self.spells = 0
            if self.standing_since_s is not None and end_s > self.standing_since_s + COUNTS_LATE_S:
                self.events_standing += 1
        if sample.counted_t is None:
            return
        self._block_t += sample.counted_t
        self.made_t += sample.counted_t
        if self.standing_since_s is not None:
            self.grown_standing_t += sample.counted_t
            self.due_standing_t += due_t
        if sample.counted_t > self.unit.rules.stop_pct / 100.0 * due_t and sample.counted_t > 0:
            self.output_s, self.worked_s = at_s, 0
        if self._block_since_s is None:
            self._block_since_s = at_s
            self.pace.mark(at_s, 0.0, 0.0)
            self._block_t, self._marked_due_t = 0.0, self.due_t
        elif at_s - self._block_since_s >= BLOCK_S:
            self.pace.mark(at_s, self._block_t, self.due_t - self._marked_due_t)
            self._note_level(at_s)
            self._block_t, self._block_since_s, self._marked_due_t = 0.0, at_s, self.due_t


def _good_pct(sample: UnitSample, gauge: Gauge) -> float | None:
    signal = sample.signals.get(gauge.signal)
    if signal is None or signal.quality != Quality.GOOD or signal.value != signal.value:
        return None
    return 100.0 * signal.value / gauge.nominal
