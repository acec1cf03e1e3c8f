"""Durations as the configuration writes them: "250ms", "10s", "5m", "1h", "90d". In code they are float seconds."""

import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PATTERN = r"^\d+(\.\d+)?(ms|s|m|h|d)$"


def parse_duration(text: object) -> float:
    """Seconds from a text such as "10s".

    Raises:
        ValueError: the text is not a duration above zero.
    """
    if not isinstance(text, str) or not re.match(_PATTERN, text):
        raise ValueError('is not a duration; write a number with its unit, such as "250ms", "10s", "5m", "1h" or "90d"')
    unit = text.lstrip("0123456789.")
    # Microseconds: what is left of 0.1 in binary must not show in a message or a comparison.
    seconds = round(float(text.removesuffix(unit)) * _SECONDS[unit], 6)
    if seconds <= 0:
        raise ValueError("is not above zero; give a longer duration")
    return seconds


def duration_text(seconds: float) -> str:
    """The shortest text that gives back these seconds, in the largest unit that needs no fraction."""
    for unit in ("d", "h", "m", "s"):
        count = seconds / _SECONDS[unit]
        if count >= 1 and count == int(count):
            return f"{int(count)}{unit}"
    return f"{seconds * 1000:.3f}".rstrip("0").rstrip(".") + "ms"


Duration = Annotated[
    float,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": _PATTERN, "format": "duration-text"}),
]
"""A pydantic field type: a duration text in the file, float seconds in the model."""
