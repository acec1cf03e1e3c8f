"""What a row of a table, an answer or a file says of a tag: a reading, or a heat, a weighing, a push. Pure.

A source of rows (a database, a web service, a file) gives mappings of columns to values. A tag names its columns, and
with `when` the rows that are its own.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from pydantic import Field, model_validator

from collector.config.fields import Text
from collector.sources.row_times import RowTimes
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.counting.status_text import number_of, unknown_text
from models.works.calendar import NS
from models.works.codes import Quality, Reason, TagKind
from models.works.exact_number import Number, held, of_text
from models.works.plant import Tag
from models.works.strict import StrictModel

Cells = Mapping[str, Any]
_DAY_NS = 86_400 * NS
AHEAD_NS = 2 * NS
"""A row that is ahead by more waits: it comes again when its time has come. Two clocks that are kept differ by less."""
_FAR_AHEAD_NS = _DAY_NS
"""What is ahead by more is a slip of the pen or a clock, and told."""
NO_SEQUENCE = -1
"""In place of a ring's running number. 0 would say that a person vouches for the event."""
SHOWN = 80
"""Letters of a value that a rejection shows."""
LONGEST_KEY = 64
"""Letters: a heat number has ten."""


class RowAddress(StrictModel):
    """The keys of a tag that is read from rows."""

    when: dict[Text, Text | int | bool] = Field(
        default={}, description="the values that columns have in the rows of this tag, such as {furnace: 3}"
    )
    time: Text | None = Field(default=None, description="the column with the time of a reading")
    value: Text | None = Field(default=None, description="the column with the value of a reading")
    key: Text | None = Field(default=None, description="the column with the works' own number of an event")
    tonnes: Text | None = Field(
        default=None, description="the column with the tonnes of an event, in source_unit_of_measure if that is given"
    )
    end: Text | None = Field(default=None, description="the column with the time at which an event ended")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        reading, event = (self.time, self.value), (self.key, self.tonnes, self.end)
        if None in reading and None in event:
            raise ValueError("give time and value of a reading, or key, tonnes and end of an event")
        if any(reading) and any(event):
            raise ValueError("a row is a reading (time, value) or an event (key, tonnes, end); give the columns of one")
        return self

    def complaint(self, kind: str) -> str | None:
        """What is wrong with it for a tag of that kind; None if nothing is."""
        if kind == "event" and self.key is None:
            return "an event needs the columns key, tonnes and end; give these in place of time and value"
        if kind != "event" and self.time is None:
            return f"a {kind} needs the columns time and value; give these in place of key, tonnes and end"
        return None

    def value_of(self, table: str) -> str:
        """Where its value stands in the rows of `table`, as its address: the same text is the same counter."""
        when = " and ".join(f"{column} = {wanted}" for column, wanted in sorted(self.when.items()))
        return f"{table}.{self.value or self.tonnes} {when}".strip()

    @property
    def columns(self) -> list[str]:
        """The columns that each of its rows must have."""
        named = (self.time, self.value, self.key, self.tonnes, self.end)
        return [*self.when, *(column for column in named if column is not None)]


@dataclass(frozen=True, slots=True)
class RowTag:
    """A tag with its index into the plant's tags and its columns."""

    index: int
    tag: Tag
    address: RowAddress


@dataclass(slots=True)
class RowsRead:
    """What rows said. `missing`: by tag, why none of its rows can be read. `newest_ns`: the latest time in them."""

    readings: list[tuple[int, Number, int, Quality]] = field(default_factory=list)
    events: list[EventReading] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    newest_ns: int = 0

    def batch(self, source: str, received_ns: int) -> ReadingBatch | None:
        """The readings in the order of their times."""
        if not self.readings:
            return None
        return ReadingBatch.of(source, received_ns, sorted(self.readings, key=lambda row: (row[2], row[0])))

    def take(self, each: "RowTag", value: Number, time_ns: int, key: str, received_ns: int) -> None:
        """Take in what a row says of a tag, in the unit of its source. `key`: of an event."""
        self.newest_ns = max(self.newest_ns, time_ns)
        value = each.tag.conversion.applied(value)
        if each.tag.kind is not TagKind.EVENT:
            self.readings.append((each.index, value, time_ns, Quality.GOOD))
            return
        self.events.append(
            EventReading(
                tag=each.tag.name,
                key=key,
                sequence=NO_SEQUENCE,
                tonnes=float(value),
                end_ns=time_ns,
                received_ns=received_ns,
                quality=Quality.GOOD,
            )
        )


