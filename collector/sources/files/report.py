"""The report beside a file: what was taken of it, and each row that was not, with line, column and reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from collector.files.result import PLACES_IN_FILES
from collector.files.watch_texts import watch_text
from collector.sentence import filled
from collector.sources.files.tag_rows import MOST_TOLD, FileTally, RefusedCell

if TYPE_CHECKING:
    from collector.sentence import Sentence
    from models.works.localize import Language


@dataclass(slots=True)
class FileOutcome:
    """`unread`: why the file, or what follows its last row that was read, cannot be read. `lacking`: by tag, columns
    that are not there; `late`: by tag, readings from before what is counted of a rate."""

    tally: FileTally = field(default_factory=FileTally)
    unread: "Sentence | None" = None
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)

    @property
    def is_rejected(self) -> bool:
        """Whether a person has to hand the file in again: it was not read to its end, or nothing in it was good."""
        return self.unread is not None or (self.tally.refused > 0 and self.tally.rows_taken == 0)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to tell."""
        return self.unread is None and not self.tally.refused and not self.lacking and not self.late


def report_text(file: str, outcome: FileOutcome, language: "Language") -> str:
    """The report in the language of the works."""
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
    return "\n".join(lines)


def _line(refused: RefusedCell, language: "Language") -> str:
    row = refused.row
    named = {"sheet": row.sheet, "row": str(row.row)}
    places = [filled(PLACES_IN_FILES[name], {name: text}, language) for name, text in named.items() if text]
    if row.cell:
        places.append(f"{row.cell} ({refused.heading})")
    return f"{', '.join(places)}: {row.reason(language)}"
