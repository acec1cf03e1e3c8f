"""Open incidents, and what became of the messages about them."""

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from collector.service.alerting import Alerting


def alert_families(alerting: Alerting) -> Iterable[Metric]:
    """Incidents by severity, messages by outcome."""
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
