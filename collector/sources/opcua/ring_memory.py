"""What the slots of a ring said when they were looked at: an event that is corrected in place keeps its sequence."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.counting.event_key import number_of
from models.counting.increment import GRAMS_PER_TONNE

LOOK_AGAIN_S = 60.0
"""A ring whose head stands is looked at once a minute: who corrects a heat does so minutes later, and a look is two
requests. A judgement."""


@dataclass(frozen=True, slots=True)
class SlotContent:
    """What a slot says of its event. `grams`: None if it gives no finite number; `end_ns`: None if unknown."""

    key: str
    grams: int | None
    end_ns: int | None

    @staticmethod
    def of(key: object, tonnes: float | None, end_ns: int | None) -> "SlotContent":
        """A number that was used twice is kept in the ledger with (2) behind it, and in the ring without."""
        grams = None if tonnes is None or not math.isfinite(tonnes) else round(tonnes * GRAMS_PER_TONNE)
        return SlotContent(number_of(str(key)), grams, end_ns)

    def says_the_same(self, other: "SlotContent") -> bool:
        """Whether nothing that is known of both differs."""
        ends = {end for end in (self.end_ns, other.end_ns) if end is not None}
        return (self.key, self.grams) == (other.key, other.grams) and len(ends) <= 1


class RingMemory:
    """By sequence, what was said of each event when it was taken, or looked at last."""

    def __init__(self, known: Mapping[int, SlotContent]) -> None:
        self._known = dict(known)

    def changed(self, now: Mapping[int, SlotContent]) -> dict[int, SlotContent]:
        """Those of `now` that said something else before, with what that was. What was never seen says nothing."""
        return {
            sequence: before
            for sequence, content in now.items()
            if (before := self._known.get(sequence)) is not None and not before.says_the_same(content)
        }

    def is_another(self, now: Mapping[int, SlotContent]) -> bool:
        """Whether no event that is there now is one that was there before: the ring began anew."""
        both = now.keys() & self._known.keys()
        return bool(both) and all(now[sequence].key != self._known[sequence].key for sequence in both)

    def note(self, now: Mapping[int, SlotContent]) -> None:
        """Remember what the ring holds now, and nothing that it no longer holds."""
        self._known = {sequence: replace(content, end_ns=content.end_ns or None) for sequence, content in now.items()}
