"""From journal entries to one step of the ledger: totalizers counted, events revised, looks and losses noted.

Deterministic: the same entries on the same ledger give the same changes, so a step that was cut off is done again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog
from pydantic import ValidationError

from collector.service.alarm_posting import post_alarms
from collector.service.former_names import under_present_names
from collector.service.gathered_step import GatheredStep, LedgerStep
from collector.service.journal_facts import CounterReading, JournalFacts, decode_facts
from collector.service.known_events import KnownEvents
from collector.service.measured_posting import MeasuredPosting
from collector.service.predecessors import Predecessors
from collector.service.refused_facts import damaged_gaps, not_understood, unknown_tag
from collector.storage.journal.journal import StoredEntry
from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.count_state import CountState, known_until_ns, state_for
from models.counting.counter import Counter
from models.counting.counter_step import Anchor
from models.counting.event import (
    as_revision_of,
    event_flags,
    event_increments,
    event_revision,
    rejected_event,
)
from models.counting.event_key import number_of
from models.counting.gap_kind import ANOTHER_RING
from models.counting.increment import IncrementFlag, UncertainGap
from models.counting.rate import RateState
from models.counting.rate_counter import CountedRate, RateCounter
from models.counting.reading import Backfill, EventReading
from models.counting.split import reading_increment
from models.counting.tag_gap import RING_LOST
from models.counting.totalizer_state import TotalizerState
from models.counting.weighings import PairStep, WeighingState, expire, pair
from models.works.calendar import NS
from models.works.codes import Quality, Reason, TagKind
from models.works.exact_number import written
from models.works.plant import Plant, Tag

log = structlog.get_logger(__name__)

NEW_BASE = "its first reading is a new base, and what was made in between is not counted: a gap"
EventId = tuple[str, str, int, str]


class Posting:
    """Counts entries on the plant's tags. Holds nothing that changes."""

    def __init__(self, plant: Plant, ledger: Ledger, *, longest_gap_s: float) -> None:
        """Raises ValueError for a counter that cannot be counted; the configuration's check excludes that."""
        self._ledger = ledger
        self.plant = plant
        self._tags = {tag.name: tag for tag in plant.tags}
        self._predecessors = Predecessors.of(plant, ledger)
        self._measured = MeasuredPosting(plant, ledger)
        self._known = KnownEvents(plant, ledger, self._predecessors)
        self._counters = {
            tag.name: Counter.of(tag, plant.shops[tag.shop].calendar.zone, longest_gap_s)
            for tag in plant.tags
            if tag.kind is TagKind.TOTALIZER and tag.product is not None
        }
        self._rates = {
            tag.name: RateCounter.of(tag, plant.shops[tag.shop].calendar.zone, longest_gap_s)
            for tag in plant.tags
            if tag.kind is TagKind.RATE and tag.is_summed
        }

    def post(self, entries: Sequence[StoredEntry], states: Mapping[str, CountState]) -> LedgerStep:
        """One step over `entries` (at least one, in order). Blocks on the ledger."""
        step = GatheredStep(self._tags, states)
        for stored in entries:
            if stored.damaged:
                step.gaps += damaged_gaps(stored, self.plant)
                continue
            try:
                facts = decode_facts(stored.entry.facts)
            except ValidationError as error:
                # Bytes with a right checksum that this version does not understand: told, and never in the way.
                detail = f"journal entry {stored.seq}: {error.errors()[0]['msg']}; it was written by another version"
                step.rejections.append(not_understood(stored, detail))
                step.gaps += damaged_gaps(stored, self.plant)
                continue
            self._post_facts(step, stored, facts)
        return step.posted(entries[-1].seq)

    def _post_facts(self, step: GatheredStep, stored: StoredEntry, facts: JournalFacts) -> None:
        if facts.addresses:
            self._move(step, stored, facts.addresses)
        if facts.alarms or facts.standing is not None:
            post_alarms(step, self.plant, self._ledger, stored, facts)
        self._measured.post(step, stored, facts)
        if facts.backfilled:
            self._post_past(step, stored, facts)
            return
        step.announced = frozenset(facts.resets)
        for counted in facts.counters:
            self._post_reading(step, stored, counted, stored.entry.received_ns)
        for name, time_ns, value in facts.idle:
            if name in self._counters:
                self._pass_over(step, self._counters[name], Anchor(time_ns, value))
        for reading in facts.events:
            tag = self._tags.get(reading.tag)
            if tag is None or tag.kind is not TagKind.EVENT:
                known = (repr(reading.tonnes), reading.end_ns, reading.quality, reading.key)
                step.rejections.append(unknown_tag(stored, reading.tag, *known))
                continue
            self._take_event(step, tag, reading)
        for name, looks in facts.coverage.items():
            tag = self._tags.get(name)
            if tag is not None and tag.is_summed:
                self._watch(step, tag, stored.entry.received_ns, looks)
        for name, start_ns, end_ns in facts.gaps:
            start = start_ns or self._known.last_end_ns(step, name, end_ns) or end_ns
            step.gaps.append(UncertainGap(name, start, end_ns, RING_LOST))

    def _post_reading(self, step: GatheredStep, stored: StoredEntry, reading: CounterReading, received_ns: int) -> None:
        name, time_ns, value, quality = reading
        if name in self._rates:
            self._integrate(step, self._rates[name], Anchor(time_ns, value), quality, received_ns)
            return
        counter = self._counters.get(name)
        if counter is None:
            step.rejections.append(unknown_tag(stored, name, written(value), time_ns, quality))
            return
        counter = counter.announced() if (name, time_ns) in step.announced else counter
        self._count(step, counter, Anchor(time_ns, value), quality, received_ns)

    def _post_past(self, step: GatheredStep, stored: StoredEntry, facts: JournalFacts) -> None:
        """Readings of a history. What overlaps with known ones says nothing new: it was judged when it came."""
        first = len(step.increments)
        stands = facts.backfilled is Backfill.CHANGES
        for reading in facts.counters:
            name, time_ns = reading[:2]
            if time_ns <= known_until_ns(step.state(name)):
                continue
            if stands and name in self._tags:
                tag = self._tags[name]
                self._stand(step, tag, time_ns - round(tag.cadence_s * NS))
            self._post_reading(step, stored, reading, time_ns)
        for name in facts.coverage if stands else ():
            if name in self._counters or name in self._rates:
                self._stand(step, self._tags[name], stored.entry.received_ns)
        step.increments[first:] = [
            replace(item, flags=item.flags | IncrementFlag.BACKFILLED) for item in step.increments[first:]
        ]

    def _stand(self, step: GatheredStep, tag: Tag, until_ns: int) -> None:
        """The value that a history has last stood until then: as if it had been looked at once a cadence."""
        cadence_ns = round(tag.cadence_s * NS)
        state = step.state(tag.name)
        if isinstance(state, WeighingState) or state.base is None:
            return
        at_ns = max(state.presence.seen_ns, state.base.time_ns) + cadence_ns
        while at_ns <= until_ns and not (isinstance(state, RateState) and state.hung):
            self._watch(step, tag, at_ns, 1)
            at_ns += cadence_ns
            state = step.state(tag.name)

    def _watch(self, step: GatheredStep, tag: Tag, received_ns: int, looks: int) -> None:
        """A ring was looked at, or the value of a counter was confirmed."""
        state = step.state(tag.name)
        if isinstance(state, RateState):
            self._take_rate(step, tag, self._rates[tag.name].stood(state, received_ns), received_ns)
            return
        if isinstance(state, WeighingState):
            self._take_pair(step, tag, expire(tag, state, received_ns))
            state = step.state(tag.name)
        presence, watched = state.presence.seen(received_ns, round(tag.cadence_s * NS), looks)
        step.states[tag.name] = replace(state, presence=presence)
        if watched:
            step.increments.append(reading_increment(tag.name, tag.unit, tag.product or "", received_ns, watched))

    def _move(self, step: GatheredStep, stored: StoredEntry, addresses: Mapping[str, str]) -> None:
        """Note where tags are read from here on. What is read elsewhere than before is another counter, or ring."""
        kept = {**self._ledger.read(ledger_addresses.newest), **step.addresses}
        known = under_present_names(self.plant, self.plant.tags, kept)
        for name, address in addresses.items():
            inherits = self._inherit(step, name, address)
            if kept.get(name) == address:
                continue
            step.addresses[name] = address
            tag = self._tags.get(name)
            if known.get(name, address) == address or tag is None or inherits:
                continue  # read for the first time, or before this was kept, or under another name
            log.warning("address_changed", tag=name, before=known[name], now=address, next_step=NEW_BASE)
            if name in self._counters or name in self._rates:
                step.states[name] = step.state(name).moved()
            elif tag.kind is TagKind.EVENT:
                now_ns = stored.entry.received_ns
                start_ns = self._known.last_end_ns(step, name, now_ns) or now_ns
                step.gaps.append(UncertainGap(name, start_ns, now_ns, ANOTHER_RING))

    def _inherit(self, step: GatheredStep, name: str, address: str) -> bool:
        """Go on from a tag that is gone and was read there last."""
        tag = self._tags.get(name)
        if tag is None or not (tag.is_metered or tag.pair_within_s):
            return False
        states = {**step.before, **step.states}
        state = self._predecessors.state(tag, address, states.get(name), states)
        if state is None:
            return False
        log.warning(
            "counter_carried_on", tag=name, address=address, before=", ".join(self._predecessors.names(tag, address))
        )
        step.states[name] = state_for(tag, state)
        return True

    def _pass_over(self, step: GatheredStep, counter: Counter, reading: Anchor) -> None:
        state = step.state(counter.tag.name)
        assert isinstance(state, TotalizerState)  # noqa: S101 - `state_for` gives each kind its own
        counted = counter.idle(state, reading)
        step.states[counter.tag.name] = counted.state
        step.pending(counter.tag.name, self._anchors_around).apply(counted.anchors)
        step.increments += counted.increments

    def _count(self, step: GatheredStep, counter: Counter, reading: Anchor, quality: Quality, received_ns: int) -> None:
        name = counter.tag.name
        anchors = step.pending(name, self._anchors_around)
        state = step.state(name)
        assert isinstance(state, TotalizerState)  # noqa: S101 - `state_for` gives each kind its own
        counted = counter.count(state, reading, quality, anchors.around, received_ns)
        step.states[name] = counted.state
        anchors.apply(counted.anchors)
        step.increments += counted.increments
        if counted.gap is not None:
            step.gaps.append(counted.gap)
        if counted.rejection is not None:
            step.rejections.append(counted.rejection)
        if any(increment.grams > 0 for increment in counted.increments):
            step.note_output(counter.tag.unit, reading.time_ns)

    def _integrate(
        self, step: GatheredStep, rate: RateCounter, reading: Anchor, quality: Quality, received_ns: int
    ) -> None:
        state = step.state(rate.tag.name)
        assert isinstance(state, RateState)  # noqa: S101 - `state_for` gives each kind its own
        self._take_rate(step, rate.tag, rate.count(state, reading, quality, received_ns), reading.time_ns)

    def _take_rate(self, step: GatheredStep, tag: Tag, counted: CountedRate, time_ns: int) -> None:
        step.states[tag.name] = counted.state
        step.increments += counted.increments
        if counted.rejection is not None:
            step.rejections.append(counted.rejection)
        if tag.product is None:
            return  # what it misses is missing in no figure
        if counted.gap is not None:
            step.gaps.append(counted.gap)
        if any(increment.grams > 0 for increment in counted.increments):
            step.note_output(tag.unit, time_ns)

    def _take_event(self, step: GatheredStep, tag: Tag, reading: EventReading) -> None:
        """An event, or one of the two weighings that make one. What a person replays is as that person says."""
        if not tag.pair_within_s or reading.sequence == 0:
            self._revise(step, tag, reading)
            return
        state = step.state(tag.name)
        assert isinstance(state, WeighingState)  # noqa: S101 - `state_for` gives each kind its own
        self._take_pair(step, tag, pair(tag, state, reading))

    def _take_pair(self, step: GatheredStep, tag: Tag, paired: PairStep) -> None:
        step.states[tag.name] = paired.state
        step.rejections += paired.rejections
        for net in paired.net:
            self._revise(step, tag, net)

    def _revise(self, step: GatheredStep, tag: Tag, reading: EventReading) -> None:
        zone = self.plant.shops[tag.shop].calendar.zone
        # The journal holds what the intake believed. Like the reading of a counter, an event is not judged again by the
        # limits of today: it would count or not by how long it waited in the journal.
        said = event_revision(tag, reading, zone)
        # Number 0 is of an event that a person replayed: it is as that person says.
        placed = self._known.placed(step, tag, said, by_number=tag.told_apart and reading.sequence > 0)
        if placed.refused:
            step.rejections.append(rejected_event(tag, reading, Reason.KEY_REUSED, placed.refused))
            return
        old = placed.old
        new = placed.new if old is None else as_revision_of(old, placed.new)
        increments = event_increments(old, new, event_flags(reading))
        if old is not None and not increments:
            return
        step.events.append(new)
        if old is None:
            step.first_events.append(new)
        place_of = (new.unit, new.tag, new.production_year, number_of(new.key))
        step.newest_events.setdefault(place_of, {})[new.key] = new
        step.increments += increments
        step.note_output(tag.unit, new.end_ns)

    def _anchors_around(self, tag: str, time_ns: int) -> tuple[Anchor | None, Anchor | None]:
        return self._ledger.read(lambda connection: ledger_reads.anchors_around(connection, tag, time_ns))
