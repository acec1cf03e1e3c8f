"""The works' own number of an event, and what the ledger makes of one that was used twice: "1234", then "1234 (2)"."""

import re

_SECOND = re.compile(r" \(\d+\)$")


def number_of(key: str) -> str:
    """The number in a key, as its source says it."""
    return _SECOND.sub("", key)


def is_of_number(key: str, number: str) -> bool:
    """Whether `key` is `number`, or a later event of it."""
    return key == number or _SECOND.fullmatch(key.removeprefix(number)) is not None
