"""Readings that left the course of a counter: followed until later ones explain them, or show that it was reset.

Nothing counts while they wait, and nothing is lost: the course that they left is held against each later reading.
A rise that the greatest step may explain is believed once three later readings agree with it, or one is within the
rate. A rise beyond that becomes a reset once three later readings agree; elapsed time never makes it plausible. So does
a fall, but only once the counter grows on its new course: until then nothing depends on it. A counter that comes back
was never reset.
"""

from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from models.counting.accepted_step import AnchorChange, Refusal, TotalizerStep, accept, explicable
from models.counting.counter_step import (
    Anchor,
    Growth,
    Relation,
    TotalizerRule,
    counted_span,
    growth,
    redundant,
    same_bucket,
)
from models.counting.increment import MOST_GRAMS, IncrementFlag, UncertainGap
from models.counting.totalizer_state import Suspect, TotalizerState
from models.works.calendar import NS
from models.works.codes import Reason
from models.works.exact_number import written


class _Left(Enum):
    """How a run left the course."""

    BEYOND = "beyond"  # a rise that neither steps nor jitter explain
    AHEAD = "ahead"  # a rise that the greatest step would explain
    FALLEN = "fallen"


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The state without its run, what is said of the run, and whether the run would have explained the reading too."""

    state: TotalizerState
    refused: Refusal | None = None
    doubtful: bool = False


def stands_apart(rule: TotalizerRule, state: TotalizerState, reading: Anchor) -> bool:
    """Whether a reading is compared with the run alone, for the run is beyond all that the base explains."""
    base, run = state.base, state.suspect
    return (
        base is not None
        and run is not None
        and rule.grams(reading.value) >= rule.grams(run.level) - rule.back_step_g
        and _left(rule, base, run) is _Left.BEYOND
    )


def given_up(rule: TotalizerRule, state: TotalizerState, reading: Anchor) -> GivenUp:
    """End the run, if there is one, for `reading` is on the course; a reading of before the run ends nothing."""
    base, run = state.base, state.suspect
    if base is None or run is None or reading.time_ns < run.first.time_ns:
        return GivenUp(state)
    ended, first, left = replace(state, suspect=None), run.first, _left(rule, base, run)
    seconds = f"{(reading.time_ns - first.time_ns) / NS:g} s later"
    ahead_g = growth(rule, base, first).grams - growth(rule, base, reading).grams
    if left is _Left.AHEAD and ahead_g > rule.back_step_g:
        detail = f"rose {_way(base, first)}, and was at {written(reading.value)} {seconds}: not counted"
        return GivenUp(ended, Refusal(Reason.NOT_CONFIRMED, detail, first))
    # A fall that swapped stamps explain is no fault, and what was beyond belief was refused when it came.
    if left is not _Left.FALLEN or growth(rule, base, first).relation is Relation.JITTER:
        return GivenUp(ended)
    detail = f"fell {_way(base, first)}, and was back at {written(reading.value)} {seconds}: no reset"
    # The run may have been a reset and new growth, or the old counter may have been set to another value meanwhile.
    since_base = growth(rule, base, reading)
    doubtful = growth(rule, run.last, reading).countable or since_base.grams > rule.minute_g
    return GivenUp(ended, Refusal(Reason.NOT_CONFIRMED, detail, first), doubtful)


def follow(
    rule: TotalizerRule, state: TotalizerState, reading: Anchor, grown: Growth, *, uncertain: bool
) -> TotalizerStep:
    """Judge a reading that is not on the course: with the run that left it before, or as the first of a new run.

    `grown`: what it is to the base.
    """
    base, run = state.base, state.suspect
    assert base is not None  # noqa: S101 - a reading leaves the course of a base only
    if run is None:
        return _begin(rule, state, base, reading, _new_run(reading, grown))
    left = _left(rule, base, run)
    if reading.time_ns <= run.newest_ns:  # a repetition confirms nothing
        told = grown.relation is Relation.JUMP and reading.time_ns < run.newest_ns
        return TotalizerStep(state, refused=_too_fast(rule, base, reading) if told else None)
    along = growth(rule, run.last, reading)
    fell = grown.relation in (Relation.RESET, Relation.JITTER)
    if along.relation not in (Relation.COUNTED, Relation.JITTER) or fell is not (left is _Left.FALLEN):
        new = _new_run(reading, grown)
        if stands_apart(rule, state, reading):
            new = replace(new, level=min(run.level, reading.value), beyond=True)
        return _begin(rule, state, base, reading, new)
    last = reading if along.relation is Relation.COUNTED else run.last
    run, middle = replace(run, last=last, newest_ns=reading.time_ns, confirmed=run.confirmed + 1), run.last
    if run.confirmed < rule.confirmations:
        return _hold(rule, state, base, run, reading)
    if left is _Left.AHEAD:
        if grown.countable and explicable(rule, state, base, reading, grown):
            return accept(rule, replace(state, suspect=None), reading, grown, uncertain=uncertain)
        return replace(_hold(rule, state, base, run, reading), refused=_too_fast(rule, base, reading))
    grows = rule.grams(last.value) > rule.grams(run.first.value) and grown.relation is not Relation.JITTER
    if left is _Left.FALLEN and not grows:
        return _hold(rule, state, base, run, reading)
    return _reset(rule, state, base, (run.first, middle, last), uncertain=uncertain)


def _left(rule: TotalizerRule, base: Anchor, run: Suspect) -> _Left:
    since_base = growth(rule, base, run.first)
    if run.beyond or since_base.relation is Relation.JUMP:
        return _Left.BEYOND
    # A rollover that is followed was faster than the counter can be: it was a reset.
    return _Left.AHEAD if since_base.countable and not since_base.wrapped else _Left.FALLEN


def _new_run(reading: Anchor, grown: Growth) -> Suspect:
    beyond = grown.relation is Relation.JUMP
    return Suspect(level=reading.value, first=reading, last=reading, newest_ns=reading.time_ns, beyond=beyond)


def _begin(rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor, run: Suspect) -> TotalizerStep:
    ended = given_up(rule, state, reading)
    held = _hold(rule, state, base, run, reading)
    return replace(held, refused=held.refused or ended.refused)


def _hold(rule: TotalizerRule, state: TotalizerState, base: Anchor, run: Suspect, reading: Anchor) -> TotalizerStep:
    """Wait with the run. One that is beyond belief is told at once, and its readings are none until it is a reset."""
    if _left(rule, base, run) is _Left.BEYOND:
        return TotalizerStep(replace(state, suspect=run), refused=_too_fast(rule, base, reading))
    return TotalizerStep(
        replace(state, suspect=run, newest_ns=max(state.newest_ns, reading.time_ns)),
        readings=int(reading.time_ns > state.newest_ns),
    )


def _reset(
    rule: TotalizerRule, state: TotalizerState, base: Anchor, run: tuple[Anchor, Anchor, Anchor], *, uncertain: bool
) -> TotalizerStep:
    """Take a run, given by its first reading and its last two, as the counter's new course: what it grew counts.

    Between the old course and the new one nothing does: that is the gap. If the run itself cannot be counted, the gap
    reaches to its end.
    """
    first, middle, last = run
    flags = IncrementFlag.UNCERTAIN if uncertain else IncrementFlag.NONE
    kept = [first, last] if middle in (first, last) or redundant(rule, *run) else [first, middle, last]
    kept = kept if first != last else [last]
    spans = [counted_span(rule, *pair, flags) for pair in pairwise(kept)]
    counted = tuple(span for span in spans if span is not None)
    gap_end = first if len(counted) == len(spans) else last
    left_ns = state.left_ns
    since_base = growth(rule, base, first)
    if since_base.wrapped:
        # To whoever looks at the two readings alone it is a rollover, so no late reading may be held against both.
        left_ns = first.time_ns - 1
    way = "reset upward" if rule.grams(first.value) > rule.grams(base.value) else "reset"
    cause = f"counter was {way} {_way(base, gap_end)}"
    if since_base.wrapped:
        seconds = (first.time_ns - base.time_ns) / NS
        cause += (
            f": {since_base.grams / rule.grams_per_unit:.10g} over the rollover in {seconds:g} s is too fast for it"
        )
    before = kept[-2] if len(kept) > 1 and same_bucket(kept[-2], last) else None
    newest_ns = max(state.newest_ns, last.time_ns)
    return TotalizerStep(
        TotalizerState(base=last, before=before, newest_ns=newest_ns, uncertain=uncertain, left_ns=left_ns),
        counted=counted,
        gap=UncertainGap(rule.tag, base.time_ns, gap_end.time_ns, cause),
        readings=1,
        anchors=AnchorChange(put=tuple(kept)),
    )


def _way(earlier: Anchor, later: Anchor) -> str:
    return f"from {written(earlier.value)} to {written(later.value)}"


def _too_fast(rule: TotalizerRule, base: Anchor, reading: Anchor) -> Refusal:
    duration_ns = reading.time_ns - base.time_ns
    believable_g = rule.believable_g(duration_ns)

    def in_units(grams: int) -> str:
        return f"{grams / rule.grams_per_unit:.10g}"

    allowed = (
        f"{in_units(believable_g)} that {in_units(rule.rate_g_per_h or 0)} an hour allow with "
        f"stamps off by {rule.jitter_ns / NS:g} s and steps of {in_units(rule.step_g)}"
        if believable_g < MOST_GRAMS
        else f"{in_units(MOST_GRAMS)} that are counted at once at the most; correct max_rate_per_h, which allows it"
    )
    return Refusal(
        Reason.RATE_TOO_HIGH, f"rose {_way(base, reading)} in {duration_ns / NS:g} s: more than the {allowed}"
    )
