"""Kafka: records with JSON or numbers, each topic from where it was left; nothing is produced."""

from functools import partial
from zoneinfo import ZoneInfo

from collector.sources.base import Source, SourceContext, SourceType, address_text
from collector.sources.kafka.config import KafkaAddress, KafkaConfig
from models.tables.loss_cause import Answer


def _build(config: KafkaConfig, context: SourceContext) -> Source:
    """Build the source. The library behind it is loaded only here: checking a configuration does not need it."""
    from collector.sources.kafka.consumer import said
    from collector.sources.kafka.reader import KafkaProgress, KafkaReader
    from collector.sources.polling import PollingSource

    zone = context.zone if config.zone is None else ZoneInfo(config.zone)
    connect = partial(KafkaReader, config, context, zone, KafkaProgress())
    addresses = {tag.name: address_text(tag, _place(config, address)) for _, tag, address in context.tags}
    # The reader itself waits for records, so it is asked again at once.
    return PollingSource(config.name, 0.0, connect, partial(said, config), context.clock_ns, addresses)


def _place(config: KafkaConfig, address: KafkaAddress) -> str:
    return f"kafka://{config.servers[0]}/{address.topic} {address.value or address.tonnes}"


SOURCE = SourceType(
    type="kafka",
    config=KafkaConfig,
    address=KafkaAddress,
    build=_build,
    answer=Answer.MESSAGES,
    place=_place,
    resumes_by_time=True,
    complaint=KafkaAddress.complaint,
)
