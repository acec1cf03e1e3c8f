"""Full and empty weighings of one ladle or wagon, which make one net event. Pure.

A ladle is weighed full on its way to the converter and empty on its way back; a wagon often the other way round. Two
weighings under one number belong together when they are near enough in time and differ by at least what one load
weighs. The later of them is when the event ended. A weighing that finds no other waits, and is told when its time is
over: a missed weighing is no load, and two full ones in a row are not one.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from models.counting.event import rejected_event
from models.counting.increment import GRAMS_PER_TONNE
from models.counting.presence import NEVER_SEEN, Presence
from models.counting.reading import EventReading, Rejection
from models.works.calendar import NS
from models.works.codes import Quality, Reason
from models.works.plant import Tag

_SAME_NS = NS
"""Two words on one weighing differ by less in time; two weighings of one vessel are minutes apart."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """One of the two. `sequence`: that of its source, if it has one."""

    key: str
    grams: int
    end_ns: int
    received_ns: int
    sequence: int
    quality: int

    @staticmethod
    def of(reading: EventReading) -> "Weighing":
        """Without a time of its own it ended when it came."""
        return Weighing(
            key=reading.key.strip(),
            grams=round(reading.tonnes * GRAMS_PER_TONNE),
            end_ns=reading.end_ns or reading.received_ns,
            received_ns=reading.received_ns,
            sequence=reading.sequence,
            quality=int(reading.quality if reading.end_ns else min(reading.quality, Quality.UNCERTAIN)),
        )

    def is_again(self, other: "Weighing") -> bool:
        """Whether `other` is a later word on this one."""
        if self.key != other.key:
            return False
        return abs(self.end_ns - other.end_ns) < _SAME_NS or (0 < self.sequence == other.sequence)

    def reading(self, tag: Tag, grams: int, key: str) -> EventReading:
        """An event of `grams` at the end of this weighing."""
        return EventReading(
            tag=tag.name,
            key=key,
            sequence=self.sequence,
            tonnes=grams / GRAMS_PER_TONNE,
            end_ns=self.end_ns,
            received_ns=self.received_ns,
            quality=Quality(self.quality),
        )


Pair = tuple[Weighing, Weighing]


@dataclass(frozen=True, slots=True)
class WeighingState:
    """`waiting`: without their other one; `paired`: of late, since a weighing may come again; `newest_ns`: the end of
    the newest. `presence`: how long the source was watched."""

    waiting: tuple[Weighing, ...] = ()
    paired: tuple[Pair, ...] = ()
    newest_ns: int = 0
    presence: Presence = NEVER_SEEN

    def moved(self) -> "WeighingState":
        """Another scale is read under the name from now on: what waits finds no other one there."""
        return self

    def to_bytes(self) -> bytes:
        """JSON, which `from_bytes` reads back."""
        parts = {
            "weighings": 1,
            "waiting": [asdict(one) for one in self.waiting],
            "paired": [[asdict(one) for one in pair] for pair in self.paired],
            "newest_ns": self.newest_ns,
            "presence": [self.presence.seen_ns, self.presence.owed_ns],
        }
        return json.dumps(parts, separators=(",", ":")).encode()

    @staticmethod
    def from_bytes(data: bytes) -> "WeighingState":
        """The inverse of `to_bytes`. Raises ValueError on bytes that are no state it knows."""
        try:
            parts: dict[str, Any] = json.loads(data)
            if parts["weighings"] != 1:
                raise ValueError(f"weighings of version {parts['weighings']}: start the version that wrote them")
            return WeighingState(
                tuple(Weighing(**one) for one in parts["waiting"]),
                tuple((Weighing(**full), Weighing(**empty)) for full, empty in parts["paired"]),
                int(parts["newest_ns"]),
                Presence(*map(int, parts["presence"])),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"{data[:80]!r} is no state of weighings: {error!r}") from error


def numbered_weighings(state: WeighingState) -> list[Weighing]:
    """Those that have a number of their source, paired or not, in the order in which they came."""
    every = [*state.waiting, *(one for couple in state.paired for one in couple)]
    return sorted((one for one in every if one.sequence > 0), key=lambda one: one.received_ns)


@dataclass(frozen=True, slots=True)
class PairStep:
    """`net`: the events that are known now, or known better; `rejections`: weighings that found no other in time."""

    state: WeighingState
    net: tuple[EventReading, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def pair(tag: Tag, state: WeighingState, reading: EventReading) -> PairStep:
    """Take in one weighing. `tag.pair_within_s` and `tag.low` are set."""
    weighing = Weighing.of(reading)
    state = replace(state, newest_ns=max(state.newest_ns, weighing.end_ns))
    for place, known in enumerate(state.paired):
        if any(one.is_again(weighing) for one in known):
            return _corrected(tag, state, place, weighing)
    waiting = tuple(one for one in state.waiting if not one.is_again(weighing))
    again = next((one for one in state.waiting if one.is_again(weighing)), None)
    if again is not None:  # a later word without a time of its own keeps the time of the first
        weighing = replace(weighing, end_ns=again.end_ns if not reading.end_ns else weighing.end_ns)
    other = min(
        (one for one in waiting if _belong(tag, one, weighing)),
        key=lambda one: abs(one.end_ns - weighing.end_ns),
        default=None,
    )
    if other is None:
        return expire(tag, replace(state, waiting=(*waiting, weighing)), state.newest_ns)
    couple = (other, weighing)
    left = tuple(one for one in waiting if one is not other)
    done = replace(state, waiting=left, paired=(*state.paired, couple))
    return _with_net(expire(tag, done, state.newest_ns), _net(tag, couple))


def expire(tag: Tag, state: WeighingState, now_ns: int) -> PairStep:
    """Give up what waited too long by `now_ns`, and forget pairs that cannot come again."""
    oldest_ns = now_ns - _within_ns(tag)
    late = [one for one in state.waiting if one.end_ns < oldest_ns]
    if not late and not (state.paired and max(one.end_ns for one in state.paired[0]) < oldest_ns - _within_ns(tag)):
        return PairStep(state)
    kept = tuple(one for one in state.waiting if one.end_ns >= oldest_ns)
    # A weighing may come again for as long as another one may still be waited for.
    paired = tuple(
        couple for couple in state.paired if max(one.end_ns for one in couple) >= oldest_ns - _within_ns(tag)
    )
    rejections = tuple(_unpaired(tag, one) for one in late)
    return PairStep(replace(state, waiting=kept, paired=paired), rejections=rejections)


def _corrected(tag: Tag, state: WeighingState, place: int, weighing: Weighing) -> PairStep:
    """A later word on one of a pair: the net event is another one, under the same key and time."""
    one, other = state.paired[place]
    old = one if one.is_again(weighing) else other
    if old.grams == weighing.grams:
        return PairStep(state)
    new = replace(old, grams=weighing.grams, received_ns=weighing.received_ns, quality=weighing.quality)
    couple = (new, other) if old is one else (one, new)
    if abs(new.grams - (other if old is one else one).grams) < _least_g(tag):
        detail = f"{new.key} weighs {new.grams / GRAMS_PER_TONNE:g} t now, which leaves less than low for its load"
        reading = new.reading(tag, new.grams, new.key)
        return PairStep(state, rejections=(rejected_event(tag, reading, Reason.EVENT_TONNES, detail),))
    paired = (*state.paired[:place], couple, *state.paired[place + 1 :])
    return _with_net(PairStep(replace(state, paired=paired)), _net(tag, couple))


def _with_net(step: PairStep, net: EventReading) -> PairStep:
    return replace(step, net=(net,))


def _belong(tag: Tag, one: Weighing, other: Weighing) -> bool:
    near = abs(one.end_ns - other.end_ns) <= _within_ns(tag)
    return one.key == other.key and near and abs(one.grams - other.grams) >= _least_g(tag)


def _net(tag: Tag, couple: Pair) -> EventReading:
    """The load, at the end of the later weighing. A vessel goes round all day: its number and the time are the key."""
    later = max(couple, key=lambda one: one.end_ns)
    worst = replace(later, quality=min(one.quality for one in couple))
    at = datetime.fromtimestamp(later.end_ns // NS, UTC)
    return worst.reading(tag, abs(couple[0].grams - couple[1].grams), f"{later.key} {at:%Y-%m-%dT%H:%M:%SZ}")


def _unpaired(tag: Tag, weighing: Weighing) -> Rejection:
    detail = (
        f"{weighing.key} was weighed once, with {weighing.grams / GRAMS_PER_TONNE:g} t, and not again within "
        f"{tag.pair_within_s / 60:.3g} min: replay it with --value as its net tonnes, or drop it"
    )
    return rejected_event(tag, weighing.reading(tag, weighing.grams, weighing.key), Reason.UNPAIRED, detail)


def _within_ns(tag: Tag) -> int:
    return round(tag.pair_within_s * NS)


def _least_g(tag: Tag) -> int:
    return round((tag.low or 0.0) * GRAMS_PER_TONNE)
