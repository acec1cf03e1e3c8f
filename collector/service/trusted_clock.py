"""The time that the service books by: this host's clock, as long as nothing contradicts it.

A host clock that is set while the service runs becomes right by that, or wrong. Two witnesses tell: the machine's own
clock, which nobody can set, and the stamps of sources, which come from clocks of their own. While the stamps of a
source go on by the time before the step, the service goes on by that time too, and says so: nothing is booked a year
ahead, and nothing stands still. As soon as stamps agree with the host's clock, or the host's clock with the time
before, it is taken again. Where no source says anything (a suspended machine, sources without a clock), it is believed
after half a minute.

At a start nothing is known of the time before but the newest record. Where that and the clocks of the sources agree
that it is not yet what the host says, or already more, nobody knows who is right: nothing is taken until they agree.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from collector.errors import ClockImpossible
from collector.host_clock import AHEAD_NS, EARLIEST_NS
from models.works.calendar import HOUR_NS, NS

log = structlog.get_logger(__name__)

STEP_NS = 60 * NS
"""What differs by more is no discipline of a clock, which steps by seconds; as far as detection waits for one."""
UNHEARD_NS = 30 * NS
"""So long a source has to say that the host's clock is wrong: three polls of the usual ten seconds."""
SILENT_NS = 300 * NS
"""After so long without a word, what a source said against the host's clock stands no more against what others say."""
START_NS = 24 * HOUR_NS
"""By so much host and source must differ at a start. A device whose clock is wrong by hours is corrected as such."""


@dataclass(slots=True)
class _Word:
    """The last word of a source on a step: whether it agrees with the host's clock, and when it said so (monotonic)."""

    agrees: bool
    at_ns: int


