"""The screen of an import, in parts that a page shows. Pure."""

from collections.abc import Iterable, Sequence

from collector.cli.import_lines import reading_sentences, total_remarks
from collector.entries.figures import Imported, Replacement
from collector.entries.listed_statements import calendar_of
from collector.entries.read_upload import ReadUpload
from collector.files.learn import layout_text
from collector.files.result import RowRejection, SheetRead, SheetState
from collector.files.words import Word
from collector.sentence import Sentence
from dashboards.web.texts import text
from models.access.entry_desk import Told
from models.access.file_desk import (
    FileControl,
    FileLook,
    LookedChange,
    LookedColumn,
    LookedFault,
    LookedMonth,
    LookedSheet,
    LookedSum,
)
from models.stated.entry_sheet import plan_as_figure
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.works.calendar import production_day
from models.works.localize import Language
from models.works.month import month_of
from models.works.place import place_of
from models.works.plant import Plant

MOST_SHOWN = 100
"""Of one kind; a person mends some rows, and hands the file in again."""
MOST_MONTHS = 60
_HERE = {
    "tundish import --learn": "files_learned",
    "tundish plan import": "files_plans",
    "tundish import": "files_figures",
    **{control.value: f"files_{control.name.lower()}" for control in FileControl},
}
"""What a refusal says in the words of the command line, and the text of the page that does the same."""


def file_look(plant: Plant, read: ReadUpload, imported: Imported, seen_ns: int, since_ns: int) -> FileLook:
    """What taking the file would do. `imported`: what a try came to, the good rows kept. `seen_ns`: the newest word
    that was there; `since_ns`: what was said after it, is told as said meanwhile (0: nothing is)."""
    reading = read.result.reading
    remarks = [*imported.remarks, *(remark for sheet in reading.sheets for remark in total_remarks(sheet))]
    learned = read.learned
    return FileLook(
        file=read.file,
        plans=read.plans is not None,
        seen_ns=seen_ns,
        told=[_here(sentence) for sentence in reading_sentences(reading)],
        sheets=[_sheet(sheet) for sheet in reading.sheets],
        places=tuple(dict.fromkeys((place.shop, place.unit) for place in reading.places)),
        span=reading.span,
        new=imported.new,
        known=imported.known,
        replaced_count=len(imported.replaced),
        replaced=[_change(plant, pair, since_ns) for pair in _meanwhile_first(imported.replaced)[:MOST_SHOWN]],
        sums=[
            LookedSum(item.product, item.level, item.grams, item.target_grams, item.before_grams)
            for item in imported.sums
        ],
        months=_months(plant, read),
        fault_count=len(imported.rejections),
        faults=[_fault(item) for item in imported.rejections[:MOST_SHOWN]],
        remark_count=len(remarks),
        remarks=[_here(remark) for remark in remarks[:MOST_SHOWN]],
        good=imported.new + imported.known + len(imported.replaced),
        controls=_controls(imported.rejections),
        proposal=None if learned is None else lambda language: layout_text(learned, language),
        questions=() if learned is None else [_here(question) for question in learned.questions],
        asks_product=learned is not None and learned.product == "",
    )


def told_here(told: Told) -> Told:
    """A sentence of the command line in the words of the page."""

    def here(language: Language) -> str:
        said = told(language).strip()
        for word, key in _HERE.items():
            said = said.replace(word, f"«{text(key, language)}»" if language != "en" else f'"{text(key, language)}"')
        return said

    return here


def _here(sentence: Sentence) -> Told:
    return told_here(sentence.told)


def _controls(rejections: Iterable[RowRejection]) -> frozenset[FileControl]:
    # A refusal names what may be said in English as in every language.
    said = {rejection.refusal.told("en") for rejection in rejections}
    return frozenset(control for control in FileControl if any(control.value in words for words in said))


def _sheet(sheet: SheetRead) -> LookedSheet:
    columns = [
        LookedColumn(column.letters, column.heading, Word(column.field).told if column.field else None)
        for column in sheet.columns
        if column.field or column.content
    ]
    return LookedSheet(sheet.name, sheet.state is SheetState.READ, sheet.header_row, sheet.rows, columns)


def _fault(rejection: RowRejection) -> LookedFault:
    return LookedFault(rejection.sheet, rejection.row, rejection.cell, _here(rejection.refusal))


def _meanwhile_first(replaced: Sequence[Replacement]) -> list[Replacement]:
    return sorted(replaced, key=lambda pair: -pair.old.recorded_ns)


def _change(plant: Plant, pair: Replacement, since_ns: int) -> LookedChange:
    old, new = (_as_figure(plant, entry) for entry in (pair.old, pair.new))
    return LookedChange(old, new, meanwhile=bool(since_ns) and old.recorded_ns > since_ns)


def _as_figure(plant: Plant, entry: Figure | PlanEntry) -> Figure:
    return entry if isinstance(entry, Figure) else plan_as_figure(calendar_of(plant, entry.shop), entry)


def _months(plant: Plant, read: ReadUpload) -> list[LookedMonth]:
    """The output or the plans that the file states, by product, level and month."""
    found: dict[tuple[str, str, int], int] = {}
    for located in read.entries:
        entry = located.entry
        place = place_of(plant, entry.shop, entry.unit, entry.product)
        if place is None or entry.grams is None or (isinstance(entry, Figure) and not entry.is_output):
            continue
        month = entry.month if isinstance(entry, PlanEntry) else _month(plant, entry)
        key = entry.product, place.level, month
        found[key] = found.get(key, 0) + entry.grams
    return [LookedMonth(*key, grams) for key, grams in sorted(found.items())][:MOST_MONTHS]


def _month(plant: Plant, figure: Figure) -> int:
    return month_of(production_day(calendar_of(plant, figure.shop), figure.start_ns).toordinal())
