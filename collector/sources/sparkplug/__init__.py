"""Sparkplug B over MQTT 5: what edge nodes and their devices publish, told apart by their births."""

from collector.sources.base import Source, SourceContext, SourceType
from collector.sources.sparkplug.config import SparkplugAddress, SparkplugConfig
from models.tables.loss_cause import Answer


def _build(config: SparkplugConfig, context: SourceContext) -> Source:
    """Build the source. The library behind it is loaded only here: checking a configuration does not need it."""
    from collector.sources.sparkplug.source import SparkplugSource

    return SparkplugSource(config, context)


def _place(config: SparkplugConfig, address: SparkplugAddress) -> str:
    return address.place(config)


SOURCE = SourceType(
    type="sparkplug",
    config=SparkplugConfig,
    address=SparkplugAddress,
    build=_build,
    answer=Answer.MESSAGES,
    place=_place,
    resumes_by_time=True,
    complaint=SparkplugAddress.complaint,
)
