"""Counts what a totalizer grew, reading by reading, by the counting rules of the works.

What one step means (growth, jitter, a wrap, a fall, a jump) is judged in `counter_step`. Readings that leave the
counter's course are followed in `suspect_run` until later ones explain them, or show that the counter was reset.
Readings are ordered by source time. The state is a value: step it, keep its bytes, and go on after a restart.

The invariant: a step is believed if the readings before it explain it within the greatest rate, allowing for the step
in which the counter moves and for bounded jitter of stamps. So a true counter, however coarse, jittered or thinned, is
counted whole. Nothing is guessed (what no reading explains counts zero and leaves an uncertain gap), nothing is counted
twice (a repeated reading counts nothing), and grams telescope: over any run of counted steps their sum is the last
value minus the first, rollovers added.
"""

import math
from dataclasses import replace

from models.counting.accepted_step import AnchorChange, Refusal, TotalizerStep, accept, explained, returned
from models.counting.counter_step import Anchor, Growth, Relation, TotalizerRule, growth
from models.counting.increment import UncertainGap
from models.counting.rollover import judged, may_be_reset
from models.counting.suspect_run import follow, given_up, stands_apart
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Quality, Reason
from models.works.exact_number import Number, written

ANOTHER_COUNTER = "another counter is read since: the address or the scale of its tag was changed"


def refusal(rule: TotalizerRule, value: Number, quality: Quality) -> Refusal | None:
    """Why a reading may never enter a sum, whatever stands before it; None if it may."""
    if quality == Quality.BAD:
        return Refusal(Reason.BAD_QUALITY, "bad quality never enters a sum")
    if not math.isfinite(value * rule.grams_per_unit):
        return Refusal(Reason.NOT_A_NUMBER, f"{written(value)} is not a number that can be counted")
    if rule.modulus is not None and not 0 <= value <= rule.modulus:
        return Refusal(
            Reason.OUT_OF_RANGE,
            f"{written(value)} is outside 0 to {written(rule.modulus)}, where the counter starts anew",
        )
    return None


def step(rule: TotalizerRule, state: TotalizerState, time_ns: int, value: Number, quality: Quality) -> TotalizerStep:
    """Judge one reading (UTC ns, value in the tag's unit) against `state`.

    GOOD and UNCERTAIN readings count, the latter flagged; BAD ones never. Only `TotalizerStep.state` carries over.
    """
    refused = refusal(rule, value, quality)
    if refused is not None:
        return TotalizerStep(state, refused=refused)
    uncertain = quality != Quality.GOOD
    if state.base is None:
        return _first(rule, state, Anchor(time_ns, value), uncertain=uncertain)
    reading = _in_order(rule, state.base, Anchor(time_ns, value))
    if reading is None:  # at the very time of the base it is a repetition
        return TotalizerStep(state, late=time_ns < state.base.time_ns)
    grown = judged(rule, state, state.base, reading)
    if stands_apart(rule, state, reading):
        return follow(rule, state, reading, grown, uncertain=uncertain)
    if grown.relation is Relation.UNPROVEN or (grown.countable and explained(rule, state, state.base, reading, grown)):
        return _believe(rule, state, reading, grown, uncertain=uncertain)
    if grown.relation is Relation.JITTER and not _swapped(rule, state.base, reading):
        return _tolerate(rule, state, reading)
    back = returned(rule, state, reading, grown, uncertain=uncertain)
    return back or follow(rule, state, reading, grown, uncertain=uncertain)


def _first(rule: TotalizerRule, state: TotalizerState, reading: Anchor, *, uncertain: bool) -> TotalizerStep:
    """The first reading of a counter, from which it is counted. What another one made since its last is not known."""
    # A counter that stands has an old stamp: it was read here after the other one all the same.
    first = Anchor(max(reading.time_ns, state.left_ns + 1), reading.value)
    gap = UncertainGap(rule.tag, state.left_ns, first.time_ns, ANOTHER_COUNTER) if state.left_ns else None
    kept = TotalizerState(base=first, newest_ns=first.time_ns, uncertain=uncertain, left_ns=state.left_ns)
    return TotalizerStep(kept, gap=gap, readings=1, anchors=AnchorChange(put=(first,)))


def _in_order(rule: TotalizerRule, base: Anchor, reading: Anchor) -> Anchor | None:
    """`reading` at a time after the base; None if it is late, or repeated.

    A stamp that is not after the base's, on a value that is beyond it, was jittered: the value came after the base.
    """
    if reading.time_ns > base.time_ns:
        return reading
    # Without a greatest rate nothing bounds what jitter may have done, so such a counter goes by its stamps alone.
    if rule.rate_g_per_h is None or base.time_ns - reading.time_ns >= rule.jitter_ns or reading.value == base.value:
        return None
    raised = Anchor(base.time_ns + 1, reading.value)
    since_base = growth(rule, base, raised)
    if not since_base.countable or since_base.grams <= rule.back_step_g:
        return None
    swapped = reading.time_ns == base.time_ns or growth(rule, reading, base).relation is Relation.JITTER
    return raised if swapped else None


def _swapped(rule: TotalizerRule, base: Anchor, reading: Anchor) -> bool:
    """Whether a fall is more than the scale's own jitter: only stamps in the wrong order explain it."""
    return rule.grams(reading.value) < rule.grams(base.value) - rule.back_step_g


def _tolerate(rule: TotalizerRule, state: TotalizerState, reading: Anchor) -> TotalizerStep:
    """Jitter of the scale: the base stays as its high-water mark."""
    ended = given_up(rule, state, reading)
    return TotalizerStep(
        replace(ended.state, newest_ns=max(state.newest_ns, reading.time_ns)),
        refused=ended.refused,
        readings=int(reading.time_ns > state.newest_ns),
    )


def _believe(
    rule: TotalizerRule, state: TotalizerState, reading: Anchor, grown: Growth, *, uncertain: bool
) -> TotalizerStep:
    doubtful = may_be_reset(rule, state, reading, grown)
    if state.suspect is None:
        return accept(rule, state, reading, grown, uncertain=uncertain, doubtful=doubtful)
    ended = given_up(rule, state, reading)
    doubtful |= ended.doubtful
    done = accept(rule, ended.state, reading, grown, uncertain=uncertain, doubtful=doubtful)
    return replace(done, refused=ended.refused)
