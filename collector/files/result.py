"""What reading a file gives: entries, and every row that was refused, with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What a person declared of a file.

    `unit_of_measure` ("t" or "kt") and `number_format` apply if the file itself does not say; `confirm` accepts
    figures and plans that are far over the daily targets; `origin` is who or what states the entries.
    """

    file: str
    unit_of_measure: str | None = None
    number_format: str | None = None
    confirm: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class RowRejection:
    """A row that was refused: where it is, and why, with the next step. Row 0: the whole sheet."""

    file: str
    sheet: str
    row: int
    reason: str

    def __str__(self) -> str:
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        row = f", row {self.row}" if self.row else ""
        return f"{self.file}{sheet}{row}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Located(Generic[Entry]):
    """An entry and the row that it came from."""

    sheet: str
    row: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class FileResult(Generic[Entry]):
    """The entries that can be believed, in the order of the file, and the rejections, in the same order."""

    entries: Sequence[Located[Entry]]
    rejections: Sequence[RowRejection]
