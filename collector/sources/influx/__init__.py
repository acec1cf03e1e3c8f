"""InfluxDB: new rows of a query in InfluxQL or Flux by a watermark in time; nothing is written there."""

from functools import partial
from zoneinfo import ZoneInfo

from collector.sources.base import Source, SourceContext, SourceType, address_text
from collector.sources.influx.config import InfluxAddress, InfluxConfig
from models.tables.loss_cause import Answer


def _build(config: InfluxConfig, context: SourceContext) -> Source:
    """Build the source. The library behind it is loaded only here: checking a configuration does not need it."""
    from collector.sources.influx.database import said
    from collector.sources.influx.reader import InfluxProgress, InfluxReader
    from collector.sources.polling import PollingSource

    zone = context.zone if config.zone is None else ZoneInfo(config.zone)
    connect = partial(InfluxReader, config, context, zone, InfluxProgress.of(config, context))
    addresses = {tag.name: address_text(tag, _place(config, address)) for _, tag, address in context.tags}
    return PollingSource(config.name, config.poll, connect, partial(said, config), context.clock_ns, addresses)


def _place(config: InfluxConfig, address: InfluxAddress) -> str:
    return f"influx {config.url} {config.database or config.org} {address.value_of(address.query)}"


SOURCE = SourceType(
    type="influx",
    config=InfluxConfig,
    address=InfluxAddress,
    build=_build,
    answer=Answer.ROWS,
    place=_place,
    resumes_by_time=True,
    complaint=InfluxAddress.complaint,
    named=lambda config, address: ("query", address.query, list(config.queries)),
)
