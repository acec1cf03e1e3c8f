"""What nobody knows of this moment, from the ledger: said beside lists in which silence would be taken for calm."""

from collections.abc import Sequence

from collector.entries.entry_file import EntryFile
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.moment import sources
from models.alerts.not_known import NotKnown, not_known_lines, not_known_since
from models.detection.state_row import UnitNow
from models.tables.desk_data import SourceStatus
from models.works.localize import Language


def not_known_now(entries: EntryFile, language: Language) -> list[str]:
    """The sentences; none if everything is known. See `models.alerts.not_known`."""
    return not_known_lines(entries.plant, *_read(entries), entries.clock_ns(), language)


def units_not_known_now(entries: EntryFile) -> NotKnown:
    """The same, for programs."""
    return not_known_since(entries.plant, *_read(entries), entries.clock_ns())


def _read(entries: EntryFile) -> tuple[Sequence[SourceStatus], Sequence[UnitNow]]:
    return entries.read(lambda connection: (sources(connection), ledger_detection.now(connection)))
