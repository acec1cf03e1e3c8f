"""What every simulated unit is: something that works in steps of simulated time and shows gauges, counters, events."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

# Half of the ten seconds at which gauges are expected, so that each reading is of a new step.
STEP_S = 5
ZONE = ZoneInfo("Asia/Almaty")
KILOGRAM = 1000  # grams: the resolution of every scale in the simulated works


@dataclass(frozen=True, slots=True)
class Instant:
    """The end of a step: UTC seconds, the local hour with its fraction, and days since 1970 of the local date."""

    time_s: int
    local_hour: float
    local_day: int

    @staticmethod
    def of(time_s: int) -> "Instant":
        """The instant of UTC seconds, in the works' zone."""
        local = datetime.fromtimestamp(time_s, ZONE)
        return Instant(time_s, local.hour + local.minute / 60 + local.second / 3600, local.toordinal() - 719163)


@dataclass(slots=True)
class Stocks:
    """Tonnes that lie between the units, which is how a stop upstream is felt downstream.

    At the start about what each takes in a few hours (heaps, slabs: days), so that no unit is idle from the first
    minute. `blown_iron_t`: hot metal in heats that are not done; `uncut_steel_t`: steel in strands that is no slab yet.
    """

    coal_t: float = 4000.0
    hot_metal_t: float = 1200.0
    steel_t: float = 900.0
    slab_t: float = 30000.0
    concentrate_t: float = 20000.0
    sinter_t: float = 15000.0
    blown_iron_t: float = 0.0
    uncut_steel_t: float = 0.0
    last_charge_s: int = 0
    last_converter: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """A heat, tap, coil, slab or push that ended at `end_s` (UTC seconds)."""

    signal: str
    grams: int
    end_s: int


@dataclass(slots=True)
class Shown:
    """What the instruments of one unit show. Counters are cumulative grams that never wrap."""

    gauges: dict[str, float] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    finished: list[Finished] = field(default_factory=list)


class UnitModel(ABC):
    """A unit with its own random numbers, so that one unit's faults never change another one's noise."""

    def __init__(self, code: str, seed: int) -> None:
        self.code = code
        self.seed = seed
        self.random = Random(f"{seed}:{code}")
        self.shown = Shown()
        self._part_g: dict[str, float] = {}

    @abstractmethod
    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        """Work for the STEP_S seconds that end at `now`; `stopped` by a fault: make nothing.

        `pace`: the share of its usual pace at which it works, above 0; 1 except in a fault.
        """

    def count(self, signal: str, tonnes: float) -> None:
        """Let a belt scale or weigher count; it moves in whole kilograms and keeps the rest for later."""
        grams = self._part_g.get(signal, 0.0) + tonnes * 1e6
        whole = int(grams // KILOGRAM) * KILOGRAM
        self._part_g[signal] = grams - whole
        self.shown.counters[signal] = self.shown.counters.get(signal, 0) + whole

    def finish(self, signal: str, tonnes: float, now: Instant) -> float:
        """Enter an event that ended now; returns its tonnes as weighed, in whole kilograms."""
        grams = round(tonnes * 1e6 / KILOGRAM) * KILOGRAM
        self.shown.finished.append(Finished(signal, grams, now.time_s))
        return grams / 1e6
