"""The converters of the BOF shop and the slab casters."""

from collector.simulation.nodes import CASTING, STEELMAKING
from collector.simulation.noise import Noise
from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.unit import STEP_S, Instant, Stocks, UnitModel

# One of three is always out, as docs/detection.md has it for a shop; a fortnight each keeps the turn regular.
RELINING_DAYS = 14
CONVERTERS = 3
USUAL_SPACING_S = 86400 / 33
"""Between two heats of the shop. It could be faster, but 8,900 t of iron a day are 33 heats of 290 t."""


def in_relining(converter: int, local_day: int) -> bool:
    """Whether converter 1, 2 or 3 is being relined on that day (days since 1970): one of the three always is."""
    return local_day // RELINING_DAYS % CONVERTERS == converter - 1


class Converter(UnitModel):
    """Blows a heat when there is hot metal for one and the crane is free; every third fortnight it is relined.

    A slow one takes longer over a heat, and charges no sooner than a shop of slow converters can.
    """

    def __init__(self, code: str, seed: int, *, number: int, parameters: WorksParameters = USUAL) -> None:
        super().__init__(code, seed)
        self._number = number
        self._usual_heat_t = parameters.heat_t
        self._heat_spread_t = parameters.heat_spread_t
        self._heat_t = 0.0
        self._iron_t = 0.0
        self._cycle_s = 0.0
        self._done_s = 0.0
        self._gave_way = False

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        blowing = False
        if not stopped:
            if self._heat_t > 0:
                blowing = self._work(now, stocks)
            elif not in_relining(self._number, now.local_day):
                self._charge(now, stocks, pace)
        self.shown.gauges["oxygen"] = round(self.random.gauss(900.0, 8.0), 1) if blowing else 0.0

    def _charge(self, now: Instant, stocks: Stocks, pace: float) -> None:
        spread_t = self._heat_spread_t
        heat_t = self.random.uniform(self._usual_heat_t - spread_t, self._usual_heat_t + spread_t)
        # The converters take turns: one that charged last leaves the next hot metal to the other for a while.
        spacing_s = 3600.0 if stocks.last_converter == self._number else 1500.0
        if pace < 1.0:
            spacing_s = max(spacing_s, USUAL_SPACING_S / pace)
        iron_t = STEELMAKING.taken_for(heat_t, self.seed, now.local_day)
        if stocks.hot_metal_t < iron_t or now.time_s - stocks.last_charge_s < spacing_s:
            self._gave_way = False
            return
        # Metal that has just come goes to the other one first, whichever of them is asked first: else the first by name
        # would make half as much again as the last.
        if stocks.last_converter == self._number and not self._gave_way:
            self._gave_way = True
            return
        self._gave_way = False
        stocks.hot_metal_t -= iron_t
        stocks.blown_iron_t += iron_t
        stocks.last_charge_s = now.time_s
        stocks.last_converter = self._number
        self._heat_t = heat_t
        self._iron_t = iron_t
        self._cycle_s = self.random.uniform(36, 48) * 60 / pace
        self._done_s = 0.0

    def _work(self, now: Instant, stocks: Stocks) -> bool:
        self._done_s += STEP_S
        if self._done_s >= self._cycle_s:
            stocks.steel_t += self.finish("heats", self._heat_t, now)
            stocks.blown_iron_t -= self._iron_t
            self._heat_t = 0.0
        return 600 <= self._done_s <= 1560


class Caster(UnitModel):
    """Casts what steel there is; run dry, it waits for the next heats and begins a new sequence."""

    def __init__(self, code: str, seed: int, *, parameters: WorksParameters = USUAL) -> None:
        super().__init__(code, seed)
        self._noise = Noise(self.random, 0.03 * parameters.noise, 1800.0)
        self._usual_t_per_h = parameters.cast_t_per_h
        self._sequence_t = parameters.sequence_t
        self._casting = True
        self._strand_t = self._uncut_t = 0.0
        self._next_slab_t = self.random.uniform(17, 27)

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        steel_t = self._usual_t_per_h * self._noise.step(STEP_S) * STEP_S / 3600 * pace
        if self._casting and stocks.steel_t < steel_t:
            self._casting = False
        elif not self._casting and stocks.steel_t > self._sequence_t:
            self._casting = True
        if stopped or not self._casting:
            self.shown.gauges["speed"] = 0.0
            return
        stocks.steel_t -= steel_t
        self._uncut_t += steel_t
        stocks.uncut_steel_t += steel_t
        self.shown.gauges["speed"] = round(1.2 * steel_t * 3600 / STEP_S / self._usual_t_per_h, 3)
        self._strand_t += CASTING.made_of(steel_t, self.seed, now.local_day)
        if self._strand_t >= self._next_slab_t:
            slab_t = self.finish("slabs", self._strand_t, now)
            cut_t = self._uncut_t * slab_t / self._strand_t
            self._uncut_t -= cut_t
            stocks.uncut_steel_t -= cut_t
            self._strand_t -= slab_t
            stocks.slab_t += slab_t
            self._next_slab_t = self.random.uniform(17, 27)
