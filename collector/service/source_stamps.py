"""What the intake knows of the clocks of each source, and what it makes of a delivery by them. A value, not a state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from collector.sources.base import Delivery, SourceConfig
from models.counting.event_stamp import judge_end
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.counting.source_clock import JudgedStamps, SourceClock, StampJudge
from models.counting.stamp_rule import ClockPolicy, StampFault, StampRule
from models.works.calendar import NS
from models.works.codes import Quality, Reason
from models.works.plant import Plant

ServerOffset = Callable[[str], float | None]
"""Of a source: its server's clock minus this host's in seconds, as it was measured last; None if it was not."""


@dataclass(frozen=True, slots=True)
class SourceStamps:
    """Of one source. `looked_ns`: the last look at each ring; `events`: the rings whose last event was ill-timed."""

    clock: SourceClock
    looked_ns: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, StampFault] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stamped:
    """A delivery with the times that count, what was refused for its time, how many rows wait, and what is known now.

    `faults`: what is wrong with the clocks of the source.
    """

    readings: ReadingBatch | None
    events: tuple[EventReading, ...]
    gaps: tuple[tuple[str, int, int], ...]
    rejections: tuple[Rejection, ...]
    held: int
    stamps: SourceStamps
    faults: tuple[StampFault, ...]


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
        events, refused, ill_timed = self._events(delivery, rule, known, offset_ns)
        stamps = SourceStamps(clock, {**known.looked_ns, **dict.fromkeys(looks, delivery.received_ns)}, ill_timed)
        return Stamped(
            readings=None if judged is None else judged.batch.take(~(judged.behind | judged.frozen)),
            events=events,
            gaps=_moved_gaps(delivery, offset_ns if rule.corrects else None),
            rejections=(*self._refused(judged), *refused),
            held=0 if judged is None else judged.held,
            stamps=stamps,
            faults=(*clock.faults(delivery.source, self._tags, rule), *ill_timed.values()),
        )

    def _events(
        self, delivery: Delivery, rule: StampRule, known: SourceStamps, offset_ns: int | None
    ) -> tuple[tuple[EventReading, ...], list[Rejection], dict[str, StampFault]]:
        kept: list[EventReading] = []
        refused: list[Rejection] = []
        ill_timed = dict(known.events)
        for event in delivery.events:
            tag = self._tags[self._by_name[event.tag]]
            looked_ns = known.looked_ns.get(event.tag, 0)
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
            value, quality = repr(float(batch.values[row])), Quality(int(batch.quality[row]))
            found.append(Rejection(batch.source, tag.name, value, time_ns, quality, reason, detail))
        return found


def _moved_gaps(delivery: Delivery, offset_ns: int | None) -> tuple[tuple[str, int, int], ...]:
    """Overruns of rings, from the end of an event to that of another, or to the receipt where none follows yet."""
    if not offset_ns:
        return delivery.gaps

    def moved(time_ns: int) -> int:
        return time_ns if time_ns in (0, delivery.received_ns) else time_ns - offset_ns

    return tuple((tag, moved(start_ns), moved(end_ns)) for tag, start_ns, end_ns in delivery.gaps)


def _with_rows(delivery: Delivery, rows: list[tuple[int, float, int, Quality]]) -> ReadingBatch | None:
    batch = delivery.readings
    if not rows:
        return batch
    more = ReadingBatch.of(delivery.source, delivery.received_ns, rows)
    if batch is None:
        return more
    return ReadingBatch(
        delivery.source,
        delivery.received_ns,
        np.concatenate((more.tags, batch.tags)),
        np.concatenate((more.values, batch.values)),
        np.concatenate((more.times_ns, batch.times_ns)),
        np.concatenate((more.quality, batch.quality)),
    )
