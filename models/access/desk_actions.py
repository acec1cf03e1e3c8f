"""What people do at the desk, as a Protocol that the command's wiring fulfils."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from models.access.user import User
from models.alerts.incident_record import ListedIncident
from models.stated.stated_thing import StatedThing
from models.stated.stop_reason import StopReason, StopSeen, StopStatement
from models.tables.held_reading import HeldReading
from models.tables.reasoned_stop import ReasonedStop
from models.works.localize import Language

Told = Callable[[Language], str]


class ActionRefused(Exception):
    """Nothing was changed. The text says why, and the next step, in each language. `by_field`: the same of the fields
    of a form. `asks`: it is done once the user confirms that it is so."""

    def __init__(self, told: Told, *, by_field: Mapping[str, Told] | None = None, asks: bool = False) -> None:
        super().__init__(told("en"))
        self.told = told
        self.by_field = by_field or {}
        self.asks = asks


class DeskActions(Protocol):
    """Each call blocks until it is stored, is recorded with its author, and raises ActionRefused: for what the user may
    not do too, whatever the page offered."""

    def incidents(self, *, ended: bool) -> Sequence[ListedIncident]:
        """The open incidents, the most severe first; `ended`: the newest 200, open or not, newest first."""
        ...

    def acknowledge(self, user: User, number: int, note: str) -> None:
        """Take charge of an incident, so that nobody further up is told."""
        ...

    def mute(self, user: User, number: int, hours: int, reason: str) -> None:
        """Send nothing about an incident for some hours."""
        ...

    def unmute(self, user: User, number: int) -> None:
        """End the mute of an incident."""
        ...

    def stops(self, start_s: int, end_s: int) -> Sequence[ReasonedStop]:
        """The stops that share an instant with [start_s, end_s) (UTC seconds), newest first."""
        ...

    def held_readings(self, *, settled: bool) -> Sequence[HeldReading]:
        """Readings that were not believed and wait for a person, the newest first; `settled`: the newest others."""
        ...

    def replay(self, user: User, name: str, value: str) -> None:
        """Have the service take a held reading in again, with `value` as a person types numbers; "" as it came."""
        ...

    def drop(self, user: User, name: str) -> None:
        """Settle a held reading as not worth it; it stays on record."""
        ...

    def stop_reasons(self) -> Sequence[StopReason]:
        """The reasons of the works, each after the one that it is a kind of."""
        ...

    def state_reasons(self, user: User, stop: StopStatement) -> None:
        """Say why a unit stood. `stop.id`: the statement that the user saw, 0 for none; its author is the user."""
        ...

    def state_project_month(self, user: User, cells: Mapping[str, str], *, confirmed: bool) -> bool:
        """State numbers of a month of a project; `cells`: by field of its file, as typed. Whether a newer document
        stands, so that they are kept beside it. `confirmed`: what is asked about is so."""
        ...

    def state_milestone(self, user: User, cells: Mapping[str, str]) -> bool:
        """State when a milestone of a project is expected, or was reached; as above."""
        ...

    def stated_of_project(self, project: str) -> Sequence[StatedThing]:
        """What is stated of a project and can be withdrawn, milestones first, the newest month first."""
        ...

    def withdraw_of_project(self, user: User, thing: StatedThing) -> None:
        """Take back what is stated of a month or a milestone; all words stay on record."""
        ...

    def join_stops(self, user: User, first: StopSeen, second: StopSeen) -> None:
        """Count a stop and the one that follows it on the same unit as one; what was found and made stays."""
        ...

    def separate_stop(self, user: User, stop: StopSeen, at_s: int) -> None:
        """Take a joined stop apart before the one of its stops that began at `at_s` (UTC seconds)."""
        ...
