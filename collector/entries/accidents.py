"""Accidents into the ledger: all of a file, or nothing of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import apsw

from collector.entries.entry_file import EntryFile
from collector.entries.measures import RecordedMeasures, RefusedMeasures
from collector.errors import EntryRefused, ToConfirm
from collector.files.accident_file import AccidentForm
from collector.files.measure_texts import measure_text
from collector.files.plain_table import RowFault
from collector.sentence import FilledText
from collector.storage.ledger import accidents as ledger_accidents
from collector.storage.ledger.changes import after_all
from models.stated.accident import AccidentWord, newest_accidents
from models.works.calendar import local_date


def accident_form(entries: EntryFile, author: str) -> AccidentForm:
    """What rows of that author are read by now."""
    return AccidentForm(plant=entries.plant, terms=entries.settings.accidents, author=author, now_ns=entries.clock_ns())


def record_accidents(
    entries: EntryFile, words: Sequence[AccidentWord], file: str, *, dry_run: bool = False, confirmed: bool = False
) -> RecordedMeasures:
    """Record the words of a file. What stands already is not recorded again.

    Raises:
        EntryRefused: a number stands for an accident of another year.
        ToConfirm: an accident of a year that is over for long, where nobody `confirmed` that it is so.
    """

    def post(connection: apsw.Connection) -> RecordedMeasures:
        standing = newest_accidents(ledger_accidents.read(connection))
        faults = [RowFault("", 0, why) for word in words if (why := _taken(entries, word, standing.get(word.number)))]
        if faults:
            raise EntryRefused(RefusedMeasures(file, faults))
        fresh = [word for word in words if (old := standing.get(word.number)) is None or not word.same_as(old)]
        if not confirmed:
            _ask_old(entries, fresh, standing)
        ledger_accidents.add(connection, fresh, after_all(connection, entries.clock_ns()))
        new = sum(word.number not in standing or standing[word.number].withdrawn for word in fresh)
        return RecordedMeasures(new, len(fresh) - new, len(words) - len(fresh), 0)

    return entries.try_out(post) if dry_run else entries.write(post)


def enter_accident(
    entries: EntryFile, word: AccidentWord, seen_ns: int | None = None, *, confirmed: bool = False
) -> bool:
    """Record what one person says of one accident; False: it stands so already. `seen_ns`: when the word was recorded
    that the person saw, 0 for none; None: whatever stands is replaced.

    Raises:
        EntryRefused: the number stands for an accident of another year, or somebody changed it meanwhile.
        ToConfirm: it is of a year that is over for long, and nobody `confirmed` that it is so.
    """

    def post(connection: apsw.Connection) -> bool:
        old = newest_accidents(ledger_accidents.read(connection)).get(word.number)
        if old is not None and word.same_as(old):  # also where the answer to the same press was lost
            return False
        # A number that was withdrawn is free again.
        if (
            seen_ns is not None
            and old is not None
            and old.recorded_ns != seen_ns
            and not (old.withdrawn and not seen_ns)
        ):
            if seen_ns:
                raise EntryRefused(measure_text("changed_meanwhile", number=word.number, author=old.author))
            date = local_date(entries.plant.zone, old.at_ns)
            taken = measure_text("number_taken", number=word.number, date=date)
            raise EntryRefused(_taken(entries, word, old) or taken)
        why = _taken(entries, word, old)
        if why is not None:
            raise EntryRefused(why)
        if not confirmed:
            _ask_old(entries, [word], {} if old is None else {old.number: old})
        ledger_accidents.add(connection, [word], after_all(connection, entries.clock_ns()))
        return True

    return entries.write(post)


def withdraw_accident(entries: EntryFile, number: str, author: str, seen_ns: int | None = None) -> None:
    """Take an accident back, which never was one; both words stay on record. `seen_ns`: as of `enter_accident`.

    Raises EntryRefused: there is none of that number, or somebody changed it meanwhile.
    """

    def post(connection: apsw.Connection) -> None:
        old = newest_accidents(ledger_accidents.read(connection)).get(number)
        if old is None or old.withdrawn:
            raise EntryRefused(measure_text("no_accident", number=number))
        if seen_ns is not None and old.recorded_ns != seen_ns:
            raise EntryRefused(measure_text("changed_meanwhile", number=number, author=old.author))
        said = replace(old, author=author, withdrawn=True)
        ledger_accidents.add(connection, [said], after_all(connection, entries.clock_ns()))

    entries.write(post)


def _ask_old(entries: EntryFile, words: Sequence[AccidentWord], standing: Mapping[str, AccidentWord]) -> None:
    """A slip in the year makes an accident vanish from every page: one that is neither of this year nor of the last is
    asked about, unless it stands so and another of its fields is corrected."""
    zone = entries.plant.zone
    least = local_date(zone, entries.clock_ns()).year - 1
    for word in words:
        day, old = local_date(zone, word.at_ns), standing.get(word.number)
        stands = old is not None and not old.withdrawn and old.at_ns == word.at_ns
        if day.year < least and not stands:
            raise ToConfirm(measure_text("old_year", number=word.number, date=day))


def _taken(entries: EntryFile, word: AccidentWord, old: AccidentWord | None) -> FilledText | None:
    """That the number stands for an accident of another year: the works begins anew with 1 each year."""
    if old is None or old.withdrawn:
        return None
    dates = [local_date(entries.plant.zone, each.at_ns) for each in (old, word)]
    if dates[0].year == dates[1].year:
        return None
    return measure_text("number_of_other_year", number=word.number, date=dates[0], year=str(dates[1].year))
