"""A host clock that is set while the collector runs stops nothing and moves no tonne."""

import asyncio
import re
import sys
from pathlib import Path

import pytest

from collector.service.jobs import Job, Jobs
from tests.collector.service.steel_works import soon
from tests.support.collector_process import ROOT, CollectorProcess, until
from tests.support.host_clock import HostClock
from tests.support.ports import free_port

SEEN_AFTER_S = 2.0
"""libfaketime reads its file anew once a second: what is counted after this belongs to the new time."""
HOUR_S, DAY_S, YEAR_S = 3600, 86_400, 365 * 86_400


async def _nothing() -> None: ...


async def test_a_job_whose_last_good_run_is_too_old_is_named_as_overdue() -> None:
    now_s = 1000.0
    jobs = Jobs((Job("roll_up", 2, 60, _nothing), Job("status", 2, 2, _nothing)), monotonic=lambda: now_s)
    jobs.start()
    try:
        now_s += 61
        assert jobs.overdue() == ("job status: no run ended well for 61 s",)
        await soon(lambda: jobs.counts["status"].succeeded_s == now_s)
        assert jobs.overdue() == ()
        now_s += 187
        assert {each.partition(":")[0] for each in jobs.overdue()} == {"job roll_up", "job status"}
    finally:
        jobs.stop()


@pytest.mark.long
@pytest.mark.parametrize(
    "step_s", [-HOUR_S, YEAR_S, *(pytest.param(step, marks=pytest.mark.slow) for step in (HOUR_S, -DAY_S, DAY_S))]
)
async def test_jobs_go_on_in_their_turn_when_the_host_clock_is_set(tmp_path: Path, step_s: int) -> None:
    clock, port, plant_file = HostClock(tmp_path), free_port(), tmp_path / "plant.yaml"
    simulator = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "collector", "simulate", "--write-config", str(plant_file)),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await soon(plant_file.exists, what="the simulator")
    # A source that is trusted would have all its stamps refused as of the future once the host clock is set back.
    plant = plant_file.read_text().replace("clock: trust", "clock: correct")
    plant_file.write_text(f"{plant}metrics: {{port: {port}}}\n")
    collector = CollectorProcess(plant_file, tmp_path / "run.log")
    try:
        await collector.start(clock.environment())
        working = "tundish_source_up == 1 and tundish_readings_total > 20 and tundish_job_runs_total > 10"
        await until(working, 30, port)
        clock.set(step_s)
        await asyncio.sleep(SEEN_AFTER_S)
        before = await until(working, 30, port)
        runs, readings = before["tundish_job_runs_total"] + 20, before["tundish_readings_total"]
        await until(f"tundish_job_runs_total >= {runs} and tundish_readings_total > {readings}", 30, port)
        assert await collector.stop() < 10
    finally:
        await collector.end()
        simulator.kill()
        await simulator.wait()
    assert not re.search(r'"now": "(STOPPED|SLOW|BAD|STALE)"', collector.log_text()), "the units go on working"
    assert "Traceback" not in collector.log_text()
