"""The roster as messages are sent by it: what was entered at the desk, and who can be reached."""

from dataclasses import dataclass
from pathlib import Path

import structlog

from collector.access.access_file import AccessFile
from collector.access.roster_file import RosterFile
from collector.alerts.settings import AlertSettings
from collector.errors import CollectorError
from models.alerts.incident import Recipient
from models.alerts.roster import DutyShift, Lack, Person, Roster, duties_of, newest_entries
from models.works.calendar import NS
from models.works.plant import Plant

log = structlog.get_logger(__name__)

LONGEST_SHIFT_S = 2 * 86_400
"""Twice the longest day there is: the shift that holds an instant began within it."""


@dataclass(frozen=True, slots=True)
class DutyRoster:
    """Reads what stands in the files when it is asked, so that a change at the desk holds at once."""

    plant: Plant
    settings: AlertSettings
    folder: Path

    def between(self, start_s: int, end_s: int) -> Roster:
        """The roster of shifts that begin in [start_s, end_s). Blocks. Raises CollectorError if it cannot be read."""
        entries = RosterFile(self.folder).between(start_s, end_s)
        disabled = {user.name for user in AccessFile(self.folder).users() if user.disabled}
        people = {
            code: Person(code=code, name=person.name, has_address=bool(person.channels), disabled=code in disabled)
            for code, person in self.settings.people.items()
        }
        return Roster(newest_entries(entries), people)

    def now(self, clock_ns: int) -> list[DutyShift]:
        """Who has each duty at that instant; none if the configuration names nobody who could."""
        if not self.settings.people:
            return []
        roster = self._around(clock_ns)
        return [roster.at(self.plant, duty, clock_ns) for duty in duties_of(self.settings.policy)]

    def person(self, duty: Recipient, clock_s: int) -> str:
        """Whose a message to a duty is that is queued at that instant; "": of the receivers of the configuration."""
        if not self.settings.people or duty not in duties_of(self.settings.policy):
            return ""
        shift = self._around(clock_s * NS).at(self.plant, duty, clock_s * NS)
        return shift.person if shift.lack is Lack.NOTHING else ""

    def _around(self, clock_ns: int) -> Roster:
        at_s = clock_ns // NS
        try:
            return self.between(at_s - LONGEST_SHIFT_S, at_s + 1)
        except CollectorError as error:
            # A message must not wait for a file of names: the receivers of the configuration get it.
            log.warning("duty_roster_not_read", error=str(error))
            return Roster(unread=True)
