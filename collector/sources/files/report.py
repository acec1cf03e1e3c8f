"""The report beside a file: what was taken of it, and each row that was not, with line, column and reason. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collector.files.result import PLACES_IN_FILES
from collector.files.watch_texts import watch_text
from collector.sentence import FilledText, filled
from collector.sources.files.tag_rows import MOST_TOLD, FileTally, RefusedCell
from collector.sources.set_aside import SetAside
from models.tables.reason_words import REASON_WORDS
from models.works.calendar import NS
from models.works.codes import Reason

if TYPE_CHECKING:
    from collector.sentence import Sentence
    from models.works.localize import Language


@dataclass(slots=True)
class FileOutcome:
    """`unread`: why the file, or what follows its last row that was read, cannot be read. `lacking`: by tag, columns
    that are not there; `late`: by tag, readings from before what is counted of a rate. `aside`: what was read and is
    not believed; `counted`: whether that is known already."""

    tally: FileTally = field(default_factory=FileTally)
    unread: "Sentence | None" = None
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)
    aside: Sequence[SetAside] = ()
    counted: bool = True

    @property
    def is_rejected(self) -> bool:
        """Whether a person has to hand the file in again: it was not read to its end, or nothing in it was good."""
        return self.unread is not None or (self.tally.refused > 0 and self.tally.rows_taken == 0)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to tell."""
        told = self.tally.refused or self.lacking or self.late or self.aside or not self.counted
        return self.unread is None and not told


TOLD_BY_ROW = frozenset({Reason.WRONG_TYPE, Reason.FUTURE_CLOCK, Reason.BAD_QUALITY})
"""What is found while the file is read: its cells, or its columns. It is told with line and column."""


def report_text(file: str, outcome: FileOutcome, language: "Language", zone: ZoneInfo) -> str:
    """The report in the language of the works; times are local in `zone`."""
    tally = outcome.tally
    lines = []
    if outcome.unread is not None:
        lines.append(
            watch_text("rest_not_read", reason=outcome.unread).told(language)
            if tally.rows
            else outcome.unread.told(language)
        )
    if tally.rows or outcome.unread is None:
        lines.append(watch_text("rows_taken", file=file, count=tally.rows_taken).told(language))
    for tag, columns in outcome.lacking.items():
        lines.append(watch_text("columns_lacking", tag=tag, columns=columns).told(language))
    for tag, count in outcome.late.items():
        lines.append(watch_text("not_in_order", tag=tag, count=count).told(language))
    if tally.refused:
        lines.append(watch_text("rows_refused", count=tally.refused).told(language))
        lines += [_line(cell, language) for cell in tally.told]
    if tally.refused > len(tally.told):
        lines.append(watch_text("only_first", most=MOST_TOLD).told(language))
    if outcome.aside:
        lines.append(watch_text("set_aside", count=len(outcome.aside)).told(language))
        lines += [_aside(one, tally, language, zone) for one in outcome.aside]
    if not outcome.counted:
        lines.append(watch_text("not_counted_yet").told(language))
    return "\n".join(lines)


def _aside(one: SetAside, tally: FileTally, language: "Language", zone: ZoneInfo) -> str:
    """Old, new and what to do, of a row that was read and is not believed."""
    rejection = one.rejection

    def at(time_ns: int) -> datetime:
        return datetime.fromtimestamp(time_ns // NS, UTC).astimezone(zone)

    reason = FilledText(REASON_WORDS[rejection.reason], {})
    told: dict[str, object] = {"said": _amount(rejection.value), "at": at(rejection.time_ns), "name": one.name}
    if rejection.event_key is None:
        return watch_text("aside_reading", tag=rejection.tag, reason=reason, **told).told(language)
    sheet, row = tally.places.get((rejection.tag, rejection.event_key), ("", 0))
    place = "".join(f"{part}, " for part in _places(sheet, row, language))
    told |= {"place": place, "key": rejection.event_key}
    if one.known is None:
        return watch_text("aside_event", reason=reason, **told).told(language)
    known_t, known_ns = one.known
    return watch_text("aside_known", known=_amount(repr(known_t)), known_at=at(known_ns), **told).told(language)


def _amount(text: str) -> Decimal | str:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return text
    return round(amount, 3).normalize() + 0 if amount.is_finite() else text


def _places(sheet: str, row: int, language: "Language") -> list[str]:
    named = {"sheet": sheet, "row": str(row or "")}
    return [filled(PLACES_IN_FILES[name], {name: text}, language) for name, text in named.items() if text]


def _line(refused: RefusedCell, language: "Language") -> str:
    row = refused.row
    places = _places(row.sheet, row.row, language)
    if row.cell:
        places.append(f"{row.cell} ({refused.heading})")
    return f"{', '.join(places)}: {row.reason(language)}"
