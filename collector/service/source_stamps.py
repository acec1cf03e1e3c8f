"""What the intake knows of the clocks of each source, and what it makes of a delivery by them. A value, not a state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from collector.sources.base import Delivery, SourceConfig
from models.counting.event_stamp import judge_end
from models.counting.reading import EventReading, ReadingBatch, Rejection, joined
from models.counting.source_clock import JudgedStamps, SourceClock, StampJudge
from models.counting.stamp_rule import ClockPolicy, StampFault, StampRule
from models.counting.waiting_stamps import Row
from models.detection.alarm import AlarmNotice
from models.detection.alarm_times import dated_alarms
from models.works.calendar import NS
from models.works.codes import Quality, Reason
from models.works.exact_number import written
from models.works.plant import Plant

ServerOffset = Callable[[str], float | None]
"""Of a source: its server's clock minus this host's in seconds, as it was measured last; None if it was not."""


EVENTS_WAIT_NS = 60 * NS
"""So long events wait for the offset of their device: three polls tell it, and a counter that stands never does."""


@dataclass(frozen=True, slots=True)
class WaitingEvents:
    """Events and overruns of one delivery, with the looks at rings before it."""

    events: tuple[EventReading, ...]
    gaps: tuple[tuple[str, int, int], ...]
    looked_ns: Mapping[str, int]
    received_ns: int


@dataclass(frozen=True, slots=True)
class SourceStamps:
    """Of one source. `looked_ns`: the last look at each ring; `events`: the rings whose last event was ill-timed.

    `waiting`: what came of rings before it was known whether the device is off. Its ring is read again after a restart.
    """

    clock: SourceClock
    looked_ns: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, StampFault] = field(default_factory=dict)
    waiting: Sequence[WaitingEvents] = ()


@dataclass(frozen=True, slots=True)
class Stamped:
    """A delivery with the times that count, what was refused for its time, how much waits, and what is known now.

    `faults`: what is wrong with the clocks of the source. `alarms`: with times by this host's clock.
    """

    readings: ReadingBatch | None
    events: tuple[EventReading, ...]
    gaps: tuple[tuple[str, int, int], ...]
    rejections: tuple[Rejection, ...]
    held: int
    stamps: SourceStamps
    faults: tuple[StampFault, ...]
    alarms: tuple[AlarmNotice, ...] = ()


def stamp_rule(config: SourceConfig, limit_s: float) -> StampRule:
    """The rule of a source as configured."""
    return StampRule(
        policy=ClockPolicy(config.clock),
        limit_ns=round(limit_s * NS),
        from_server=config.time_from == "server",
        from_receipt=config.time_from == "receive",
    )


class Stamping:
    """Judges the times of deliveries of a plant."""

    def __init__(self, plant: Plant, rules: Mapping[str, StampRule], server_offset: ServerOffset) -> None:
        self._tags = plant.tags
        self._by_name = plant.tag_index()
        self._rules = rules
        self._server_offset = server_offset
        self._judge = StampJudge(plant.tags)

    def unknown(self) -> SourceStamps:
        """What is known of a source that nothing came from yet."""
        return SourceStamps(self._judge.new_clock())

    def stamp(self, delivery: Delivery, known: SourceStamps) -> Stamped:
        """Judge the times of a delivery. Offering it again with the same `known` gives the same."""
        rule = self._rules.get(delivery.source, StampRule())
        server_s = self._server_offset(delivery.source)
        server_ns = None if server_s is None else round(server_s * NS)
        looks = [name for name, count in delivery.coverage.items() if count]
        clock, standing = self._judge.confirmed(known.clock, [self._by_name[name] for name in looks])
        batch = _with_rows(delivery, standing)
        judged = None if batch is None else self._judge.judge(clock, batch, rule, server_ns)
        clock = clock if judged is None else judged.clock
        offset_ns = clock.source_offset_ns()
        if offset_ns is None and server_ns is not None and abs(server_ns) > rule.limit_ns and not clock.stamp.any():
            offset_ns = server_ns  # nothing but events comes from here, so the server's clock is all that is known
        waiting = [*known.waiting]
        if delivery.events or delivery.gaps:
            waiting.append(WaitingEvents(delivery.events, delivery.gaps, known.looked_ns, delivery.received_ns))
        ready = [*waiting]
        if waiting and rule.corrects and clock.is_unsettled():
            ready = [item for item in waiting if delivery.received_ns - item.received_ns > EVENTS_WAIT_NS]
        events, refused, ill_timed = self._events(ready, rule, known.events, offset_ns)
        stamps = SourceStamps(
            clock,
            {**known.looked_ns, **dict.fromkeys(looks, delivery.received_ns)},
            ill_timed,
            [item for item in waiting if item not in ready],
        )
        off_ns = offset_ns or server_ns
        alarms, ill_timed_alarms = dated_alarms(delivery.source, delivery.alarms, delivery.received_ns, rule, off_ns)
        return Stamped(
            readings=None if judged is None else judged.batch.take(~(judged.behind | judged.frozen)),
            events=events,
            gaps=tuple(gap for item in ready for gap in _moved_gaps(item, offset_ns if rule.corrects else None)),
            rejections=(*self._refused(judged), *refused, *ill_timed_alarms),
            held=(0 if judged is None else judged.held) + sum(len(item.events) for item in stamps.waiting),
            stamps=stamps,
            faults=(*clock.faults(delivery.source, self._tags, rule), *ill_timed.values()),
            alarms=alarms,
        )

    def _events(
        self,
        ready: Sequence[WaitingEvents],
        rule: StampRule,
        ill_timed_before: Mapping[str, StampFault],
        offset_ns: int | None,
    ) -> tuple[tuple[EventReading, ...], list[Rejection], dict[str, StampFault]]:
        kept: list[EventReading] = []
        refused: list[Rejection] = []
        ill_timed = dict(ill_timed_before)
        for event, looked_ns in [(event, item.looked_ns.get(event.tag, 0)) for item in ready for event in item.events]:
            tag = self._tags[self._by_name[event.tag]]
            judged = judge_end(tag, event, rule, looked_ns=looked_ns, offset_ns=offset_ns)
            if judged.event is not None:
                kept.append(judged.event)
            if judged.rejection is not None:
                refused.append(judged.rejection)
            if judged.fault is None:
                ill_timed.pop(event.tag, None)
            else:
                since_ns = ill_timed[event.tag].since_ns if event.tag in ill_timed else event.received_ns
                ill_timed[event.tag] = replace(judged.fault, since_ns=since_ns)
        return tuple(kept), refused, ill_timed

    def _refused(self, judged: JudgedStamps | None) -> list[Rejection]:
        if judged is None:
            return []
        batch = judged.batch
        found = []
        for row in np.flatnonzero(judged.behind | judged.frozen).tolist():
            tag, time_ns = self._tags[batch.tags[row]], int(batch.times_ns[row])
            age_s = (batch.received_ns - time_ns) / NS
            if judged.frozen[row]:
                reason = Reason.STAMP_FROZEN
                detail = f"a new value under a stamp that is {age_s:.1f} s old: give its source time_from: receive"
            else:
                reason = Reason.CLOCK_BEHIND
                detail = (
                    f"stamped {age_s:.1f} s before it came, and not yet steadily so: set the clock of its device, or "
                    "give its source time_from: receive"
                )
            value, quality = written(batch.number(row)), Quality(int(batch.quality[row]))
            found.append(Rejection(batch.source, tag.name, value, time_ns, quality, reason, detail))
        return found


def _moved_gaps(delivery: WaitingEvents, offset_ns: int | None) -> tuple[tuple[str, int, int], ...]:
    """Overruns of rings, from the end of an event to that of another, or to the receipt where none follows yet."""
    if not offset_ns:
        return delivery.gaps

    def moved(time_ns: int) -> int:
        return time_ns if time_ns in (0, delivery.received_ns) else time_ns - offset_ns

    return tuple((tag, moved(start_ns), moved(end_ns)) for tag, start_ns, end_ns in delivery.gaps)


def _with_rows(delivery: Delivery, rows: list[Row]) -> ReadingBatch | None:
    batch = delivery.readings
    if not rows:
        return batch
    more = ReadingBatch.of(delivery.source, delivery.received_ns, rows)
    return more if batch is None else joined(more, batch)
