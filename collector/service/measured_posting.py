"""What entries of the journal say of measured gauges, as the hours that the ledger keeps."""

from functools import partial

import apsw

from collector.service.gathered_step import GatheredStep
from collector.service.journal_facts import JournalFacts
from collector.storage.journal.journal import StoredEntry
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.ledger import Ledger
from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredHours, MeasuredState, MeasuringRule
from models.counting.reading import Backfill
from models.works.plant import Plant


class MeasuredPosting:
    """Takes the readings of measured gauges into a step. Holds nothing that changes; blocks on the ledger."""

    def __init__(self, plant: Plant, ledger: Ledger) -> None:
        self._ledger = ledger
        tags = {tag.name: tag for tag in plant.tags}
        self._rules = {
            name: MeasuringRule.of(measured, tags[name], plant.zone) for name, measured in plant.measured.items()
        }

    def post(self, step: GatheredStep, stored: StoredEntry, facts: JournalFacts) -> None:
        """Add what one entry says. A tag that is measured no more says nothing."""
        if not self._rules:
            return
        received_ns = stored.entry.received_ns
        for tag, time_ns, value in facts.measured:
            if tag in self._rules:
                at_ns = time_ns if facts.backfilled else received_ns
                self._hours(step, tag).take(time_ns, value, at_ns, joined=facts.backfilled is Backfill.CHANGES)
        for tag, looks in facts.coverage.items():
            if looks and tag in self._rules:
                self._hours(step, tag).stands(received_ns)

    def _hours(self, step: GatheredStep, tag: str) -> MeasuredHours:
        if tag not in step.measured:
            step.measured[tag] = MeasuredHours(self._rules[tag], self._state(tag), partial(self._kept, tag))
        return step.measured[tag]

    def _state(self, tag: str) -> MeasuredState | None:
        def read(connection: apsw.Connection) -> MeasuredState | None:
            return ledger_measured.states(connection, [tag]).get(tag)

        return self._ledger.read(read)

    def _kept(self, tag: str, start_s: int) -> MeasuredHour | None:
        def read(connection: apsw.Connection) -> MeasuredHour | None:
            found = ledger_measured.hours(connection, [tag], start_s, start_s + 1)[tag]
            return found[0] if found else None

        return self._ledger.read(read)
