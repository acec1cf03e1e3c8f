"""Readings of counters that came before it was known by how much their clock is off: they wait for it.

Three stamps tell the offset. What came with the first two, and what looked as if it stood for hours, is counted by the
offset then, for the first reading of a counter is the base of all that follows. Nothing of this is on disk: after a
restart the counter's next reading tells what it grew since the last one that was believed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.counting.reading import ReadingBatch
from models.counting.stamp_rule import StampState
from models.works.codes import Quality
from models.works.exact_number import Number

MOST = 30
"""Of one counter: three publications of ten changes each, which is what a server keeps between them by default."""
Row = tuple[int, Number, int, Quality]
"""(tag, value, UTC ns, quality)."""


@dataclass(frozen=True, slots=True)
class WaitingReading:
    """One that waits, with the stamp that its source gave."""

    value: Number
    stamp_ns: int
    quality: Quality


Waiting = Mapping[int, tuple[WaitingReading, ...]]
"""By tag, in the order in which they came."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the readings of one tag: those that wait on, those to give with their times, those to refuse."""

    waiting: tuple[WaitingReading, ...] = ()
    given: tuple[Row, ...] = ()
    refused: tuple[Row, ...] = ()


def settle(
    tag: int, waiting: Sequence[WaitingReading], now: WaitingReading, state: StampState | None, offset_ns: int
) -> Settled:
    """Judge what waits by the newest reading of the tag. `state`: None if that waits too."""
    earlier = [item for item in waiting if item.stamp_ns != now.stamp_ns]
    if state is None:
        kept = (*earlier, now)
        return Settled(waiting=kept[-MOST:], refused=_as_stamped(tag, kept[:-MOST]))
    if state is StampState.FROZEN:
        return Settled(waiting=tuple(waiting))
    if state is StampState.CORRECTED:
        # Marked like all that is corrected.
        moved = [
            replace(item, stamp_ns=item.stamp_ns - offset_ns, quality=min(item.quality, Quality.UNCERTAIN))
            for item in earlier
        ]
        return Settled(given=_as_stamped(tag, moved))
    if state is StampState.RIGHT:
        # The clock is right: what is older stood, or is of a backlog, and what is ahead of it never was right.
        older = [item for item in earlier if item.stamp_ns < now.stamp_ns]
        ahead = [item for item in earlier if item.stamp_ns > now.stamp_ns]
        return Settled(given=_as_stamped(tag, older), refused=_as_stamped(tag, ahead))
    return Settled(refused=_as_stamped(tag, earlier))


def settle_all(
    waiting: Waiting, batch: ReadingBatch, states: Mapping[int, StampState | None], offset_ns: NDArray[np.int64]
) -> tuple[list[Settled], Waiting]:
    """What becomes of what waits, by rows of a batch, and what waits then. `offset_ns`: by tag."""
    kept, settled = dict(waiting), []
    for row, state in states.items():
        tag = int(batch.tags[row])
        now = WaitingReading(batch.number(row), int(batch.times_ns[row]), Quality(int(batch.quality[row])))
        done = settle(tag, kept.pop(tag, ()), now, state, int(offset_ns[tag]))
        settled.append(done)
        if done.waiting:
            kept[tag] = done.waiting
    return settled, kept


def _as_stamped(tag: int, readings: Sequence[WaitingReading]) -> tuple[Row, ...]:
    return tuple((tag, item.value, item.stamp_ns, item.quality) for item in readings)


def without(waiting: Waiting, tags: Sequence[int]) -> Waiting:
    """What waits, but for these tags."""
    return {tag: readings for tag, readings in waiting.items() if tag not in tags}
