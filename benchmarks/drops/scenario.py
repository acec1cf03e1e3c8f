"""A scenario: a simulated works, what is done to it or to its data, and what has to be found.

All times are whole seconds from the start of the scenario unless noted otherwise. Percents are as in 30.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from collector.simulation.unit import ZONE
from models.detection.finding import FindingKind

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86400
HELD_OUT = "held_out"
TUNING = "tuning"


class ScenarioKind(StrEnum):
    """The class of a scenario. Results are reported by class."""

    STOP = "stop"
    SLOW = "slow"
    DRIFT = "drift"
    CONSEQUENCE = "consequence"
    REPAIR = "repair"
    OVERRUN = "overrun"
    RAMP_UP = "ramp_up"
    SENSOR = "sensor_fault"
    LINK = "link_lost"
    RESET = "counter_reset"
    QUIET = "quiet"
    PUBLISHED = "published"


class What(StrEnum):
    """What a disturbance does. The first paragraph is done to the works, the second only to what is seen of it.

    STOP: the unit makes nothing. SLOW: it works at a pace lower by `amount` percent. YIELD: a furnace makes that much
    less iron of its blast. RAMP: its pace rises evenly from `amount` percent to the whole. DRIFT, YIELD_DRIFT: pace or
    yield fall evenly over the time given, to `amount` percent less, and stay there to the end of the scenario.

    CUT: nothing is heard (unit "": of any). FREEZE: values and stamps stand still. BAD: the signal has bad quality.
    STUCK: the signal keeps its value. ZERO: it shows 0 with good quality. SHIFT: what it shows drifts evenly to
    `amount` percent less. SPIKE: for single minutes it shows `amount` times its value. RESET: the totalizer starts
    anew. SILENT: the ring is read and holds nothing new. UNREAD: the ring cannot be read. What a ring did not tell
    becomes known at the end.
    """

    STOP = "stop"
    SLOW = "slow"
    YIELD = "yield"
    RAMP = "ramp"
    DRIFT = "drift"
    YIELD_DRIFT = "yield_drift"
    CUT = "cut"
    FREEZE = "freeze"
    BAD = "bad"
    STUCK = "stuck"
    ZERO = "zero"
    SHIFT = "shift"
    SPIKE = "spike"
    RESET = "reset"
    SILENT = "silent"
    UNREAD = "unread"


WORKS = frozenset({What.STOP, What.SLOW, What.YIELD, What.RAMP, What.DRIFT, What.YIELD_DRIFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """Something that is done to one unit in [start_s, end_s)."""

    what: What
    unit: str
    start_s: int
    end_s: int
    amount: float = 0.0
    signal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRepair:
    """An approved repair of one unit in [start_s, end_s)."""

    unit: str
    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioLabel:
    """A drop, or a fault of data, that really happens in [start_s, end_s).

    `units`: any of them may be named (the working converters of one shop). A finding may come until `tolerance_s`
    after the end. `size_pct`: how much less is made. `causes`: of a consequence, the units that may be named as its
    cause, the root first. `required`: it has to be found; otherwise it may be.
    """

    units: tuple[str, ...]
    kind: FindingKind
    start_s: int
    end_s: int
    tolerance_s: int
    size_pct: float = 100.0
    causes: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`parameters` names an entry of `works_parameters.PARAMETERS`; `start` is a local day; `units` are simulated."""

    code: str
    kind: ScenarioKind
    part: str
    seed: int
    parameters: str
    start: date
    days: int
    units: tuple[str, ...]
    disturbances: tuple[Disturbance, ...] = ()
    repairs: tuple[ScenarioRepair, ...] = ()
    labels: tuple[ScenarioLabel, ...] = field(default=())

    @property
    def start_s(self) -> int:
        """The start in UTC seconds: local midnight."""
        return int(datetime(self.start.year, self.start.month, self.start.day, tzinfo=ZONE).timestamp())

    @property
    def minutes(self) -> int:
        """Its length in minutes."""
        return self.days * DAY_S // MINUTE_S
