"""One look at the ledger for all pages: shared, never blocking, honest about its age."""

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from dashboards.web import snapshot, view
from dashboards.web.snapshot import SharedSnapshot
from dashboards.web.view import DeskView, SharedViews, desk_view
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.tables.desk_data import OutputPoint, ReadingCounts, SourceStatus
from models.works.localize import Language
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


async def test_a_page_has_the_figures_of_the_read_that_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "REFRESH_S", 0.0)
    monkeypatch.setattr(snapshot, "PATIENCE_S", 30.0)
    shared = SharedSnapshot(Reader())
    before = await shared.current()
    began_ns = time.time_ns()
    after = await shared.current()
    assert before.read_ns is not None
    assert after.read_ns is not None
    assert before.read_ns < began_ns <= after.read_ns, "and not those of a second ago"


async def test_what_pages_show_is_made_once_for_all_that_look_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(shown: snapshot.Snapshot, language: Language) -> DeskView:
        made.append(language)
        return desk_view(shown, language)

    monkeypatch.setattr(view, "desk_view", counted)
    shared, views = SharedSnapshot(Reader()), SharedViews()
    first = await shared.current()
    shown = [views.of(await shared.current(), language) for _ in range(20) for language in ("en", "ru")]
    assert made == ["en", "ru"]
    assert shown[0] is shown[2]
    assert views.of(replace(first, now_ns=first.now_ns + 1), "en") is not shown[0]


async def test_while_a_read_hangs_its_age_is_said_anew_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "SLOW_READ_S", 0.0)
    now_ns = [time.time_ns()]
    reader = Reader()
    reader.hold.clear()
    shared = SharedSnapshot(reader, lambda: now_ns[0])
    first = await shared.current()
    assert await shared.current() is first
    now_ns[0] += 2 * 10**9
    later = await shared.current()
    assert later.now_ns == now_ns[0]
    assert later is not first
    reader.hold.set()
