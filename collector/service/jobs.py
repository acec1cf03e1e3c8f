"""Scheduled jobs: each with an interval and a time limit; what overran, was missed or failed is counted and shown."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from collector.errors import CollectorError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is started every `every_s` seconds and given up after `limit_s`. One instance runs at a time."""

    name: str
    every_s: float
    limit_s: float
    run: Callable[[], Awaitable[None]]


@dataclass(slots=True)
class JobCounts:
    """Since the start of the service. `late`: a start that was due while the job still ran, or came too late.

    `last_success_ns`: when a run last ended well, by the clock of the machine (UTC; 0: never).
    """

    runs: int = 0
    failed: int = 0
    overran: int = 0
    late: int = 0
    last_success_ns: int = 0
    failing: bool = False


@dataclass(slots=True)
class Jobs:
    """Runs the jobs on the event loop through APScheduler; nothing is kept on disk, the wiring builds them anew."""

    jobs: tuple[Job, ...]
    counts: dict[str, JobCounts] = field(init=False)
    _scheduler: AsyncIOScheduler = field(init=False)
    _stopping: bool = False

    def __post_init__(self) -> None:
        self.counts = {job.name: JobCounts() for job in self.jobs}

    def start(self) -> None:
        """Schedule every job. Call inside the running loop."""
        # The grace is the interval: APScheduler's own default of 1 s would drop jobs on a busy machine in silence.
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
        self._scheduler.add_listener(self._on_late, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        for job in self.jobs:
            self._scheduler.add_job(
                self._run,
                "interval",
                args=(job,),
                id=job.name,
                seconds=job.every_s,
                misfire_grace_time=max(1, int(job.every_s)),
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Start no job any more, and cancel those that run: each can be begun anew."""
        self._stopping = True
        # Not waited for: what a job was at is begun anew at the next start, and the stop has its own limits.
        self._scheduler.shutdown(wait=False)

    def _on_late(self, event: JobExecutionEvent | JobSubmissionEvent) -> None:
        self.counts[event.job_id].late += 1

    async def _run(self, job: Job) -> None:
        counts = self.counts[job.name]
        counts.runs += 1
        try:
            async with asyncio.timeout(job.limit_s):
                await job.run()
        except asyncio.CancelledError:
            # The scheduler would log the end of a service as a failure of the job.
            if not self._stopping:
                raise
        except TimeoutError:
            counts.overran += 1
            self._failed(job, counts, f"did not end within its {job.limit_s:g} s")
        except CollectorError as error:
            counts.failed += 1
            self._failed(job, counts, str(error))
        except Exception as error:
            # A job is a boundary: one that fails must neither stop the others nor the service.
            counts.failed += 1
            if not counts.failing:
                log.exception("job_broken", job=job.name, error=repr(error))
            counts.failing = True
        else:
            if counts.failing:
                log.info("job_recovered", job=job.name)
            counts.failing = False
            counts.last_success_ns = time.time_ns()

    @staticmethod
    def _failed(job: Job, counts: JobCounts, error: str) -> None:
        if not counts.failing:
            log.warning("job_failed", job=job.name, error=error, next_try_in_s=job.every_s)
        counts.failing = True


async def within(limit_s: float, what: str, work: Awaitable[None]) -> None:
    """Do a part of the stop, and no longer than `limit_s`: what is not done then is done at the next start."""
    try:
        await asyncio.wait_for(work, limit_s)
    except TimeoutError:
        log.warning("left_for_the_next_start", part=what, after_s=limit_s)
    except CollectorError as error:
        log.warning("left_for_the_next_start", part=what, error=str(error))
