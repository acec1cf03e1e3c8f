"""One look at the ledger for all pages: shared, never blocking, honest about its age."""

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence

import pytest

from dashboards.web import snapshot
from dashboards.web.snapshot import SharedSnapshot
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.tables.desk_data import OutputPoint, ReadingCounts, SourceStatus
from models.works.plant import Plant
from tests.models.tables.test_hour_rows import PLANT


class Reader:
    """A ledger in memory. `hold` is what a reader meets at a locked file."""

    def __init__(self) -> None:
        self.asked = 0
        self.fault: Exception | None = None
        self.hold = threading.Event()
        self.hold.set()

    def plant(self) -> Plant:
        return PLANT

    def output(self, table: str, start_ns: int, end_ns: int) -> Sequence[OutputPoint]:
        return []

    def largest_events(self, since_ns: int) -> Mapping[tuple[str, str], float]:
        return {}

    def sources(self) -> Sequence[SourceStatus]:
        self.asked += 1
        self.hold.wait(20)
        if self.fault is not None:
            raise self.fault
        return []

    def states(self) -> Sequence[UnitNow]:
        return []

    def drops(self, start_s: int, end_s: int) -> Sequence[OutputDrop]:
        return []

    def episodes(self, since_s: int) -> Sequence[Episode]:
        return []

    def readings(self, now_ns: int) -> ReadingCounts | None:
        return None


async def test_many_pages_make_one_read_a_second() -> None:
    reader = Reader()
    shared = SharedSnapshot(reader)
    first = await asyncio.gather(*(shared.current() for _ in range(50)))
    assert reader.asked == 1
    assert all(each is first[0] for each in first)


async def test_a_failing_read_keeps_the_last_figures_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "REFRESH_S", 0.0)
    reader = Reader()
    shared = SharedSnapshot(reader)
    good = await shared.current()
    reader.fault = OSError("the disk is gone")
    await shared.current()
    await asyncio.sleep(0.2)
    seen = await shared.current()
    assert seen.read_ns == good.read_ns
    assert seen.now_ns > good.now_ns
    assert seen.error == "the disk is gone"
    reader.fault = None
    await asyncio.sleep(0.2)
    await shared.current()
    await asyncio.sleep(0.2)
    mended = await shared.current()
    assert (mended.error, mended.read_ns) == ("", mended.now_ns)


async def test_who_comes_when_nobody_looked_for_a_while_sees_no_old_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "REFRESH_S", 0.0)
    monkeypatch.setattr(snapshot, "SLOW_READ_S", 0.3)
    shared = SharedSnapshot(Reader())
    before = await shared.current()
    await asyncio.sleep(0.5)
    began_ns = time.time_ns()
    after = await shared.current()
    assert after is not before
    assert after.read_ns is not None
    assert after.read_ns >= began_ns


async def test_a_read_that_hangs_delays_no_page_and_shows_as_age(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "SLOW_READ_S", 0.3)
    reader = Reader()
    reader.hold.clear()
    shared = SharedSnapshot(reader)
    began = time.monotonic()
    seen = await shared.current()
    assert time.monotonic() - began < 2
    assert seen.read_ns is None
    began = time.monotonic()
    await shared.current()
    assert time.monotonic() - began < 0.2, "only the first page waits"
    reader.hold.set()
    await asyncio.sleep(0.3)
    assert (await shared.current()).read_ns is not None
