"""Units that share their work, such as the converters of one shop: their output is judged as one.

One of three converters is usually in relining, and the other two take turns as hot metal comes. The pace of one alone
says little; the pace of the shop says it all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.detection.evidence.due_pace import DuePace
from models.detection.judgement import Basis, Judgement, reach, slow_pace
from models.detection.minutes.observed import UnitSample
from models.detection.pace import Low, Pace
from models.detection.unit_watch import UnitWatch
from models.works.codes import UnitState
from models.works.detection_rules import HOUR, MAJOR_AFTER_S

SHARES_OF_GROUPS = (4.0, 2.0, 1.0)
"""No part of the window, unlike for a single unit: hot metal comes in taps of several heats, so half a window holds too
few of them."""
ALONE_STANDS_S = 2 * HOUR
"""A member is named as the one that stands after two hours. A heat takes 36 to 48 minutes in the simulated works, so
two that take turns rest for less."""
ALONE_EVENTS = 3
"""A sibling ended at least three events meanwhile: it did more than take its turn. With fewer, a shop that was slow by
a lack of hot metal had a culprit by chance."""
QUIET_S = HOUR
"""A stop of the group needs an hour without work by any signal too: a heat that is under way is not yet an event."""
FED_S = HOUR * 25 // 60
"""Hot metal for another heat shows as work within 25 minutes: ladle, crane and the time until the blow begins. Until
then the shop waits."""
WAITS_TIMES = 2
"""A shop that waits for hot metal stops at twice its limit: its own stop is the lesser news, but no wait lasts
forever."""
GAPS_IN_TIME = 2
"""A shop that stood is well after two gaps within the limit, that is with its third heat in time. A shop with work for
a fifth of its time ends two heats close together by chance, hardly three: so it was in the published conveyor fire."""


@dataclass(frozen=True, slots=True)
class _Before:
    """Tonnes that had been made and were due at `at_s` (UTC seconds), when the last event before a stop ended."""

    at_s: int
    made_t: float
    due_t: float


@dataclass(slots=True)
class GroupWatch:
    """`members` in the order of the plant. `judgement` is of the group; None: it works, or cannot be judged.

    `major`: it stood for long enough to be of the first severity, and has not come back since.
    """

    members: Sequence[UnitWatch]
    judgement: Judgement | None = None
    major: bool = False
    last_event_s: int | None = None
    _pace: DuePace = field(default_factory=lambda: DuePace(Pace(shares=SHARES_OF_GROUPS)))
    _pending: list[tuple[int, float]] = field(default_factory=list)
    _began_s: int | None = None
    _made_t: float = 0.0
    _supplied_before_t: float | None = None
    _fed_s: int | None = None
    _culprit: UnitWatch | None = None
    _before_stop: _Before | None = None
    _events_at_stop: int = 0
    _events: int = 0
    _gaps_in_time: int = 0

    def step(
        self, at_s: int, samples: Sequence[UnitSample | None], span_s: int, supplied_t: float | None = None
    ) -> None:
        """Judge the group at `at_s` (UTC seconds), after its members were judged; `samples` in their order.

        `supplied_t`: what its suppliers have made since the watch began; None if it has none.
        """
        rate = sum(member.rate_t_per_h or 0.0 for member in self.members)
        self._began_s = at_s - span_s if self._began_s is None else self._began_s
        self._pace.add_due(rate * span_s / HOUR)
        for sample in samples:
            if sample is not None:
                self._pending += sample.events
                if sample.uncertain:
                    self._pace.restart()
        working = [member for member in self.members if member.judgement.state is not UnitState.PLANNED]
        if any(member.data_fault for member in working):
            return  # what they make is not known, so the judgement of before holds
        for end_s, tonnes in sorted(self._pending):
            self._pace.event_ended(end_s, tonnes, rate * max(0, at_s - end_s) / HOUR)
            in_time = end_s - (self.last_event_s or 0) <= (self.members[0].unit.rules.no_event_s or 0)
            self._gaps_in_time = self._gaps_in_time + 1 if in_time else 0
            self.last_event_s = max(end_s, self.last_event_s or end_s)
            self._events += 1
            self._made_t += tonnes
            self._supplied_before_t = supplied_t
        self._pending.clear()
        waits = supplied_t is not None and self._waits(at_s, supplied_t)
        self.judgement = self._judge(at_s, rate, working, waits=waits)
        culprit = self.alone(at_s) if self.judgement is not None else None
        if (
            culprit is None
            and self._culprit is not None
            and self._culprit.evidence.idle_since_s() > at_s - ALONE_STANDS_S
        ):
            self._pace.restart()  # the one that stood works again: the missing tonnes were its own, not the group's
            self.judgement = None
        self._culprit = culprit

    def alone(self, at_s: int) -> UnitWatch | None:
        """The member that has stood for long while another one did the work, if there is one.

        While the data of any member fail, it is the one that it was before. After all of them stood, it is none: the
        shop has a cause that they share.
        """
        if self._before_stop is not None:
            return None
        if any(member.data_fault for member in self.members):
            return self._culprit
        standing = [
            member
            for member in self.members
            if member.judgement.state is not UnitState.PLANNED
            and member.evidence.idle_since_s() <= at_s - ALONE_STANDS_S
            and self._is_overtaken(member)
        ]
        return min(standing, key=lambda member: member.evidence.idle_since_s(), default=None)

    def _is_overtaken(self, member: UnitWatch) -> bool:
        """Whether a sibling has ended several events since this one last worked."""
        idle_s = member.evidence.idle_since_s()
        return any(
            sum(end_s > idle_s for end_s in other.evidence.output.recent_ends) >= ALONE_EVENTS
            for other in self.members
            if other is not member
        )

    def _waits(self, at_s: int, supplied_t: float) -> bool:
        """Whether the suppliers gave too little for another event since the last one, or enough only just now."""
        if not self._events or self._supplied_before_t is None:
            return False
        if supplied_t - self._supplied_before_t < self._made_t / self._events:
            self._fed_s = None
        elif self._fed_s is None:
            self._fed_s = at_s
        return self._fed_s is None or at_s - self._fed_s < FED_S

    def _judge(self, at_s: int, rate: float, working: Sequence[UnitWatch], *, waits: bool) -> Judgement | None:
        if not working or rate <= 0:
            # All stand by plan, or nothing is due: a stop from before is no longer one.
            self._clear_stop()
            return None
        held = self.judgement
        limit_s = working[0].unit.rules.no_event_s
        since_s = max(self.last_event_s or 0, self._began_s or 0, *(_watched_since(member, at_s) for member in working))
        quiet = all(member.evidence.idle_since_s() <= at_s - QUIET_S for member in working)
        if held is not None and held.state is UnitState.STOPPED:
            # A stop lasts until an event ends: oxygen may be blown for a test, steel is made only by a heat.
            if self._events == self._events_at_stop:
                self.major = self.major or at_s - held.since_s >= (limit_s or 0) + MAJOR_AFTER_S
                return held
        elif limit_s is not None and at_s - since_s >= (WAITS_TIMES * limit_s if waits else limit_s) and quiet:
            self._events_at_stop, self._gaps_in_time = self._events, 0
            if self._before_stop is None:
                due_t = self._pace.due_t - rate * (at_s - since_s) / HOUR
                self._before_stop = _Before(since_s, self._made_t, due_t)
            return Judgement(UnitState.STOPPED, Basis.NO_EVENT, since_s, {}, 0.0)
        if self._before_stop is not None:
            if self._gaps_in_time < GAPS_IN_TIME:
                return self._comes_back(at_s, self._before_stop)
            self._clear_stop()
            self._pace.restart()
            return None
        limit = working[0].unit.limit
        slow = held if held is not None and held.state is UnitState.SLOW else None
        low = self._pace.pace.low(limit, rate, reach(slow))
        if low is not None:
            return slow_pace(low, slow.since_s if slow is not None else low.start_s)
        if slow is not None and not self._pace.pace.well(limit, rate):
            return slow
        if slow is not None:
            self._pace.restart()
        return None

    def _comes_back(self, at_s: int, before: _Before) -> Judgement:
        """Slow since the stop began: one event does not show that the shop works as it should; several in time do.

        Without this, a shop that gets iron for one heat every few hours would be stopped and well by turns.
        """
        made_t, due_t = self._made_t - before.made_t, self._pace.due_t - before.due_t
        return slow_pace(Low(before.at_s, at_s, made_t, due_t), before.at_s)

    def _clear_stop(self) -> None:
        self._before_stop, self.major = None, False


def _watched_since(member: UnitWatch, at_s: int) -> int:
    """Since when events of a member would have been seen: its repair is over, and its source was not silent for long.

    After a cut of hours its ring may have lost what was made, and is read a moment after the first answer.
    """
    window = member.window
    repaired_s = window.end_s if window is not None and window.end_s <= at_s else 0
    return max(repaired_s, member.evidence.link.began_s or 0)
