"""What a person is told of a file: how it was read, what was left out, what was replaced. Pure."""

from collections.abc import Iterator, Sequence

from collector.entries.figure_text import figure_text, plan_text, tonnes_text
from collector.entries.figures import Replacement
from collector.files.result import FileReading, SheetRead, SheetState
from models.stated.figure import Figure
from models.works.plant import Plant

MOST_LINES = 20
"""Of one kind; a screen has about 50."""
_NOT_READ = {
    SheetState.HIDDEN: "it is hidden",
    SheetState.NO_HEADER: "its header lacks a column",
    SheetState.REFUSED: "its header is refused",
    SheetState.NOTES: "it has no header",
}
_LEFT = {
    "plan": "which holds plans (tundish plan import reads them)",
    "output": "which holds output (tundish import reads it)",
}


def reading_lines(reading: FileReading) -> list[str]:
    """How the file was read, and every sheet, column and row with content that was not."""
    how = f"{reading.kind}, {reading.encoding}, separated by {_mark(reading.delimiter)}" if reading.encoding else ""
    lines = [f"  read as {how}"] if how else []
    if reading.rule:
        lines.append(f"  read by the import {reading.rule} of the configuration")
    for sheet in reading.sheets:
        lines += [f"  not read: {text}" for text in _unread(sheet)]
    return lines


def replaced_lines(plant: Plant, replaced: Sequence[Replacement]) -> list[str]:
    """Old and new of what was replaced."""
    lines = [f"  replaced: {_text(plant, pair.old)} -> {_new(plant, pair)}" for pair in replaced[:MOST_LINES]]
    return [*lines, *_more(len(replaced), "replaced")]


def superseded_lines(plant: Plant, superseded: Sequence[Replacement]) -> list[str]:
    """What a file states and the ledger no longer has as it states it."""
    lines = [
        f"  stays: {_text(plant, pair.new)}, {_origin(pair.new)}; this file says {tonnes_text(pair.old.grams)}"
        for pair in superseded[:MOST_LINES]
    ]
    return [*lines, *_more(len(superseded), "stay")]


def _unread(sheet: SheetRead) -> Iterator[str]:
    where = f"sheet {sheet.name}, " if sheet.name else ""
    if sheet.state in _NOT_READ:
        yield f"sheet {sheet.name}, {_NOT_READ[sheet.state]}" if sheet.name else f"the file, {_NOT_READ[sheet.state]}"
    for column in sheet.columns:
        if column.left:
            yield f'{where}column {column.letters} "{column.heading}", {_LEFT[column.left]}'
        elif not column.field and column.content:
            yield f'{where}column {column.letters} "{column.heading}"'
    if sheet.hidden_columns:
        yield f"{where}hidden columns {', '.join(sheet.hidden_columns)}"
    for what, rows in (("hidden rows", sheet.hidden_rows), ("subtotals in rows", sheet.skipped_rows)):
        if rows:
            shown, rest = ", ".join(str(row) for row in rows[:MOST_LINES]), len(rows) - MOST_LINES
            yield f"{where}{what} {shown}" + (f" and {rest} more" if rest > 0 else "")


def _mark(delimiter: str) -> str:
    return "tabs" if delimiter == "\t" else delimiter


def _text(plant: Plant, entry: object) -> str:
    return figure_text(plant, entry) if isinstance(entry, Figure) else plan_text(entry)  # type: ignore[arg-type]


def _new(plant: Plant, pair: Replacement) -> str:
    """Only the tonnes, if nothing else changed; the whole figure, if its key moved it."""
    old, new = pair.old, pair.new
    if isinstance(old, Figure) and isinstance(new, Figure):
        moved = (old.unit, old.shop, old.product, old.start_ns, old.end_ns) != (
            *(new.unit, new.shop, new.product, new.start_ns, new.end_ns),
        )
        return figure_text(plant, new) if moved else tonnes_text(new.grams)
    return tonnes_text(new.grams)


def _origin(entry: object) -> str:
    origin = entry.origin if isinstance(entry, Figure) else ""
    return f"from {origin}" if origin else "from an earlier import"


def _more(count: int, word: str) -> list[str]:
    return [f"  and {count - MOST_LINES} more {word}"] if count > MOST_LINES else []
