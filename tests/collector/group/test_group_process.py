"""The program of a group by itself: it waits for its cluster, and ends when it is told to."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.collector.group.group_files import GROUP, group_file
from tests.support.collector_process import CollectorProcess
from tests.support.ports import free_port

pytestmark = pytest.mark.long
WITHIN_S = 60.0


async def test_a_group_whose_cluster_is_away_ends_within_seconds_and_one_runs_on_a_folder(tmp_path: Path) -> None:
    file = group_file(tmp_path, GROUP.replace("9092", str(free_port())))
    one, other = (CollectorProcess(file, tmp_path / log, ("collector", "group")) for log in ("one.log", "other.log"))
    await one.start()
    try:
        deadline = time.monotonic() + WITHIN_S
        while "cluster_away" not in one.log_text():
            assert time.monotonic() < deadline, one.log_text()
            await asyncio.sleep(0.1)
        await other.start()
        while not other.ended:
            assert time.monotonic() < deadline, other.log_text()
            await asyncio.sleep(0.1)
        assert "is in use by process" in other.log_text()
        assert await one.stop(9.0) < 9.0
    finally:
        await one.end()
        await other.end()
