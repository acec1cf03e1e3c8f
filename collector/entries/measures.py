"""Indicators and projects into the ledger: all of a file, or nothing of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import apsw

from collector.entries.budgets import amounts_beyond
from collector.entries.entry_file import EntryFile
from collector.errors import EntryRefused, ToConfirm
from collector.files.measure_texts import measure_text
from collector.files.plain_table import RowFault, Said, TableRead
from collector.sentence import FilledText, Joined
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import milestones as ledger_milestones
from collector.storage.ledger.changes import after_all
from models.stated.measure import StatedMeasure, newest, not_withdrawn
from models.stated.milestone_word import MilestoneWord, newest_words
from models.works.localize import Language

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class RefusedMeasures:
    """The rows for which a file was refused."""

    file: str
    faults: Sequence[RowFault]

    def told(self, language: Language) -> str:
        """One line on the file, and one for each fault."""
        rows = len({(fault.sheet, fault.row or -place) for place, fault in enumerate(self.faults)})
        lines = [measure_text("refused", file=self.file, count=rows).told(language)]
        lines += [f"  {fault.told(language)}" for fault in self.faults[:MOST_TOLD]]
        rest = len(self.faults) - MOST_TOLD
        return "\n".join([*lines, *([measure_text("more", count=rest).told(language)] if rest > 0 else [])])


@dataclass(frozen=True, slots=True)
class RecordedMeasures:
    """How many numbers are new, in the place of an older one, and stood already; `older`: kept beside one of a newer
    document, which stands."""

    new: int
    replaced: int
    same: int
    older: int


def taken(
    read: TableRead[Said], file: str, record: Callable[[Sequence[Said]], RecordedMeasures], *, dry_run: bool
) -> list[FilledText]:
    """Record what was read of a file, all or nothing; what came of it, and what was left out. Raises EntryRefused, and
    ToConfirm."""
    if read.faults:
        raise EntryRefused(RefusedMeasures(file, read.faults))
    try:
        done, remark = record(read.entries), read.remark(file)
    except ToConfirm as asked:
        raise ToConfirm(measure_text("asked_of_file", file=file, asked=asked)) from asked
    key = "would_record" if dry_run else "recorded"
    counts = measure_text(key, file=file, new=done.new, replaced=done.replaced, same=done.same, older=done.older)
    return [counts] if remark is None else [counts, remark]


def record_measures(
    entries: EntryFile, stated: Sequence[StatedMeasure], file: str, *, dry_run: bool = False, confirmed: bool = False
) -> RecordedMeasures:
    """Record the numbers of a file. One that stands already is not recorded again.

    Raises:
        EntryRefused: of one document two different numbers are stated.
        ToConfirm: more than the budget of a project, where nobody `confirmed` that it is so.
    """

    def post(connection: apsw.Connection) -> RecordedMeasures:
        known = not_withdrawn(ledger_measures.read(connection, entries.settings.renamed))
        faults = [fault for each in stated if (fault := _contradicted(each, known)) is not None]
        if faults:
            raise EntryRefused(RefusedMeasures(file, faults))
        standing = {each.of: each for each in newest(known)}
        fresh = [each for each in stated if not any(_is_same(each, old) for old in known if old.of == each.of)]
        at_ns = after_all(connection, entries.clock_ns())
        with_these = newest([*known, *(replace(each, recorded_ns=at_ns) for each in fresh)])
        beyond = () if confirmed else amounts_beyond(entries.settings.projects, with_these, fresh)
        if beyond:
            raise ToConfirm(Joined(beyond))
        ledger_measures.add(connection, fresh, at_ns)
        return _counted([(each.stated_on, standing.get(each.of)) for each in fresh], len(stated))

    return entries.try_out(post) if dry_run else entries.write(post)


def record_milestones(entries: EntryFile, words: Sequence[MilestoneWord], *, dry_run: bool = False) -> RecordedMeasures:
    """Record what a file says of milestones. What stands already is not recorded again."""

    def post(connection: apsw.Connection) -> RecordedMeasures:
        standing = newest_words(ledger_milestones.read(connection, entries.settings.renamed))
        fresh = [word for word in words if word.of not in standing or _differs(word, standing[word.of])]
        ledger_milestones.add(connection, fresh, after_all(connection, entries.clock_ns()))
        return _counted([(word.stated_on, standing.get(word.of)) for word in fresh], len(words))

    return entries.try_out(post) if dry_run else entries.write(post)


def _counted(fresh: Sequence[tuple[int, StatedMeasure | MilestoneWord | None]], stated: int) -> RecordedMeasures:
    """`fresh`: of each that was recorded the date of its document, and what stood."""
    older = sum(before is not None and day < before.stated_on for day, before in fresh)
    replaced = sum(before is not None for _, before in fresh) - older
    return RecordedMeasures(len(fresh) - replaced - older, replaced, stated - len(fresh), older)


def _differs(word: MilestoneWord, known: MilestoneWord) -> bool:
    return (word.forecast, word.fact, word.source, word.stated_on) != (
        *(known.forecast, known.fact, known.source, known.stated_on),
    )


def _is_same(stated: StatedMeasure, known: StatedMeasure) -> bool:
    return (stated.value, stated.growth_pct, stated.source, stated.stated_on) == (
        *(known.value, known.growth_pct, known.source, known.stated_on),
    )


def _contradicted(stated: StatedMeasure, known: Sequence[StatedMeasure]) -> RowFault | None:
    """Whether the same document was recorded with another number."""
    for old in known:
        same_document = (old.of, old.source, old.stated_on) == (stated.of, stated.source, stated.stated_on)
        if same_document and (old.value, old.growth_pct) != (stated.value, stated.growth_pct):
            day = date.fromordinal(old.stated_on)
            return RowFault("", 0, measure_text("two_values", date=day, stored=old.value))
    return None
