"""Figures into the ledger: all of a file or nothing, a repetition changes nothing, closed months refuse."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.entries.figure_remarks import remarks
from collector.entries.figure_text import ToldFigure
from collector.entries.file_sums import FileSum, days_of, file_sums, unusual
from collector.entries.refused_rows import RefusedRows
from collector.errors import ImportRefused
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.result import FileResult, Located, RowRejection
from collector.files.words import Word
from collector.sentence import NamedMonth, Sentence
from collector.storage.ledger import book_reader, configurations, imports
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import after_all
from models.books.book import Book
from models.stated.facts import Facts, figure_identity
from models.stated.figure import Figure
from models.stated.nesting import crossing, fits_days
from models.stated.plan import PlanEntry
from models.works.calendar import day_bounds, production_day
from models.works.month import month_of, months_between
from models.works.place import ALL, place_of
from models.works.plant import Plant

MOST_DAYS = 1100
"""Three years. A file of more is the history of a works, for which last month is no measure."""
MOST_COMPARED = 10_000
"""Figures that are compared with those of other places; a month of hours of ten units is 7,440."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A figure or a plan that took the place of another."""

    old: Figure | PlanEntry
    new: Figure | PlanEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoice:
    """What a person chose for an import. `move_keys`: a key may take its figure to another place, product or span.

    `confirm` accepts sums that are far over the usual; `dry_run` records nothing.
    """

    author: str
    keep_good: bool = False
    move_keys: bool = False
    confirm: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """How many entries were new, how many were known already, what was replaced, and the rows that were refused.

    `number` is that of the import; None if there was nothing to record. `sums`: what the file comes to. `remarks`: what
    a person should look at.
    """

    number: int | None
    new: int
    known: int
    replaced: Sequence[Replacement]
    rejections: Sequence[RowRejection]
    sums: Sequence[FileSum] = ()
    remarks: Sequence[Sentence] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """How many figures were taken back, and those that stay: another file states something else of them by now."""

    count: int
    superseded: Sequence[Replacement]


def import_figures(entries: EntryFile, result: FileResult[Figure], file: str, choice: ImportChoice) -> Imported:
    """Post the figures of a file as an import with a number.

    Raises ImportRefused if a row is refused and nobody chose to keep the good ones.
    """

    def post(connection: apsw.Connection) -> Imported:
        return post_figures(connection, entries, result, file, choice)

    return entries.try_out(post) if choice.dry_run else entries.write(post)


def post_figures(
    connection: apsw.Connection, entries: EntryFile, result: FileResult[Figure], file: str, choice: ImportChoice
) -> Imported:
    """The same in a transaction that was begun."""
    figures = [located.entry for located in result.entries]
    facts = facts_beside(connection, entries.plant, figures)
    reasons = check_figures(entries.plant, facts, figures)
    stored = {figure_identity(figure): figure for figure in facts.all_figures}
    if not choice.move_keys:
        reasons = _moved_keys(entries.plant, stored, figures) | reasons
    if not choice.confirm:
        reasons = _beside_unread(entries.plant, stored, result) | reasons
    book = book_of(connection, entries, figures)
    if not choice.confirm and book is not None:
        reasons = unusual(book, figures) | reasons
    rejections = all_rejections(result, reasons, file)
    refuse_or_keep(rejections, len(result.entries) - len(reasons), file, keep_good=choice.keep_good)
    good = [figure for index, figure in enumerate(figures) if index not in reasons]
    posted = [figure for figure in good if not is_same(stored.get(figure_identity(figure)), figure)]
    # A figure that its key moves elsewhere leaves its old span behind.
    replaced = [
        Replacement(old, figure)
        for figure in posted
        if (old := stored.get(figure_identity(figure))) is not None and old.grams is not None
    ]
    touched = (*posted, *(pair.old for pair in replaced if isinstance(pair.old, Figure)))
    number, clock_ns = None, after_all(connection, entries.clock_ns())
    if posted:
        number = imports.begin(connection, imports.FIGURES, file, choice.author, len(posted), clock_ns)
        ledger_statements.add(connection, posted, spans.of_figures(touched), clock_ns, number)
    sums = file_sums(book, good) if book is not None else []
    told = remarks(entries.plant, standing_beside(connection, entries.plant, facts, good), good)
    return Imported(number, len(posted) - len(replaced), len(good) - len(posted), replaced, rejections, sums, told)


