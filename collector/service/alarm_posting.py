"""What entries of the journal say of alarms, as changes of the alarms that the ledger keeps."""

from functools import partial

from collector.service.gathered_step import GatheredStep
from collector.service.journal_facts import JournalFacts
from collector.storage.journal.journal import StoredEntry
from collector.storage.ledger import alarms as ledger_alarms
from collector.storage.ledger.ledger import Ledger
from models.detection.alarm import PlantAlarm, unit_of
from models.detection.alarm_log import AlarmLog
from models.works.plant import Plant


def post_alarms(step: GatheredStep, plant: Plant, ledger: Ledger, stored: StoredEntry, facts: JournalFacts) -> None:
    """Add the alarms of one entry to the step. Blocks on the ledger."""
    source = stored.entry.source
    if source not in step.alarms:

        def last(key: str) -> PlantAlarm | None:
            return ledger.read(partial(ledger_alarms.newest, source=source, key=key))

        step.alarms[source] = AlarmLog(source, last, partial(unit_of, plant, source))
    log = step.alarms[source]
    log.take(facts.alarms)
    if facts.standing is not None:
        open_now = ledger.read(partial(ledger_alarms.open_now, source=source))
        log.stand(frozenset(facts.standing), open_now, stored.entry.received_ns)
