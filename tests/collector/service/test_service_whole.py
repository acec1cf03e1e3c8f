"""The service as a whole, in the test's own loop: real servers, real files."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest
import structlog
from aiohttp import ClientSession
from asyncua import ua

from collector.config.settings import ConfiguredSource, Settings
from collector.errors import CannotStart
from collector.service.service import Service, opened
from collector.sources.base import Accept, Delivery, SourceContext, SourceHealth, SourceType
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from collector.storage.quarantine.browser import QuarantineBrowser
from models.counting.reading import ReadingBatch
from models.works.codes import Quality
from tests.collector.service.steel_works import grams, soon
from tests.collector.service.works_document import COAL, source_yaml, works_settings
from tests.support.faulty_disk import FaultyDisk
from tests.support.ledger_calls import dirty
from tests.support.opcua_works import Works
from tests.support.ports import free_port

TONNE = 1_000_000
NOTHING_THERE = "opc.tcp://127.0.0.1:1"


@pytest.fixture
async def works() -> AsyncIterator[Works]:
    """A server with the counters of both mines and an empty ring."""
    one = Works()
    slots = {
        "ring_sequence": ua.Variant([0, 0], ua.VariantType.UInt32),
        "ring_key": ua.Variant(["", ""], ua.VariantType.String),
        "ring_tonnes": ua.Variant([0.0, 0.0], ua.VariantType.Double),
        "ring_end": ua.Variant([datetime(2026, 1, 1, tzinfo=UTC)] * 2, ua.VariantType.DateTime),
        "ring_head": ua.Variant(0, ua.VariantType.UInt32),
    }
    await one.start(belt=0.0, coal=100.0, ore=5.0, made=1.0, **slots)
    yield one
    await one.stop()


async def _get(settings: Settings, path: str) -> tuple[int, str]:
    port = settings.metrics.port
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


def _settings(folder: Path, *sources: dict[str, Any]) -> Settings:
    named = sources or (source_yaml("plc", NOTHING_THERE),)
    others = () if len(named) > 1 else (source_yaml("dcs", NOTHING_THERE),)
    return works_settings(folder, sources=[*named, *others], metrics={"port": free_port()})


def _up(service: Service, source: str = "plc") -> bool:
    return f"source {source}:" not in " ".join(service.readiness().waiting_for)


def _ledger(settings: Settings) -> Ledger:
    return Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=None)


async def test_one_source_that_is_away_does_not_stop_the_other(tmp_path: Path, works: Works) -> None:
    settings = _settings(tmp_path, source_yaml("plc", works.url))
    async with opened(settings) as service:
        await soon(lambda: _up(service))
        await asyncio.sleep(0.6)  # half a tonne in less time is more than its greatest rate
        await works.write("coal", 100.5)
        desk = LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)
        await soon(lambda: any(point.actual_t == 0.5 for point in _hours(desk)))
        status, text = await _get(settings, "/readyz")
        assert status == 503
        assert "source dcs" in text
        assert "source plc" not in text
        await soon(lambda: len(desk.sources()) == 2)
        by_name = {each.source: each for each in desk.sources()}
        assert (by_name["plc"].up, by_name["dcs"].up) == (True, False)
        assert by_name["dcs"].last_error


def _hours(desk: LedgerDesk) -> list[Any]:
    return [point for point in desk.output("output_hour", 0, 2**62) if point.product == "coal_raw"]


@dataclass
class Scripted:
    """A source that does what a test says; only for what a real server cannot be made to do."""

    name: str
    script: Callable[["Scripted", Accept], Awaitable[None]]
    context: SourceContext
    health: SourceHealth = field(default_factory=SourceHealth)

    async def run(self, accept: Accept) -> None:
        await self.script(self, accept)


def _scripted(
    settings: Settings, script: Callable[[Scripted, Accept], Awaitable[None]]
) -> tuple[Settings, list[Scripted]]:
    built: list[Scripted] = []

    def build(config: Any, context: SourceContext) -> Scripted:  # noqa: ANN401
        built.append(Scripted(config.name, script, context))
        return built[-1]

    plc = settings.sources["plc"]
    kind = SourceType("scripted", plc.type.config, plc.type.address, build)
    return replace(settings, sources={"plc": ConfiguredSource(kind, plc.config, plc.tags)}), built


def _coal(settings: Settings, value: float, time_ns: int) -> Delivery:
    index = settings.plant.tag_index()[COAL]
    return Delivery("plc", time_ns, ReadingBatch.of("plc", time_ns, [(index, value, time_ns, Quality.GOOD)]))


async def test_a_source_that_breaks_is_built_anew_and_the_service_goes_on(tmp_path: Path) -> None:
    async def breaks_first(source: Scripted, accept: Accept) -> None:
        if len(built) == 1:
            raise RuntimeError("a bug of the library")
        source.health.up = True
        await asyncio.Event().wait()

    settings, built = _scripted(_settings(tmp_path), breaks_first)
    with structlog.testing.capture_logs() as logs:
        async with opened(settings) as service:
            await soon(lambda: len(built) == 2 and built[1].health.up and service.readiness().ready)
            _, text = await _get(settings, "/metrics")
            assert 'tundish_source_up{source="plc"} 1.0' in text
    assert [entry["task"] for entry in logs if entry["event"] == "task_broken"] == ["source plc"]


async def test_everything_that_was_accepted_is_in_the_ledger_after_the_stop(tmp_path: Path) -> None:
    accepted = 0
    start_ns = time.time_ns() - 3600 * 10**9

    async def floods(source: Scripted, accept: Accept) -> None:
        nonlocal accepted
        source.health.up = True
        while True:
            await accept(_coal(settings, accepted * 0.001, start_ns + accepted * 10**7))
            accepted += 1

    settings, _ = _scripted(_settings(tmp_path), floods)
    for _ in range(3):
        async with opened(settings):
            before = accepted
            await soon(lambda: accepted > before + 100)  # noqa: B023
        ledger = _ledger(settings)
        try:
            # The last one may have been synced without its source being told so.
            assert grams(ledger)[COAL] in ((accepted - 1) * 1000, accepted * 1000)
            assert dirty(ledger, 10) == []
        finally:
            await ledger.close()


async def test_a_service_that_cannot_listen_leaves_its_folder_free(tmp_path: Path) -> None:
    first = _settings(tmp_path)
    async with opened(first):
        other = replace(first, data_dir=tmp_path / "other")
        for _ in range(2):
            with pytest.raises(CannotStart, match=r"another metrics\.port"):
                async with opened(other):
                    pass


@pytest.mark.long
@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_a_belt_that_stands_for_two_hours_keeps_fresh(tmp_path: Path, works: Works, mode: str) -> None:
    standing_since = datetime.now(UTC) - timedelta(hours=2)
    for name, value in {"belt": 0.0, "coal": 100.0, "ore": 5.0}.items():
        await works.write(name, value, source=standing_since)
    plc = source_yaml("plc", works.url, mode=mode, publishing_interval="100ms", stale_after="2s")
    settings = _settings(tmp_path, plc, source_yaml("dcs", works.url))
    began_ns, began_s = time.time_ns(), time.monotonic()

    def sixty_times_as_fast() -> int:
        return began_ns + round((time.monotonic() - began_s) * 60e9)

    async with opened(settings, sixty_times_as_fast) as service:
        await soon(lambda: _up(service))
        desk = LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)
        await asyncio.sleep(4.5)  # four and a half minutes by its clock, and time for the status to be shown
        read_ns = {each.unit: each.last_reading_ns for each in desk.activity()}
        for unit in ("mine1", "mine2", "bf3"):
            last_ns = read_ns[unit]
            assert last_ns is not None
            assert _shown_ns(desk) - last_ns < 180 * 10**9, "three seconds; its stamps are two hours old"
        (status,) = (each for each in desk.sources() if each.source == "plc")
        assert status.up
        assert status.age_s is not None
        assert status.age_s < 90  # a second and a half
        assert status.rejected == 0
    assert QuarantineBrowser(settings.data_dir, time.time_ns).listed(None, 10) == []


def _shown_ns(desk: LedgerDesk) -> int:
    return max(each.time_ns for each in desk.sources())


@pytest.fixture
def machine_disk() -> Iterator[FaultyDisk]:
    """The disk under every file that is opened from here on."""
    usual = apsw.vfs_names()[0]
    disk = FaultyDisk("machine-disk")
    apsw.set_default_vfs("machine-disk")
    try:
        yield disk
    finally:
        apsw.set_default_vfs(usual)
        disk.unregister()


@pytest.mark.long
async def test_a_disk_that_fills_up_loses_nothing_and_work_goes_on_by_itself(
    tmp_path: Path, works: Works, machine_disk: FaultyDisk
) -> None:
    settings = _settings(tmp_path, source_yaml("plc", works.url), source_yaml("dcs", works.url))
    with structlog.testing.capture_logs() as logs:
        async with opened(settings) as service:
            await soon(lambda: service.readiness().ready)
            machine_disk.full = True
            await soon(lambda: not service.readiness().ready)
            await works.write("coal", 100.25)
            await asyncio.sleep(2.5)
            _, text = await _get(settings, "/readyz")
            assert "free space" in text
            _, metrics = await _get(settings, "/metrics")
            assert 'tundish_source_up{source="plc"} 1.0' in metrics
            machine_disk.full = False
            await works.write("coal", 100.5)
            await soon(lambda: service.readiness().ready)
            await asyncio.sleep(0.5)
        assert "task_broken" not in {entry["event"] for entry in logs}
        assert "job_broken" not in {entry["event"] for entry in logs}
        held = [entry for entry in logs if entry["event"] == "intake_held"]
        assert 1 <= len(held) <= 2, "one line a source"
    ledger = _ledger(settings)
    try:
        assert grams(ledger)[COAL] == TONNE // 2
        assert ledger.read(ledger_reads.gaps) == []
    finally:
        await ledger.close()


# Closing reports through Python what the simulated disk raises; SQLite itself passes over it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_disk_that_is_full_at_the_stop_does_not_hold_it_up(
    tmp_path: Path, works: Works, machine_disk: FaultyDisk
) -> None:
    settings = _settings(tmp_path, source_yaml("plc", works.url), source_yaml("dcs", works.url))
    service = Service(settings, time.time_ns)
    async with contextlib.AsyncExitStack() as stack:
        await service.open(stack)
        stack.push_async_callback(service.finish)
        await service.start(stack)
        await soon(lambda: service.readiness().ready)
        machine_disk.full = True
        await asyncio.sleep(0.5)
        began_s = time.monotonic()
        await stack.aclose()
        assert time.monotonic() - began_s < 8
        machine_disk.full = False