def standing_beside(connection: apsw.Connection, plant: Plant, facts: Facts, good: Sequence[Figure]) -> list[Figure]:
    """What stands after these figures at their places, and at the totals that they are part of or have as parts."""
    stored = facts.figures
    if len(good) <= MOST_COMPARED:
        spans = {(figure.product, figure.start_ns, figure.end_ns): figure for figure in good}
        units = (ALL, *plant.units)
        probes = [replace(figure, unit=unit, key="") for figure in spans.values() for unit in units]
        stored = facts_beside(connection, plant, probes).figures
    identities = {figure_identity(figure) for figure in good}
    return [*(figure for figure in stored if figure_identity(figure) not in identities), *good]


def facts_beside(connection: apsw.Connection, plant: Plant, figures: Sequence[Figure]) -> Facts:
    """What these figures have to stand beside: the figures of their places and times, and closed months."""
    former = {code: unit.renamed_from for code, unit in plant.units.items()}
    beside = ledger_statements.figures_beside(connection, figures, former)
    claims = configurations.claims(connection, plant)
    return claims.facts(replace(ledger_statements.read(connection, span_ns=None), all_figures=beside))


def book_of(connection: apsw.Connection, entries: EntryFile, figures: Sequence[Figure]) -> Book | None:
    """The books of the figures' days and of the month before; None if there are none, or they are of many years."""
    days = days_of(entries.plant, figures)
    if days is None or days[1] - days[0] > MOST_DAYS:
        return None
    return book_reader.read_span(connection, entries.plan, days, now_ns=entries.clock_ns())


def withdraw_figures(entries: EntryFile, result: FileResult[Figure], file: str, origin: str) -> Withdrawn:
    """Take back the figures that a file states and that stand as it states them: they stay in the log and count no
    more. What was replaced since then stands.

    Raises ImportRefused if a row cannot be read, or the books of its month are closed.
    """

    def post(connection: apsw.Connection) -> Withdrawn:
        facts = facts_beside(connection, entries.plant, [located.entry for located in result.entries])
        standing = {figure_identity(figure): figure for figure in facts.figures}
        found = [(located.entry, standing.get(figure_identity(located.entry))) for located in result.entries]
        reasons = {
            index: FileRefusal(RefusalCode.MONTH_CLOSED, {"month": NamedMonth(closed[0])})
            for index, (stated, now) in enumerate(found)
            if is_same(now, stated) and (closed := closed_months(entries.plant, facts, stated))
        }
        refuse_or_keep(all_rejections(result, reasons, file), 0, file, keep_good=False)
        gone = [now for stated, now in found if now is not None and is_same(now, stated)]
        superseded = [Replacement(stated, now) for stated, now in found if now is not None and not is_same(now, stated)]
        withdrawn = [replace(figure, grams=None, origin=origin) for figure in gone]
        ledger_statements.add(connection, withdrawn, spans.of_figures(gone), entries.clock_ns())
        return Withdrawn(len(gone), superseded)

    return entries.write(post)


def check_figures(plant: Plant, facts: Facts, figures: Sequence[Figure]) -> dict[int, FileRefusal]:
    """By index, why a figure cannot stand beside what the ledger has."""
    reasons: dict[int, FileRefusal] = {}
    for index, figure in enumerate(figures):
        closed = closed_months(plant, facts, figure)
        if closed:
            reasons[index] = FileRefusal(RefusalCode.MONTH_CLOSED, {"month": NamedMonth(closed[0])})
        elif not fits_days(plant, figure):
            reasons[index] = _over_days(plant, figure)
    identities = {figure_identity(figure) for figure in figures}
    stored = [figure for figure in facts.figures if figure_identity(figure) not in identities]
    together = [*stored, *figures]
    for pair in crossing(together):
        for at, other in (pair, pair[::-1]):
            if at >= len(stored) > other:
                origin = together[other].origin or Word("an earlier import")
                reasons.setdefault(at - len(stored), FileRefusal(RefusalCode.OVERLAPS_STORED, {"origin": origin}))
    return reasons


