"""The shape of how accidents are named."""

from pydantic import Field

from collector.config.fields import Names
from collector.config.measures_document import MOST
from collector.sources.base import Code
from models.works.strict import StrictModel


class AccidentTermEntry(StrictModel):
    """A kind of accident, or a cause."""

    code: Code = Field(description="the short code, which records keep")
    names: Names = Field(description="the name that people choose")


class AccidentsEntry(StrictModel):
    """How accidents are named."""

    kinds: list[AccidentTermEntry] = Field(
        default=[], max_length=MOST, description="the kinds of accidents; a usual list of eleven if missing"
    )
    causes: list[AccidentTermEntry] = Field(
        default=[], max_length=MOST, description="the causes of accidents; a usual list of eight if missing"
    )
