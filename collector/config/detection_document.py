"""The sections of plant.yaml that say when output dropped, as strict pydantic models: detection and limits."""

from typing import Annotated

from pydantic import Field

from collector.config.duration import Duration
from collector.config.fields import Clock
from collector.sources.base import Code
from models.works.strict import StrictModel

Percent = Annotated[float, Field(gt=0, le=200)]
Severity = Annotated[int, Field(ge=1, le=3)]


class PaceEntry(StrictModel):
    """When a unit's output counts as low, and when as well again."""

    window: Duration = Field(description="the time over which output is added up, in whole hours")
    raise_pct: Percent = Field(description="below this share of the target the output is low")
    clear_pct: Percent = Field(description="from this share of the target on it is well again")


class LimitsEntry(StrictModel):
    """Where output counts as low: for the colours, the threshold lines and the alerts."""

    pace: dict[Code, PaceEntry] = Field(default={}, description="by kind of unit, in place of the built-in limits")
    units: dict[Code, PaceEntry] = Field(default={}, description="by single unit, in place of those of its kind")
    forecast_warn_pct: Percent = Field(default=97.0, description="a month forecast below this share is warned of")
    forecast_major_pct: Percent = Field(default=95.0, description="a month forecast below this share is far short")


class ActivityEntry(StrictModel):
    """A signal that is steady while its unit works, held against its nominal."""

    hold: Duration = Field(description="the time over which the signal is judged")
    raise_pct: Percent = Field(description="below this share of its nominal for three quarters of the time, it is slow")
    clear_pct: Percent = Field(description="from this share of its nominal on, by the median, it is well again")


class RampUpEntry(StrictModel):
    """The time that a unit has to come back after a standstill: as long as it stood, within these bounds."""

    least: Duration = Field(description="the shortest time")
    most: Duration = Field(description="the longest time")


class UnitRulesEntry(StrictModel):
    """When a unit counts as stopped or slow. A key that is missing is as for its kind; null switches a rule off."""

    stop_pct: Annotated[float, Field(gt=0, lt=50)] | None = Field(
        default=None, description="below this share of the activity's nominal the unit stands"
    )
    stop_after: Duration | None = Field(default=None, description="the time that it stands before that is a stop")
    resume_after: Duration | None = Field(
        default=None, description="the time that the activity is above stop_pct again before a stop is over"
    )
    no_event_after: Duration | None = Field(
        default=None, description="the time without a tap, a heat, a coil or a push that is a stop"
    )
    no_event_intervals: Annotated[float, Field(ge=1)] | None = Field(
        default=None, description="the same in usual times between two of them"
    )
    activity: ActivityEntry | None = Field(
        default=None, description="where the activity is steady while the unit works: when that is slow"
    )
    event_a_spell: bool | None = Field(
        default=None, description="true where each time of work ends with an event: two without one are a fault of data"
    )
    ramp_up: RampUpEntry | None = Field(default=None, description="the time to come back after a standstill")
    sequence_events: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="the events of its suppliers that a unit waits for between two sequences; 0 for none"
    )
    shift_pct: Percent | None = Field(
        default=None, description="a shift below this share of what was due fell short; null: no shift does"
    )
    severity_stop: Severity | None = Field(default=None, description="the severity of a stop: 1 (the gravest) to 3")
    severity_slow: Severity | None = Field(default=None, description="the severity of a slow-down: 1 to 3")


class KindRulesEntry(UnitRulesEntry):
    """When units of a kind count as stopped or slow. A key that is missing is built in; null switches a rule off."""

    together: bool | None = Field(
        default=None, description="true where the units of one shop share their work: their output is judged as one"
    )


class RepairShiftEntry(StrictModel):
    """A planned standstill of every day."""

    units: list[Code] = Field(min_length=1, description="the codes of the units that stand")
    start: Clock = Field(description="the local time of their shop at which it starts")
    end: Clock = Field(description="the local time at which it ends; on the next day where that is not after the start")


class LagEntry(StrictModel):
    """How long it takes until a drop is felt."""

    least: Duration | None = Field(default=None, description="the shortest time; at once if missing")
    most: Duration = Field(description="the longest time")


class FollowsEntry(StrictModel):
    """A drop of one kind of unit that is felt at another."""

    upstream: Code = Field(description="the kind of unit that drops first")
    downstream: Code = Field(description="the kind of unit that feels it")
    lag: LagEntry = Field(description="the time until it is felt")


class DetectionEntry(StrictModel):
    """When output counts as dropped. What is not given is built in."""

    kinds: dict[Code, KindRulesEntry] = Field(default={}, description="by kind of unit, over the built-in rules")
    units: dict[Code, UnitRulesEntry] = Field(default={}, description="by single unit, over the rules of its kind")
    repair_shifts: list[RepairShiftEntry] = Field(
        default=[], description="planned standstills of every day: what was due in the day is due outside them"
    )
    chain: list[FollowsEntry] | None = Field(
        default=None, description="the whole list of which drop follows from which, in place of the built-in one"
    )
