"""Kept readings of one counter in the middle of a transaction: what is stored, and what has changed since."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence

from models.counting.counter_step import Anchor
from models.counting.totalizer import AnchorChange

Stored = Callable[[int], tuple[Anchor | None, Anchor | None]]
"""Given a time (ns): the last stored anchor at or before it, and the first at or after it."""


class PendingAnchors:
    """Answers `around` as if the changes applied so far were stored already. Asks `stored` only when asked itself."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._put: dict[int, Anchor] = {}
        self._times: list[int] = []
        self._deleted: set[int] = set()

    def apply(self, change: AnchorChange) -> None:
        """Note what one reading changed."""
        for anchor in change.put:
            if anchor.time_ns not in self._put:
                insort(self._times, anchor.time_ns)
            self._put[anchor.time_ns] = anchor
            self._deleted.discard(anchor.time_ns)
        for time_ns in change.delete:
            if self._put.pop(time_ns, None) is not None:
                del self._times[bisect_left(self._times, time_ns)]
            self._deleted.add(time_ns)

    def around(self, time_ns: int) -> tuple[Anchor | None, Anchor | None]:
        """The last anchor at or before `time_ns`, and the first at or after it."""
        before, after = self._stored(time_ns)
        while before is not None and before.time_ns in self._deleted:
            before = self._stored(before.time_ns - 1)[0]
        while after is not None and after.time_ns in self._deleted:
            after = self._stored(after.time_ns + 1)[1]
        earlier, later = bisect_right(self._times, time_ns), bisect_left(self._times, time_ns)
        if earlier and (before is None or self._times[earlier - 1] >= before.time_ns):
            before = self._put[self._times[earlier - 1]]
        if later < len(self._times) and (after is None or self._times[later] <= after.time_ns):
            after = self._put[self._times[later]]
        return before, after

    def changes(self) -> tuple[Sequence[Anchor], Sequence[int]]:
        """(anchors to put, times to delete) that bring what is stored up to date; a time is in one of them only."""
        return list(self._put.values()), sorted(self._deleted)
