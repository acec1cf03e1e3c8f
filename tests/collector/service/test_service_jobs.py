"""Promise 8: every scheduled job has a time limit, and what overran, was missed or failed is counted."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import structlog

from collector.errors import StorageFull
from collector.service.jobs import Job, Jobs
from tests.collector.service.steel_works import soon


@asynccontextmanager
async def _started(*jobs: Job) -> AsyncIterator[Jobs]:
    running = Jobs(jobs)
    running.start()
    try:
        yield running
    finally:
        running.stop()


async def test_a_job_that_passes_its_limit_is_given_up_and_counted() -> None:
    ended: list[str] = []

    async def hangs() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("given up")

    with structlog.testing.capture_logs() as logs:
        async with _started(Job("hangs", 0.1, 0.05, hangs)) as jobs:
            await soon(lambda: jobs.counts["hangs"].overran >= 2)
    assert len(ended) >= 2
    assert [entry["event"] for entry in logs].count("job_failed") == 1
    assert "0.05 s" in str(logs[0]["error"])


async def test_a_job_that_fails_is_logged_once_until_it_recovers() -> None:
    failing = True
    runs = 0

    async def works() -> None:
        nonlocal runs
        runs += 1
        if failing:
            raise StorageFull("the disk is full: free space")

    with structlog.testing.capture_logs() as logs:
        async with _started(Job("works", 0.05, 1, works)) as jobs:
            await soon(lambda: jobs.counts["works"].failed >= 3)
            failing = False
            await soon(lambda: jobs.counts["works"].runs > jobs.counts["works"].failed)
    assert [entry["event"] for entry in logs] == ["job_failed", "job_recovered"]
    assert jobs.counts["works"].overran == 0


async def test_a_job_that_breaks_stops_neither_itself_nor_the_others() -> None:
    async def breaks() -> None:
        raise KeyError("nobody thought of this")

    async def works() -> None:
        pass

    with structlog.testing.capture_logs() as logs:
        async with _started(Job("breaks", 0.05, 1, breaks), Job("works", 0.05, 1, works)) as jobs:
            await soon(lambda: jobs.counts["breaks"].failed >= 3 and jobs.counts["works"].runs >= 3)
    assert [entry["event"] for entry in logs] == ["job_broken"]
    assert jobs.counts["works"].failed == 0


async def test_a_start_that_is_due_while_the_job_still_runs_is_counted_as_late_and_not_run_twice() -> None:
    at_once = most_at_once = 0

    async def slow() -> None:
        nonlocal at_once, most_at_once
        at_once += 1
        most_at_once = max(most_at_once, at_once)
        await asyncio.sleep(0.3)
        at_once -= 1

    async with _started(Job("slow", 0.1, 5, slow)) as jobs:
        await soon(lambda: jobs.counts["slow"].late >= 2)
    assert most_at_once == 1


async def test_a_start_that_a_busy_machine_delays_still_runs() -> None:
    async def quick() -> None:
        pass

    async with _started(Job("quick", 0.2, 1, quick)) as jobs:
        time.sleep(0.6)
        await soon(lambda: jobs.counts["quick"].runs >= 1, 0.5)


async def test_no_job_starts_after_the_stop() -> None:
    async def quick() -> None:
        pass

    async with _started(Job("quick", 0.05, 1, quick)) as jobs:
        await soon(lambda: jobs.counts["quick"].runs)
    await asyncio.sleep(0.02)
    runs = jobs.counts["quick"].runs
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(0.2)
    assert jobs.counts["quick"].runs == runs


async def test_a_job_that_runs_at_the_stop_is_ended_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    begun = asyncio.Event()

    async def long() -> None:
        begun.set()
        await asyncio.sleep(60)

    async with _started(Job("long", 0.05, 60.0, long)):
        await asyncio.wait_for(begun.wait(), 5)
    await asyncio.sleep(0.1)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
