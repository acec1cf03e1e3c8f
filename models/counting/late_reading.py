"""Kept readings of a counter, and how a late reading between two of them is counted.

The order in which readings arrive never changes the sum of a bucket. For this, some readings of a counter are kept as
anchors: the first and the last of each ledger bucket, and both sides of whatever could not be counted. The sums between
two neighbouring anchors hold exactly what `growth` says of these two. A late reading is compared with the two anchors
around it: what they counted is withdrawn, and counted anew by way of the late one. It is never a reset.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.counting.accepted_step import NO_CHANGE, AnchorChange, Refusal
from models.counting.counter_step import (
    Anchor,
    CountedSpan,
    Growth,
    Relation,
    TotalizerRule,
    counted_span,
    growth,
    redundant,
)
from models.counting.increment import IncrementFlag
from models.counting.totalizer import refusal
from models.works.codes import Quality, Reason
from models.works.exact_number import written

Around = Callable[[int], tuple[Anchor | None, Anchor | None]]
"""Given a time (ns): the last kept anchor of a counter at or before it, and the first at or after it.

An anchor at that very time is both: the reading is a repetition.
"""


class PendingAnchors:
    """The anchors of one counter in the middle of a transaction: what is stored, and what has changed since.

    A step of the ledger counts thousands of readings before it writes, and a late one among them must see the anchors
    that earlier ones put and deleted. `around` answers as if these changes were stored already. It asks `stored` (the
    disk) only when it is asked itself, which is for late readings alone.
    """

    def __init__(self, stored: Around) -> None:
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
        # What is stored may have been deleted since: step outwards until an anchor stands.
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


# Relations that a true counter may show on both sides of a late reading. A jump or a reset on one side alone means that
# the late value belongs to neither neighbour.
_POSSIBLE = frozenset({Relation.COUNTED, Relation.AMBIGUOUS, Relation.UNPROVEN})


@dataclass(frozen=True, slots=True)
class LateStep:
    """What a late reading changes. `withdrawn` is a span as it was counted: subtract its split.

    `readings` is 1 if the reading adds to completeness. One between two anchors of its own bucket adds nothing, for the
    readings between anchors are not kept: it cannot be told from a repeated one, which must not count twice.
    """

    withdrawn: CountedSpan | None = None
    counted: tuple[CountedSpan, ...] = ()
    refused: Refusal | None = None
    readings: int = 0
    anchors: AnchorChange = NO_CHANGE


def recount_late(
    rule: TotalizerRule,
    previous: Anchor | None,
    following: Anchor,
    late: Anchor,
    quality: Quality,
    *,
    before_previous: Anchor | None = None,
) -> LateStep:
    """Recount what stands between the anchors `previous` and `following`, by way of `late`.

    `previous` and `following` are the kept anchors nearest to `late` in time. One at the very time of `late` makes it a
    repetition, which changes nothing. If `before_previous`, the anchor before `previous`, is given, an anchor that is
    no longer needed is deleted. A reading that does not fit its neighbours is refused: LATE_INCONSISTENT.
    """
    refused = refusal(rule, late.value, quality)
    if refused is not None:
        return LateStep(refused=refused)
    if late.time_ns == following.time_ns or (previous is not None and late.time_ns == previous.time_ns):
        return LateStep()
    right = growth(rule, late, following)
    left = None if previous is None else growth(rule, previous, late)
    if Relation.JITTER in (right.relation, left and left.relation):
        return LateStep()  # within the back-step tolerance, it says nothing that its neighbours do not
    whole = None if previous is None else growth(rule, previous, following)
    if not _fits(whole, left, right):
        return LateStep(refused=_inconsistent(previous, following, late))
    if previous is not None and redundant(rule, previous, late, following):
        return LateStep()
    flags = IncrementFlag.NONE if quality == Quality.GOOD else IncrementFlag.UNCERTAIN
    pairs = [(late, following)] if previous is None else [(previous, late), (late, following)]
    spans = [counted_span(rule, earlier, later, flags) for earlier, later in pairs]
    needless = before_previous is not None and previous is not None and redundant(rule, before_previous, previous, late)
    return LateStep(
        withdrawn=None if previous is None else counted_span(rule, previous, following),
        counted=tuple(span for span in spans if span is not None),
        readings=1,
        anchors=AnchorChange(put=(late,), delete=(previous.time_ns,) if needless and previous is not None else ()),
    )


def _fits(whole: Growth | None, left: Growth | None, right: Growth) -> bool:
    """Whether the late reading may lie between its neighbours; `whole` is what these two say without it."""
    if whole is None or left is None:  # older than every anchor
        return right.relation in _POSSIBLE
    if left.relation is Relation.JUMP:
        return False
    if whole.relation is Relation.COUNTED:
        # The growth is known already, so a true reading in between divides it and cannot change it.
        return left.countable and right.countable and left.grams + right.grams == whole.grams
    if whole.relation in (Relation.AMBIGUOUS, Relation.UNPROVEN):
        # A rollover that was missed or could not be proved: the late reading may prove it.
        return left.relation in _POSSIBLE and right.relation in _POSSIBLE
    # A reset lies between the neighbours: the late reading belongs to the course before it or to the one after it.
    return left.countable or right.countable


def _inconsistent(previous: Anchor | None, following: Anchor, late: Anchor) -> Refusal:
    before = "nothing" if previous is None else written(previous.value)
    return Refusal(
        Reason.LATE_INCONSISTENT,
        f"late {written(late.value)} does not fit between {before} before it and {written(following.value)}",
    )
