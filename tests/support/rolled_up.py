"""What the service does with a ledger that people wrote to: its figures are counted and published."""

import time
from collections.abc import Callable

from collector.config.settings import Settings
from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.storage.ledger.ledger import Ledger
from models.counting.output_plan import OutputPlan


async def rolled_up(settings: Settings, clock_ns: Callable[[], int] = time.time_ns) -> None:
    """Publish all that changed."""
    ledger = Ledger.open(settings.data_dir, clock_ns=clock_ns, demo=settings.plant.simulated)
    try:
        mark = ledger.mark()
        work = RollUp(ledger, OutputPlan(settings.plant), Publishing(), clock_ns, refreshed_ns=mark.recorded_ns)
        await work.run()
    finally:
        await ledger.close()
