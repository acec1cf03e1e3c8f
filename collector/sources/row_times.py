"""Times in rows, as programs and people write them: one way for every source that gives rows or messages. Pure."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from collector.config.fields import Text
from collector.files.moment import moment
from collector.files.refused import Refused
from models.works.calendar import NS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_POWERS = ((1e11, 1), (1e14, 1_000), (1e17, 1_000_000), (1e20, 1_000_000_000))
"""A count since 1970 below the first is of seconds (until the year 5138), then of ms, us and ns."""
SHORTEST_COUNT = 9
"""Digits: a count of seconds since 1970 has ten, and had nine before September 2001. Fewer may be a date: 20260930."""
_TRIED = datetime(2026, 11, 28, 21, 34, 56)  # noqa: DTZ001 - its parts are all different, whatever its zone
Both = tuple[int, int]
"""An instant (UTC ns), and that of the same local time when it comes again, as clocks are put back; else the same."""


def _time_format(text: str) -> str:
    try:
        read = datetime.strptime(_TRIED.strftime(text), text)  # noqa: DTZ007 - only its date is looked at
    except ValueError as error:
        raise ValueError(f"is no format of times ({error}); write it like %d/%m/%Y %H:%M") from None
    if read.date() != _TRIED.date():
        raise ValueError("lacks the day, the month or the year; write it like %d/%m/%Y %H:%M")
    return text


TimeFormat = Annotated[
    Text,
    AfterValidator(_time_format),
    Field(
        description="how times are written as text, such as '%d/%m/%Y %H:%M'; 2026-09-30 08:00, 30.09.2026 08:00 and "
        "counts since 1970 need none"
    ),
]


@dataclass(frozen=True, slots=True)
class RowTimes:
    """How the rows of a source write their times; those without an offset are local in `zone`.

    `last_ns`: by index of a tag, the time of the row before, where rows come once and in their order: of an hour that
    comes twice (clocks are put back) the second is meant where a row stands below one of the first. None: rows are
    asked for again, in whatever order, and the first is meant, always the same.
    """

    zone: ZoneInfo
    time_format: str | None = None
    last_ns: dict[int, int] | None = None

    def instant_ns(self, cell: object, index: int) -> int | None:
        """The instant (UTC ns) in a cell of a row of that tag; None if it is none."""
        said = _said(cell, self.time_format)
        if said is None or isinstance(said, int):
            return said
        if self.last_ns is None or said.tzinfo is not None:
            return _ns(said if said.tzinfo is not None else said.replace(tzinfo=self.zone, fold=0))
        found = both(said, self.zone)
        if found is None:
            return None
        first_ns, second_ns = found
        chosen_ns = second_ns if first_ns < self.last_ns.get(index, 0) <= second_ns else first_ns
        self.last_ns[index] = chosen_ns
        return chosen_ns

    @property
    def wanted(self) -> str:
        """What a time has to look like."""
        if self.time_format is not None:
            return f"a time in the format {self.time_format}: correct the row, or time_format in plant.yaml"
        return "a time: write 2026-09-30 08:00 or 30.09.2026 08:00, or give its source time_format"


def _said(cell: object, time_format: str | None) -> datetime | int | None:
    """What a cell says: a time, local if it has no offset, a date (its midnight), ISO 8601, 30.09.2026 08:00 or a text
    in `time_format`; or the instant (UTC ns) of a count since 1970. None if it is none."""
    if isinstance(cell, str):
        text = cell.strip()
        if time_format is not None:
            return _in_format(text, time_format)
        if text.isdecimal() and len(text) >= SHORTEST_COUNT:
            return _counted(int(text))
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return _written(text)
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    return _counted(cell)


def in_format(text: str, time_format: str, zone: ZoneInfo) -> Both | None:
    """The instant of a text in a format of `strptime`; None if it is not in that format."""
    local = _in_format(text, time_format)
    return None if local is None else both(local, zone)


def _in_format(text: str, time_format: str) -> datetime | None:
    try:
        return datetime.strptime(text, time_format)  # noqa: DTZ007 - it is local where it has no offset
    except ValueError:
        return None


def both(local: datetime, zone: ZoneInfo) -> Both | None:
    """The instants of a local time; one with an offset has one."""
    if local.tzinfo is not None:
        at_ns = _ns(local)
        return None if at_ns is None else (at_ns, at_ns)
    first_ns, second_ns = (_ns(local.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    return None if first_ns is None or second_ns is None else (first_ns, second_ns)


def _written(text: Hashable) -> datetime | int | None:
    try:
        said = moment(text)
    except Refused:
        return None
    return datetime.combine(said.day, said.clock or time()) if said.at_ns is None else said.at_ns


def _counted(cell: object) -> int | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal) or not cell > 0:
        return None
    return next((int(cell * (NS // per_s)) for limit, per_s in _POWERS if cell < limit), None)


def _ns(aware: datetime) -> int | None:
    try:
        since = aware.astimezone(UTC) - _EPOCH
    except OverflowError:
        return None
    found = (since.days * 86_400 + since.seconds) * NS + since.microseconds * 1000
    return found if found > 0 else None


def instant_ns(cell: object, zone: ZoneInfo) -> int | None:
    """The first instant (UTC ns) in a cell; None if it is none."""
    return RowTimes(zone).instant_ns(cell, 0)
