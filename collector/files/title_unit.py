"""The unit of mass that the title of a form speaks of: "Добыча угля, тыс. т". Pure."""

import re
from collections.abc import Iterable

from collector.files.number import unit_of_measure

_BARE = r"т|t"
_NAMED = (
    r"тыс\.?\s*т(?:онн\w*|н)?|мың\s*т(?:онна\w*)?|кт|kt|килограмм\w*|кг|kg|kilograms?|kilotonnes?|тонн\w*|тонна\w*|тн"
    r"|tonnes|tons"
)
_WORD = re.compile(rf"(?<![\w/])({_NAMED})(?![\w/])(?!\.?\s*/)")
# One letter is a unit of mass only where a unit stands: after a comma, in brackets, after "в" or a colon.
_LETTER = re.compile(rf"(?:[,(\[:]|\b(?:в|in))\s*({_BARE})(?=\s*(?:[)\],;]|$))")


def units_in_title(texts: Iterable[str]) -> frozenset[str]:
    """The units of mass that the texts above a header name."""
    found = set()
    for text in texts:
        plain = " ".join(text.lower().split())
        words = [match[1] for match in (*_WORD.finditer(plain), *_LETTER.finditer(plain))]
        found |= {unit for word in words if (unit := _unit(word)) is not None}
    return frozenset(found)


def _unit(word: str) -> str | None:
    if word.startswith(("тыс", "мың", "kilotonne")):
        return "kt"
    if word.startswith(("килограмм", "kilogram")):
        return "kg"
    return "t" if word.startswith("тонн") else unit_of_measure(word)
