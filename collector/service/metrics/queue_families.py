"""What waits on our own disk, and how late the event loop is."""

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from collector.service.parts import Parts
from models.works.calendar import NS


def queue_families(parts: Parts, outbox_rows: int, damage: int) -> Iterable[Metric]:
    """Journal, ledger and outbox. The instant of the oldest unsent entry is absent while nothing waits."""
    depth = parts.journal.depth()
    oldest = GaugeMetricFamily(
        "tundish_journal_oldest_unsent_timestamp_seconds",
        "When the oldest entry came that the database lacks.",
        labels=[],
    )
    if depth.oldest_unsent_ns is not None:
        oldest.add_metric([], depth.oldest_unsent_ns / NS)
    return (
        GaugeMetricFamily("tundish_journal_entries", "Entries in the journal.", value=depth.rows),
        GaugeMetricFamily("tundish_journal_size_bytes", "Bytes in use in the journal.", value=depth.bytes),
        oldest,
        CounterMetricFamily(
            "tundish_journal_lines_dropped",
            "Telemetry that gave way to the bounds.",
            value=parts.journal.dropped_lines,
        ),
        CounterMetricFamily(
            "tundish_journal_losses",
            "Spans of entries that the journal lost, of all time: each is a gap.",
            value=parts.journal.losses,
        ),
        CounterMetricFamily(
            "tundish_ledger_damage",
            "How often something in the ledger was not as it was written, of all time: see `tundish status`.",
            value=damage,
        ),
        GaugeMetricFamily(
            "tundish_ledger_entries_behind", "Entries not in the ledger yet.", value=parts.consumer.behind
        ),
        GaugeMetricFamily("tundish_outbox_rows", "Calculated rows that wait.", value=outbox_rows),
        GaugeMetricFamily(
            "tundish_event_loop_lag_seconds",
            "Worst lateness of the event loop in the last 10 s.",
            value=parts.loop_lag.worst_ms / 1e3,
        ),
    )
