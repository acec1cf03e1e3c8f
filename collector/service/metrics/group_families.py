"""What is counted of the way to the group."""

from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily, Metric

from collector.group.publisher import GroupPublisher

_NS = 1_000_000_000


def group_families(group: GroupPublisher) -> Iterable[Metric]:
    """Of the last round; before the first one nothing is known."""
    if group.retry.heard:
        yield GaugeMetricFamily(
            "tundish_group_up",
            "1 while the group's Kafka takes what is sent, 0 while it does not.",
            int(group.retry.up),
        )
    waiting = group.waiting
    if waiting is None:
        return
    for name, text, value in (
        ("waiting_rows", "Rows that changed and stand in no message yet.", waiting.items),
        ("waiting_messages", "Messages that the group has not said to have.", waiting.messages),
        ("last_number", "The number of the newest message of the stream.", waiting.stream.number),
        ("last_taken", "The number up to which the group has the stream.", waiting.stream.taken),
    ):
        yield GaugeMetricFamily(f"tundish_group_{name}", text, value)
    if waiting.since_ns is not None:
        yield GaugeMetricFamily(
            "tundish_group_waiting_since_timestamp_seconds",
            "When the oldest message was made that the group has not said to have.",
            waiting.since_ns / _NS,
        )
