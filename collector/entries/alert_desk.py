"""What people look up about alerts at the desk, from the ledger."""

from collections.abc import Sequence

from collector.alerts.duty_roster import DutyRoster
from collector.alerts.next_digest import preview
from collector.entries import alerts, duties
from collector.entries.desk_actions import asked, refused
from collector.entries.entry_file import EntryFile
from models.access.alert_desk import LONGEST_DAYS
from models.access.user import Right, User
from models.alerts.digest import DigestPreview
from models.alerts.incident_record import ListedIncident
from models.alerts.roster import DutyChange, DutyShift, RosterWeek
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

    def on_duty(self) -> Sequence[DutyShift]:
        """See `AlertDesk`."""
        settings = self._entries.settings
        roster = DutyRoster(settings.plant, settings.alerts, settings.data_dir)
        return asked(lambda: roster.now(self._entries.clock_ns()))

    def roster(self, day: int | None) -> RosterWeek:
        """See `AlertDesk`."""
        return asked(lambda: duties.roster_week(self._entries.settings, day, self._entries.clock_ns()))

    def enter_duties(self, user: User, changes: Sequence[DutyChange]) -> None:
        """See `AlertDesk`."""
        # A duty of the works is for who acts for the whole works.
        if not all(user.may(Right.ACT_ON_ALERTS, change.duty.shop or None) for change in changes):
            raise refused("not_your_right")
        settings = self._entries.settings
        asked(lambda: duties.enter_duties(settings, changes, user.author, self._entries.clock_ns()))
