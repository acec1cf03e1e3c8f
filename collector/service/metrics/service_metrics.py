"""The self-metrics, taken from the live parts at each scrape.

Names follow the conventions of Prometheus (prometheus.io/docs/practices/naming): base units at the end of a name, an
instant as a timestamp and not as an age, for an age stands still if what computes it does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from collector.service.jobs import Jobs
from collector.service.metrics.alert_families import alert_families
from collector.service.metrics.group_families import group_families
from collector.service.metrics.job_families import job_families
from collector.service.metrics.output_families import LedgerFigures, output_families
from collector.service.metrics.queue_families import queue_families
from collector.service.metrics.sending_families import sending_families
from collector.service.metrics.source_families import source_families
from collector.service.parts import Parts


@dataclass(eq=False)
class ServiceMetrics(Collector):
    """Everything that is counted. `figures` are kept by a job, for reading them asks the disk."""

    parts: Parts
    jobs: Jobs
    figures: LedgerFigures = field(default_factory=LedgerFigures)
    _registry: CollectorRegistry = field(default_factory=CollectorRegistry, init=False)

    def __post_init__(self) -> None:
        self._registry.register(self)

    def text(self) -> bytes:
        """The exposition of this instant."""
        return generate_latest(self._registry)

    def describe(self) -> Iterable[Metric]:
        """Nothing is promised before the first scrape."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """All families."""
        yield InfoMetricFamily("tundish_build", "The running version.", value={"version": version("tundish")})
        yield from source_families(self.parts)
        yield from queue_families(self.parts, self.figures.outbox_rows, self.figures.damage)
        yield from output_families(self.figures)
        yield from job_families(self.jobs, self.parts.clock_ns())
        yield from alert_families(self.parts.alerting)
        if self.parts.sending is not None:
            yield from sending_families(self.parts.sending)
        if self.parts.group is not None:
            yield from group_families(self.parts.group)
