"""Figures into the ledger: all of a file or nothing, a repetition changes nothing, closed months refuse."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.errors import ImportRefused
from collector.files.result import FileResult, Located, RowRejection
from collector.storage.ledger import statements as ledger_statements
from models.stated.facts import Facts, figure_identity
from models.stated.figure import Figure
from models.stated.nesting import crossing, fits_days
from models.works.calendar import production_day
from models.works.month import month_of, months_between, period_text
from models.works.place import place_of
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Imported:
    """How many entries were new, how many were known already, and the rows that were refused."""

    new: int
    known: int
    rejections: Sequence[RowRejection]


def import_figures(entries: EntryFile, result: FileResult[Figure], file: str, *, keep_good: bool) -> Imported:
    """Post the figures of a file. Raises ImportRefused if a row is refused and `keep_good` is not said."""

    def post(connection: apsw.Connection) -> Imported:
        facts = ledger_statements.read(connection)
        reasons = check_figures(entries.plant, facts, [located.entry for located in result.entries])
        rejections = all_rejections(result, reasons, file)
        refuse_or_keep(rejections, len(result.entries) - len(reasons), file, keep_good=keep_good)
        good = [located.entry for index, located in enumerate(result.entries) if index not in reasons]
        stored = {figure_identity(figure): figure for figure in facts.all_figures}
        new = [figure for figure in good if not _same(stored.get(figure_identity(figure)), figure)]
        # A figure that its key moves elsewhere leaves its old span behind.
        replaced = [old for figure in new if (old := stored.get(figure_identity(figure))) is not None]
        dirty = [spans.of_figure(figure) for figure in (*new, *replaced) if figure.is_output]
        ledger_statements.add(connection, new, dirty, entries.clock_ns())
        return Imported(len(new), len(good) - len(new), rejections)

    return entries.write(post)


def withdraw_figures(entries: EntryFile, result: FileResult[Figure], file: str) -> int:
    """Take back the figures that a file states: they stay in the log and count no more. Returns how many.

    Raises ImportRefused if a row cannot be read, or the books of its month are closed.
    """

    def post(connection: apsw.Connection) -> int:
        facts = ledger_statements.read(connection)
        reasons = {
            index: f"the books of {period_text(closed[0])} are closed: post a correction (tundish correct)"
            for index, located in enumerate(result.entries)
            if (closed := _closed_months(entries.plant, facts, located.entry))
        }
        rejections = all_rejections(result, reasons, file)
        refuse_or_keep(rejections, 0, file, keep_good=False)
        named = {figure_identity(located.entry) for located in result.entries}
        gone = [figure for figure in facts.figures if figure_identity(figure) in named]
        withdrawn = [replace(figure, grams=None, origin=file) for figure in gone]
        dirty = [spans.of_figure(figure) for figure in gone if figure.is_output]
        ledger_statements.add(connection, withdrawn, dirty, entries.clock_ns())
        return len(gone)

    return entries.write(post)


def check_figures(plant: Plant, facts: Facts, figures: Sequence[Figure]) -> dict[int, str]:
    """By index, why a figure cannot stand beside what the ledger has."""
    reasons: dict[int, str] = {}
    for index, figure in enumerate(figures):
        closed = _closed_months(plant, facts, figure)
        if closed:
            reasons[index] = f"the books of {period_text(closed[0])} are closed: post a correction (tundish correct)"
        elif not fits_days(plant, figure):
            reasons[index] = (
                "it is longer than a production day and does not start and end with one: give whole days, by the "
                "calendar of its shop"
            )
    identities = {figure_identity(figure) for figure in figures}
    stored = [figure for figure in facts.figures if figure_identity(figure) not in identities]
    together = [*stored, *figures]
    for pair in crossing(together):
        for at, other in (pair, pair[::-1]):
            if at >= len(stored) > other:
                reasons.setdefault(
                    at - len(stored),
                    f"its span overlaps a figure from {together[other].origin or 'an earlier import'} in part: let one "
                    "hold the other, or withdraw that one",
                )
    return reasons


def all_rejections(result: FileResult[Figure], reasons: dict[int, str], file: str) -> list[RowRejection]:
    """The rows that the file itself or the ledger refuses, in order."""

    def rejected(located: Located[Figure], reason: str) -> RowRejection:
        return RowRejection(file, located.sheet, located.row, reason)

    ours = [rejected(result.entries[index], reason) for index, reason in reasons.items()]
    return sorted([*result.rejections, *ours], key=lambda item: (item.sheet, item.row))


def refuse_or_keep(rejections: Sequence[RowRejection], good: int, file: str, *, keep_good: bool) -> None:
    """Raises ImportRefused if there are rejections and nobody said to keep the good rows, or none is good."""
    if rejections and not (keep_good and good):
        lines = "\n".join(f"  {item}" for item in rejections[:50])
        more = f"\n  and {len(rejections) - 50} more" if len(rejections) > 50 else ""
        hint = f"; {good} other rows are good, --keep-good takes them" if good else ""
        raise ImportRefused(
            f"{file}: nothing was imported, {len(rejections)} row(s) were refused{hint}\n{lines}{more}", rejections
        )


def _closed_months(plant: Plant, facts: Facts, figure: Figure) -> list[int]:
    place = place_of(plant, figure.shop, figure.unit, figure.product)
    if place is None or not facts.closed_months:
        return []
    calendar = place.calendar(plant)
    first = production_day(calendar, figure.start_ns).toordinal()
    last = production_day(calendar, max(figure.end_ns - 1, figure.start_ns)).toordinal()
    months = [month_of(low) for low, _ in months_between(first, last + 1)]
    return [month for month in months if month in facts.closed_months]


def _same(stored: Figure | None, figure: Figure) -> bool:
    """Whether the ledger holds this very figure; who states it again does not matter."""
    if stored is None:
        return False
    fields = ("start_ns", "end_ns", "shop", "unit", "product", "grams", "basis", "status", "key", "definition")
    return all(getattr(stored, name) == getattr(figure, name) for name in fields)
