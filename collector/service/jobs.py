"""Scheduled jobs: each with an interval and a time limit; what overran, was missed or failed is counted and shown."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from collector.errors import CollectorError
from collector.service.steady_clock import Every, SteadyClock

log = structlog.get_logger(__name__)


TRIES = 3
"""A job that did not end well for so many intervals and limits is overdue: one run that fails, or that a busy machine
holds up, is no news."""
LEAST_OVERDUE_S = 60.0
"""Whoever watches `/readyz` asks a few times a minute; what is put right within one is no news either."""


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is started every `every_s` seconds and given up after `limit_s`. One instance runs at a time."""

    name: str
    every_s: float
    limit_s: float
    run: Callable[[], Awaitable[None]]

    @property
    def overdue_after_s(self) -> float:
        """Without a run that ended well for so long, the job is not done any more."""
        return max(LEAST_OVERDUE_S, TRIES * (self.every_s + self.limit_s))


@dataclass(slots=True)
class JobCounts:
    """Since the start of the service. `late`: a start that was due while the job still ran, or came too late.

    `started_s` and `succeeded_s`: the last start, and the end of the last run that ended well, by the monotonic clock;
    None: there was none.
    """

    runs: int = 0
    failed: int = 0
    overran: int = 0
    late: int = 0
    started_s: float | None = None
    succeeded_s: float | None = None
    failing: bool = False


@dataclass(slots=True)
class Jobs:
    """Runs the jobs on the event loop through APScheduler; nothing is kept on disk, the wiring builds them anew.

    They go by `monotonic`, in seconds: a wall clock that is set anew changes nothing in their turn.
    """

    jobs: tuple[Job, ...]
    monotonic: Callable[[], float] = time.monotonic
    counts: dict[str, JobCounts] = field(init=False)
    _began_s: float = 0.0
    _scheduler: AsyncIOScheduler = field(init=False)
    _stopping: bool = False

    def __post_init__(self) -> None:
        self.counts = {job.name: JobCounts() for job in self.jobs}

    def start(self) -> None:
        """Schedule every job. Call inside the running loop."""
        self._began_s = self.monotonic()
        # No grace: how late a start is would be judged by the wall clock. A late one still runs, once.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=SteadyClock(self.monotonic), job_defaults=defaults)
        self._scheduler.add_listener(self._on_late, EVENT_JOB_MAX_INSTANCES)
        for job in self.jobs:
            self._scheduler.add_job(self._run, Every(job.every_s), args=(job,), id=job.name)
        self._scheduler.start()

    def stop(self) -> None:
        """Start no job any more, and cancel those that run: each can be begun anew."""
        self._stopping = True
        # Not waited for: what a job was at is begun anew at the next start, and the stop has its own limits.
        self._scheduler.shutdown(wait=False)

    def since_success_s(self, job: Job) -> float:
        """Seconds since a run of the job last ended well, or since the start of the service."""
        succeeded_s = self.counts[job.name].succeeded_s
        return self.monotonic() - (self._began_s if succeeded_s is None else succeeded_s)

    def overdue(self) -> tuple[str, ...]:
        """The jobs that are not done any more, each in words."""
        return tuple(
            f"job {job.name}: no run ended well for {self.since_success_s(job):.0f} s"
            for job in self.jobs
            if self.since_success_s(job) > job.overdue_after_s
        )

    def _on_late(self, event: JobSubmissionEvent) -> None:
        self.counts[event.job_id].late += 1

    async def _run(self, job: Job) -> None:
        counts = self.counts[job.name]
        now_s = self.monotonic()
        if counts.started_s is not None and now_s - counts.started_s > 2 * job.every_s:
            counts.late += 1
        counts.runs, counts.started_s = counts.runs + 1, now_s
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
            counts.succeeded_s = self.monotonic()

    @staticmethod
    def _failed(job: Job, counts: JobCounts, error: str) -> None:
        if not counts.failing:
            log.warning("job_failed", job=job.name, error=error, next_try_in_s=job.every_s)
        counts.failing = True
