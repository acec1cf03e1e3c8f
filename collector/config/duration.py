"""Durations as the configuration writes them: "250ms", "10s", "5m", "1h", "90d". In code they are float seconds."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PATTERN = r"^[0-9]+(\.[0-9]+)?(ms|s|m|h|d)$"
_MOST_LETTERS = 40
"""Enough for any that is meant; a text of thousands of digits is no duration."""
LONGEST_S = 36_500 * 86400.0
"""A century: beyond it a duration is a slip of the hand, and sums with it leave the calendar."""


class DurationOutside(ValueError):
    """It is a duration, and not one that can be meant; says why."""


def parse_duration(text: object) -> float:
    """Seconds from a text such as "10s".

    Raises:
        ValueError: the text is not a duration above zero, or is longer than a century.
    """
    if not isinstance(text, str) or len(text) > _MOST_LETTERS or not re.fullmatch(_PATTERN, text):
        raise ValueError('is not a duration; write a number with its unit, such as "250ms", "10s", "5m", "1h" or "90d"')
    unit = text.lstrip("0123456789.")
    # Microseconds: what is left of 0.1 in binary must not show in a message or a comparison.
    seconds = round(float(text.removesuffix(unit)) * _SECONDS[unit], 6)
    if seconds <= 0:
        raise DurationOutside("is not above zero; give a longer duration")
    if seconds > LONGEST_S:
        raise DurationOutside(f"is over {duration_text(LONGEST_S)}, which is a century; give a shorter duration")
    return seconds


def duration_text(seconds: float) -> str:
    """The shortest text that gives back these seconds, in the largest unit that needs no fraction."""
    for unit in ("d", "h", "m", "s"):
        count = seconds / _SECONDS[unit]
        if count >= 1 and count == int(count):
            return f"{int(count)}{unit}"
    return f"{seconds * 1000:.3f}".rstrip("0").rstrip(".") + "ms"


@dataclass(frozen=True, slots=True)
class Within:
    """Makes a field of pydantic: a duration text in the file, float seconds in the model, both ends allowed."""

    least: str
    most: str

    def seconds(self, text: object) -> float:
        """Raises ValueError for what is no duration, or lies outside."""
        seconds = parse_duration(text)
        if not parse_duration(self.least) <= seconds <= parse_duration(self.most):
            raise DurationOutside(f"is not from {self.least} to {self.most}; give a duration between them")
        return seconds

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """See pydantic."""
        return core_schema.no_info_before_validator_function(self.seconds, handler(source))

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The bounds stand beside the format, where the reference reads them."""
        bounds = {"formatMinimum": self.least, "formatMaximum": self.most}
        return {"type": "string", "pattern": _PATTERN, "format": "duration-text", **bounds}


Wait = Annotated[float, Within("10ms", "10m")]
"""For one answer: less is no time on any network, and who waits longer holds up a shift."""
Pause = Annotated[float, Within("10ms", "1h")]
"""Between two looks: a PLC scans in milliseconds, and what is looked at less than once an hour is not watched."""
Lapse = Annotated[float, Within("10ms", "31d")]
"""Until something is done about a silence: a month at most, by which the books are closed."""
Span = Annotated[float, Within("1s", "366d")]
"""Of a works' own time: a rule that waits for over a year finds nothing."""
Kept = Annotated[float, Within("1h", "36500d")]
"""How long something is kept."""
