"""HTTP: rows of a web service that answers in JSON; it is only asked, by GET."""

from functools import partial
from zoneinfo import ZoneInfo

from collector.sources.base import Source, SourceContext, SourceType, address_text
from collector.sources.http.config import HttpAddress, HttpConfig
from models.tables.loss_cause import Answer


def _build(config: HttpConfig, context: SourceContext) -> Source:
    """Build the source. The client is loaded only here: checking a configuration does not need it."""
    from collector.sources.http.pages import said
    from collector.sources.http.reader import HttpProgress, HttpReader
    from collector.sources.polling import PollingSource

    zone = context.zone if config.zone is None else ZoneInfo(config.zone)
    connect = partial(HttpReader, config, context, zone, HttpProgress.of(config, context))
    addresses = {tag.name: address_text(tag, _place(config, address)) for _, tag, address in context.tags}
    return PollingSource(config.name, config.poll, connect, partial(said, config), context.clock_ns, addresses)


def _place(config: HttpConfig, address: HttpAddress) -> str:
    return f"{config.url} {address.value_of(address.request)}"


SOURCE = SourceType(
    type="http",
    config=HttpConfig,
    address=HttpAddress,
    build=_build,
    answer=Answer.ROWS,
    place=_place,
    resumes_by_time=True,
    complaint=HttpAddress.complaint,
    named=lambda config, address: ("request", address.request, list(config.requests)),
)
