"""What people do at the desk, as a Protocol that the command's wiring fulfils."""

from collections.abc import Callable, Sequence
from typing import Protocol

from models.access.user import User
from models.alerts.incident_record import ListedIncident
from models.works.localize import Language


class ActionRefused(Exception):
    """Nothing was changed. The text says why, and the next step, in each language."""

    def __init__(self, told: Callable[[Language], str]) -> None:
        super().__init__(told("en"))
        self.told = told


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
