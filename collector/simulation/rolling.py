"""The hot strip mill."""

from collector.simulation.nodes import ROLLING
from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.unit import STEP_S, Instant, Stocks, UnitModel

# A shift of maintenance three times a month, by day, when the crews are there.
REPAIR_EVERY_DAYS = 10
REPAIR_HOURS = (8.0, 16.0)


class HotStripMill(UnitModel):
    """A coil every three minutes; a roll change of 15 minutes after some eighty; a repair shift every tenth day."""

    def __init__(self, code: str, seed: int, *, parameters: WorksParameters = USUAL) -> None:
        super().__init__(code, seed)
        self._coils_between_rolls = parameters.coils_between_rolls
        self._wait_s = self.random.uniform(0, 190)
        self._until_roll_change = self.random.randint(10, 90)

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        repair = now.local_day % REPAIR_EVERY_DAYS == 0 and REPAIR_HOURS[0] <= now.local_hour < REPAIR_HOURS[1]
        if stopped or repair or stocks.slab_t < 30:
            self.shown.gauges["speed"] = 0.0
            return
        self._wait_s -= STEP_S
        # A coil is in the mill for somewhat under two of the three minutes between two.
        self.shown.gauges["speed"] = round(self.random.gauss(9.0, 0.15), 2) if self._wait_s < 110 else 0.0
        if self._wait_s > 0:
            return
        slab_t = self.random.uniform(15, 26)
        stocks.slab_t -= slab_t
        self.finish("coils", ROLLING.made_of(slab_t, self.seed, now.local_day), now)
        self._wait_s += self.random.uniform(140, 236) / pace
        self._until_roll_change -= 1
        if self._until_roll_change == 0:
            self._wait_s += self.random.uniform(780, 960)
            self._until_roll_change = self.random.randint(*self._coils_between_rolls)
