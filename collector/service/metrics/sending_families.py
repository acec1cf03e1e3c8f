"""What is counted of the two senders to the database."""

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from collector.service.sending import Sending


def sending_families(sending: Sending) -> Iterable[Metric]:
    """A sample for each sender: telemetry, and the outbox of calculated rows."""
    up = GaugeMetricFamily(
        "tundish_database_up",
        "1 while the database takes what is sent, 0 while it does not; absent until something was sent.",
        labels=["sender"],
    )
    again = GaugeMetricFamily(
        "tundish_database_retry_timestamp_seconds",
        "When a database that is away is asked again, by its Retry-After or by our own wait.",
        labels=["sender"],
    )
    sent = CounterMetricFamily("tundish_rows_sent", "Rows that the database has.", labels=["sender"])
    refused = CounterMetricFamily("tundish_rows_refused", "Rows that the database refused.", labels=["sender"])
    retried = CounterMetricFamily("tundish_sending_retries", "Rounds that were repeated.", labels=["sender"])
    for name, sender in (("telemetry", sending.sink), ("outbox", sending.outbox)):
        if not sending.accepted or sender.retry.heard:
            up.add_metric([name], int(sender.retry.up and sending.accepted))
        if sender.retry.again_s is not None:
            again.add_metric([name], sender.retry.again_s)
        sent.add_metric([name], sender.counters.sent)
        refused.add_metric([name], sender.counters.refused)
        retried.add_metric([name], sender.retry.retried)
    old = CounterMetricFamily(
        "tundish_rows_beyond_retention",
        "Rows too old for the bucket, not sent.",
        value=sending.sink.counters.dropped_old,
    )
    return (up, again, sent, refused, retried, old)
