"""The shift that the title of a form speaks of: "Смена: 1", "Рапорт за 2 смену". Pure."""

import re
from collections.abc import Iterable

_NUMBER = r"\d|i{1,3}|iv"
_PART = r"дневная|ночная|вечерняя|первая|вторая|третья|четвертая|четвёртая|day|night|күндізгі|түнгі"
_AFTER = re.compile(rf"\b(?:смена|shift|ауысым)\s*[:№-]*\s*(?P<shift>{_NUMBER}|{_PART}|день|ночь)\b(?![.,:]\d)")
_BEFORE = re.compile(
    rf"\b(?P<shift>{_NUMBER}|{_PART})(?:[- ]?(?:я|ая|ю|ую|й|ой|ші|шы|st|nd|rd|th))?\s+(?:смена|смену|shift|ауысым)\b"
)
"""Not "2 смены", which may be two of them."""


def shifts_in_title(texts: Iterable[str]) -> frozenset[str]:
    """The shifts that the texts above a header name."""
    found = set()
    for text in texts:
        plain = " ".join(text.lower().split())
        found |= {match["shift"] for pattern in (_AFTER, _BEFORE) for match in pattern.finditer(plain)}
    return frozenset(found)