def _over_days(plant: Plant, figure: Figure) -> FileRefusal:
    """A night's shift is no longer than a day, and yet may run over the hour at which the days change."""
    place = place_of(plant, figure.shop, figure.unit, figure.product)
    assert place is not None  # noqa: S101 - without a place it would fit any day
    calendar = place.calendar(plant)
    start, end = day_bounds(calendar, production_day(calendar, figure.start_ns))
    if figure.end_ns - figure.start_ns < end - start:
        return FileRefusal(RefusalCode.OVER_DAY_START, {"day_start": f"{calendar.day_start:%H:%M}"})
    return FileRefusal(RefusalCode.LONGER_THAN_DAY, {})


def _moved_keys(plant: Plant, stored: Mapping[Hashable, Figure], figures: Sequence[Figure]) -> dict[int, FileRefusal]:
    """Figures whose key is one of another place, product or span, which would be taken away with it."""
    reasons: dict[int, FileRefusal] = {}
    for index, figure in enumerate(figures):
        old = stored.get(figure_identity(figure)) if figure.key else None
        if old is not None and old.grams is not None and _what(old) != _what(figure):
            names = {"key": figure.key, "old": ToldFigure(plant, old)}
            reasons[index] = FileRefusal(RefusalCode.KEY_MOVES, names)
    return reasons


def _beside_unread(
    plant: Plant, stored: Mapping[Hashable, Figure], result: FileResult[Figure]
) -> dict[int, FileRefusal]:
    """Figures that would replace others though the file has a column that nobody read, such as one of crews: they may
    well be of two shifts of one day.
    """
    telling = {sheet.name: next((it for it in sheet.columns if it.telling), None) for sheet in result.reading.sheets}
    reasons: dict[int, FileRefusal] = {}
    for index, located in enumerate(result.entries):
        column, figure = telling.get(located.sheet), located.entry
        old = stored.get(figure_identity(figure)) if column is not None and not figure.key else None
        if column is not None and old is not None and old.grams is not None and old.grams != figure.grams:
            names = {"old": ToldFigure(plant, old), "column": column.letters, "heading": column.heading}
            reasons[index] = FileRefusal(RefusalCode.REPLACES_BESIDE_UNREAD, names)
    return reasons


def _what(figure: Figure) -> Hashable:
    return figure.shop, figure.unit, figure.product, figure.basis, figure.start_ns, figure.end_ns


def all_rejections(result: FileResult[Figure], reasons: dict[int, FileRefusal], file: str) -> list[RowRejection]:
    """The rows that the file itself or the ledger refuses, in order."""

    def rejected(located: Located[Figure], reason: FileRefusal) -> RowRejection:
        return RowRejection(file, located.sheet, located.row, reason)

    ours = [rejected(result.entries[index], reason) for index, reason in reasons.items()]
    return sorted([*result.rejections, *ours], key=lambda item: (item.sheet, item.row))


def refuse_or_keep(rejections: Sequence[RowRejection], good: int, file: str, *, keep_good: bool) -> None:
    """Raises ImportRefused if there are rejections and nobody said to keep the good rows, or none is good."""
    if rejections and not (keep_good and good):
        raise ImportRefused(RefusedRows(file, rejections, good), rejections)


def closed_months(plant: Plant, facts: Facts, figure: Figure) -> list[int]:
    """The closed months (first days as ordinals) that a figure touches."""
    place = place_of(plant, figure.shop, figure.unit, figure.product)
    if place is None or not facts.closed_months:
        return []
    calendar = place.calendar(plant)
    first = production_day(calendar, figure.start_ns).toordinal()
    last = production_day(calendar, max(figure.end_ns - 1, figure.start_ns)).toordinal()
    months = [month_of(low) for low, _ in months_between(first, last + 1)]
    return [month for month in months if month in facts.closed_months]


def is_same(stored: Figure | None, figure: Figure) -> bool:
    """Whether the ledger holds this very figure; who states it again does not matter."""
    if stored is None:
        return False
    fields = ("start_ns", "end_ns", "shop", "unit", "product", "grams", "basis", "status", "key", "definition")
    return all(getattr(stored, name) == getattr(figure, name) for name in fields)
