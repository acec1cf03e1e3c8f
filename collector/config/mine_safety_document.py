"""The shape of mine safety: workings, their sensors, and the limits that somebody approved."""

from typing import Annotated, Literal

from pydantic import Field

from collector.config.duration import Lapse
from collector.config.fields import Names, Text
from collector.config.measures_document import MOST
from collector.sources.base import Code
from models.works.strict import StrictModel

Percent = Annotated[float, Field(gt=0, le=100)]


class MethaneLimitsEntry(StrictModel):
    """Limits of methane, percent by volume. None is the law's by Tundish: the works says which clause it follows."""

    local: Percent = Field(description="the limit at one place, percent")
    general: Percent = Field(description="the limit of the general stream of air, percent")
    clause: Text = Field(description="the clause that the limits are taken from")
    approved_by: Text = Field(description="who approved them for this works")


class SafetySensorEntry(StrictModel):
    """A sensor of a working."""

    tag: Text = Field(description="the gauge: the code of its unit, a point and its signal, such as mine1.methane_face")
    kind: Literal["methane", "air_velocity", "people", "power"] = Field(
        description="what it measures: methane (percent), air_velocity (m/s), people (how many are below ground) or "
        "power (1 while it is on)"
    )
    limits: MethaneLimitsEntry | None = Field(
        default=None, description="limits of this sensor of methane; those of the section if missing"
    )


class WorkingEntry(StrictModel):
    """A working of a mine, such as a longwall."""

    code: Code = Field(description="the short code of the working")
    names: Names = Field(description="the name of the working")
    unit: Code = Field(description="the unit of the mine")
    sensors: list[SafetySensorEntry] = Field(min_length=1, max_length=MOST, description="its sensors")


class MineSafetyEntry(StrictModel):
    """Mine safety."""

    limits: MethaneLimitsEntry | None = Field(default=None, description="limits of every sensor of methane")
    # A shift: air that moves never shows the same digits for so long. A judgement.
    stuck_after: Lapse = Field(
        default=8 * 3600.0, description="how long a sensor of methane may show one value before it counts as stuck"
    )
    workings: list[WorkingEntry] = Field(default=[], max_length=MOST, description="the workings")
