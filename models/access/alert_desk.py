"""What people look up and enter about alerts beside acting on an incident, as a Protocol that the command's wiring
fulfils."""

from collections.abc import Sequence
from typing import Protocol

from models.access.user import User
from models.alerts.digest import DigestPreview
from models.alerts.incident_record import ListedIncident
from models.alerts.roster import DutyChange, DutyShift, RosterWeek

PERIODS_DAYS = (31, 92, 366)
"""For which the history is offered: a month, a quarter, a year."""
LONGEST_DAYS = 3660


class AlertDesk(Protocol):
    """Each call blocks, and raises ActionRefused."""

    def history(self, days: int) -> Sequence[ListedIncident]:
        """Those that are open, or ended within that many days; newest first."""
        ...

    def digest(self) -> DigestPreview:
        """The next digest as it would be now. Nothing is sent by looking."""
        ...

    def on_duty(self) -> Sequence[DutyShift]:
        """Who has each duty now; none if the configuration names nobody who could."""
        ...

    def roster(self, day: int | None) -> RosterWeek:
        """The week that holds `day` (an ordinal; None: today)."""
        ...

    def enter_duties(self, user: User, changes: Sequence[DutyChange]) -> None:
        """Say who has which duty, all or nothing; refused if somebody said something else than the user saw."""
        ...
