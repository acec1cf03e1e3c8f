"""MQTT 5: what devices publish as JSON or numbers, acknowledged only when it is synced here; nothing is published."""

from collector.sources.base import Source, SourceContext, SourceType
from collector.sources.mqtt.config import MqttAddress, MqttConfig
from models.tables.loss_cause import Answer


def _build(config: MqttConfig, context: SourceContext) -> Source:
    """Build the source. The library behind it is loaded only here: checking a configuration does not need it."""
    from collector.sources.mqtt.source import MqttSource

    return MqttSource(config, context)


def _place(config: MqttConfig, address: MqttAddress) -> str:
    return address.place(config)


SOURCE = SourceType(
    type="mqtt",
    config=MqttConfig,
    address=MqttAddress,
    build=_build,
    answer=Answer.MESSAGES,
    place=_place,
    resumes_by_time=True,
    complaint=MqttAddress.complaint,
)
