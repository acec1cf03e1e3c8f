"""Counts what a totalizer grew, reading by reading, by the counting rules of the works.

What one step means (growth, jitter, a wrap, a reset by a fall) is judged in `counter_step`. A reset upward, a jump that
later readings confirm, is judged here, for it takes several of them.
Readings are ordered by source time. The state is a value: step it, keep its bytes, and go on after a restart.
Invariants: nothing is guessed (a fall, or a jump beyond the greatest believable rate, counts zero and leaves an
uncertain gap), nothing is counted twice (a repeated reading counts nothing), and grams telescope: over any run of
counted steps their sum is the last value minus the first, rollovers added.
"""

import json
import math
from dataclasses import dataclass, replace
from typing import Any

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
)
from models.counting.increment import IncrementFlag, UncertainGap
from models.works.codes import Quality, Reason

_VERSION = 1
"""Of the bytes of a state. A state of another version is refused, for a wrong base would count a wrong difference."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A refused upward jump that later readings may prove to be a reset upward.

    `level`: the lowest value refused so far. While a suspect stands, a reading at or above it is compared with the
    suspect alone and never again with the base. Otherwise a wrong value that stays would be believed after some hours,
    once the time since the base allows for the growth, and would count tonnes that nobody made.
    `first`, `last`: the run of readings that agree with each other; `confirmed`: how many followed `first`.
    `newest_ns`: time of the newest reading of the run, for `last` is its high-water mark.
    """

    level: float
    first: Anchor
    last: Anchor
    newest_ns: int
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class TotalizerState:
    """Everything to remember of one counter.

    `base`: the newest accepted reading; if the counter jitters, its high-water mark, so that jitter down and up again
    counts nothing. `before`: the kept anchor before it in the same bucket. `newest_ns`: time of the newest reading that
    was believed, for completeness counts each time once. `uncertain`: whether the base was of uncertain quality.
    """

    base: Anchor | None = None
    before: Anchor | None = None
    newest_ns: int = 0
    uncertain: bool = False
    suspect: Suspect | None = None

    def to_bytes(self) -> bytes:
        """JSON, versioned; floats written so that they read back the same."""
        parts: dict[str, Any] = {"version": _VERSION, "newest_ns": self.newest_ns, "uncertain": self.uncertain}
        if self.base is not None:
            parts["base"] = [self.base.time_ns, self.base.value]
        if self.before is not None:
            parts["before"] = [self.before.time_ns, self.before.value]
        if self.suspect is not None:
            first, last = self.suspect.first, self.suspect.last
            parts["suspect"] = {
                "level": self.suspect.level,
                "first": [first.time_ns, first.value],
                "last": [last.time_ns, last.value],
                "newest_ns": self.suspect.newest_ns,
                "confirmed": self.suspect.confirmed,
            }
        return json.dumps(parts, separators=(",", ":")).encode()

    @staticmethod
    def from_bytes(data: bytes) -> "TotalizerState":
        """The inverse of `to_bytes`. Raises ValueError on bytes of another version, or that are not a state."""
        try:
            parts = json.loads(data)
            if parts["version"] != _VERSION:
                raise ValueError(
                    f"the totalizer state has version {parts['version']}, this program reads {_VERSION}: "
                    "start the version that wrote it, or newer"
                )
            suspect = parts.get("suspect")
            return TotalizerState(
                base=_anchor(parts.get("base")),
                before=_anchor(parts.get("before")),
                newest_ns=int(parts["newest_ns"]),
                uncertain=bool(parts["uncertain"]),
                suspect=None
                if suspect is None
                else Suspect(
                    float(suspect["level"]),
                    Anchor(*suspect["first"]),
                    Anchor(*suspect["last"]),
                    int(suspect["newest_ns"]),
                    int(suspect["confirmed"]),
                ),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"{data[:80]!r} is not a totalizer state: {error!r}") from error


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a reading was not believed."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class AnchorChange:
    """Readings to keep, and times (ns) of kept ones that are needed no more."""

    put: tuple[Anchor, ...] = ()
    delete: tuple[int, ...] = ()


