"""Promise: nothing on the event loop blocks for over 50 ms, however slow the disk is."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from collector.service.loop_lag import LoopLag
from collector.sources.base import Intake
from models.codes import Quality
from models.plant import Plant
from models.reading import ReadingBatch
from tests.collector.service.faulty_disk import faulty_disk
from tests.collector.service.steel_works import BELT, COAL, ORE, TAPS, Parts, opened_parts, running, tap

SYNC_S = 0.5
FOR_S = 7.0
ROWS = 1000
TONNE = 1_000_000


@asynccontextmanager
async def _without_garbage_of_the_tests() -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _load(parts: Parts, source: int, taken: list[int]) -> None:
    """Polls of a thousand gauges and a counter each, as fast as the disk takes them, at most ten a second."""
    index = parts.plant.tag_index()
    counter = index[(COAL, ORE)[source]]
    tags = np.full(ROWS, index[BELT], dtype=np.int32)
    tags[0] = counter
    quality = np.full(ROWS, Quality.GOOD, dtype=np.uint8)
    while True:
        now_ns = time.time_ns()
        values = np.full(ROWS, 800.0)
        values[0] = taken[source] * 0.01
        batch = ReadingBatch("plc", now_ns, tags, values, now_ns - np.arange(ROWS, dtype=np.int64), quality)
        events = (tap(f"{source}-{taken[source]}", -60),)
        await parts.desk.accept("plc")(Intake("plc", now_ns, batch, events=events, coverage={TAPS: 1}))
        taken[source] += 1
        await asyncio.sleep(0.1)


async def _roll_up(parts: Parts) -> None:
    while True:
        await parts.roll_up.run()
        await parts.roll_up.refresh()
        await asyncio.sleep(0.5)


@pytest.mark.parametrize("telemetry", [False, True])
async def test_with_syncs_of_half_a_second_the_loop_is_never_late_by_fifty_milliseconds(
    plant: Plant, tmp_path: Path, telemetry: bool
) -> None:
    taken = [0, 0]
    with faulty_disk(f"slow-{telemetry}") as disk:
        async with opened_parts(
            tmp_path / "data", plant, clock=time.time_ns, telemetry=telemetry, vfs=f"slow-{telemetry}"
        ) as parts:
            disk.sync_s = SYNC_S
            lag = LoopLag(interval_s=0.01, window=100_000)
            async with _without_garbage_of_the_tests(), running(lag.run()):
                work = (_load(parts, 0, taken), _load(parts, 1, taken), parts.consumer.run(), _roll_up(parts))
                async with running(*work):
                    await asyncio.sleep(FOR_S)
            disk.sync_s = 0.0
            assert lag.worst_ms < 50
            assert disk.syncs > 2 * FOR_S / SYNC_S * 0.6, "both files were busy all the time"
            assert min(taken) >= 5
            await parts.settle()
            assert parts.consumer.behind == 0
            assert len(parts.ledger.events(0, 2**62)) >= sum(taken)
