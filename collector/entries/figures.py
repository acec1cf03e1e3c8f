"""Figures into the ledger: all of a file or nothing, a repetition changes nothing, closed months refuse."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.entries.figure_text import figure_text
from collector.errors import ImportRefused
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.result import FileResult, Located, RowRejection
from collector.storage.ledger import statements as ledger_statements
from models.stated.facts import Facts, figure_identity
from models.stated.figure import Figure
from models.stated.nesting import crossing, fits_days
from models.stated.plan import PlanEntry
from models.works.calendar import day_bounds, production_day
from models.works.month import month_of, months_between, period_text
from models.works.place import place_of
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Replacement:
    """A figure or a plan that took the place of another."""

    old: Figure | PlanEntry
    new: Figure | PlanEntry


@dataclass(frozen=True, slots=True)
class Imported:
    """How many entries were new, how many were known already, what was replaced, and the rows that were refused."""

    new: int
    known: int
    replaced: Sequence[Replacement]
    rejections: Sequence[RowRejection]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """How many figures were taken back, and those that stay: another file states something else of them by now."""

    count: int
    superseded: Sequence[Replacement]


def import_figures(
    entries: EntryFile, result: FileResult[Figure], file: str, *, keep_good: bool, move_keys: bool = False
) -> Imported:
    """Post the figures of a file. `move_keys`: a key may take its figure to another place, product or span.

    Raises ImportRefused if a row is refused and `keep_good` is not said.
    """

    def post(connection: apsw.Connection) -> Imported:
        facts = ledger_statements.read(connection)
        figures = [located.entry for located in result.entries]
        reasons = check_figures(entries.plant, facts, figures)
        stored = {figure_identity(figure): figure for figure in facts.all_figures}
        if not move_keys:
            reasons = _moved_keys(entries.plant, stored, figures) | reasons
        rejections = all_rejections(result, reasons, file)
        refuse_or_keep(rejections, len(result.entries) - len(reasons), file, keep_good=keep_good)
        good = [figure for index, figure in enumerate(figures) if index not in reasons]
        posted = [figure for figure in good if not _same(stored.get(figure_identity(figure)), figure)]
        # A figure that its key moves elsewhere leaves its old span behind.
        replaced = [
            Replacement(old, figure)
            for figure in posted
            if (old := stored.get(figure_identity(figure))) is not None and old.grams is not None
        ]
        touched = (*posted, *(pair.old for pair in replaced if isinstance(pair.old, Figure)))
        dirty = [spans.of_figure(figure) for figure in touched]
        ledger_statements.add(connection, posted, dirty, entries.clock_ns())
        return Imported(len(posted) - len(replaced), len(good) - len(posted), replaced, rejections)

    return entries.write(post)


def withdraw_figures(entries: EntryFile, result: FileResult[Figure], file: str, origin: str) -> Withdrawn:
    """Take back the figures that a file states and that stand as it states them: they stay in the log and count no
    more. What was replaced since then stands.

    Raises ImportRefused if a row cannot be read, or the books of its month are closed.
    """

    def post(connection: apsw.Connection) -> Withdrawn:
        facts = ledger_statements.read(connection)
        standing = {figure_identity(figure): figure for figure in facts.figures}
        found = [(located.entry, standing.get(figure_identity(located.entry))) for located in result.entries]
        reasons = {
            index: FileRefusal(RefusalCode.MONTH_CLOSED, {"month": period_text(closed[0])})
            for index, (stated, now) in enumerate(found)
            if _same(now, stated) and (closed := _closed_months(entries.plant, facts, stated))
        }
        refuse_or_keep(all_rejections(result, reasons, file), 0, file, keep_good=False)
        gone = [now for stated, now in found if now is not None and _same(now, stated)]
        superseded = [Replacement(stated, now) for stated, now in found if now is not None and not _same(now, stated)]
        withdrawn = [replace(figure, grams=None, origin=origin) for figure in gone]
        dirty = [spans.of_figure(figure) for figure in gone]
        ledger_statements.add(connection, withdrawn, dirty, entries.clock_ns())
        return Withdrawn(len(gone), superseded)

    return entries.write(post)


def check_figures(plant: Plant, facts: Facts, figures: Sequence[Figure]) -> dict[int, FileRefusal]:
    """By index, why a figure cannot stand beside what the ledger has."""
    reasons: dict[int, FileRefusal] = {}
    for index, figure in enumerate(figures):
        closed = _closed_months(plant, facts, figure)
        if closed:
            reasons[index] = FileRefusal(RefusalCode.MONTH_CLOSED, {"month": period_text(closed[0])})
        elif not fits_days(plant, figure):
            reasons[index] = _over_days(plant, figure)
    identities = {figure_identity(figure) for figure in figures}
    stored = [figure for figure in facts.figures if figure_identity(figure) not in identities]
    together = [*stored, *figures]
    for pair in crossing(together):
        for at, other in (pair, pair[::-1]):
            if at >= len(stored) > other:
                origin = together[other].origin or "an earlier import"
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
            names = {"key": figure.key, "old": figure_text(plant, old)}
            reasons[index] = FileRefusal(RefusalCode.KEY_MOVES, names)
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
