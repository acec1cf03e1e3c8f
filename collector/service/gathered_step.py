"""What a step of the ledger gathers, entry by entry, until it is written in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from models.counting.count_state import CountState, state_for
from models.counting.counter_step import Anchor
from models.counting.increment import EventRevision, Increment, IncrementFlag, UncertainGap
from models.counting.late_reading import PendingAnchors
from models.counting.measuring import MeasuredHours
from models.counting.reading import Rejection
from models.detection.alarm_log import AlarmLog
from models.works.plant import Tag

EventId = tuple[str, str, int, str]
"""Unit, tag, production year, and the works' number: events that share it are looked through together, and no others.
A database may give thousands in one step."""


@dataclass(frozen=True, slots=True)
class LedgerStep:
    """`changes` for the ledger, the states of counters after them, by unit the instant (UTC ns) of newest output."""

    changes: LedgerChanges
    states: Mapping[str, CountState]
    last_output_ns: Mapping[str, int]


@dataclass(slots=True)
class GatheredStep:
    """What a step has gathered so far."""

    tags: Mapping[str, Tag]
    before: Mapping[str, CountState]
    states: dict[str, CountState] = field(default_factory=dict)
    anchors: dict[str, PendingAnchors] = field(default_factory=dict)
    increments: list[Increment] = field(default_factory=list)
    events: list[EventRevision] = field(default_factory=list)
    first_events: list[EventRevision] = field(default_factory=list)
    newest_events: dict[EventId, dict[str, EventRevision]] = field(default_factory=dict)
    gaps: list[UncertainGap] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    alarms: dict[str, AlarmLog] = field(default_factory=dict)
    measured: dict[str, MeasuredHours] = field(default_factory=dict)
    last_output_ns: dict[str, int] = field(default_factory=dict)
    known_addresses: dict[str, str] | None = None
    announced: frozenset[tuple[str, int]] = frozenset()

    def state(self, name: str) -> CountState:
        return self.states.get(name) or state_for(self.tags.get(name), self.before.get(name))

    def address(self, name: str, ledger: Ledger) -> str:
        """Where a tag is read, "" if that is not known."""
        if self.known_addresses is None:
            self.known_addresses = ledger.read(ledger_addresses.newest)
        return self.addresses.get(name) or self.known_addresses.get(name, "")

    def pending(self, name: str, stored: Callable[[str, int], tuple[Anchor | None, Anchor | None]]) -> PendingAnchors:
        """The kept readings of a counter as they are within this step."""
        return self.anchors.setdefault(name, PendingAnchors(partial(stored, name)))

    def note_output(self, unit: str, time_ns: int) -> None:
        self.last_output_ns[unit] = max(time_ns, self.last_output_ns.get(unit, 0))

    def posted(self, journal_seq: int) -> LedgerStep:
        changed = {name: anchors.changes() for name, anchors in self.anchors.items()}
        changes = LedgerChanges(
            journal_seq=journal_seq,
            increments=merged(self.increments),
            states={name: state.to_bytes() for name, state in self.states.items()},
            anchors_put=[(name, put.time_ns, put.value) for name, (puts, _) in changed.items() for put in puts],
            anchors_delete=[(name, time_ns) for name, (_, deletes) in changed.items() for time_ns in deletes],
            events=self.events,
            first_events=self.first_events,
            gaps=self.gaps,
            rejections=self.rejections,
            addresses=self.addresses,
            alarms=[alarm for log in self.alarms.values() for alarm in log.changed.values()],
            measured=[hour for each in self.measured.values() for hour in each.changed.values()],
            measured_states={tag: each.state for tag, each in self.measured.items() if each.state is not None},
        )
        return LedgerStep(changes, self.states, self.last_output_ns)


def merged(increments: Iterable[Increment]) -> list[Increment]:
    """Increments of one counter over one span as one: sums of grams and readings, all flags. What was backfilled stays
    apart, for it says nothing of now."""
    found: dict[tuple[str, str, str, int, int, bool], Increment] = {}
    for item in increments:
        span = (item.tag, item.unit, item.product, item.start_s, item.end_s)
        key = (*span, bool(item.flags & IncrementFlag.BACKFILLED))
        same = found.get(key)
        if same is not None:
            item = Increment(*span, same.grams + item.grams, same.readings + item.readings, same.flags | item.flags)
        found[key] = item
    return list(found.values())
