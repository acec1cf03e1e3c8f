"""What entries of the journal say of measured gauges, as the hours that the ledger keeps."""

from collections.abc import Iterable
from functools import partial

import apsw

from collector.service.gathered_step import GatheredStep
from collector.service.journal_facts import JournalFacts
from collector.storage.journal.journal import StoredEntry
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.ledger import Ledger
from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredHours, MeasuredState, MeasuringRule, hour_of
from models.counting.reading import Backfill
from models.works.calendar import NS
from models.works.plant import Plant


class MeasuredPosting:
    """Takes the readings of measured gauges into a step. Holds nothing that changes; blocks on the ledger."""

    def __init__(self, plant: Plant, ledger: Ledger) -> None:
        self._ledger = ledger
        self._zone = plant.zone
        tags = {tag.name: tag for tag in plant.tags}
        self._rules = {
            name: MeasuringRule.of(measured, tags[name], plant.zone) for name, measured in plant.measured.items()
        }

    def post(self, step: GatheredStep, stored: StoredEntry, facts: JournalFacts) -> None:
        """Add what one entry says. A tag that is measured no more says nothing."""
        read = [reading for reading in facts.measured if reading[0] in self._rules]
        looked = [tag for tag, looks in facts.coverage.items() if looks and tag in self._rules]
        if not read and not looked:
            return
        received_ns = stored.entry.received_ns
        self._begin(step, {*looked, *(tag for tag, _, _ in read)}, received_ns)
        for tag, time_ns, value in read:
            at_ns = time_ns if facts.backfilled else received_ns
            step.measured[tag].take(time_ns, value, at_ns, joined=facts.backfilled is Backfill.CHANGES)
        for tag in looked:
            step.measured[tag].stands(received_ns)

    def _begin(self, step: GatheredStep, tags: Iterable[str], received_ns: int) -> None:
        """Read what is kept of those that the step has not met yet: at once, for a mine has hundreds of sensors."""
        new = [tag for tag in tags if tag not in step.measured]
        if not new:
            return
        now_s = hour_of(self._zone, received_ns)[0] // NS

        def read(connection: apsw.Connection) -> tuple[dict[str, MeasuredState], dict[str, MeasuredHour]]:
            running = ledger_measured.hours(connection, new, now_s, now_s + 1)
            return ledger_measured.states(connection, new), {tag: hours[0] for tag, hours in running.items() if hours}

        states, running = self._ledger.read(read)
        for tag in new:
            kept = partial(self._kept, tag, now_s, running.get(tag))
            step.measured[tag] = MeasuredHours(self._rules[tag], states.get(tag), kept)

    def _kept(self, tag: str, now_s: int, running: MeasuredHour | None, start_s: int) -> MeasuredHour | None:
        if start_s == now_s:
            return running

        def read(connection: apsw.Connection) -> MeasuredHour | None:
            found = ledger_measured.hours(connection, [tag], start_s, start_s + 1)[tag]
            return found[0] if found else None

        return self._ledger.read(read)
