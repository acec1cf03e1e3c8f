"""What is counted of each scheduled job."""

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from collector.service.jobs import Jobs
from models.works.calendar import NS


def job_families(jobs: Jobs, now_ns: int) -> Iterable[Metric]:
    """A sample for each job at `now_ns` (UTC ns); one that never ended well has no instant of that.

    The instant is counted back from the present, so that a clock that was set anew does not put it into the future.
    """
    runs = CounterMetricFamily("tundish_job_runs", "Starts of a job.", labels=["job"])
    failed = CounterMetricFamily("tundish_job_failures", "Runs that failed.", labels=["job"])
    overran = CounterMetricFamily("tundish_job_overruns", "Runs that passed their limit.", labels=["job"])
    late = CounterMetricFamily("tundish_job_late_starts", "Starts that were missed or came too late.", labels=["job"])
    success = GaugeMetricFamily(
        "tundish_job_last_success_timestamp_seconds", "When a run last ended well.", labels=["job"]
    )
    for job in jobs.jobs:
        name, counts = job.name, jobs.counts[job.name]
        runs.add_metric([name], counts.runs)
        failed.add_metric([name], counts.failed)
        overran.add_metric([name], counts.overran)
        late.add_metric([name], counts.late)
        if counts.succeeded_s is not None:
            success.add_metric([name], now_ns / NS - jobs.since_success_s(job))
    return (runs, failed, overran, late, success)
