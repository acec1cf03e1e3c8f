"""From the readings of a gauge to its hours. Pure.

A value stands from its stamp to that of the next one, if both are at most three cadences apart (as rates are joined),
or for as long as the source confirms it. All other time is not known: it is never taken for below a limit.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.counting.measured_hour import MeasuredHour
from models.counting.rate import BRIDGE_CADENCES
from models.works.calendar import NS, hour_bounds
from models.works.measured_tag import MeasuredTag
from models.works.plant import Tag

QUARTER_NS = 900 * NS


@dataclass(frozen=True, slots=True)
class MeasuredState:
    """What is remembered of a gauge: its newest reading, up to when its value is known, and since when it stands."""

    time_ns: int
    value: float
    upto_ns: int
    moved_ns: int


@dataclass(frozen=True, slots=True)
class MeasuringRule:
    """How one gauge is measured; hours are those of `zone`."""

    tag: str
    limits: tuple[float, ...]
    bridge_ns: int
    zone: ZoneInfo

    @staticmethod
    def of(measured: MeasuredTag, tag: Tag, zone: ZoneInfo) -> "MeasuringRule":
        """The rule of a tag of the plant."""
        return MeasuringRule(measured.tag, measured.limits, round(BRIDGE_CADENCES * tag.cadence_s * NS), zone)


def hour_of(zone: ZoneInfo, instant_ns: int) -> tuple[int, int]:
    """[start_ns, end_ns) of the hour of `zone` that holds the instant."""
    return _hour_of_quarter(zone, instant_ns // QUARTER_NS)


@lru_cache(maxsize=1024)
def _hour_of_quarter(zone: ZoneInfo, quarter: int) -> tuple[int, int]:
    # Offsets of zones are multiples of 15 minutes, so all instants of a quarter are in one hour.
    return hour_bounds(zone, quarter * QUARTER_NS)


@dataclass(slots=True)
class MeasuredHours:
    """The hours of one gauge while entries are taken in. `kept`: an hour that is known already, by its start in UTC
    seconds. `changed`: what became of those that were touched."""

    rule: MeasuringRule
    state: MeasuredState | None
    kept: Callable[[int], MeasuredHour | None]
    changed: dict[int, MeasuredHour] = field(default_factory=dict)

    def take(self, time_ns: int, value: float, received_ns: int, *, joined: bool = False) -> None:
        """Take a reading. Under the stamp of the one before it says that this one stands until it was received.

        `joined`: nothing lies between this one and the one before, however far apart they are (a history of changes).
        What is older than the newest reading is left out: hours are taken in the order of stamps.
        """
        state = self.state
        if state is None:
            self._see(time_ns, value, None)
            self.state = MeasuredState(time_ns, value, time_ns, time_ns)
            return
        if time_ns < state.time_ns:
            return
        if (time_ns, value) == (state.time_ns, state.value):
            self.stands(received_ns)
            return
        is_known = joined or time_ns - state.upto_ns <= self.rule.bridge_ns
        if is_known:
            self._hold(state, time_ns)
        self._see(time_ns, value, state.value if is_known else None)
        moved_ns = state.moved_ns if is_known and value == state.value else time_ns
        self.state = MeasuredState(time_ns, value, max(time_ns, state.upto_ns), moved_ns)

    def stands(self, until_ns: int) -> None:
        """The source says that the value is until then what it was. Without a value before, that says nothing."""
        state = self.state
        if state is None or until_ns <= state.upto_ns:
            return
        if until_ns - state.upto_ns <= self.rule.bridge_ns:
            self._hold(state, until_ns)
            self.state = replace(state, upto_ns=until_ns)
            return
        # Nobody looked for a while: the value is known again, and since when it stands is not.
        self._see(until_ns, state.value, None)
        self.state = replace(state, upto_ns=until_ns, moved_ns=until_ns)

    def _hold(self, state: MeasuredState, until_ns: int) -> None:
        at_ns = state.upto_ns
        while at_ns < until_ns:
            start_ns, end_ns = hour_of(self.rule.zone, at_ns)
            to_ns = min(end_ns, until_ns)
            hour = self._hour(start_ns, state.value)
            self.changed[hour.start_s] = hour.held(state.value, (at_ns, to_ns), to_ns - state.moved_ns)
            at_ns = to_ns

    def _see(self, time_ns: int, value: float, before: float | None) -> None:
        hour = self._hour(hour_of(self.rule.zone, time_ns)[0], value)
        self.changed[hour.start_s] = hour.seen(value, before, time_ns)

    def _hour(self, start_ns: int, value: float) -> MeasuredHour:
        start_s = start_ns // NS
        found = self.changed.get(start_s) or self.kept(start_s)
        return found or MeasuredHour.begun(self.rule.tag, start_s, value, self.rule.limits)
