"""The sections of plant.yaml that say when output dropped, as strict pydantic models: detection and limits."""

from typing import Annotated

from pydantic import Field

from collector.config.duration import Span
from collector.config.fields import Clock
from collector.sources.base import Code
from models.works.strict import StrictModel

Percent = Annotated[float, Field(gt=0, le=200)]
Severity = Annotated[int, Field(ge=1, le=3)]


class PaceEntry(StrictModel):
    """When a unit's output counts as low, and when as recovered."""

    window: Span = Field(description="the time over which output is added up, in whole hours")
    raise_pct: Percent = Field(description="the share of the target, in percent, below which output is low")
    clear_pct: Percent = Field(description="the share of the target, in percent, from which output has recovered")


class LimitsEntry(StrictModel):
    """Where output counts as low: for the colours, the threshold lines and the alerts."""

    pace: dict[Code, PaceEntry] = Field(default={}, description="by kind of unit, instead of the built-in limits")
    units: dict[Code, PaceEntry] = Field(default={}, description="by single unit, instead of the limits of its kind")
    forecast_warn_pct: Percent = Field(
        default=97.0, description="the share of the month's target, in percent, below which its forecast is a warning"
    )
    forecast_major_pct: Percent = Field(
        default=95.0, description="the share of the month's target, in percent, below which its forecast is far short"
    )


class ActivityEntry(StrictModel):
    """A signal that is steady while its unit works, held against its nominal."""

    hold: Span = Field(description="the time over which the signal is judged")
    raise_pct: Percent = Field(
        description="the share of its nominal, in percent, below which it is slow (for three quarters of the time)"
    )
    clear_pct: Percent = Field(description="the share of its nominal, in percent, from which its median has recovered")


class RampUpEntry(StrictModel):
    """The time that a unit has to come back after a standstill: as long as it stood, within these bounds."""

    least: Span = Field(description="the shortest time")
    most: Span = Field(description="the longest time")


class UnitRulesEntry(StrictModel):
    """When a unit counts as stopped or slow. A key that is missing is as for its kind; null switches a rule off."""

    stop_pct: Annotated[float, Field(gt=0, lt=50)] | None = Field(
        default=None,
        description="the share of the activity's nominal, in percent, below which the unit is standing still",
    )
    stop_after: Span | None = Field(default=None, description="the time below stop_pct before it counts as a stop")
    resume_after: Span | None = Field(
        default=None, description="the time that the activity must be above stop_pct before a stop is over"
    )
    no_event_after: Span | None = Field(
        default=None, description="the time without a tap, heat, coil or push that counts as a stop"
    )
    no_event_intervals: Annotated[float, Field(ge=1, le=1_000_000)] | None = Field(
        default=None, description="the same, as a multiple of the usual time between two of them"
    )
    activity: ActivityEntry | None = Field(
        default=None, description="when the activity is slow, for a unit whose activity is steady while it works"
    )
    event_a_spell: bool | None = Field(
        default=None,
        description="true if each spell of work ends with an event: two spells without one are a fault of data",
    )
    ramp_up: RampUpEntry | None = Field(default=None, description="the time to come back after a standstill")
    sequence_events: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(
        default=None,
        description="the number of its suppliers' events that a unit waits for between two sequences; 0 for none",
    )
    shift_pct: Percent | None = Field(
        default=None,
        description="the share of what was due, in percent, below which a shift fell short; null switches this off",
    )
    severity_stop: Severity | None = Field(default=None, description="the severity of a stop: 1 (the most severe) to 3")
    severity_slow: Severity | None = Field(default=None, description="the severity of a slow-down: 1 to 3")


class KindRulesEntry(UnitRulesEntry):
    """When units of a kind count as stopped or slow. A key that is missing is built in; null switches a rule off."""

    together: bool | None = Field(
        default=None, description="true if the units of one shop share their work: their output is judged as one"
    )


class RepairShiftEntry(StrictModel):
    """A planned standstill of every day."""

    units: list[Code] = Field(min_length=1, description="the codes of the units that are shut down")
    start: Clock = Field(description="the local time of their shop at which it starts")
    end: Clock = Field(description="the local time at which it ends; on the next day if that is not after the start")


class LagEntry(StrictModel):
    """How long it takes until a drop is felt."""

    least: Span | None = Field(default=None, description="the shortest time; at once if missing")
    most: Span = Field(description="the longest time")


class FollowsEntry(StrictModel):
    """A drop of one kind of unit that is felt at another."""

    upstream: Code = Field(description="the kind of unit that drops first")
    downstream: Code = Field(description="the kind of unit that feels it")
    lag: LagEntry = Field(description="the time until it is felt")


class DetectionEntry(StrictModel):
    """When output counts as dropped. A key that is missing has its built-in value."""

    kinds: dict[Code, KindRulesEntry] = Field(default={}, description="by kind of unit, changes to the built-in rules")
    units: dict[Code, UnitRulesEntry] = Field(
        default={}, description="by single unit, changes to the rules of its kind"
    )
    repair_shifts: list[RepairShiftEntry] = Field(
        default=[], description="planned standstills of every day: the day's target is due outside them"
    )
    chain: list[FollowsEntry] | None = Field(
        default=None, description="the whole list of which drop follows from which, instead of the built-in one"
    )