NO_CHANGE = AnchorChange()


@dataclass(frozen=True, slots=True)
class TotalizerStep:
    """What one reading did. `late`: it is older than the base and did nothing; give it to `recount_late`.

    `readings` is 1 when the reading adds to completeness: believed, and not seen before.
    """

    state: TotalizerState
    counted: CountedSpan | None = None
    gap: UncertainGap | None = None
    refused: Refusal | None = None
    late: bool = False
    readings: int = 0
    anchors: AnchorChange = NO_CHANGE


def refusal(rule: TotalizerRule, value: float, quality: Quality) -> Refusal | None:
    """Why a reading may never enter a sum, whatever stands before it; None if it may."""
    if quality == Quality.BAD:
        return Refusal(Reason.BAD_QUALITY, "bad quality never enters a sum")
    if not math.isfinite(value * rule.grams_per_unit):
        return Refusal(Reason.NOT_A_NUMBER, f"{value!r} is not a number that can be counted")
    if rule.modulus is not None and not 0 <= value <= rule.modulus:
        return Refusal(
            Reason.OUT_OF_RANGE, f"{value!r} is outside 0 to {rule.modulus!r}, where the counter starts anew"
        )
    return None


def step(rule: TotalizerRule, state: TotalizerState, time_ns: int, value: float, quality: Quality) -> TotalizerStep:
    """Judge one reading (UTC ns, value in the tag's unit) against `state`.

    GOOD and UNCERTAIN readings count, the latter flagged; BAD ones never. Only `TotalizerStep.state` carries over.
    """
    refused = refusal(rule, value, quality)
    if refused is not None:
        return TotalizerStep(state, refused=refused)
    reading, uncertain = Anchor(time_ns, value), quality != Quality.GOOD
    if state.base is None:
        first = TotalizerState(reading, None, time_ns, uncertain)
        return TotalizerStep(first, readings=1, anchors=AnchorChange(put=(reading,)))
    if time_ns <= state.base.time_ns:  # at the very time of the base it is a repetition
        return TotalizerStep(state, late=time_ns < state.base.time_ns)
    base, suspect = state.base, state.suspect
    if suspect is not None and rule.grams(value) >= rule.grams(suspect.level) - rule.back_step_g:
        return _step_suspect(rule, state, base, suspect, reading, uncertain=uncertain)
    grown = growth(rule, base, reading)
    if grown.relation is Relation.JUMP:
        return _refuse_jump(rule, state, base, reading, level=value)
    if suspect is not None and time_ns > suspect.first.time_ns:
        state = replace(state, suspect=None)  # the counter came back: what was refused was a spike
    if grown.relation is Relation.JITTER:
        newest_ns = max(state.newest_ns, time_ns)
        return TotalizerStep(replace(state, newest_ns=newest_ns), readings=int(time_ns > state.newest_ns))
    return _accept(rule, state, base, reading, grown, uncertain=uncertain)


def _accept(
    rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor, grown: Growth, *, uncertain: bool
) -> TotalizerStep:
    # A difference is as uncertain as the less certain of its two readings.
    flags = IncrementFlag.UNCERTAIN if uncertain or state.uncertain else IncrementFlag.NONE
    drop_base = state.before is not None and redundant(rule, state.before, base, reading)
    earlier_here = base if same_bucket(base, reading) else None
    return TotalizerStep(
        replace(
            state,
            base=reading,
            before=state.before if drop_base else earlier_here,
            newest_ns=max(state.newest_ns, reading.time_ns),
            uncertain=uncertain,
        ),
        counted=counted_span(rule, base, reading, flags),
        gap=_gap(rule, base, reading, grown),
        readings=int(reading.time_ns > state.newest_ns),
        anchors=AnchorChange(put=(reading,), delete=(base.time_ns,) if drop_base else ()),
    )


