"""The hours of fuels before a demo starts, into its ledger."""

from functools import partial

from collector.simulation.history import History
from collector.simulation.history_fuel import history_fuel
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.ledger import Ledger
from models.heat.fuel import FuelUse
from models.works.calendar import NS


async def load_fuel(ledger: Ledger, use: FuelUse, history: History, end_ns: int, seed: int) -> None:
    """Store the hours beside what was made before `end_ns`."""
    if not use.fuels:
        return
    for hours in history_fuel(history, end_ns // NS, seed):
        await ledger.write(partial(ledger_measured.put, hours=hours, states={}, step=0))
