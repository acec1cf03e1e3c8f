"""Line protocol: readings and rows to bytes. Pure; about 0.2 microseconds a reading (benchmarks.line_protocol).

Nothing is written that a database would read back as something else. What the format cannot carry (a line break in a
tag, a backslash that would escape its neighbour) is refused with the reason; NaN and infinity are never emitted.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from collector.errors import ConfigurationError
from collector.influx.number_text import number_texts
from models.counting.reading import ReadingBatch
from models.works.codes import Quality
from models.works.plant import Tag
from models.works.table import FieldValue, Row

TELEMETRY_TABLE = "telemetry"

_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1
# InfluxDB 1.x drops a field called time and answers success; 2 keeps the other two for itself.
_RESERVED = frozenset({"time", "_measurement", "_field"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# The format has no escape for a backslash outside strings: one before a special character, or at the end, would
# escape what follows it. (A backslash before a quote is lost from field keys by InfluxDB 1.6 and 2.9.)
_UNSAFE_BACKSLASH = re.compile(r"\\(?=[,= \"]|$)")
_TABLE_ESCAPES = str.maketrans({",": r"\,", " ": r"\ "})
_KEY_ESCAPES = str.maketrans({",": r"\,", "=": r"\=", " ": r"\ "})
_STRING_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\""})


class CannotWrite(ValueError):
    """Line protocol has no way to carry this name or value; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """`data`: `line_count` lines, each ended by a line feed."""

    data: bytes
    line_count: int


@dataclass(frozen=True, slots=True)
class EncodedRows:
    """As `Encoded`, and the rows that line protocol cannot carry, each with the reason."""

    data: bytes
    line_count: int
    refused: tuple[tuple[Row, str], ...]


class TelemetryEncoder:
    """Readings of the plant's tags as lines of the table `telemetry`.

    Tags site, shop, unit, signal; fields value (float) and quality (integer); time in UTC nanoseconds. `tags` is
    `Plant.tags`: a batch's tag column indexes it. Raises ConfigurationError for a tag that cannot be written.
    """

    def __init__(self, tags: Sequence[Tag], site: str) -> None:
        try:
            starts = [_telemetry_start(tag, site) for tag in tags]
        except CannotWrite as error:
            raise ConfigurationError(f"site {site}: {error}; rename it in the configuration") from error
        # One row a quality code: the quality stands before the value, so that all that follows the value is the time.
        self._prefixes = np.empty((len(Quality), len(starts)), dtype=object)
        for quality in Quality:
            self._prefixes[quality, :] = [f"{start} quality={int(quality)}i,value=".encode() for start in starts]

    def encode(self, batch: ReadingBatch) -> Encoded:
        """The batch as lines, in its order; readings that are NaN or infinite give none."""
        finite = np.isfinite(batch.values)
        if not finite.all():
            batch = batch.take(finite)
        if not len(batch):
            return Encoded(b"", 0)
        count, first_ns = len(batch), int(batch.times_ns[0])
        parts: list[bytes] = [b" "] * (5 * count)
        parts[0::5] = self._prefixes[batch.quality, batch.tags].tolist()
        parts[1::5] = number_texts(batch.values)
        if (batch.times_ns == first_ns).all():
            parts[3::5] = [str(first_ns).encode()] * count
        else:
            parts[3::5] = number_texts(batch.times_ns)
        parts[4::5] = [b"\n"] * count
        return Encoded(b"".join(parts), count)


def encode_rows(rows: Sequence[Row]) -> EncodedRows:
    """Rows as lines, in order. A field that is NaN or infinite is left out, and so is a row left without fields."""
    lines: list[bytes] = []
    refused: list[tuple[Row, str]] = []
    for row in rows:
        try:
            line = encode_row(row)
        except CannotWrite as error:
            refused.append((row, str(error)))
            continue
        if line is not None:
            lines.append(line)
    return EncodedRows(b"".join(lines), len(lines), tuple(refused))


def encode_row(row: Row) -> bytes | None:
    """One row as a line with its line feed; None if no field is left. Raises CannotWrite."""
    fields = []
    for name, value in row.fields.items():
        written = _field_value(name, value)
        if written is not None:
            fields.append(f"{_name('field', name)}={written}")
    if not fields:
        return None
    if not _INT64_MIN < row.key.time_ns < _INT64_MAX:
        raise CannotWrite(f"time {row.key.time_ns} ns lies outside 64 bits")
    line = f"{series_key(row.key.table, row.key.tags)} {','.join(fields)} {row.key.time_ns}\n"
    return _utf8(line)


# Series and names of a works are some thousands, and each stands in many rows: remembered, a row costs a third.
@lru_cache(maxsize=8192)
def series_key(table: str, tags: tuple[tuple[str, str], ...]) -> str:
    """Table and tags, escaped, as they open a line. Raises CannotWrite."""
    if table.startswith("#"):
        raise CannotWrite(f"table {table!r} starts with '#', which makes the line a comment")
    parts = [_checked("table", table).translate(_TABLE_ESCAPES)]
    parts += [f"{_name('tag', name)}={_key(f'value of tag {name}', value)}" for name, value in tags]
    return ",".join(parts)


def _telemetry_start(tag: Tag, site: str) -> str:
    return series_key(TELEMETRY_TABLE, (("shop", tag.shop), ("signal", tag.signal), ("site", site), ("unit", tag.unit)))


def _checked(what: str, text: str) -> str:
    if not text:
        raise CannotWrite(f"{what} is empty")
    if _CONTROL.search(text):
        raise CannotWrite(f"{what} {text!r} holds a line break or another control character")
    if _UNSAFE_BACKSLASH.search(text):
        raise CannotWrite(f"{what} {text!r} has a backslash before a comma, equals sign, space or quote, or at its end")
    return text


def _key(what: str, text: str) -> str:
    return _checked(what, text).translate(_KEY_ESCAPES)


@lru_cache(maxsize=1024)
def _name(what: str, text: str) -> str:
    if text in _RESERVED:
        raise CannotWrite(f"{what} cannot be called {text}: the database keeps that name for itself")
    return _key(what, text)


def _field_value(name: str, value: FieldValue) -> str | None:
    if isinstance(value, str):
        if "\x00" in value:
            raise CannotWrite(f"field {name} holds a NUL character")
        return f'"{value.translate(_STRING_ESCAPES)}"'
    if isinstance(value, float):
        return repr(float(value)) if math.isfinite(value) else None
    if not _INT64_MIN <= value <= _INT64_MAX:
        raise CannotWrite(f"field {name} = {value} does not fit in 64 bits")
    return f"{int(value)}i"


def _utf8(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError as error:
        raise CannotWrite(f"{line!r} holds half of a surrogate pair, which UTF-8 cannot carry") from error
