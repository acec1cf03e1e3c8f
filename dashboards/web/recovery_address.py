"""The address of the way to make a month: a product, a month, and what is supposed. Pure."""

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlencode

from models.recovery.what_if import Supposed
from models.works.localize import Language
from models.works.month import period_text

SUPPOSED = ("stand", "move", "end")
"""What an address supposes, each as NAME:2026-11-20: a unit stands, a repair begins or ends on another day."""
_OF_THE_COMMAND = ("without", "until")
"""What the command calls it: somebody who writes that at the page means to suppose something, and has to be told."""
_MOST = 50
"""More is no supposition but an attack on the address."""
_LONGEST = 200
Given = Callable[[str], Sequence[str]]
"""By the name of a parameter, its values."""


def recovery_link(product: str, language: Language, month: int | None = None, supposed: Supposed | None = None) -> str:
    """The address of the way of a product, under what is supposed; `month` None: the one that runs."""
    given = [("product", product)]
    if month is not None:
        given.append(("month", period_text(month)))
    if supposed is not None:
        for key, each in zip(SUPPOSED, (supposed.stands, supposed.moved, supposed.ended), strict=True):
            given += [(key, f"{name}:{date.fromordinal(day)}") for name, day in each.items()]
    return f"/recovery?{urlencode([*given, ('lang', language)])}"


def same_link(product: str, language: Language, given: Given) -> str:
    """The address as it was asked for, of `product`, also what cannot be read: in another language it is told again."""
    kept = [(key, value[:_LONGEST]) for key in ("month", *SUPPOSED, *_OF_THE_COMMAND) for value in given(key)]
    return f"/recovery?{urlencode([('product', product), *kept[: 4 * _MOST], ('lang', language)])}"


def supposed_of(given: Given) -> tuple[Supposed, list[str]]:
    """What an address supposes, and what of it cannot be read or contradicts itself."""
    unread = [f"{key}={each[:60]}" for key in _OF_THE_COMMAND for each in given(key)[:_MOST]]
    found: list[dict[str, int]] = []
    for key in SUPPOSED:
        read: dict[str, int] = {}
        for each in given(key)[:_MOST]:
            name, _, day = each.rpartition(":")
            try:
                at = date.fromisoformat(day).toordinal()
            except ValueError:
                at = 0
            if not at or not name or len(name) > _LONGEST or read.get(name, at) != at:
                unread.append(f"{key}={each[:60]}")
            read[name] = at
        unread += [f"{key}={each[:60]}" for each in given(key)[_MOST : _MOST + 1]]
        found.append(read)
    return Supposed(*found), unread