def read_rows(
    rows: Iterable[Cells],
    tags: Sequence[RowTag],
    source: str,
    received_ns: int,
    times: RowTimes,
    *,
    comes_again: bool,
) -> RowsRead:
    """Readings and events of `tags` in the rows; `times` says how their times are written.

    `comes_again`: a row that has no value yet, or is ahead of the clock, is no fault, for it is asked for once more. A
    row without a column that other rows of the tag have is rejected alone; if none has it, `missing` says so.
    """
    read, moment = RowsRead(), _Moment(source, received_ns, times, comes_again)
    by_columns: dict[tuple[str, ...], dict[str, str]] = {}
    incomplete: dict[str, list[tuple[Cells, str]]] = {}
    whole: set[str] = set()
    for row in rows:
        columns = tuple(row)
        if columns not in by_columns:
            by_columns[columns] = {each.tag.name: why for each in tags if (why := _missing(each.address, row))}
        gone = by_columns[columns]
        for each in tags:
            if each.tag.name in gone:
                incomplete.setdefault(each.tag.name, []).append((row, gone[each.tag.name]))
                continue
            whole.add(each.tag.name)
            if is_of(each.address, row):
                _read(read, each, row, moment)
    for each in tags:
        for row, why in incomplete.get(each.tag.name, ()):
            if each.tag.name not in whole:
                read.missing[each.tag.name] = why
            elif each.address.when.keys() <= row.keys() and is_of(each.address, row):
                at = (repr(dict(row))[:SHOWN], received_ns, Quality.BAD, Reason.WRONG_TYPE)
                read.rejections.append(Rejection(source, each.tag.name, *at, why))
    return read


@dataclass(frozen=True, slots=True)
class _Moment:
    source: str
    received_ns: int
    times: RowTimes
    comes_again: bool


def _missing(address: RowAddress, row: Cells) -> str | None:
    gone = [column for column in address.columns if column not in row]
    if not gone:
        return None
    there = ", ".join(str(column)[:SHOWN] for column in list(row)[:12])
    return f"there is no column {gone[0]}; there are: {there}"


def is_of(address: RowAddress, row: Cells) -> bool:
    """Whether the row is one of the tag's."""
    return all(same_value(row[column], wanted) for column, wanted in address.when.items())


def same_value(value: object, wanted: object) -> bool:
    if isinstance(value, int | float | Decimal) and isinstance(wanted, int):
        return value == wanted
    return str(value).strip() == str(wanted)


def _read(read: RowsRead, each: RowTag, row: Cells, moment: _Moment) -> None:
    address, is_event = each.address, each.tag.kind is TagKind.EVENT
    said_time, said_value = (row[address.end or ""], row[address.tonnes or ""]) if is_event else (
        row[address.time or ""], row[address.value or ""])  # fmt: skip
    key = row[address.key or ""] if is_event else ""
    if moment.comes_again and (any(cell is None or cell == "" for cell in (said_time, said_value)) or key is None):
        return
    time_ns, value = moment.times.instant_ns(said_time, each.index), number(said_value)
    if each.tag.texts:
        value = number_of(each.tag, said_value)
    said = key_text(key) if is_event else None
    if time_ns is None or value is None or (said is not None and not 0 < len(said) <= LONGEST_KEY):
        bad, what = (said_time, moment.times.wanted) if time_ns is None else (said_value, "a number")
        if time_ns is not None and value is not None:
            bad, what = key, f"a key of 1 to {LONGEST_KEY} letters"
        at = (str(bad)[:SHOWN], time_ns or moment.received_ns, Quality.BAD, Reason.WRONG_TYPE)
        detail = f"{str(bad)[:SHOWN]!r} is not {what}"
        if each.tag.texts and time_ns is not None:
            detail = unknown_text(each.tag, said_value)
        read.rejections.append(Rejection(moment.source, each.tag.name, *at, detail, said))
        return
    ahead_ns = time_ns - moment.received_ns
    if ahead_ns > AHEAD_NS and moment.comes_again:
        if ahead_ns > _FAR_AHEAD_NS:
            at = (str(said_value)[:SHOWN], time_ns, Quality.GOOD, Reason.FUTURE_CLOCK)
            detail = f"its time is {ahead_ns / _DAY_NS:.1f} days ahead of this host: correct the row or a clock"
            read.rejections.append(Rejection(moment.source, each.tag.name, *at, detail, said))
        return
    read.take(each, value, time_ns, said or "", moment.received_ns)


def key_text(cell: object) -> str:
    """The works' number in a cell; "" if it cannot be one."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if isinstance(cell, str | int | Decimal) and not isinstance(cell, bool) else ""


def number(cell: object) -> Number | None:
    """The number in a cell; None if it is none. Texts have a point or a comma before the decimals, and no thousands."""
    try:
        if isinstance(cell, bool | int | float | Decimal):
            value = held(cell)
        elif isinstance(cell, str):
            value = of_text(cell.strip().replace(",", "."))
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None
