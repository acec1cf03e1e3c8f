"""Lines of line protocol back to rows: those that `line_protocol` makes, as the journal keeps them. Pure."""

import re
from functools import lru_cache

from models.works.table import FieldValue, Row, RowKey, TagSet

# Possessive: what stands before the first space that is not escaped, whatever follows.
_LINE = re.compile(r"((?:\\[,= ]|[^ ])++) (.+) (-?\d+)", re.DOTALL)
_BETWEEN_TAGS = re.compile(r"(?<!\\),")
_BEFORE_VALUE = re.compile(r"(?<!\\)=")
_ESCAPED = re.compile(r"\\([,= ])")
_STRING_ESCAPED = re.compile(r'\\(["\\])')
# A name, then a string with its escapes or anything up to the next comma.
_FIELD = re.compile(r'((?:\\[,= ]|[^,= ])+)=("(?:\\.|[^"\\])*"|[^,"]+)(?:,|$)', re.DOTALL)
_WHOLE = re.compile(r"-?\d+i")


class NoLine(ValueError):
    """The bytes are no line that we wrote."""


def read_line(line: bytes) -> Row:
    """The row of a line without its line feed. Raises NoLine."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise NoLine("the line is not UTF-8") from error
    found = _LINE.fullmatch(text)
    if found is None:
        raise NoLine(f"no table, fields and time in {text[:80]!r}")
    table, tags = _series(found[1])
    return Row(RowKey(table, tags, int(found[3])), _fields(found[2]))


@lru_cache(maxsize=65_536)
def _series(text: str) -> tuple[str, TagSet]:
    """Table and tags; the same few thousand of them come with every reading."""
    table, *tags = _BETWEEN_TAGS.split(text)
    pairs = [_BEFORE_VALUE.split(tag, maxsplit=1) for tag in tags]
    if any(len(pair) != 2 for pair in pairs):
        raise NoLine(f"a tag without a value in {text[:80]!r}")
    return _plain(table), tuple(sorted((_plain(name), _plain(value)) for name, value in pairs))


def _fields(text: str) -> dict[str, FieldValue]:
    fields: dict[str, FieldValue] = {}
    at = 0
    while at < len(text):
        found = _FIELD.match(text, at)
        if found is None:
            raise NoLine(f"a field that is none at {text[at : at + 80]!r}")
        fields[_plain(found[1])] = _value(found[2])
        at = found.end()
    return fields


def _value(text: str) -> FieldValue:
    if text.startswith('"'):
        return _STRING_ESCAPED.sub(r"\1", text[1:-1])
    if _WHOLE.fullmatch(text):
        return int(text[:-1])
    try:
        return float(text)
    except ValueError as error:
        raise NoLine(f"{text!r} is no number") from error


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
