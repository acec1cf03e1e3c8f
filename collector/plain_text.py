"""Text for a screen: what comes from a PLC, a file or a database moves no cursor and hides nothing."""

import unicodedata

_LINE_ENDS = "\n\t"
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of what follows: a name could show another number than it is."""


def plain(text: str) -> str:
    """The text with a visible mark in the place of each character that a terminal would act on."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if _acts(each) else each for each in text)


def _acts(each: str) -> bool:
    # A lone surrogate stands for a byte that is no text: no stream takes it.
    return each in _TURNS or (unicodedata.category(each) in ("Cc", "Cs") and each not in _LINE_ENDS)
