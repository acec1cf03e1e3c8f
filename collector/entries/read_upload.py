"""Reads a file that was handed in at the desk, as the commands read theirs, and posts what it states."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import apsw

from collector.entries.entry_file import EntryFile
from collector.entries.figure_text import ToldFigure, ToldPlace, ToldPlan
from collector.entries.figures import ImportChoice, Imported, facts_beside, is_same, post_figures
from collector.entries.file_desk_texts import file_desk_text
from collector.entries.kept_uploads import KeptUpload
from collector.entries.plans import post_plans
from collector.errors import ConfigurationError, EntryRefused
from collector.files.figure_file import read_figures
from collector.files.import_rule import ImportRule, rule_for
from collector.files.learn import LearnedLayout, learned_layout
from collector.files.number import NUMBER_FORMATS, unit_of_measure
from collector.files.plan_file import read_plans
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.result import FileOptions, FileResult, Located
from collector.files.sheet import Cell, SheetFile, read_sheets
from collector.files.words import Word
from collector.files.zip_bounds import Deadline
from collector.storage.ledger import statements as ledger_statements
from models.access.file_desk import BY_NAME, LEARNED, PLAIN, FileChoice, right_for_file
from models.access.user import User
from models.stated.facts import figure_identity, newest_by, plan_identity
from models.stated.figure import Figure
from models.stated.plan import PlanEntry

MOST_SECONDS = 30.0
"""A person waits. The largest file that the other bounds allow takes about half of it."""
MOST_ROWS = 200_000
"""Of a file. A year of hourly figures of twenty units has 175,000; more is imported on the server."""
_LOOK_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """Of figures and plans one is there: what the file was read for."""

    file: str
    choice: ImportChoice
    figures: FileResult[Figure] | None
    plans: FileResult[PlanEntry] | None
    learned: LearnedLayout | None = None

    @property
    def result(self) -> FileResult[Figure] | FileResult[PlanEntry]:
        """What was read."""
        found = self.figures if self.figures is not None else self.plans
        assert found is not None  # noqa: S101 - one of them is there
        return found

    @property
    def entries(self) -> Sequence[Located[Figure] | Located[PlanEntry]]:
        """What it states."""
        return self.result.entries

    def post(self, connection: apsw.Connection, entries: EntryFile, *, keep_good: bool) -> Imported:
        """Post it in a transaction that was begun. Raises ImportRefused."""
        choice = replace(self.choice, keep_good=keep_good)
        if self.figures is not None:
            return post_figures(connection, entries, self.figures, self.file, choice)
        assert self.plans is not None  # noqa: S101 - as above
        return post_plans(connection, entries, self.plans, self.file, choice)


def read_upload(entries: EntryFile, kept: KeptUpload, user: User, choice: FileChoice) -> ReadUpload:
    """Read it. Raises UnreadableFile, and ConfigurationError for what no page offers."""
    file, plant = kept.path.name, entries.plant
    deadline = Deadline.of(file, MOST_SECONDS)
    sheets = _bounded(read_sheets(kept.path, deadline), deadline)
    learned = learned_layout(sheets, plant, file) if choice.layout == LEARNED else None
    plans = choice.plans if learned is None else learned.rule.plans
    options = _options(entries, file, user, replace(choice, plans=plans), learned)
    posting = ImportChoice(
        author=user.author, keep_good=choice.keep_good, move_keys=choice.move_keys, confirm=choice.confirm
    )

    if plans:
        found = read_plans(sheets, plant, options)
        return ReadUpload(file, posting, None, found, learned)
    read = read_figures(sheets, plant, options, entries.clock_ns())
    return ReadUpload(file, posting, read, None, learned)


@dataclass(frozen=True, slots=True)
class _WatchedRows:
    """The rows of a sheet, read no longer than the deadline."""

    rows: Iterable[tuple[int, Sequence[Cell]]]
    deadline: Deadline

    def __iter__(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        for count, row in enumerate(self.rows):
            if count % _LOOK_EVERY == 0:
                self.deadline.check()
            yield row


def _bounded(file: SheetFile, deadline: Deadline) -> SheetFile:
    """The same, if it has no more rows than are read at the desk. They are counted before anything is made of them.

    Raises UnreadableFile.
    """
    sheets = [replace(sheet, rows=_WatchedRows(sheet.rows, deadline)) for sheet in file.sheets]
    for count, _ in enumerate(row for sheet in sheets for row in sheet.rows):
        if count >= MOST_ROWS:
            raise unreadable(RefusalCode.OVER_BOUND, file=deadline.file, most=MOST_ROWS, what=Word("rows"))
    return replace(file, sheets=sheets)


def layout_names(entries: EntryFile, *, plans: bool) -> list[str]:
    """Of the entries of `imports` in the configuration."""
    return [rule.name for rule in entries.settings.imports if rule.plans is plans]


def check_places(entries: EntryFile, user: User, read: ReadUpload) -> None:
    """Raises EntryRefused where the file states something of a place at which the user may not."""
    right = right_for_file(plans=read.plans is not None)
    may = {shop: user.may(right, shop) for shop in {located.entry.shop for located in read.entries}}
    foreign = [located for located in read.entries if not may[located.entry.shop]]
    if foreign:
        places = dict.fromkeys((located.entry.shop, located.entry.unit) for located in foreign)
        first = foreign[0]
        where = f"{first.sheet} {first.row}".strip()
        told = tuple(ToldPlace(entries.plant, *place) for place in list(places)[:8])
        raise EntryRefused(file_desk_text("places_not_yours", places=told, count=len(foreign), where=where))


def check_replaced(entries: EntryFile, user: User, imported: Imported, *, plans: bool) -> None:
    """Raises EntryRefused where a key of the file takes a figure away from a place at which the user may not."""
    for pair in imported.replaced:
        if isinstance(pair.old, Figure) and not user.may(right_for_file(plans=plans), pair.old.shop):
            raise EntryRefused(file_desk_text("key_not_yours", figure=ToldFigure(entries.plant, pair.old)))


def check_meanwhile(connection: apsw.Connection, entries: EntryFile, read: ReadUpload, seen_ns: int) -> None:
    """Raises EntryRefused where somebody stated something else than the file after `seen_ns`."""
    if read.plans is not None:
        facts = ledger_statements.read(connection, span_ns=None)
        plans = {plan_identity(plan): plan for plan in newest_by(facts.all_plans, plan_identity)}
        for located in read.plans.entries:
            plan = plans.get(plan_identity(located.entry))
            if plan is not None and plan.recorded_ns > seen_ns and plan.grams != located.entry.grams:
                raise _meanwhile(ToldPlan(entries.plant, plan), plan.author)
    if read.figures is not None:
        ours = [located.entry for located in read.figures.entries]
        facts = facts_beside(connection, entries.plant, ours)
        figures = {figure_identity(figure): figure for figure in facts.all_figures}
        for figure in ours:
            stored = figures.get(figure_identity(figure))
            if stored is not None and stored.recorded_ns > seen_ns and not is_same(stored, figure):
                raise _meanwhile(ToldFigure(entries.plant, stored), stored.origin)


def _meanwhile(what: ToldFigure | ToldPlan, origin: str) -> EntryRefused:
    return EntryRefused(file_desk_text("file_meanwhile", figure=what, origin=origin or "-"))


def _options(
    entries: EntryFile, file: str, user: User, choice: FileChoice, learned: LearnedLayout | None
) -> FileOptions:
    rule = _rule(entries.settings.imports, file, choice)
    if learned is not None:
        rule = learned.for_product(choice.product)
    known = unit_of_measure(choice.unit_of_measure) if choice.unit_of_measure else None
    number_format = choice.number_format if choice.number_format in NUMBER_FORMATS else None
    return FileOptions(
        file=file,
        unit_of_measure=known or (rule.unit_of_measure if rule else None),
        number_format=number_format or (rule.number_format if rule else None),
        confirm=choice.confirm,
        origin=user.author if choice.plans else f"{user.author}: {file}",
        rule=rule,
    )


def _rule(rules: Sequence[ImportRule], file: str, choice: FileChoice) -> ImportRule | None:
    if choice.layout in (PLAIN, LEARNED):
        return None
    if choice.layout == BY_NAME:
        return rule_for(rules, file, plans=choice.plans)
    found = [rule for rule in rules if rule.plans is choice.plans and rule.name == choice.layout]
    if not found:
        raise ConfigurationError(file_desk_text("layout_gone", name=choice.layout[:100]))
    return found[0]
