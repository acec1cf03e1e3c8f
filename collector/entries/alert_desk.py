"""What people look up about alerts at the desk, from the ledger."""

from collections.abc import Sequence

from collector.alerts.next_digest import preview
from collector.entries import alerts
from collector.entries.desk_actions import asked
from collector.entries.entry_file import EntryFile
from models.access.alert_desk import LONGEST_DAYS
from models.alerts.digest import DigestPreview
from models.alerts.incident_record import ListedIncident
from models.works.calendar import NS


class LedgerAlertDesk:
    """Fulfils `models.access.alert_desk.AlertDesk`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def history(self, days: int) -> Sequence[ListedIncident]:
        """See `AlertDesk`."""
        return asked(lambda: alerts.history(self._entries, min(max(days, 1), LONGEST_DAYS)))

    def digest(self) -> DigestPreview:
        """See `AlertDesk`."""
        entries = self._entries
        clock_s = entries.clock_ns() // NS
        return asked(
            lambda: entries.read(
                lambda connection: preview(connection, entries.plant, entries.settings.alerts, clock_s)
            )
        )
