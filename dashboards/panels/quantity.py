"""A figure that people look at: where it stands in the tables, and how it is read."""

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What a figure is counted in; tonnes are shown in the display unit of their product, money in millions of that of
    the panel, which is a currency or none."""

    TONNES = "tonnes"
    TONNES_PER_HOUR = "tonnes_per_hour"
    TONNES_PER_DAY = "tonnes_per_day"
    PERCENT = "percent"
    MONEY = "money"
    DEGREES = "degrees"
    GCAL = "gcal"
    GJ = "gj"
    GJ_PER_TONNE = "gj_per_t"
    NM3 = "nm3"
    METRES_PER_SECOND = "metres_per_second"
    MINUTES = "minutes"
    HOURS = "hours"
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    COUNT = "count"
    PLAIN = "plain"
    TEXT = "text"
    STATE = "state"
    STATUS = "status"
    UP = "up"
    VERDICT = "verdict"
    DIFFERS = "differs"
    INSTANT = "instant"


class Tone(StrEnum):
    """The limits that colour a figure. PACE has limits by kind of unit; CODE colours by the value itself."""

    NONE = "none"
    PACE = "pace"
    FORECAST = "forecast"
    GROWTH = "growth"
    DEVIATION = "deviation"
    ATTAINMENT = "attainment"
    COMPLETENESS = "completeness"
    AGE = "age"
    QUEUE = "queue"
    LATE = "late"
    CODE = "code"


class Buckets(StrEnum):
    """Which hours or days a figure is of: all, those that are over, or the one that runs.

    A bucket that runs has a part of its output and is drawn apart, so that it does not look like a fall.
    """

    ALL = "all"
    OVER = "over"
    RUNNING = "running"


class SeriesRole(StrEnum):
    """How a series is drawn among others. RUNNING: the actual of an hour or a day that is not over."""

    ACTUAL = "actual"
    RUNNING = "running"
    TARGET = "target"
    PLAN = "plan"
    LIMIT = "limit"
    FORECAST = "forecast"
    REQUIRED = "required"
    LOW = "low"
    HIGH = "high"
    OTHER = "other"


BARS = (SeriesRole.ACTUAL, SeriesRole.RUNNING)
"""Drawn as bars where they stand over time."""


@dataclass(frozen=True, slots=True)
class Share:
    """100 x one field / another, in percent."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Some fields less others."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A field as it is, under another name: one panel may draw it twice."""

    amount: str


@dataclass(frozen=True, slots=True)
class Times:
    """A field times a number."""

    amount: str
    factor: float


@dataclass(frozen=True, slots=True)
class Graded:
    """A state with its severity as one number, state + 10 x severity; the state alone if it is not the unit's own.

    One number, because a panel of Grafana colours and names a value by itself and not by a second field.
    """

    state: str
    severity: str
    own: str


Formula = Share | Balance | Renamed | Times | Graded


@dataclass(frozen=True, slots=True)
class Quantity:
    """`field` of `table`, or what `formula` makes of fields of one point, under the name `field`.

    `text` is the key of its name in `dashboards.panels.texts`. `seldom`: absent wherever there is nothing to say.
    `buckets`: which ones it is of; figures of a panel that differ in it come from statements of their own.
    """

    table: str
    field: str
    text: str
    measure: Measure
    tone: Tone = Tone.NONE
    role: SeriesRole = SeriesRole.OTHER
    formula: Formula | None = None
    decimals: int = 0
    seldom: bool = False
    buckets: Buckets = Buckets.ALL

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the table that it is made of."""
        match self.formula:
            case Share(part, whole):
                return (part, whole)
            case Balance(plus, minus):
                return (*plus, *minus)
            case Times(amount, _) | Renamed(amount):
                return (amount,)
            case Graded(state, severity, own):
                return (state, severity, own)
            case None:
                return (self.field,)
