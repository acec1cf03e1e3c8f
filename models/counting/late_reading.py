"""Counts a totalizer reading that arrives after a newer one, so that the order of arrival never changes a bucket's sum.

Of the readings of a counter some are kept as anchors: the first and the last of each ledger bucket, and both sides of
whatever could not be counted. Between two neighbouring anchors stands in the sums exactly what `growth` says of these
two. A late reading is compared with the two anchors around it: what they counted is withdrawn, and counted anew by way
of the late one. It is never a reset.
"""

from dataclasses import dataclass

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
from models.counting.totalizer import NO_CHANGE, AnchorChange, Refusal, refusal
from models.works.codes import Quality, Reason

_POSSIBLE = frozenset({Relation.COUNTED, Relation.AMBIGUOUS, Relation.UNPROVEN})


@dataclass(frozen=True, slots=True)
class LateStep:
    """What a late reading changes. `withdrawn` is a span as it was counted: subtract its split.

    `readings` is 1 when the reading adds to completeness; one that lies between readings of its own bucket adds
    nothing, for it cannot be told from a repeated one.
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

    `previous` and `following` are the kept anchors nearest to `late` in time; one at the very time of `late` makes
    it a repetition, which changes nothing. With `before_previous`, the anchor before `previous`, anchors that become
    needless are given up. A reading that does not fit its neighbours is refused: LATE_INCONSISTENT.
    """
    refused = refusal(rule, late.value, quality)
    if refused is not None:
        return LateStep(refused=refused)
    if late.time_ns == following.time_ns or (previous is not None and late.time_ns == previous.time_ns):
        return LateStep()
    right = growth(rule, late, following)
    left = None if previous is None else growth(rule, previous, late)
    if Relation.JITTER in (right.relation, left and left.relation):
        return LateStep()
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
    if whole is None or left is None:  # older than every anchor
        return right.relation in _POSSIBLE
    if left.relation is Relation.JUMP:
        return False
    if whole.relation is Relation.COUNTED:
        return left.countable and right.countable and left.grams + right.grams == whole.grams
    if whole.relation in (Relation.AMBIGUOUS, Relation.UNPROVEN):
        return left.relation in _POSSIBLE and right.relation in _POSSIBLE
    return left.countable or right.countable


def _inconsistent(previous: Anchor | None, following: Anchor, late: Anchor) -> Refusal:
    before = "nothing" if previous is None else repr(previous.value)
    return Refusal(
        Reason.LATE_INCONSISTENT, f"late {late.value!r} does not fit between {before} before it and {following.value!r}"
    )
