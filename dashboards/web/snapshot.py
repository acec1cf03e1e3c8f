"""One read of the ledger, shared by every open page: in a thread, at most once a second, and only while a page is
open."""

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import structlog

from models.alerts.not_known import watched_until_ns
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.tables.desk_data import DeskData, OutputPoint, ReadingCounts, SourceStatus
from models.works.calendar import NS
from models.works.plant import Plant

log = structlog.get_logger(__name__)

REFRESH_S = 1.0
"""The clock on the page has seconds. Figures change every two seconds at most, when the roll-up runs."""
SLOW_READ_S = 3.0
"""A read takes milliseconds. After three seconds the file is locked or the disk hangs, and the page says how old its
figures are. A judgement: shorter than a person waits before reloading."""
PATIENCE_S = 0.2
"""So long a page waits for the read that it began, so that it has the figures of now and not those of a second ago. A
judgement: ten reads of a large works."""
BACK_NS = 2 * 86_400 * 1_000_000_000
AHEAD_NS = 86_400 * 1_000_000_000
"""Wide enough for the running production day of any shop in any zone: a day of 25 hours that began at another hour. The
view picks its rows by their day."""
DROPS_BACK_S = 24 * 3600
"""How long a drop stays on the page after its end: the shift that comes on duty sees what the last three had."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the ledger said at `read_ns` (None: never yet), looked at from `now_ns` (both UTC ns).

    `events_t`: by unit and product, tonnes of the largest heat, tap or coil of the last two days.

    `read_ns` older than `now_ns` means that later reads failed, or hang, and that these are the last figures known;
    `error` is then what the reader said, if it said anything.
    """

    plant: Plant
    now_ns: int
    read_ns: int | None
    days: Sequence[OutputPoint] = ()
    hours: Sequence[OutputPoint] = ()
    sources: Sequence[SourceStatus] = ()
    states: Sequence[UnitNow] = ()
    drops: Sequence[OutputDrop] = ()
    episodes: Sequence[Episode] = ()
    events_t: Mapping[tuple[str, str], float] = field(default_factory=dict)
    readings: ReadingCounts | None = None
    error: str = ""


def figures_of_ns(snapshot: Snapshot) -> tuple[int, int]:
    """Of which instant the figures are: when they were read last, and until when anybody had watched by then."""
    at_ns = snapshot.now_ns if snapshot.read_ns is None else snapshot.read_ns
    return at_ns, watched_until_ns(snapshot.sources, at_ns)


def read_snapshot(data: DeskData, now_ns: int) -> Snapshot:
    """Read everything that the page shows. Blocks; raises whatever the reader raises."""
    start_ns, end_ns = now_ns - BACK_NS, now_ns + AHEAD_NS
    drops_from_s = now_ns // NS - DROPS_BACK_S
    return Snapshot(
        plant=data.plant(),
        now_ns=now_ns,
        read_ns=now_ns,
        days=data.output("output_day", start_ns, end_ns),
        hours=data.output("output_hour", start_ns, end_ns),
        events_t=data.largest_events(start_ns),
        sources=data.sources(),
        states=data.states(),
        drops=data.drops(drops_from_s, end_ns // NS),
        episodes=data.episodes(drops_from_s),
        readings=data.readings(now_ns),
    )


class SharedSnapshot:
    """The newest snapshot for all pages. One read is under way at a time, in a thread of its own.

    A page that asks while a read is under way waits for it, but not for long: then it gets the last snapshot, so a slow
    disk slows no page; but not one of long ago, when somebody looked last. When a read fails, or takes longer than
    SLOW_READ_S, the last figures stay, and their age shows in `read_ns`.
    """

    def __init__(self, data: DeskData, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self._data = data
        self._clock_ns = clock_ns
        self._latest = Snapshot(plant=data.plant(), now_ns=clock_ns(), read_ns=None)
        self._refreshing: asyncio.Task[None] | None = None
        self._asked_at = self._ended_at = float("-inf")
        self._failing = False
        self._aged: Snapshot | None = None

    async def current(self) -> Snapshot:
        """The last snapshot, the same one for all that ask within a second. Callers before the end of the first read,
        and those after a while in which nobody looked, wait for the new one, until it has taken SLOW_READ_S."""
        if self._refreshing is None and time.monotonic() - self._asked_at >= REFRESH_S:
            self._asked_at = time.monotonic()
            self._refreshing = asyncio.create_task(self._refresh())
        unseen = self._latest.read_ns is None or time.monotonic() - self._ended_at >= SLOW_READ_S
        if unseen and not self._failing and self._refreshing is not None:
            await asyncio.wait([self._refreshing], timeout=max(self._asked_at + SLOW_READ_S - time.monotonic(), 0.0))
        elif self._refreshing is not None and time.monotonic() - self._asked_at < PATIENCE_S:
            await asyncio.wait([self._refreshing], timeout=PATIENCE_S)
        if self._refreshing is not None and time.monotonic() - self._asked_at >= SLOW_READ_S:
            return self._of_age(self._clock_ns())
        return self._latest

    def _of_age(self, now_ns: int) -> Snapshot:
        """The last snapshot, seen from now: one a second, for what is made of it is shared, too."""
        if self._aged is None or self._aged.now_ns // NS != now_ns // NS:
            self._aged = replace(self._latest, now_ns=now_ns)
        return self._aged

    async def _refresh(self) -> None:
        now_ns = self._clock_ns()
        try:
            self._latest = await _in_thread(lambda: read_snapshot(self._data, now_ns))
        except Exception as error:  # whatever the reader meets, the page stays up and says how old its figures are
            self._latest = replace(self._latest, now_ns=now_ns, error=str(error))
            if not self._failing:
                log.warning("desk_read_failed", error=str(error), retry_in_s=REFRESH_S)
            self._failing = True
        else:
            if self._failing:
                log.info("desk_read_recovered")
            self._failing = False
        finally:
            self._refreshing, self._ended_at = None, time.monotonic()


async def _in_thread(work: Callable[[], Snapshot]) -> Snapshot:
    """Run `work` in a daemon thread: a read that waits for a locked file must not hold up the end of the process."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Snapshot] = loop.create_future()

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # handed on to the awaiting task
            finish(done.set_exception, error)
        else:
            finish(done.set_result, result)

    def finish(settle: Callable[..., None], outcome: object) -> None:
        with suppress(RuntimeError):  # the loop closed while the read was under way: nobody waits any more
            loop.call_soon_threadsafe(lambda: None if done.done() else settle(outcome))

    threading.Thread(target=run, name="desk-read", daemon=True).start()
    return await done
