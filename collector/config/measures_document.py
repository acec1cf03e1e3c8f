"""The shape of what is known beside tonnes: indicators and projects."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from collector.config.fields import Names, Text, Translations
from collector.sources.base import Code
from models.works.strict import StrictModel

MOST = 500
"""Of indicators and of projects: what one briefing or board could ever show."""
AMOUNTS_IN = {"ones": 1, "thousands": 10**3, "millions": 10**6, "billions": 10**9}
Scale = Literal["ones", "thousands", "millions", "billions"]


class IndicatorEntry(StrictModel):
    """A published series, such as the industrial output of the region."""

    code: Code = Field(description="the short code of the series; files name it so")
    renamed_from: list[Code] = Field(default=[], description="the codes that it had before")
    names: Names = Field(description="the name of the series")
    unit_of_measure: Names = Field(description="how its numbers are counted, such as {en: bn KZT, ru: млрд тенге}")
    definition: Text = Field(description="what the publisher counts in it, in words")
    definition_in: Translations = Field(default=Translations(), description="the same in other languages")


class MilestoneEntry(StrictModel):
    """A step of a project."""

    code: Code = Field(description="the short code of the step; files name it so")
    names: Names = Field(description="the name of the step")
    planned: Annotated[date, Field(strict=False)] = Field(
        description="by when it was to be reached, such as 2026-06-30"
    )


class AddedCapacityEntry(StrictModel):
    """What a project adds to the capacity of the works. It is told; targets follow the plans that planners state."""

    product: Code = Field(description="the product of which more can be made; of a line of several, the last one")
    t_per_year: Annotated[Decimal, Field(strict=False, gt=0, lt=10**9)] = Field(description="how many tonnes a year")
    from_date: Annotated[date, Field(strict=False)] | None = Field(
        default=None, description="from when, such as 2027-04-01; give it or a milestone"
    )
    from_milestone: Code | None = Field(default=None, description="the milestone of the project by which it is there")


class ProjectEntry(StrictModel):
    """A project of modernisation."""

    code: Code = Field(description="the short code of the project; files name it so")
    renamed_from: list[Code] = Field(default=[], description="the codes that it had before")
    names: Names = Field(description="the name of the project")
    owner: Text = Field(description="who answers for it")
    contractor: Text | None = Field(default=None, description="who builds it")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = Field(
        description="the currency of its amounts, such as KZT; nothing is converted"
    )
    amounts_in: Scale = Field(default="millions", description="what a number of its amounts counts")
    budget: Annotated[Decimal, Field(strict=False, gt=0, lt=10**15)] | None = Field(
        default=None, description="the approved budget, in the same amounts"
    )
    milestones: list[MilestoneEntry] = Field(default=[], max_length=MOST, description="its steps, in their order")
    adds_capacity: AddedCapacityEntry | None = Field(
        default=None, description="the capacity that it adds, and from when; no target changes by it"
    )
