"""What a person is told of a file: how it was read, what was left out, what was replaced. Pure."""

from collections.abc import Iterator, Sequence

from collector.cli.import_texts import import_text
from collector.entries.figure_text import figure_text, plan_text, shown_tonnes, tonnes_text
from collector.entries.figures import Imported, Replacement
from collector.files.result import ColumnRead, FileReading, SheetRead, SheetState
from collector.files.words import Word
from collector.sentence import FilledText, Sentence
from models.stated.figure import Figure
from models.works.localize import Language
from models.works.plant import Plant

MOST_LINES = 20
"""Of one kind; a screen has about 50."""
_NOT_READ = {
    SheetState.HIDDEN: import_text("is_hidden"),
    SheetState.NO_HEADER: import_text("lacks_column"),
    SheetState.REFUSED: import_text("header_refused"),
    SheetState.NOTES: import_text("has_no_header"),
}


def reading_lines(reading: FileReading, language: Language) -> list[str]:
    """How the file was read, and every sheet, column and row with content that was not."""
    return _lines(reading_sentences(reading), language)


def reading_sentences(reading: FileReading) -> list[Sentence]:
    """The same, until the language is known."""
    said: list[Sentence] = []
    if reading.encoding:
        mark = _mark(reading.delimiter)
        said.append(import_text("read_as", kind=reading.kind, encoding=reading.encoding, mark=mark))
    if reading.rule:
        said.append(import_text("read_by_rule", rule=reading.rule))
    titled = dict.fromkeys(sheet.unit_of_title for sheet in reading.sheets if sheet.unit_of_title)
    said += [import_text("unit_of_title", unit=unit) for unit in titled]
    shifts = dict.fromkeys(sheet.shift_of_title for sheet in reading.sheets if sheet.shift_of_title)
    said += [import_text("shift_of_title", shift=shift) for shift in shifts]
    said += [import_text("not_read", what=what) for sheet in reading.sheets for what in _unread(sheet)]
    return said


def refused_lines(imported: Imported, language: Language) -> list[str]:
    """The rows that were refused."""
    return _lines([import_text("refused", row=rejection) for rejection in imported.rejections], language)


def replaced_lines(plant: Plant, replaced: Sequence[Replacement], language: Language) -> list[str]:
    """Old and new of what was replaced."""
    shown = [
        import_text("replaced", old=_text(plant, pair.old, language), new=_new(plant, pair, language))
        for pair in replaced[:MOST_LINES]
    ]
    return _lines([*shown, *_rest("more_replaced", len(replaced))], language)


def remark_lines(reading: FileReading, imported: Imported, language: Language) -> list[str]:
    """What does not agree, and what does not count."""
    said: list[Sentence] = []
    for found in (imported.remarks, *(total_remarks(sheet) for sheet in reading.sheets)):
        said += [import_text("remark", remark=remark) for remark in found[:MOST_LINES]]
        said += _rest("more_remarks", len(found))
    return _lines(said, language)


def total_remarks(sheet: SheetRead) -> list[Sentence]:
    """Totals of the form itself to which its rows do not come."""
    said: list[Sentence] = []
    for total in sheet.totals:
        amounts = {"stated": shown_tonnes(total.stated), "summed": shown_tonnes(total.summed)}
        what = import_text("total_line", row=str(total.row), **amounts)
        said.append(import_text("of_sheet", sheet=sheet.name, what=what) if sheet.name else what)
    return said


def superseded_lines(plant: Plant, superseded: Sequence[Replacement], language: Language) -> list[str]:
    """What a file states and the ledger no longer has as it states it."""
    shown = [
        import_text(
            "stays",
            now=_text(plant, pair.new, language),
            origin=_origin(pair.new),
            stated=tonnes_text(pair.old.grams, language),
        )
        for pair in superseded[:MOST_LINES]
    ]
    return _lines([*shown, *_rest("more_stay", len(superseded))], language)


def _lines(said: Sequence[Sentence], language: Language) -> list[str]:
    return [sentence.told(language) for sentence in said]


def _unread(sheet: SheetRead) -> Iterator[Sentence]:
    if sheet.state in _NOT_READ:
        why = _NOT_READ[sheet.state]
        yield import_text("of_sheet", sheet=sheet.name, what=why) if sheet.name else import_text("of_file", what=why)
    for what in _unread_within(sheet):
        yield import_text("of_sheet", sheet=sheet.name, what=what) if sheet.name else what


def _unread_within(sheet: SheetRead) -> Iterator[FilledText]:
    for column in sheet.columns:
        if column.left == "plan":
            yield import_text("holds_plans", column=_named(column))
        elif column.left == "output":
            yield import_text("holds_output", column=_named(column))
        elif not column.field and column.content:
            yield _named(column)
    if sheet.hidden_columns:
        yield import_text("hidden_columns", columns=tuple(sheet.hidden_columns))
    if sheet.hidden_rows:
        yield import_text("hidden_rows", rows=_rows(sheet.hidden_rows))
    if sheet.footer_rows:
        yield import_text("footers", rows=_rows(sheet.footer_rows))
    if sheet.skipped_rows:
        yield import_text("subtotals", rows=_rows(sheet.skipped_rows))


def _named(column: ColumnRead) -> FilledText:
    return import_text("column", column=column.letters, heading=column.heading)


def _rows(rows: Sequence[int]) -> object:
    # As they stand beside the rows, without marks of thousands.
    shown, rest = tuple(str(row) for row in rows[:MOST_LINES]), len(rows) - MOST_LINES
    return import_text("rows_and_more", rows=shown, count=rest) if rest > 0 else shown


def _mark(delimiter: str) -> object:
    return Word("tabs") if delimiter == "\t" else delimiter


def _text(plant: Plant, entry: object, language: Language) -> str:
    if isinstance(entry, Figure):
        return figure_text(plant, entry, language)
    return plan_text(plant, entry, language)  # type: ignore[arg-type]


def _new(plant: Plant, pair: Replacement, language: Language) -> str:
    """Only the tonnes, if nothing else changed; the whole figure, if its key moved it."""
    old, new = pair.old, pair.new
    if isinstance(old, Figure) and isinstance(new, Figure):
        moved = (old.unit, old.shop, old.product, old.start_ns, old.end_ns) != (
            *(new.unit, new.shop, new.product, new.start_ns, new.end_ns),
        )
        return figure_text(plant, new, language) if moved else tonnes_text(new.grams, language)
    return tonnes_text(new.grams, language)


def _origin(entry: object) -> object:
    return (entry.origin if isinstance(entry, Figure) else "") or Word("an earlier import")


def _rest(key: str, count: int) -> list[FilledText]:
    return [import_text(key, count=count - MOST_LINES)] if count > MOST_LINES else []
