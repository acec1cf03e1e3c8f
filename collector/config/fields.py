"""Kinds of values that several sections of plant.yaml have."""

from typing import Annotated

from pydantic import Field, StringConstraints

from models.works.strict import StrictModel

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Names(StrictModel):
    """A name in the languages that people read."""

    en: Text = Field(description="the name in English")
    ru: Text | None = Field(default=None, description="the name in Russian; English is shown if it is missing")
    kk: Text | None = Field(default=None, description="the name in Kazakh; English is shown if it is missing")
