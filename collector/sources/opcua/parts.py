"""One number out of an array or a structure: "[3]", "Weight", "[3].Weight", "Head.Done". Pure."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

_STEP = re.compile(r"\[(?P<place>\d{1,6})\]|(?:^|\.)(?P<member>[^\W\d][^\s.\[\]]{0,99})|(?P<wrong>.)", re.DOTALL)
_MOST_STEPS = 8
Step = int | str


def split_part(text: str) -> tuple[Step, ...]:
    """The steps of a path: places in arrays, from 0, and members of structures.

    Raises:
        ValueError: the text is no path.
    """
    steps: list[Step] = []
    for match in _STEP.finditer(text):
        if match["wrong"] is not None:
            raise ValueError(f'{text!r} is no part; write it as "[3]", "Weight" or "[3].Weight"')
        steps.append(int(match["place"]) if match["place"] is not None else match["member"])
    if not 0 < len(steps) <= _MOST_STEPS:
        raise ValueError(f"a part has 1 to {_MOST_STEPS} steps")
    return tuple(steps)


def _checked(text: str) -> str:
    split_part(text)
    return text


PartText = Annotated[
    str,
    AfterValidator(_checked),
    Field(description='the part of an array or a structure, places from 0: "[3]", "Weight", "[3].Weight"'),
]


def part_of(value: object, path: tuple[Step, ...]) -> object:
    """The part of a value of lists and mappings.

    Raises:
        LookupError: it is not there; the text says what is.
    """
    for step in path:
        if isinstance(step, int):
            if not isinstance(value, list):
                raise LookupError(f"[{step}] is asked of what is no array")
            if step >= len(value):
                raise LookupError(f"there is no [{step}]: the array has {len(value)} values, from [0]")
            value = value[step]
        else:
            if not isinstance(value, Mapping):
                raise LookupError(f"{step} is asked of what is no structure")
            if step not in value:
                raise LookupError(f"there is no member {step}; there are: {', '.join(list(value)[:12])}")
            value = value[step]
    return value
