"""What a person should see of figures that speak of the same tonnes: one within another, and a total beside its parts.

Pure.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from collector.entries.entry_texts import entry_text
from collector.entries.figure_text import ToldFigure, shown_tonnes
from collector.entries.total_parts import differing, grouped
from collector.sentence import Sentence
from models.books.overlaps import NOTHING, Stated, resolve
from models.stated.figure import Figure
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Holding:
    """A figure whose span holds those of others of the same place; `counts`: it is what counts, and not they."""

    outer: Figure
    inner: Sequence[Figure]
    counts: bool


def remarks(plant: Plant, standing: Iterable[Figure], posted: Sequence[Figure]) -> list[Sentence]:
    """Of all that stands beside what was posted, whatever one of the posted figures takes part in."""
    figures = [figure for figure in standing if figure.is_output and figure.grams is not None]
    new = {id(figure) for figure in posted}
    return [*_held(plant, figures, new), *_totals(plant, figures, new)]


def holdings(figures: Iterable[Figure]) -> Iterator[Holding]:
    """The outermost figures that hold others. Spans of one place lie apart or one within another."""
    series: dict[Hashable, list[Figure]] = {}
    for figure in figures:
        series.setdefault((figure.shop, figure.unit, figure.product, figure.basis), []).append(figure)
    for found in series.values():
        found.sort(key=lambda figure: (figure.start_ns, -figure.end_ns))
        at = 0
        while at < len(found):
            outer, end = found[at], at + 1
            while end < len(found) and found[end].end_ns <= outer.end_ns and found[end].start_ns < outer.end_ns:
                end += 1
            if end > at + 1:
                inner = found[at + 1 : end]
                yield Holding(outer, _apart(inner), _outranks(outer, inner))
            at = end


def _apart(figures: Sequence[Figure]) -> list[Figure]:
    """Without those that lie within one of them."""
    apart: list[Figure] = []
    for figure in figures:
        if not apart or figure.start_ns >= apart[-1].end_ns:
            apart.append(figure)
    return apart


def _outranks(outer: Figure, inner: Sequence[Figure]) -> bool:
    stated = [Stated(item.start_ns, item.end_ns, item.grams or 0, item.status) for item in (outer, *inner)]
    counted = resolve(stated, outer.start_ns, outer.end_ns, lambda _start, _end: NOTHING)
    return counted.status == outer.status and counted.grams == outer.grams


def _held(plant: Plant, figures: Iterable[Figure], new: set[int]) -> Iterator[Sentence]:
    for holding in holdings(figures):
        if id(holding.outer) in new or any(id(figure) in new for figure in holding.inner):
            summed = sum(figure.grams or 0 for figure in holding.inner)
            yield entry_text(
                "whole_counts" if holding.counts else "parts_count",
                count=len(holding.inner),
                whole=ToldFigure(plant, holding.outer),
                parts=shown_tonnes(summed),
            )


def _totals(plant: Plant, figures: Iterable[Figure], new: set[int]) -> Iterator[Sentence]:
    keyed = (
        ((figure.product, figure.basis, figure.definition, figure.start_ns, figure.end_ns), figure)
        for figure in figures
    )
    for total, parts in differing(plant, grouped(keyed), new):
        yield entry_text("total_differs", total=ToldFigure(plant, total), parts=shown_tonnes(parts))
