"""The hours of sensors of methane before a demo starts, into its ledger."""

from functools import partial

from collector.simulation.beside.longwall import UNIT
from collector.simulation.history_longwall import longwall_hours
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.ledger import Ledger
from models.counting.measuring import MeasuringRule
from models.works.calendar import NS
from models.works.plant import Plant


async def load_longwall(ledger: Ledger, plant: Plant, end_ns: int, seed: int) -> None:
    """Store what was shown before `end_ns`, and what each sensor showed last."""
    tags = {tag.name: tag for tag in plant.tags if tag.unit == UNIT}
    rules = [
        MeasuringRule.of(measured, tags[name], plant.zone) for name, measured in plant.measured.items() if name in tags
    ]
    found = longwall_hours(rules, end_ns // NS, seed)
    hours = [hour for each in found for hour in each.changed.values()]
    states = {each.rule.tag: each.state for each in found if each.state is not None}
    await ledger.write(partial(ledger_measured.put, hours=hours, states=states, step=0))
