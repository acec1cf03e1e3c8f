"""What the configuration makes of the tonnes that the ledger has, said in the log at each start."""

import structlog

from collector.config.settings import Settings
from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.misplaced import misplaced
from collector.storage.ledger.projects import undeclared_remarks
from collector.storage.ledger.unclaimed import WHAT_TO_DO, unclaimed
from models.books.changed_history import changed_history
from models.works.plant import Plant

log = structlog.get_logger(__name__)


def log_changes(ledger: Ledger, plant: Plant) -> None:
    """Name what this configuration changes in the figures that the last one made; before it is kept. Blocks."""
    before = ledger.read(configurations.newest)
    for change in [] if before is None else changed_history(before, plant):
        log.warning("history_changes", change=change)


def log_remarks(ledger: Ledger, settings: Settings) -> None:
    """Name tonnes that no unit claims, those that stand where the plant expects none, and what was stated of projects
    and indicators that are gone. Blocks."""
    plant = settings.plant
    for tonnes in ledger.read(lambda connection: unclaimed(connection, plant)):
        log.warning("unclaimed_tonnes", found=str(tonnes), next_step=WHAT_TO_DO)
    for remark in ledger.read(lambda connection: undeclared_remarks(connection, settings.codes)):
        log.warning("stated_of_nothing", found=remark)
    for odd in ledger.read(lambda connection: misplaced(connection, plant)):
        log.warning("misplaced_tonnes", found=str(odd))
