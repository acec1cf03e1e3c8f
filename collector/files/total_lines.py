"""The lines and columns of a form that say what others come to, compared with them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from collector.files.agreement import agrees
from collector.files.file_row import FileRow
from collector.files.refused import Refused
from collector.files.total_read import TotalRead

TOTAL_WORDS = ("итого", "всего", "барлығы", "жиыны", "total", "subtotal", "sum")
"""How lines begin that are no output of their own."""


def is_total(text: object) -> bool:
    """Whether a cell is the name of a line of totals."""
    return isinstance(text, str) and text.strip().lower().startswith(TOTAL_WORDS)


@dataclass(slots=True)
class _Sums:
    """Of one column of amounts: all rows, and those since the last total."""

    every: list[int] = field(default_factory=list)
    since: list[int] = field(default_factory=list)


@dataclass(slots=True)
class TotalLines:
    """Gathers the amounts of a sheet, and what its totals say of them."""

    differing: list[TotalRead] = field(default_factory=list)
    _sums: dict[str, _Sums] = field(default_factory=dict)
    _row: tuple[FileRow | None, list[int]] = field(default_factory=lambda: (None, []))

    def add(self, row: FileRow, grams: int) -> None:
        """An amount that was read."""
        sums = self._sums.setdefault(row.owner, _Sums())
        sums.every.append(grams)
        sums.since.append(grams)
        before, amounts = self._row
        if before is None or before.number != row.number:
            self.end_row()
            self._row = row, [grams]
        else:
            amounts.append(grams)

    def line(self, row: FileRow) -> None:
        """A line of totals."""
        try:
            stated = row.grams()
        except Refused:
            return
        sums = self._sums.setdefault(row.owner, _Sums())
        of_part, of_all = sums.since, sums.every
        sums.since = []
        if of_all and not agrees(stated, of_all) and not agrees(stated, of_part):
            nearest = min((sum(of_all), sum(of_part or of_all)), key=lambda summed: abs(summed - stated))
            self.differing.append(TotalRead(row.number, stated, nearest))

    def end_row(self) -> None:
        """A column of totals is compared with the amounts of its row."""
        row, amounts = self._row
        self._row = None, []
        for stated in () if row is None or len(amounts) < 2 else _totals_beside(row):
            if not agrees(stated, amounts):
                self.differing.append(TotalRead(row.number if row else 0, stated, sum(amounts)))


def _totals_beside(row: FileRow) -> Iterator[int]:
    rule = row.options.rule
    for column in row.header.ignored if rule is not None else ():
        heading = row.header.headings[column]
        if rule is not None and rule.skips(heading) and is_total(heading):
            try:
                yield row.grams_in(column)
            except Refused:
                continue
