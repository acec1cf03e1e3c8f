"""Modbus TCP: reads registers and bits of a device in few requests, and never writes."""

import logging
from functools import partial

from collector.sources.base import Source, SourceContext, SourceType, address_text
from collector.sources.modbus.config import ModbusAddress, ModbusConfig


def _build(config: ModbusConfig, context: SourceContext) -> Source:
    """Build the source. The library behind it is loaded only here: checking a configuration does not need it."""
    from collector.sources.modbus.line import said
    from collector.sources.modbus.newest import newest_of
    from collector.sources.modbus.reader import ModbusReader

    # The library writes of each lost answer itself, without saying of which source; the source says it once.
    logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)
    from collector.sources.polling import PollingSource

    addresses = {tag.name: address_text(tag, _place(config, address)) for _, tag, address in context.tags}
    connect = partial(ModbusReader, config, context, newest_of(config.name, context, addresses))
    return PollingSource(config.name, config.poll, connect, partial(said, config), context.clock_ns, addresses)


def _place(config: ModbusConfig, address: ModbusAddress) -> str:
    return f"modbus://{config.host}:{config.port}/{config.device} {address}"


SOURCE = SourceType(
    type="modbus",
    config=ModbusConfig,
    address=ModbusAddress,
    build=_build,
    place=_place,
    complaint=ModbusAddress.complaint,
)
