"""Promise: nothing on the event loop blocks for over 50 ms, however slow the disk is."""

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from collector.service.loop_lag import LoopLag
from collector.sources.base import Delivery
from collector.storage.ledger import reads as ledger_reads
from models.counting.reading import ReadingBatch
from models.works.codes import Quality
from models.works.plant import Plant
from tests.collector.service.steel_works import WorksParts, opened_parts, running, tap
from tests.collector.service.works_document import BELT, COAL, ORE, TAPS
from tests.support.faulty_disk import faulty_disk

pytestmark = pytest.mark.alone
SYNC_S = 0.5
FOR_S = 4.0
SOURCES = 12
ROWS = 1000
LIMIT_MS = 50.0
TRIES = 3


@asynccontextmanager
async def _without_garbage_of_the_tests() -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _load(parts: WorksParts, source: int, taken: list[int]) -> None:
    """Polls of a thousand gauges and a counter each, as fast as the disk takes them, at most ten a second."""
    index = parts.plant.tag_index()
    tags = np.full(ROWS, index[BELT], dtype=np.int32)
    tags[0] = index[(COAL, ORE)[source % 2]]
    quality = np.full(ROWS, Quality.GOOD, dtype=np.uint8)
    while True:
        now_ns = time.time_ns()
        values = np.full(ROWS, 800.0)
        values[0] = 1.0
        batch = ReadingBatch("plc", now_ns, tags, values, now_ns - np.arange(ROWS, dtype=np.int64), quality)
        events = (tap(f"{source}-{taken[source]}", -60),)
        await parts.intake.accept("plc")(Delivery("plc", now_ns, batch, events=events, coverage={TAPS: 1}))
        taken[source] += 1
        await asyncio.sleep(0.1)


async def _roll_up(parts: WorksParts) -> None:
    while True:
        await parts.roll_up.run()
        await parts.roll_up.refresh()
        await asyncio.sleep(0.5)


async def _worst_ms(folder: Path, plant: Plant, *, telemetry: bool) -> float:
    taken = [0] * SOURCES
    with faulty_disk(f"slow-{folder.name}") as disk:
        vfs = f"slow-{folder.name}"
        async with opened_parts(folder, plant, clock=time.time_ns, telemetry=telemetry, vfs=vfs) as parts:
            disk.sync_s = SYNC_S
            lag = LoopLag(window_s=1000.0)
            async with _without_garbage_of_the_tests(), running(lag.run()):
                loads = [_load(parts, source, taken) for source in range(SOURCES)]
                async with running(*loads, parts.consumer.run(), _roll_up(parts)):
                    await asyncio.sleep(FOR_S)
            disk.sync_s = 0.0
            assert disk.syncs > 2 * FOR_S / SYNC_S * 0.6, "both files were busy all the time"
            assert min(taken) >= 2
            await parts.settle()
            assert parts.consumer.behind == 0
            assert len(parts.ledger.read(ledger_reads.events)) >= sum(taken)
            return lag.worst_ms


BESIDE = """
import sys, threading, time
ended, worst_s = threading.Event(), 0.0
threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()
while not ended.is_set():
    began_s = time.monotonic()
    time.sleep(0.01)
    worst_s = max(worst_s, time.monotonic() - began_s - 0.01)
print(worst_s * 1e3)
"""


@asynccontextmanager
async def _machine_worst_ms() -> AsyncIterator[list[float]]:
    """How late another process was that only sleeps: what the machine itself, busy with others, does to everybody."""
    pipe = asyncio.subprocess.PIPE
    beside = await asyncio.create_subprocess_exec(sys.executable, "-c", BESIDE, stdin=pipe, stdout=pipe)
    worst_ms: list[float] = []
    try:
        yield worst_ms
    finally:
        text, _ = await beside.communicate(b"")
        worst_ms.append(float(text))


@pytest.mark.parametrize("telemetry", [False, True])
async def test_with_syncs_of_half_a_second_the_loop_is_never_late_by_fifty_milliseconds(
    plant: Plant, tmp_path: Path, telemetry: bool
) -> None:
    for attempt in range(TRIES):
        async with _machine_worst_ms() as machine_worst_ms:
            worst_ms = await _worst_ms(tmp_path / f"data-{attempt}", plant, telemetry=telemetry)
        if worst_ms < LIMIT_MS:
            return
        assert machine_worst_ms[0] > LIMIT_MS / 4, f"the loop was {worst_ms:.0f} ms late, and the machine was not"
    pytest.fail(f"{worst_ms:.0f} ms late; the machine was too busy with others to tell why")
