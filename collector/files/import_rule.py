"""How one kind of file of this works is laid out, as the configuration says. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from collector.files.heading import plain

IGNORED = "ignored"
"""What `columns` gives a heading that is nobody's: it is no unit, and hides none."""


class FileLayout(StrEnum):
    """Where the tonnes stand."""

    ROWS = "rows"  # one in each row
    UNIT_COLUMNS = "unit_columns"  # a row a day, a column a unit
    MONTH_COLUMNS = "month_columns"  # a row a unit or a product, a column a month


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRule:
    """`files` are patterns of names. `columns` gives fields by the headings of the file, `fixed` texts of fields that
    it does not have, `units` codes by the words for units that only this file uses. `sheets_are` is the field that the
    name of a sheet gives. A row with a cell that begins with a word of `skip` is a subtotal; so is a column.
    """

    name: str
    files: Sequence[str]
    plans: bool = False
    layout: FileLayout = FileLayout.ROWS
    sheets_are: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    skip: Sequence[str] = ()
    year: int | None = None
    unit_of_measure: str | None = None
    number_format: str | None = None

    def skips(self, text: object) -> bool:
        """Whether a cell says that its row or column is a subtotal."""
        return isinstance(text, str) and plain(text).startswith(tuple(plain(word) for word in self.skip))


def rule_for(rules: Iterable[ImportRule], file: str, *, plans: bool) -> ImportRule | None:
    """The first rule whose pattern fits the name of a file, whatever the case of its letters."""
    name = file.casefold()
    for rule in rules:
        if rule.plans is plans and any(fnmatchcase(name, pattern.casefold()) for pattern in rule.files):
            return rule
    return None
