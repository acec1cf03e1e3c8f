"""All units together: the works' state, advanced in fixed steps, the same for the same seed and start."""

from collections.abc import Mapping, Set
from dataclasses import replace
from random import Random
from types import MappingProxyType

from collector.simulation.catalogue import REPAIR_SHIFTS
from collector.simulation.ironmaking import BlastFurnace, CokeBattery, SinterStrand
from collector.simulation.mining import Mine, Washery
from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.power import HeatPlant
from collector.simulation.rolling import HotStripMill
from collector.simulation.steelmaking import Caster, Converter
from collector.simulation.surveys import Survey, survey
from collector.simulation.unit import STEP_S, Instant, UnitModel
from models.works.codes import Quality


def units_of_works(seed: int, parameters: WorksParameters = USUAL) -> list[UnitModel]:
    """Every unit, upstream first."""
    return [
        Mine("mine1", seed, belt_t_per_h=710.0, repair_hours=REPAIR_SHIFTS["mine1"], parameters=parameters),
        Mine("mine2", seed, belt_t_per_h=475.0, repair_hours=REPAIR_SHIFTS["mine2"], parameters=parameters),
        Washery("washery", seed, parameters=parameters),
        CokeBattery("coke1", seed, push_every_s=620.0, parameters=parameters),
        CokeBattery("coke2", seed, push_every_s=620.0, parameters=parameters),
        SinterStrand("sinter1", seed, parameters=parameters),
        BlastFurnace("bf2", seed, t_per_day=1900, taps_per_day=8.5, blast_m3_per_min=2700, parameters=parameters),
        BlastFurnace("bf3", seed, t_per_day=5000, taps_per_day=12, blast_m3_per_min=6000, parameters=parameters),
        BlastFurnace("bf4", seed, t_per_day=2000, taps_per_day=9, blast_m3_per_min=2800, parameters=parameters),
        Converter("bof1", seed, number=1, parameters=parameters),
        Converter("bof2", seed, number=2, parameters=parameters),
        Converter("bof3", seed, number=3, parameters=parameters),
        Caster("cast1", seed, parameters=parameters),
        Caster("cast2", seed, parameters=parameters),
        HotStripMill("hsm", seed, parameters=parameters),
        HeatPlant("chp", seed, parameters=parameters),
    ]


class InstrumentQuality:
    """Instruments that now and then, for a minute, say that their own value is doubtful or bad."""

    # Each instrument is doubtful about twice a day, for a minute: often enough that every demo shows it, and too short
    # to hide a stop.
    MEAN_GOOD_S = 12 * 3600.0

    def __init__(self, tag: str, seed: int) -> None:
        self._random = Random(f"{seed}:quality:{tag}")
        self._left_s = self._random.expovariate(1 / self.MEAN_GOOD_S)
        self.quality = Quality.GOOD

    def step(self) -> None:
        """Let a step pass."""
        self._left_s -= STEP_S
        if self._left_s > 0:
            return
        if self.quality is Quality.GOOD:
            self.quality = self._random.choice((Quality.UNCERTAIN, Quality.BAD))
            self._left_s = self._random.uniform(30, 120)
        else:
            self.quality = Quality.GOOD
            self._left_s = self._random.expovariate(1 / self.MEAN_GOOD_S)


class WorksModel:
    """The state at `time_s` (UTC seconds, a multiple of STEP_S).

    `only` leaves the other units out, which are then neither worked nor shown. What a unit makes stays the same where
    nothing that it takes from is left out: furnaces, coke, sinter, mines and heat wait for no other unit. `surveys`:
    what the people of the works stated of its stocks, the oldest first; whoever tells them takes them off.
    """

    def __init__(
        self, seed: int, start_s: int, *, parameters: WorksParameters = USUAL, only: Set[str] | None = None
    ) -> None:
        self.time_s = start_s - start_s % STEP_S
        self.units = [unit for unit in units_of_works(seed, parameters) if only is None or unit.code in only]
        self.stocks = replace(parameters.stocks)
        self._seed = seed
        self._instruments: dict[str, InstrumentQuality] = {}
        self.surveys: list[Survey] = []
        self._day = Instant.of(self.time_s).local_day
        self._step(frozenset(), {})

    def due(self, to_s: float) -> bool:
        """Whether a step ends at or before `to_s`."""
        return self.time_s + STEP_S <= to_s

    def advance(self, to_s: float, stopped: Set[str], pace: Mapping[str, float] = MappingProxyType({})) -> None:
        """Work until the last whole step not after `to_s`.

        `stopped` are codes of units that a fault stops; `pace`: by unit, the share of its usual pace at which it
        works (above 0; 1 if nothing is given).
        """
        while self.due(to_s):
            self.time_s += STEP_S
            self._step(stopped, pace)

    def quality(self, tag: str) -> Quality:
        """What the instrument of a gauge says of its own value."""
        instrument = self._instruments.get(tag)
        return instrument.quality if instrument else Quality.GOOD

    def _step(self, stopped: Set[str], pace: Mapping[str, float]) -> None:
        now = Instant.of(self.time_s)
        if now.local_day != self._day:
            # What is finished at midnight itself is of the new day.
            self.surveys += survey(self.stocks, self._seed, self._day)
            self._day = now.local_day
        for unit in self.units:
            # Upstream first: what a unit finishes in a step is there for the next one in the same step.
            unit.step(now, self.stocks, stopped=unit.code in stopped, pace=pace.get(unit.code, 1.0))
        if not self._instruments:
            tags = [f"{unit.code}.{signal}" for unit in self.units for signal in unit.shown.gauges]
            self._instruments = {tag: InstrumentQuality(tag, self._seed) for tag in tags}
        for instrument in self._instruments.values():
            instrument.step()
