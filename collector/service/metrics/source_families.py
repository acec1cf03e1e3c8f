"""What is counted of each source."""

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from collector.service.intake import IntakeCounts
from collector.service.parts import Parts
from models.works.calendar import NS

_NO_COUNTS = IntakeCounts()


def source_families(parts: Parts) -> Iterable[Metric]:
    """A sample for each source; an instant that never was is absent."""
    up = GaugeMetricFamily("tundish_source_up", "1 while the source answers.", labels=["source"])
    answered = GaugeMetricFamily(
        "tundish_source_last_answer_timestamp_seconds", "When it last gave a good answer.", labels=["source"]
    )
    poll = GaugeMetricFamily("tundish_source_poll_duration_seconds", "How long the last poll took.", labels=["source"])
    offset = GaugeMetricFamily("tundish_source_clock_offset_seconds", "Its clock minus ours.", labels=["source"])
    expiry = GaugeMetricFamily(
        "tundish_source_certificate_expiry_timestamp_seconds", "When our certificate expires.", labels=["source"]
    )
    bad = GaugeMetricFamily("tundish_source_unreadable_nodes", "Nodes that cannot be read.", labels=["source"])
    stale = GaugeMetricFamily("tundish_source_stale_tags", "Tags that are not fresh.", labels=["source"])
    accepted = CounterMetricFamily("tundish_readings", "Records that were believed.", labels=["source"])
    rejected = CounterMetricFamily("tundish_readings_rejected", "Records in quarantine.", labels=["source"])
    held = CounterMetricFamily("tundish_deliveries_held", "Deliveries that the disk did not take.", labels=["source"])
    reconnects = CounterMetricFamily("tundish_source_reconnects", "Connections made anew.", labels=["source"])
    overflows = CounterMetricFamily(
        "tundish_source_queue_overflows", "Overflows of the server's queue.", labels=["source"]
    )
    now_ns = parts.clock_ns()
    for name, source in parts.sources.items():
        health, counts = source.health, parts.intake.counts.get(name, _NO_COUNTS)
        up.add_metric([name], int(health.up))
        if health.last_success_ns:
            answered.add_metric([name], health.last_success_ns / NS)
        if health.clock_offset_s is not None:
            offset.add_metric([name], health.clock_offset_s)
        if health.cert_expires_ns is not None:
            expiry.add_metric([name], health.cert_expires_ns / NS)
        poll.add_metric([name], health.poll_s)
        bad.add_metric([name], len(health.bad_nodes))
        late = parts.freshness.stale(name, now_ns)
        stale.add_metric([name], 0 if late is None else len(late.tags))
        accepted.add_metric([name], counts.accepted)
        rejected.add_metric([name], counts.rejected)
        held.add_metric([name], counts.held)
        reconnects.add_metric([name], health.reconnects)
        overflows.add_metric([name], health.overflows)
    return (up, answered, poll, offset, expiry, bad, stale, accepted, rejected, held, reconnects, overflows)