def _gap(rule: TotalizerRule, base: Anchor, reading: Anchor, grown: Growth) -> UncertainGap | None:
    if grown.relation is Relation.COUNTED:
        return None
    if grown.relation is Relation.AMBIGUOUS:
        cause = f"so long unread that a whole turn of {rule.modulus!r} may have passed"
    elif grown.relation is Relation.UNPROVEN:
        cause = f"counter fell from {base.value!r} to {reading.value!r}, too far from {rule.modulus!r} for a rollover"
    else:
        cause = f"counter was reset from {base.value!r} to {reading.value!r}"
    return UncertainGap(rule.tag, base.time_ns, reading.time_ns, cause)


def _step_suspect(
    rule: TotalizerRule, state: TotalizerState, base: Anchor, suspect: Suspect, reading: Anchor, *, uncertain: bool
) -> TotalizerStep:
    if reading.time_ns == suspect.newest_ns:
        return TotalizerStep(state)  # a repetition confirms nothing
    if reading.time_ns < suspect.newest_ns:
        return TotalizerStep(state, refused=_too_fast(rule, base, reading))
    grown = growth(rule, suspect.last, reading)
    if grown.relation not in (Relation.COUNTED, Relation.JITTER):
        return _refuse_jump(rule, state, base, reading, level=min(suspect.level, reading.value))
    last = reading if grown.relation is Relation.COUNTED else suspect.last
    confirmed = suspect.confirmed + 1
    if confirmed < rule.confirmations:
        run = replace(suspect, last=last, newest_ns=reading.time_ns, confirmed=confirmed)
        return TotalizerStep(replace(state, suspect=run), refused=_too_fast(rule, base, reading))
    return _reset_upward(rule, base, suspect.first, last, newest_ns=reading.time_ns, uncertain=uncertain)


def _reset_upward(
    rule: TotalizerRule, base: Anchor, first: Anchor, last: Anchor, *, newest_ns: int, uncertain: bool
) -> TotalizerStep:
    """Take the run from `first` to `last` as the counter's new course: what it grew since `first` counts."""
    flags = IncrementFlag.UNCERTAIN if uncertain else IncrementFlag.NONE
    counted = None if last == first else counted_span(rule, first, last, flags)
    # What grew along the run counts, but between the old course and the new one nothing does: that is the gap. If the
    # run itself cannot be counted, the gap reaches to its end.
    gap_end = last if last != first and counted is None else first
    cause = f"counter was reset upward from {base.value!r} to {gap_end.value!r}"
    return TotalizerStep(
        TotalizerState(last, first if last != first and same_bucket(first, last) else None, newest_ns, uncertain),
        counted=counted,
        gap=UncertainGap(rule.tag, base.time_ns, gap_end.time_ns, cause),
        readings=1,
        anchors=AnchorChange(put=(first, last) if last != first else (last,)),
    )


def _refuse_jump(
    rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor, *, level: float
) -> TotalizerStep:
    run = Suspect(level=level, first=reading, last=reading, newest_ns=reading.time_ns)
    return TotalizerStep(replace(state, suspect=run), refused=_too_fast(rule, base, reading))


def _too_fast(rule: TotalizerRule, base: Anchor, reading: Anchor) -> Refusal:
    seconds = (reading.time_ns - base.time_ns) / 1e9
    rate = None if rule.rate_g_per_h is None else rule.rate_g_per_h / rule.grams_per_unit
    return Refusal(
        Reason.RATE_TOO_HIGH,
        f"rose from {base.value!r} to {reading.value!r} in {seconds:g} s, and no later reading has shown that the "
        f"counter was set anew; the greatest believable rate is {rate:g} an hour",
    )


def _anchor(pair: list[Any] | None) -> Anchor | None:
    return None if pair is None else Anchor(int(pair[0]), float(pair[1]))
