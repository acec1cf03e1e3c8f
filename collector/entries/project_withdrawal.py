"""Taking back what was stated of a month or a milestone of a project; every word stays on record."""

from dataclasses import replace

import apsw

from collector.entries.entry_file import EntryFile
from collector.errors import EntryRefused
from collector.files.measure_texts import measure_text
from collector.sentence import NamedMonth
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import milestones as ledger_milestones
from collector.storage.ledger.changes import after_all
from collector.storage.ledger.projects import read_projects
from models.stated.stated_thing import StatedThing, stated_things


def things_of(entries: EntryFile, project: str) -> list[StatedThing]:
    """What stands of a project and can be taken back."""
    return entries.look(lambda connection: _things(entries, connection, project))


def withdraw(entries: EntryFile, thing: StatedThing, author: str, seen_ns: int | None = None) -> int:
    """Take back all that stands of it; how many words that were. `seen_ns`: when the newest word of it was recorded
    that the person saw; None: whatever stands.

    Raises EntryRefused: nothing stands of it, or somebody stated something of it meanwhile.
    """

    def post(connection: apsw.Connection) -> int:
        stands = next((each for each in _things(entries, connection, thing.project) if each.of == thing.of), None)
        if stands is None:
            what = thing.milestone if thing.month is None else NamedMonth(thing.month[0])
            raise EntryRefused(measure_text("nothing_to_withdraw", project=thing.project, what=what))
        if seen_ns is not None and stands.seen_ns != seen_ns:
            raise EntryRefused(measure_text("project_changed_meanwhile", author=stands.author))
        at_ns = after_all(connection, entries.clock_ns())
        taken = [replace(each, author=author, withdrawn=True) for each in stands.numbers]
        ledger_measures.add(connection, taken, at_ns)
        if stands.word is not None:
            said = replace(stands.word, author=author, forecast=None, fact=None)
            ledger_milestones.add(connection, [said], at_ns)
        return len(taken) or 1

    return entries.write(post)


def _things(entries: EntryFile, connection: apsw.Connection, project: str) -> list[StatedThing]:
    known = read_projects(connection, entries.settings.renamed)
    return stated_things(project, known.numbers, known.milestones)
