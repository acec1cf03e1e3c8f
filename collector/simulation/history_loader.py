"""Two years of simulated history into the ledger of a demo, with the rows that managers' pages read."""

import asyncio
from collections.abc import Callable
from functools import partial

from collector.errors import CannotStart
from collector.service.roll_up import RollUp
from collector.simulation.history import history_span, increments_of, make_history
from collector.simulation.history_statements import history_figures, history_plans, history_repairs
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import configurations
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from models.tables.desk_data import UnitActivity
from models.works.calendar import NS
from models.works.plant import Plant

HOURS_SHOWN_S = 14 * 86_400
"""Hour rows are published for this long before the end. Older hours are in the ledger, and their days are published.

Two weeks fill the boards; the hour rows of two years would make the demo start much later.
"""

POSTING = 0.4
"""The share of the work that posting is; the rest rolls it up. From one run's clock; only the progress bar uses it."""


async def load_history(
    ledger: Ledger, roll_up: RollUp, plant: Plant, end_ns: int, seed: int, progress: Callable[[float], None]
) -> None:
    """Post the history that ends with the last full five minutes at `end_ns`; `progress` gets the share done, 0 to 1.

    Raises CannotStart for a ledger that is not a demo's, or that holds figures already.
    """
    if not ledger.demo or not plant.simulated:
        raise CannotStart("a simulated history may enter a demo's ledger only; give the simulation another data_dir")
    if await asyncio.to_thread(ledger.read, ledger_reads.totals):
        raise CannotStart("this ledger holds figures already; a simulated history needs a new one")
    # The collector that goes on with this ledger finds its own configuration, and so has nothing to roll up anew.
    await ledger.write(partial(configurations.keep, plant=plant, clock_ns=ledger.clock_ns()))
    span = history_span(end_ns, plant.zone)
    last_s: dict[str, int] = {}
    history = await asyncio.to_thread(make_history, plant, end_ns, seed)
    chunks = increments_of(history)
    while chunk := await asyncio.to_thread(next, chunks, None):
        await ledger.write(partial(ledger_changes.post, increments=chunk, clock_ns=ledger.clock_ns()))
        for item in chunk:
            if item.grams:
                last_s[item.unit] = max(item.end_s, last_s.get(item.unit, 0))
        progress(POSTING * (chunk[-1].end_s - span.start_s) / (span.end_s - span.start_s))
    stated: list[ledger_statements.Statement] = [
        *history_plans(plant, end_ns, seed),
        *history_repairs(plant, end_ns, seed),
        *history_figures(plant, history, seed),
    ]
    await ledger.write(partial(ledger_statements.add, statements=stated, dirty=(), clock_ns=ledger.clock_ns()))
    activity = [UnitActivity(unit, None, end_s * NS) for unit, end_s in last_s.items()]
    await ledger.write(partial(ledger_moment.put, sources=(), activity=activity))
    roll_up.hours_from_ns = end_ns - HOURS_SHOWN_S * NS
    roll_up.progress = lambda share: progress(POSTING + (1 - POSTING) * share)
    await roll_up.run()
