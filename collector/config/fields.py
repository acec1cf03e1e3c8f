"""Kinds of values that several sections of plant.yaml have."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints

from models.works.strict import StrictModel


def _one_line(text: str) -> str:
    """Lines joined. Raises ValueError for a character that no screen shows: it would act on a terminal, a mail or
    a spreadsheet that the text comes to."""
    joined = " ".join(text.split())
    hidden = next((each for each in joined if not each.isprintable()), None)
    if hidden is not None:
        raise ValueError(f"holds the control character U+{ord(hidden):04X}; write it without")
    return joined


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_one_line)]


def is_zone(name: str) -> bool:
    """Whether this host's zone database knows it."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # what ZoneInfo raises for an unknown name, a path and a folder
        return False
    return True


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError("is not a time zone; write it like Asia/Almaty")
    return name


Zone = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_zone)]
LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""What reaches this host alone: nothing of it is seen on a network."""
CLOCK_PATTERN = r"^([01]\d|2[0-3]):[0-5]\d$"
Clock = Annotated[str, StringConstraints(pattern=CLOCK_PATTERN)]


class Names(StrictModel):
    """A name in the languages that people read."""

    en: Text = Field(description="the name in English")
    ru: Text | None = Field(default=None, description="the name in Russian; English is shown if it is missing")
    kk: Text | None = Field(default=None, description="the name in Kazakh; English is shown if it is missing")


class Translations(StrictModel):
    """A text of the configuration in the other languages that people read."""

    ru: Text | None = Field(default=None, description="in Russian; the other text is shown if it is missing")
    kk: Text | None = Field(default=None, description="in Kazakh; the other text is shown if it is missing")


def names_of(names: Names | Translations) -> dict[str, str]:
    """By language, those that are given."""
    return {language: name for language, name in names.model_dump().items() if name is not None}