@dataclass(slots=True)
class TrustedClock:
    """Call it for the time (UTC ns). `hear` is told of every delivery, before it is taken."""

    host_ns: Callable[[], int] = time.time_ns
    monotonic_ns: Callable[[], int] = time.monotonic_ns
    recorded_ns: int = 0
    fault: str = ""
    _ahead_ns: int = field(init=False)
    _step_ns: int = 0
    _since_ns: int = 0
    _words: dict[str, _Word] = field(default_factory=dict)
    _newest_ns: dict[str, int] = field(default_factory=dict)
    _sources_ahead_ns: dict[str, int] = field(default_factory=dict)
    _offsets: dict[str, int] = field(default_factory=dict)
    _proved: bool = False

    def __post_init__(self) -> None:
        self._ahead_ns = self.host_ns() - self.monotonic_ns()

    @staticmethod
    def over(clock_ns: Callable[[], int]) -> "TrustedClock":
        """Over another clock than the host's, which is believed whatever it says."""
        return TrustedClock() if clock_ns is time.time_ns else TrustedClock(clock_ns, clock_ns, _proved=True)

    def __call__(self) -> int:
        """The time to book by (UTC ns)."""
        host_ns, monotonic_ns = self.host_ns(), self.monotonic_ns()
        step_ns = host_ns - monotonic_ns - self._ahead_ns
        if abs(step_ns) <= STEP_NS or self._is_believed(host_ns, monotonic_ns, step_ns):
            if self._step_ns:
                log.warning("host_clock_right", now=_text(host_ns), doing="the time is taken from it again")
            self._ahead_ns, self._step_ns, self._words = host_ns - monotonic_ns, 0, {}
            self.fault = self.fault if self._is_doubted_at_start() else ""
            return host_ns
        return monotonic_ns + self._ahead_ns

    def _is_believed(self, host_ns: int, monotonic_ns: int, step_ns: int) -> bool:
        if abs(step_ns - self._step_ns) > STEP_NS:
            self._step_ns, self._since_ns, self._words = step_ns, monotonic_ns, {}
        if host_ns < EARLIEST_NS and self._ahead_ns + monotonic_ns >= EARLIEST_NS:
            self._doubt(host_ns, step_ns, "at that time this version did not exist")
            return False
        if self._is_doubted_at_start() or self._ahead_ns + monotonic_ns < EARLIEST_NS:
            return True  # the time before was no better
        agree = any(word.agrees for word in self._words.values())
        against = [word for word in self._words.values() if not word.agrees]
        if against:
            fresh = any(monotonic_ns - word.at_ns <= SILENT_NS for word in against)
            if not (agree and not fresh):
                self._doubt(
                    host_ns, step_ns, "the clocks of the sources and the machine's own go on by the time before"
                )
                return False
            return True
        return agree or monotonic_ns - self._since_ns > UNHEARD_NS

    def hear(self, source: str, received_ns: int, newest_ns: int | None, server_offset_ns: int | None) -> int:
        """A delivery: when it was received by this clock, its newest stamp if a clock of its own made it, and the clock
        of its server minus this one. Gives by how much it was received later than this clock said (ns), where the
        delivery itself proves that the host's clock is right since a step.

        Raises ClockImpossible where nobody knows who is right.
        """
        self()
        before_ns = self._newest_ns.get(source, 0)
        # Only a stamp that moved says something of a clock.
        moved_ns = newest_ns if newest_ns is not None and 0 < before_ns < newest_ns else None
        if newest_ns is not None:
            self._newest_ns[source] = newest_ns
        if moved_ns is not None and self._step_ns:
            lead_ns = moved_ns - received_ns
            for agrees, off_ns in ((False, lead_ns), (True, lead_ns - self._step_ns)):
                if abs(off_ns) <= STEP_NS:
                    self._words[source] = _Word(agrees, self.monotonic_ns())
        if not self._proved:
            self._judge_start(source, received_ns, moved_ns, server_offset_ns)
        before_ahead_ns = self._ahead_ns
        self()
        moved_by_ns = self._ahead_ns - before_ahead_ns
        return moved_by_ns if abs(moved_by_ns) > STEP_NS else 0

    def _judge_start(self, source: str, received_ns: int, moved_ns: int | None, server_offset_ns: int | None) -> None:
        known = self._offsets.get(source)
        if server_offset_ns is not None and server_offset_ns != known:
            # Only a new measurement: it was taken against the host's clock of then.
            self._offsets[source] = server_offset_ns
            self._sources_ahead_ns[source] = received_ns + server_offset_ns - self.monotonic_ns()
        elif moved_ns is not None and known is None:
            self._sources_ahead_ns[source] = moved_ns - self.monotonic_ns()
        if not self._is_doubted_at_start():
            self._proved = bool(self._sources_ahead_ns)
            self.fault = ""
            return
        says = _text(self._sources_ahead_ns.get(source, received_ns) + self.monotonic_ns())
        told = (
            f"this host's clock says {_text(self.host_ns())} UTC, the clock of source {source} {says}, and the newest "
            f"record is of {_text(self.recorded_ns)}: one of them is wrong, and nothing is booked until they agree; "
            "set the host's clock (chronyc makestep), or that of the source"
        )
        if not self.fault:
            log.warning("host_clock_doubtful", why=told)
        self.fault = told
        raise ClockImpossible(told)

    def _is_doubted_at_start(self) -> bool:
        """All sources that were heard say another time than the host, and the newest record fits theirs better."""
        if self._proved or not self.recorded_ns or not self._sources_ahead_ns:
            return False
        host_ns, monotonic_ns = self.host_ns(), self.monotonic_ns()
        times_ns = [ahead_ns + monotonic_ns for ahead_ns in self._sources_ahead_ns.values()]
        if any(at_ns < self.recorded_ns - AHEAD_NS for at_ns in times_ns):
            return False
        behind = self.recorded_ns - host_ns > AHEAD_NS and all(at_ns - host_ns > AHEAD_NS for at_ns in times_ns)
        return behind or all(host_ns - at_ns > START_NS for at_ns in times_ns)

    def _doubt(self, host_ns: int, step_ns: int, why: str) -> None:
        told = (
            f"this host's clock says {_text(host_ns)} UTC and is wrong by {step_ns / NS:+.0f} s: {why}. What comes is "
            "booked by that; set the host's clock, such as by chronyc makestep"
        )
        if not self.fault:
            log.warning("host_clock_wrong", why=told)
        self.fault = told


def _text(at_ns: int) -> str:
    return f"{datetime.fromtimestamp(at_ns // NS, UTC):%Y-%m-%d %H:%M}"
