"""SQL: new rows of a database by a watermark in time; nothing is written there."""

from functools import partial
from zoneinfo import ZoneInfo

from collector.sources.base import Source, SourceContext, SourceType, address_text
from collector.sources.sql.config import SqlAddress, SqlConfig
from models.tables.loss_cause import Answer


def _build(config: SqlConfig, context: SourceContext) -> Source:
    """Build the source. The library behind it is loaded only here: checking a configuration does not need it."""
    from collector.sources.polling import PollingSource
    from collector.sources.sql.database import ReadOnlyDatabase, said
    from collector.sources.sql.reader import SqlProgress, SqlReader

    zone = context.zone if config.zone is None else ZoneInfo(config.zone)
    database, progress = ReadOnlyDatabase(config, context.folder, zone), SqlProgress.of(config, context)
    connect = partial(SqlReader, config, context, zone, database, progress)
    addresses = {tag.name: address_text(tag, _place(config, address)) for _, tag, address in context.tags}
    return PollingSource(config.name, config.poll, connect, partial(said, config), context.clock_ns, addresses)


def _place(config: SqlConfig, address: SqlAddress) -> str:
    return f"{config.driver}://{config.host or ''}/{config.database} {address.value_of(address.query)}"


SOURCE = SourceType(
    type="sql",
    config=SqlConfig,
    address=SqlAddress,
    build=_build,
    answer=Answer.ROWS,
    place=_place,
    resumes_by_time=True,
    complaint=SqlAddress.complaint,
    named=lambda config, address: ("query", address.query, list(config.queries)),
)
