"""The shape of case.yaml: what is known of a recorded case. docs/rehearsal.md describes it."""

from typing import Annotated

from pydantic import Field

from collector.config.duration import Span
from collector.config.fields import Text
from collector.sources.base import Code
from models.works.strict import StrictModel

Positive = Annotated[float, Field(gt=0)]


class StandstillEntry(StrictModel):
    """A planned standstill."""

    unit: Code = Field(description="the code of the unit")
    start: Text = Field(description="the local time, or a time with its offset, at which it starts")
    end: Text = Field(description="the time at which it ends")


class LabelEntry(StrictModel):
    """Something that really happened."""

    units: list[Code] = Field(min_length=1, description="the units, any of which may be named")
    start: Text = Field(description="the local time, or a time with its offset, at which it began")
    end: Text = Field(description="the time at which it ended")
    what: Text = Field(description="what happened, in words")
    late: Span | None = Field(default=None, description="how long after its end it may still be reported")
    data: bool = Field(default=False, description="true for a fault of data, which must not be reported as a drop")
    required: bool = Field(default=True, description="false if it may be reported but need not be")


class CaseFile(StrictModel):
    """A recorded case."""

    title: Text = Field(description="the title of the case")
    source: Text = Field(description="where the facts come from, and what is recorded or re-enacted")
    plant: Text | None = Field(
        default=None,
        description="the plant.yaml of the works, relative to this file, if it is not the plant that is rehearsed",
    )
    start: Text | None = Field(default=None, description="the first minute, if minutes.csv has no column time")
    expected_t_per_h: dict[Code, Positive] = Field(
        default={}, description="the tonnes an hour that units should make; the daily targets of the plant if missing"
    )
    standstills: list[StandstillEntry] = Field(default=[], description="planned standstills")
    labels: list[LabelEntry] = Field(min_length=1, description="what really happened")
