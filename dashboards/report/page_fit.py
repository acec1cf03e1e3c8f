"""How wide each column of a printed table is, and in what size of letters all of them fit on the sheet. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.report.cells import cell_text
from dashboards.report.document import ReportDocument
from models.works.localize import NO_BREAK_SPACE

LARGEST_PT = 8.0
BROKEN_FROM_PT = 6.0
"""Rather than in smaller letters, texts go over several lines."""
SMALLEST_PT = 4.5
"""Smaller letters are not read on paper; then the longest texts are broken within their words."""
_STEP_PT = 0.25
_TEXT_SHARE = 0.13
"""The most of the width that a column of texts gets in one line; longer ones go over several."""
Measure = Callable[[str, bool], float]
"""The width (mm) of a text in letters of one point, bold or not: it grows with their size."""


@dataclass(frozen=True, slots=True)
class PageFit:
    """The size of letters (points), and the width (mm) of each column; together they are as wide as the sheet."""

    size_pt: float
    widths_mm: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a column needs at least (mm a point), and what its longest text takes; a column of texts may break it."""

    least: float
    whole: float
    breaks: bool

    def low(self, size_pt: float, width_mm: float) -> float:
        """The least on a sheet of that width: a word as long as a line is broken."""
        return min(self.least * size_pt, width_mm * _TEXT_SHARE) if self.breaks else self.least * size_pt

    def best(self, size_pt: float, width_mm: float) -> float:
        """What it would take on a sheet of that width."""
        whole = min(self.whole * size_pt, width_mm * _TEXT_SHARE) if self.breaks else self.whole * size_pt
        return max(self.low(size_pt, width_mm), whole)


def page_fit(
    document: ReportDocument, width_mm: float, padding_mm: float, measure: Measure, largest_pt: float = LARGEST_PT
) -> PageFit:
    """The largest letters in which every number and every word stands whole in its column."""
    needs = [_needs(document, number, measure) for number in range(len(document.columns))]
    room, around = width_mm - 2 * padding_mm * len(needs), 2 * padding_mm
    size = largest_pt
    while True:
        best, least = [need.best(size, width_mm) for need in needs], [need.low(size, width_mm) for need in needs]
        if sum(best) <= room:
            spare = (room - sum(best)) / len(needs)
            return PageFit(size, tuple(width + spare + around for width in best))
        if size <= BROKEN_FROM_PT and sum(least) <= room:
            # Columns of texts share what the numbers leave, each by how much more it would take.
            share = (room - sum(least)) / (sum(best) - sum(least))
            widths = (low + (high - low) * share + around for low, high in zip(least, best, strict=True))
            return PageFit(size, tuple(widths))
        if size <= SMALLEST_PT:
            scale = min(room / sum(least), 1.0)
            return PageFit(size, tuple(width * scale + around for width in least))
        size -= _STEP_PT


def unbroken(text: str) -> str:
    """The text with "80 %" on one line."""
    return text.replace(" %", f"{NO_BREAK_SPACE}%")


def _needs(document: ReportDocument, number: int, measure: Measure) -> _Needs:
    column = document.columns[number]
    words = max(measure(word, True) for word in unbroken(column.title).split(" "))
    texts = {
        (cell_text(line.cells[number], column, document.language), line.level != "unit") for line in document.lines
    }
    whole = max((measure(text, bold) for text, bold in texts), default=0.0)
    # A column of numbers that also says something in words may say that on several lines, and numbers on one.
    if column.decimals is not None and not any(letter.isalpha() for text, _ in texts for letter in text):
        return _Needs(max(words, whole), max(words, whole), breaks=False)
    longest = max((measure(word, bold) for text, bold in texts for word in text.split(" ")), default=0.0)
    return _Needs(max(words, longest), whole, breaks=True)
