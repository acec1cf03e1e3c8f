"""What an accepted reading does to a counter: growth counted, a gap left, anchors kept, what was wrong withdrawn."""

from dataclasses import dataclass, replace

from models.counting.counter_step import (
    Anchor,
    CountedSpan,
    Growth,
    Relation,
    TotalizerRule,
    counted_span,
    growth,
    redundant,
    same_bucket,
    span_of,
)
from models.counting.increment import IncrementFlag, UncertainGap
from models.counting.planned_reset import AS_PLANNED
from models.counting.resolution import finer
from models.counting.totalizer_state import TotalizerState
from models.works.calendar import HOUR_NS
from models.works.codes import Reason
from models.works.exact_number import Number, written


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a reading was not believed. `reading`: which one, if it is one before the reading that was judged."""

    reason: Reason
    detail: str
    reading: Anchor | None = None


@dataclass(frozen=True, slots=True)
class AnchorChange:
    """Readings to keep, and times (ns) of kept ones that are needed no more."""

    put: tuple[Anchor, ...] = ()
    delete: tuple[int, ...] = ()


NO_CHANGE = AnchorChange()


@dataclass(frozen=True, slots=True)
class TotalizerStep:
    """What one reading did. `late`: it is older than the base and did nothing; give it to `recount_late`.

    `withdrawn` is a span as it was counted, which proved wrong: subtract its split. `readings` is 1 when the reading
    adds to completeness: believed, or waiting for its explanation, and not seen before.
    """

    state: TotalizerState
    counted: tuple[CountedSpan, ...] = ()
    withdrawn: CountedSpan | None = None
    gap: UncertainGap | None = None
    refused: Refusal | None = None
    late: bool = False
    readings: int = 0
    anchors: AnchorChange = NO_CHANGE


def explained(rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor, grown: Growth) -> bool:
    """Whether all readings before leave room for this growth under the greatest rate, at the step known so far.

    As long as no rise was seen, any step may be the counter's own.
    """
    rate_g = rule.rate_g_per_h
    if rate_g is None or (state.slowest is None and grown.grams * HOUR_NS <= rate_g * (reading.time_ns - base.time_ns)):
        return True  # nearly always
    step_g = rule.resolution_g or min(state.finest_g or rule.step_g, rule.step_g)
    return _room_g(rule, state, base, reading, grown, step_g) >= 0


def explicable(rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor, grown: Growth) -> bool:
    """Whether they leave room for it if the counter moves in the greatest steps."""
    return _room_g(rule, state, base, reading, grown, rule.step_g) >= 0


def _room_g(
    rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor, grown: Growth, step_g: int
) -> int:
    since_ns, since_g = _slowest(rule, state, base)
    return rule.believable_g(reading.time_ns - since_ns, step_g) - (rule.grams(base.value) + grown.grams - since_g)


def _slowest(rule: TotalizerRule, state: TotalizerState, base: Anchor) -> tuple[int, int]:
    return state.slowest or (base.time_ns, rule.grams(base.value))


def accept(
    rule: TotalizerRule,
    state: TotalizerState,
    reading: Anchor,
    grown: Growth,
    *,
    uncertain: bool,
    doubtful: bool = False,
) -> TotalizerStep:
    """Take a reading as the new base: what the counter grew since the old one counts, if that is known.

    `uncertain`: the reading's quality is; `doubtful`: something else than this growth may have happened.
    """
    base = state.base
    assert base is not None  # noqa: S101 - a reading is judged only against a base
    # A difference is as uncertain as the less certain of its two readings.
    flags = IncrementFlag.UNCERTAIN if uncertain or state.uncertain or doubtful else IncrementFlag.NONE
    drop_base = state.before is not None and redundant(rule, state.before, base, reading, grown)
    earlier_here = base if same_bucket(base, reading) else None
    counted = span_of(grown, base, reading, flags)
    return TotalizerStep(
        replace(
            state,
            base=reading,
            before=state.before if drop_base else earlier_here,
            newest_ns=max(state.newest_ns, reading.time_ns),
            uncertain=uncertain,
            prior=base,
            slowest=_slowest_after(rule, state, base, reading, grown),
            finest_g=finer(state.finest_g, grown.grams),
        ),
        counted=() if counted is None else (counted,),
        gap=_gap(rule, base, reading, grown),
        readings=int(reading.time_ns > state.newest_ns),
        anchors=AnchorChange(put=(reading,), delete=(base.time_ns,) if drop_base else ()),
    )


def _slowest_after(
    rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor, grown: Growth
) -> tuple[int, int] | None:
    reading_g = rule.grams(reading.value)
    if rule.rate_g_per_h is None or grown.relation is not Relation.COUNTED:
        return None  # after a gap the new base is all that is known
    since_ns, since_g = _slowest(rule, state, base)
    risen_g = rule.grams(base.value) + grown.grams - since_g
    if risen_g <= rule.rate_g_per_h * (reading.time_ns - since_ns) // HOUR_NS:
        return None  # it is the base itself
    return since_ns, reading_g - risen_g


def _gap(rule: TotalizerRule, base: Anchor, reading: Anchor, grown: Growth) -> UncertainGap | None:
    if grown.relation is Relation.COUNTED:
        return None
    end_ns = reading.time_ns
    planned_ns = None if rule.resets is None else rule.resets.last_between(base.time_ns, reading.time_ns)
    if grown.relation is Relation.PLANNED_RESET and rule.resets is not None and planned_ns is not None:
        cause = f"{AS_PLANNED}: what it grew between {_short(base.value)} and its reset is not known"
        end_ns = min(end_ns, planned_ns + rule.resets.within_ns)
    elif grown.relation is Relation.AMBIGUOUS and planned_ns is not None and not grown.wrapped:
        cause = f"so long unread that it may have been {AS_PLANNED} unseen: the least that it can have grown is counted"
    elif grown.relation is Relation.AMBIGUOUS:
        cause = f"so long unread that a whole turn of {written(rule.modulus or 0.0)} may have passed"
    else:
        modulus = None if rule.modulus is None else written(rule.modulus)
        fall = f"{written(base.value)} to {written(reading.value)}"
        cause = f"counter fell from {fall}, too far from {modulus} for a rollover"
    return UncertainGap(rule.tag, base.time_ns, end_ns, cause)


def _short(value: Number) -> str:
    return f"{value:.12g}" if isinstance(value, float) else written(value)


def returned(
    rule: TotalizerRule, state: TotalizerState, reading: Anchor, grown: Growth, *, uncertain: bool
) -> TotalizerStep | None:
    """The counter is where it was before the base, so the base alone was wrong: a spike, or a zero near the rollover.

    What counted into the base is withdrawn, and counted by way of the reading before it. None if that explains nothing.
    """
    base, prior = state.base, state.prior
    if base is None or prior is None or grown.relation not in (Relation.RESET, Relation.JUMP):
        return None
    fell = rule.grams(base.value) < rule.grams(prior.value)
    since_prior = growth(rule, prior, reading)
    # A jump over a base that stands on the course is judged by the base: it is nearer in time.
    if (
        since_prior.relation is not Relation.COUNTED
        or since_prior.wrapped
        or fell is (grown.relation is Relation.RESET)
    ):
        return None
    restored = replace(state, base=prior, before=None, prior=None, suspect=None, slowest=None)
    done = accept(rule, restored, reading, since_prior, uncertain=uncertain)
    put = AnchorChange(put=(prior, *done.anchors.put), delete=(base.time_ns,))
    detail = (
        f"the counter showed {written(prior.value)}, then {written(base.value)}, and {written(reading.value)} after "
        f"that: {written(base.value)} was not on its way, and what it had counted is withdrawn"
    )
    return replace(
        done,
        withdrawn=counted_span(rule, prior, base),
        refused=Refusal(Reason.NOT_CONFIRMED, detail, base),
        anchors=put,
    )
