"""The hours of heat networks, boilers and turbines before a demo starts, into its ledger."""

from functools import partial

from collector.simulation.history_heat import history_hours, load_hours
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.ledger import Ledger
from models.heat.network import HeatSupply
from models.works.calendar import NS


async def load_heat(ledger: Ledger, supply: HeatSupply, end_ns: int, seed: int) -> None:
    """Store the hours before `end_ns`."""
    for network in supply.networks:
        hours = list(history_hours(network, end_ns // NS, seed))
        await ledger.write(partial(ledger_measured.put, hours=hours, states={}, step=0))
    loads = list(load_hours(supply, end_ns // NS, seed))
    await ledger.write(partial(ledger_measured.put, hours=loads, states={}, step=0))
