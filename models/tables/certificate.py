"""How complete the readings of a span are: expected, read, backfilled, late, lost, and each gap with its cause.

It is counted in slots of five minutes, as completeness is. What a slot lacks is lost; a slot that has more than it
needs makes up for no other. So the numbers add up: expected = read + backfilled + lost, and the gaps lack what is lost.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.counting.completeness import ENOUGH_TO_LOSE_ONE
from models.counting.increment import BUCKET_S, IncrementFlag
from models.tables.loss_cause import LossCause, LossEvidence, loss_cause
from models.works.plant import Tag

LATE_AFTER_S = 2 * BUCKET_S
"""A reading is late if it was recorded so long after its slot: the ledger notes times of recording to five minutes, so
one that came at once may look five minutes old."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What the ledger has of one tag: `readings` in [start_s, end_s), recorded about `recorded_s` (UTC seconds)."""

    start_s: int
    end_s: int
    recorded_s: int
    readings: int
    flags: IncrementFlag


@dataclass(frozen=True, slots=True)
class TagEvidence:
    """What is known of one tag: its `rows`, and by what its losses are explained."""

    rows: Sequence[ReadingRow]
    losses: LossEvidence = field(default_factory=LossEvidence)


@dataclass(frozen=True, slots=True)
class LostSpan:
    """[start_s, end_s) (UTC seconds) in which `lost` readings are missing."""

    start_s: int
    end_s: int
    lost: int
    cause: LossCause


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCompleteness:
    """Of one tag in a span. `late` are among those that were read; `rejected` are records that were not believed."""

    tag: str
    read: int = 0
    backfilled: int = 0
    late: int = 0
    rejected: int = 0
    gaps: tuple[LostSpan, ...] = ()

    @property
    def lost(self) -> int:
        return sum(gap.lost for gap in self.gaps)

    @property
    def expected(self) -> int:
        return self.read + self.backfilled + self.lost


@dataclass(frozen=True, slots=True)
class UnitCompleteness:
    """Of one unit in [start_s, end_s) (UTC seconds). `shift`: its number in the day; 0: the whole day."""

    unit: str
    shift: int
    start_s: int
    end_s: int
    tags: tuple[TagCompleteness, ...]

    def total(self, what: str) -> int:
        """The sum over its tags of expected, read, backfilled, late, rejected or lost."""
        return sum(getattr(tag, what) for tag in self.tags)

    @property
    def causes(self) -> dict[LossCause, int]:
        """How many readings are lost by what, the most first."""
        return causes_of((self,))

    @property
    def pct(self) -> float | None:
        """The share that is known, in percent; None where nothing was expected."""
        expected = self.total("expected")
        return None if not expected else 100.0 * (expected - self.total("lost")) / expected


def causes_of(units: Iterable[UnitCompleteness]) -> dict[LossCause, int]:
    """How many readings of these units are lost by what, the most first."""
    found: dict[LossCause, int] = {}
    for gap in (gap for unit in units for tag in unit.tags for gap in tag.gaps):
        found[gap.cause] = found.get(gap.cause, 0) + gap.lost
    return dict(sorted(found.items(), key=lambda item: -item[1]))


@dataclass(slots=True)
class _Slot:
    read: int = 0
    backfilled: int = 0
    late: int = 0

    def at_most(self, expected: int) -> "_Slot":
        """What counts of it: more than was expected makes up for no other slot."""
        read = min(self.read, expected)
        return _Slot(read, min(self.backfilled, expected - read), min(self.late, read))


@dataclass(slots=True)
class _Counted:
    slots: dict[int, _Slot] = field(default_factory=dict)

    def add(self, row: ReadingRow, slot_s: int) -> None:
        slot = self.slots.setdefault(row.start_s // slot_s * slot_s, _Slot())
        if row.flags & IncrementFlag.BACKFILLED:
            slot.backfilled += row.readings
            return
        slot.read += row.readings
        if row.recorded_s >= row.end_s + LATE_AFTER_S:
            slot.late += row.readings


def certified(tag: Tag, start_s: int, end_s: int, evidence: TagEvidence) -> TagCompleteness:
    """The completeness of `tag` over whole slots of [start_s, end_s) (UTC seconds)."""
    # A tag that is read less than once in five minutes has longer slots, each with one reading.
    slot_s = max(BUCKET_S, -(-round(tag.cadence_s) // BUCKET_S) * BUCKET_S)
    counted = _Counted()
    for row in evidence.rows:
        if start_s <= row.start_s and row.end_s <= end_s and row.readings:
            counted.add(row, slot_s)
    expected = int(slot_s / tag.cadence_s)
    gaps: list[LostSpan] = []
    slots: list[_Slot] = []
    for slot_start_s in range(-(-start_s // slot_s) * slot_s, end_s - slot_s + 1, slot_s):
        slot = counted.slots.get(slot_start_s, _Slot()).at_most(expected)
        slots.append(slot)
        lost = expected - slot.read - slot.backfilled
        if lost > (1 if expected >= ENOUGH_TO_LOSE_ONE else 0):
            cause = loss_cause(slot_start_s, slot_start_s + slot_s, tag.cadence_s, evidence.losses)
            _join(gaps, LostSpan(slot_start_s, slot_start_s + slot_s, lost, cause))
    return TagCompleteness(
        tag=tag.name,
        read=sum(slot.read for slot in slots),
        backfilled=sum(slot.backfilled for slot in slots),
        late=sum(slot.late for slot in slots),
        rejected=sum(
            item.count for item in evidence.losses.refusals if item.last_s >= start_s and item.first_s < end_s
        ),
        gaps=tuple(gaps),
    )


def _join(gaps: list[LostSpan], gap: LostSpan) -> None:
    if gaps and gaps[-1].end_s == gap.start_s and gaps[-1].cause is gap.cause:
        gaps[-1] = LostSpan(gaps[-1].start_s, gap.end_s, gaps[-1].lost + gap.lost, gap.cause)
    else:
        gaps.append(gap)


def digest(rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 of the rows that a certificate covers, in whatever order they are given; to compare, and to compute
    again."""
    lines = sorted("\x1f".join(str(cell) for cell in row) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
