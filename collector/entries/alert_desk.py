"""What people look up about alerts at the desk, from the ledger."""

from collections.abc import Sequence

from collector.entries import alerts
from collector.entries.desk_actions import asked
from collector.entries.entry_file import EntryFile
from models.access.alert_desk import LONGEST_DAYS
from models.alerts.incident_record import ListedIncident


class LedgerAlertDesk:
    """Fulfils `models.access.alert_desk.AlertDesk`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def history(self, days: int) -> Sequence[ListedIncident]:
        """See `AlertDesk`."""
        return asked(lambda: alerts.history(self._entries, min(max(days, 1), LONGEST_DAYS)))
