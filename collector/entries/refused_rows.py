"""What is said of a file of which rows were refused. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from collector.entries.entry_texts import entry_text
from collector.files.result import RowRejection
from models.works.localize import Language

MOST_ROWS = 50
"""As many lines as a screen has; a person mends some rows, and asks again."""


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """The rows of a file that was refused for them, and how many others are good."""

    file: str
    rejections: Sequence[RowRejection]
    good: int

    def told(self, language: Language) -> str:
        """One line on the file, and one for each row."""
        said = entry_text("rows_refused", file=self.file, count=len(self.rejections)).told(language)
        if self.good:
            said += entry_text("good_rows", count=self.good).told(language)
        rows = [f"  {item.told(language)}" for item in self.rejections[:MOST_ROWS]]
        rest = len(self.rejections) - MOST_ROWS
        return "\n".join([said, *rows, *([entry_text("more_rows", count=rest).told(language)] if rest > 0 else [])])
