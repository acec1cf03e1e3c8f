"""The section of plant.yaml about a data diode, as a strict pydantic model."""

from typing import Annotated

from pydantic import Field

from collector.config.fields import Text
from models.works.strict import StrictModel


class DiodeEntry(StrictModel):
    """Files of figures and telemetry for the other side of a data diode, in place of a database."""

    folder: Text = Field(
        default="./outbox", description="the folder of the files, from which the diode's own program takes them away"
    )
    # A hundred readings a second are some 40 MB a day, packed: five months.
    max_bytes: Annotated[int, Field(ge=1_000_000)] = Field(
        default=5_000_000_000, description="what may lie there; over it nothing more is put there, and that is told"
    )
