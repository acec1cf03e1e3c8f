"""What nobody knows of this moment, from the ledger: said beside lists in which silence would be taken for calm."""

from collector.entries.entry_file import EntryFile
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.moment import sources
from models.alerts.not_known import not_known_lines
from models.works.localize import Language


def not_known_now(entries: EntryFile, language: Language) -> list[str]:
    """The sentences; none if everything is known. See `models.alerts.not_known`."""
    reports, states = entries.read(lambda connection: (sources(connection), ledger_detection.now(connection)))
    return not_known_lines(entries.plant, reports, states, entries.clock_ns(), language)
