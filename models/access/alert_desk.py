"""What people look up and enter about alerts beside acting on an incident, as a Protocol that the command's wiring
fulfils."""

from collections.abc import Sequence
from typing import Protocol

from models.alerts.digest import DigestPreview
from models.alerts.incident_record import ListedIncident

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
