"""The time in which a unit is expected to produce: all of it, less its approved repairs."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from models.stated.plan import Repair, RepairKind


@dataclass(frozen=True, slots=True)
class Availability:
    """`windows` are the spans [start_ns, end_ns) in which a unit stands, apart from each other and ascending.

    `before_ns[i]` is how long it stood before window i: with these sums, any span is answered by two look-ups. The
    targets ask for every hour of the year.
    """

    windows: Sequence[tuple[int, int]] = ()
    before_ns: Sequence[int] = (0,)

    @staticmethod
    def outside(spans: Iterable[tuple[int, int]]) -> "Availability":
        """All time outside `spans`, which may touch and overlap."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return Availability(merged, list(accumulate((end - start for start, end in merged), initial=0)))

    @staticmethod
    def of_any(members: Sequence["Availability"]) -> "Availability":
        """The time in which at least one of `members` is available; all time without members."""
        if not members:
            return ALWAYS
        common = members[0].windows
        for member in members[1:]:
            common = [
                (max(start, other[0]), min(end, other[1]))
                for start, end in common
                for other in member.windows
                if max(start, other[0]) < min(end, other[1])
            ]
        return Availability.outside(common)

    @property
    def is_always(self) -> bool:
        """Whether it never stands."""
        return not self.windows

    def stopped_ns(self, start_ns: int, end_ns: int) -> int:
        """How long of [start_ns, end_ns) the unit stands by plan."""
        if not self.windows:
            return 0
        return self._stopped_until(end_ns) - self._stopped_until(start_ns)

    def available_ns(self, start_ns: int, end_ns: int) -> int:
        """How long of [start_ns, end_ns) the unit is expected to produce."""
        return end_ns - start_ns - self.stopped_ns(start_ns, end_ns)

    def _stopped_until(self, instant_ns: int) -> int:
        # An instant before the first window finds none; at the start of one it may find the one before, which is over.
        index = bisect_right(self.windows, (instant_ns, instant_ns)) - 1
        if index < 0:
            return 0
        start, end = self.windows[index]
        return self.before_ns[index] + min(instant_ns, end) - start


ALWAYS = Availability()


def availability_by_unit(
    repairs: Iterable[Repair], kinds: Sequence[RepairKind] = tuple(RepairKind)
) -> dict[str, Availability]:
    """The availability of every unit that has a repair of one of `kinds`."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for repair in repairs:
        if not repair.withdrawn and repair.kind in kinds:
            spans.setdefault(repair.unit, []).append((repair.start_ns, repair.end_ns))
    return {unit: Availability.outside(found) for unit, found in spans.items()}
