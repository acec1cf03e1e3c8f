"""OPC UA: reads tags and event rings of a server, by polling or subscription, and never changes anything there."""

from collector.sources.base import Source, SourceContext, SourceType
from collector.sources.opcua.address import OpcUaAddress
from collector.sources.opcua.config import OpcUaConfig


def _build(config: OpcUaConfig, context: SourceContext) -> Source:
    """Build the source. The library behind it is loaded only here: checking a configuration does not need it."""
    from collector.sources.opcua.source import OpcUaSource

    return OpcUaSource(config, context)


def _place(config: OpcUaConfig, address: OpcUaAddress) -> str | None:
    try:
        return address.place(config.url, None)
    except LookupError:
        return None


def _asks_history(config: OpcUaConfig) -> bool:
    return config.history is not None


SOURCE = SourceType(
    type="opcua",
    config=OpcUaConfig,
    address=OpcUaAddress,
    build=_build,
    place=_place,
    asks_history=_asks_history,
    complaint=OpcUaAddress.complaint,
)
