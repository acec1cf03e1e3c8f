"""When a unit's source answered, and when what it sends last moved."""

from dataclasses import dataclass

from models.detection.minutes.observed import UnitSample

UNHEARD_S = 3600
"""After a silence longer than this, the wait for output begins anew: what was made meanwhile is not known, and a loss
of data must not become a drop. The hour is a judgement. After shorter cuts the events in the controller's ring come
late and fill the hole; a longer allowance would let a cut link pass for a stop."""
STILL_S = 120
"""Nothing moved for this long: a pause, and not just the time between two readings. Two minutes hold twelve live
samples or two kept minutes."""


@dataclass(slots=True)
class SourceLink:
    """Instants are UTC seconds; None: never yet.

    `began_s`: since when the unit has been watched without a long silence. `heard_s`, `moved_s`, `looked_s`: when its
    source answered last, when a value or a stamp moved last, when its events were read last. `longest_pause_s`: the
    longest time in which nothing moved and then moved again; `pauses_at_rest`: how many pauses the unit stood through.
    `awaited_s`: since when it is waited for again after we were away ourselves; None once it was heard.
    """

    began_s: int | None = None
    heard_s: int | None = None
    moved_s: int | None = None
    looked_s: int | None = None
    longest_pause_s: int = 0
    pauses_at_rest: int = 0
    awaited_s: int | None = None

    def take(self, at_s: int, span_s: int, sample: UnitSample, *, is_good: bool, stands: bool) -> None:
        """Take the `span_s` seconds until `at_s`. `is_good`, `stands`: what the activity showed before them.

        Time in which nothing was heard is no pause: what was not heard may have moved.
        """
        self.began_s = at_s - span_s if self.began_s is None else self.began_s
        if sample.heard:
            if self.heard_s is None or at_s - self.heard_s > UNHEARD_S:
                self.began_s = at_s - span_s
            self.heard_s, self.awaited_s = at_s, None
            if sample.moved or self.moved_s is None:
                if self.moved_s is not None and is_good:
                    self._note_pause(at_s - self.moved_s - span_s, stands=stands)
                self.moved_s = at_s
        elif self.moved_s is not None:
            self.moved_s += span_s
        if sample.looked or self.looked_s is None:
            self.looked_s = at_s

    def await_anew(self, at_s: int, *, was_long: bool) -> None:
        """We were away until `at_s`: that nothing was heard meanwhile says nothing of the source."""
        if was_long and self.began_s is not None:
            self.began_s = at_s
        self.awaited_s = at_s
        self.moved_s = None if self.moved_s is None else at_s
        self.looked_s = None if self.looked_s is None else at_s

    def is_silent(self, at_s: int, limit_s: float) -> bool:
        """Whether nothing was heard for longer than `limit_s`, or since we are back."""
        return self.heard_s is None or self.awaited_s is not None or at_s - self.heard_s > limit_s

    def _note_pause(self, pause_s: int, *, stands: bool) -> None:
        self.longest_pause_s = max(self.longest_pause_s, pause_s)
        if stands and pause_s >= STILL_S:
            self.pauses_at_rest += 1
