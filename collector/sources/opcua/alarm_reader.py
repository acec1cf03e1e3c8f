"""From events to notices: which are wanted, and which answer the question what stands. No I/O."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from collector.sources.opcua.alarm_fields import ToldEvent
from collector.sources.opcua.alarm_filter import QUEUE_OVERFLOW, REFRESH_END, REFRESH_REQUIRED, REFRESH_START
from collector.sources.opcua.config import Alarms
from models.detection.alarm import AlarmNotice
from models.works.alarm_pattern import fits

MOST_STANDING = 20_000
"""Alarms that are active at one time, as a bound of memory. A server with more is not asked what stands."""
BURST, A_MINUTE = 2_000, 1_000
"""Events that are taken at once, and in each minute after that. More than ten alarms in ten minutes nobody reads (EEMUA
191), so a hundred times as many are a storm, of which the beginning is kept."""


@dataclass(slots=True)
class StormBound:
    """How many events may still be taken; `at_s` by the monotonic clock."""

    at_s: float
    left: float = float(BURST)

    def take(self, count: int, now_s: float) -> int:
        """Of so many events those that are taken."""
        self.left = min(float(BURST), self.left + (now_s - self.at_s) * A_MINUTE / 60)
        self.at_s = now_s
        taken = min(count, int(self.left))
        self.left -= taken
        return taken

    def is_quiet(self, now_s: float) -> bool:
        """Whether a storm is over: most of the room is there again."""
        self.take(0, now_s)
        return self.left >= BURST / 2


@dataclass(frozen=True, slots=True)
class ReadEvents:
    """What some events say. `standing`: the alarms that are active, once all of them were told; `unsound`: events that
    were none; `lost`: the server says that it dropped some, or that what it told is void."""

    notices: tuple[AlarmNotice, ...] = ()
    standing: tuple[str, ...] | None = None
    unsound: int = 0
    lost: bool = False


@dataclass(slots=True)
class AlarmReader:
    """Of one subscription. `types`: the wanted ones as the server names them now, none if all are."""

    wanted: Alarms
    types: frozenset[str] = frozenset()
    _standing: set[str] | None = None
    _is_whole: bool = False
    _notices: list[AlarmNotice] = field(default_factory=list)

    def left_out(self) -> None:
        """Events were not taken: what stands is not known by this answer."""
        self._is_whole = False

    def read(self, events: Iterable[ToldEvent]) -> ReadEvents:
        """Take events in, in their order."""
        self._notices = []
        standing: Sequence[str] | None = None
        unsound, lost = 0, False
        for event in events:
            if event.event_type == REFRESH_START:
                self._standing, self._is_whole = set(), True
            elif event.event_type == REFRESH_END:
                if self._standing is not None and self._is_whole:
                    standing = sorted(self._standing)
                self._standing = None
            elif event.event_type in (QUEUE_OVERFLOW, REFRESH_REQUIRED):
                lost, self._is_whole = True, False
            elif not event.sound:
                unsound += 1
            elif not event.is_branch:  # which is of an earlier time that the alarm was active
                self._take(event)
        return ReadEvents(tuple(self._notices), None if standing is None else tuple(standing), unsound, lost)

    def _take(self, event: ToldEvent) -> None:
        notice = event.notice
        if notice.severity < self.wanted.min_severity and notice.active is not False:
            return  # an end is taken at any severity: it may have fallen while the alarm was active
        if self.types and event.event_type not in self.types:
            return
        if self.wanted.origins and not any(fits(pattern, notice.origin) for pattern in self.wanted.origins):
            return
        if self._standing is not None and notice.is_alarm:
            if notice.active:
                self._standing.add(notice.condition)
            else:
                self._standing.discard(notice.condition)
            self._is_whole = self._is_whole and len(self._standing) <= MOST_STANDING
        self._notices.append(replace(notice, told_again=self._standing is not None))
