"""The beginning of a value's text, cut before it is built: a stranger's value may be megabytes long."""

import dataclasses
import reprlib

LONGEST = 80
"""What fits on a line of a log or a table beside the names. A judgement."""
LONGEST_ERROR = 300
"""Of a sentence with an address and a next step. A judgement."""
_ITEMS = 6
"""Of a list: enough to see what it holds."""
_LEVELS = 3


class _Short(reprlib.Repr):
    """`repr` with bounds on everything, bytes and structures of the library too."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = _LEVELS
        self.maxlist = self.maxtuple = self.maxdict = _ITEMS
        self.maxstring = self.maxother = self.maxlong = LONGEST

    def repr_bytes(self, value: bytes, level: int) -> str:
        """The first bytes."""
        return repr(value[:LONGEST])

    def repr_str(self, value: str, level: int) -> str:
        """The first letters."""
        return repr(value[:LONGEST])

    def repr_instance(self, value: object, level: int) -> str:
        """A structure part by part; anything else is small."""
        if not dataclasses.is_dataclass(value) or isinstance(value, type):
            return repr(value)
        name = type(value).__name__
        if level <= 0:
            return f"{name}(...)"
        parts = (
            f"{field.name}={self.repr1(getattr(value, field.name), level - 1)}"
            for field in dataclasses.fields(value)[:_ITEMS]
            if field.repr
        )
        return f"{name}({', '.join(parts)})"


_SHORT = _Short()


def short_repr(value: object) -> str:
    """The beginning of `repr(value)`, on one line."""
    return _SHORT.repr(value)[:LONGEST]


def short_text(value: object) -> str:
    """The beginning of a value's text in quotes, on one line, with no sign that a terminal would obey."""
    return repr((value if isinstance(value, str) else _SHORT.repr(value))[:LONGEST])[: LONGEST + 2]


def one_line(error: BaseException) -> str:
    """What an error says, on one line of bounded length: it may quote what a stranger sent."""
    text = " ".join(str(error)[: 2 * LONGEST_ERROR].split())
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)[:LONGEST_ERROR]
