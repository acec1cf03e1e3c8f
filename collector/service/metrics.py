"""The self-metrics as Prometheus reads them, taken from the live parts at each scrape."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from collector.service.alerting import Alerting
from collector.service.health import age_s
from collector.service.intake import IntakeCounts
from collector.service.jobs import Jobs
from collector.service.parts import Parts
from collector.service.sending import Sending

_NO_COUNTS = IntakeCounts()


@dataclass(eq=False)
class ServiceMetrics(Collector):
    """Everything that is counted. `outbox_rows` is kept by a job, for counting them asks the disk."""

    parts: Parts
    jobs: Jobs
    outbox_rows: int = 0
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
        yield from self._source_families()
        yield from self._queue_families()
        yield from self._job_families()
        yield from _alert_families(self.parts.alerting)
        if self.parts.sending is not None:
            yield from _sending_families(self.parts.sending)

    def _source_families(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("tundish_source_up", "1 while the source answers.", labels=["source"])
        age = GaugeMetricFamily("tundish_source_age_seconds", "Since the last good answer.", labels=["source"])
        poll = GaugeMetricFamily("tundish_source_poll_seconds", "How long the last poll took.", labels=["source"])
        offset = GaugeMetricFamily("tundish_source_clock_offset_seconds", "Its clock minus ours.", labels=["source"])
        days = GaugeMetricFamily(
            "tundish_source_certificate_days_left", "Until our certificate expires.", labels=["source"]
        )
        bad = GaugeMetricFamily("tundish_source_bad_nodes", "Nodes that cannot be read.", labels=["source"])
        stale = GaugeMetricFamily("tundish_source_stale_tags", "Tags that are not fresh.", labels=["source"])
        accepted = CounterMetricFamily("tundish_readings", "Records that were believed.", labels=["source"])
        rejected = CounterMetricFamily("tundish_rejected", "Records in quarantine.", labels=["source"])
        held = CounterMetricFamily("tundish_intakes_held", "Deliveries that the disk did not take.", labels=["source"])
        reconnects = CounterMetricFamily("tundish_source_reconnects", "Connections made anew.", labels=["source"])
        overflows = CounterMetricFamily("tundish_source_overflows", "Server queue overflows.", labels=["source"])
        now_ns = self.parts.clock_ns()
        for name, source in self.parts.sources.items():
            health, counts = source.health, self.parts.intake.counts.get(name, _NO_COUNTS)
            up.add_metric([name], int(health.up))
            for family, value in (
                (age, age_s(health, now_ns)),
                (offset, health.clock_offset_s),
                (days, health.cert_days_left),
            ):
                if value is not None:
                    family.add_metric([name], value)
            poll.add_metric([name], health.poll_s)
            bad.add_metric([name], len(health.bad_nodes))
            late = self.parts.freshness.stale(name, now_ns)
            stale.add_metric([name], 0 if late is None else len(late.tags))
            accepted.add_metric([name], counts.accepted)
            rejected.add_metric([name], counts.rejected)
            held.add_metric([name], counts.held)
            reconnects.add_metric([name], health.reconnects)
            overflows.add_metric([name], health.overflows)
        return (up, age, poll, offset, days, bad, stale, accepted, rejected, held, reconnects, overflows)

    def _queue_families(self) -> Iterable[Metric]:
        parts = self.parts
        depth = parts.journal.depth()
        return (
            GaugeMetricFamily("tundish_queue_rows", "Entries in the journal.", value=depth.rows),
            GaugeMetricFamily("tundish_queue_bytes", "Bytes in use in the journal.", value=depth.bytes),
            GaugeMetricFamily(
                "tundish_queue_age_seconds", "Age of the oldest unsent entry.", value=depth.oldest_unsent_age_s
            ),
            CounterMetricFamily(
                "tundish_queue_dropped_lines",
                "Telemetry that gave way to the bounds.",
                value=parts.journal.dropped_lines,
            ),
            GaugeMetricFamily("tundish_ledger_behind", "Entries not in the ledger yet.", value=parts.consumer.behind),
            GaugeMetricFamily("tundish_outbox_rows", "Calculated rows that wait.", value=self.outbox_rows),
            GaugeMetricFamily(
                "tundish_loop_lag_ms", "Worst lateness of the event loop.", value=parts.loop_lag.worst_ms
            ),
        )

    def _job_families(self) -> Iterable[Metric]:
        runs = CounterMetricFamily("tundish_job_runs", "Starts of a job.", labels=["job"])
        failed = CounterMetricFamily("tundish_job_failed", "Runs that failed.", labels=["job"])
        overran = CounterMetricFamily("tundish_job_overran", "Runs that passed their limit.", labels=["job"])
        late = CounterMetricFamily("tundish_job_late", "Starts that were missed or came too late.", labels=["job"])
        for name, counts in self.jobs.counts.items():
            runs.add_metric([name], counts.runs)
            failed.add_metric([name], counts.failed)
            overran.add_metric([name], counts.overran)
            late.add_metric([name], counts.late)
        return (runs, failed, overran, late)


def _alert_families(alerting: Alerting) -> Iterable[Metric]:
    incidents = GaugeMetricFamily("tundish_incidents", "Open incidents.", labels=["severity"])
    for severity, count in alerting.open_by_severity.items():
        incidents.add_metric([f"P{severity}"], count)
    messages = CounterMetricFamily("tundish_alert_messages", "Messages about incidents.", labels=["outcome"])
    for outcome, count in (
        ("sent", alerting.sent),
        ("try_failed", alerting.failed),
        ("given_up", alerting.given_up),
        ("held", alerting.held),
    ):
        messages.add_metric([outcome], count)
    waiting = GaugeMetricFamily("tundish_alert_messages_waiting", "Messages that wait.", value=alerting.waiting)
    return (incidents, messages, waiting)


def _sending_families(sending: Sending) -> Iterable[Metric]:
    up = GaugeMetricFamily("tundish_database_up", "1 while the last round was answered.", labels=["sender"])
    sent = CounterMetricFamily("tundish_sent", "Rows that the database has.", labels=["sender"])
    refused = CounterMetricFamily("tundish_refused", "Rows that the database refused.", labels=["sender"])
    retried = CounterMetricFamily("tundish_sending_retries", "Rounds that were repeated.", labels=["sender"])
    for name, sender in (("telemetry", sending.sink), ("outbox", sending.outbox)):
        up.add_metric([name], int(sender.retry.up and not sending.refused))
        sent.add_metric([name], sender.counters.sent)
        refused.add_metric([name], sender.counters.refused)
        retried.add_metric([name], sender.retry.retried)
    old = CounterMetricFamily(
        "tundish_dropped_beyond_retention", "Rows too old for the bucket.", value=sending.sink.counters.dropped_old
    )
    return (up, sent, refused, retried, old)
