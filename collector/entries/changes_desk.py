"""Who changed what: acts that the ledger records, and those of duties, users and tokens."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import apsw

from collector.access.access_file import AccessFile
from collector.access.roster_file import RosterFile
from collector.entries.desk_actions import asked
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import measures, recorded_changes
from models.access.recorded_change import ActKind, RecordedChange
from models.stated.budget_excess import budget_excesses
from models.works.calendar import NS
from models.works.place import ALL

LOOKED_AT = 20_000
"""Of each kind, where one author is asked for: some years of a busy clerk, read in a second or two."""


_IN_ACCESS_FILE = (ActKind.DUTY, ActKind.USER)


class RecordedChangesDesk:
    """Fulfils `models.access.recorded_change.ChangesDesk`."""

    def __init__(self, entries: EntryFile, access: AccessFile) -> None:
        self._entries = entries
        self._access = access

    def newest(self, limit: int, *, kind: ActKind | None, author: str, users: bool) -> Sequence[RecordedChange]:
        """See `ChangesDesk`."""
        kinds = [each for each in ActKind if kind in (None, each)]
        most = LOOKED_AT if author else limit

        def read(connection: apsw.Connection) -> list[RecordedChange]:
            found = [
                change
                for each in kinds
                if each not in _IN_ACCESS_FILE
                for change in recorded_changes.newest(connection, self._entries.plant, each, most)
            ]
            return self._with_excesses(connection, found) if ActKind.MEASURE in kinds else found

        found = asked(lambda: self._entries.look(read))
        if ActKind.DUTY in kinds:
            found += asked(lambda: self._of_duties(most))
        if users and ActKind.USER in kinds:
            found += asked(lambda: self._of_users(most))
        found.sort(key=lambda change: change.recorded_ns, reverse=True)
        return list(islice((change for change in found if author in ("", change.author)), limit))

    def _with_excesses(self, connection: apsw.Connection, found: Sequence[RecordedChange]) -> list[RecordedChange]:
        """With both sums at each number that brought a project beyond its budget."""
        settings = self._entries.settings
        beyond = budget_excesses(settings.projects, measures.read(connection, settings.renamed))

        def told(change: RecordedChange) -> RecordedChange:
            if change.kind is not ActKind.MEASURE:
                return change
            code = settings.renamed.get(change.subject, change.subject)
            excess = beyond.get((change.recorded_ns, code, change.fields[0].name))
            if excess is None:
                return change
            return replace(change, sum=str(excess.sum), budget=str(excess.budget))

        return [told(change) for change in found]

    def _of_duties(self, limit: int) -> list[RecordedChange]:
        settings = self._entries.settings
        names = {code: person.name for code, person in settings.alerts.people.items()}
        return [
            RecordedChange(
                recorded_ns=entry.recorded_ns,
                author=entry.author,
                kind=ActKind.DUTY,
                done=entry.duty.role.value,
                shop=entry.duty.shop or ALL,
                start_ns=entry.start_s * NS,
                before=names.get(before, before),
                after=names.get(entry.person, entry.person),
            )
            for entry, before in RosterFile(settings.data_dir).newest_changes(limit)
        ]

    def _of_users(self, limit: int) -> list[RecordedChange]:
        return [
            RecordedChange(
                recorded_ns=time_ns,
                author=author,
                kind=ActKind.USER,
                done=what,
                before=before,
                after=after,
                note=user,
            )
            for time_ns, author, what, user, before, after in self._access.changes(limit)
        ]
