"""Counts the output that a rate shows (t/h, kg/s, m3/h with a density) by integrating it over time.

The invariants: the integral is complete up to `RateState.upto_ns` and never counts an instant twice; time that no
reading speaks of counts nothing and becomes an uncertain gap once it ends; grams below one are carried on, so that the
sum of many short pieces is the integral to the gram. A rate is a worse witness than a counter: what happens between two
readings is taken as a straight line (or a step), and what came while nobody looked is lost.
"""

import json
import math
from dataclasses import dataclass, replace
from enum import StrEnum

from models.counting.accepted_step import Refusal
from models.counting.counter_step import Anchor, CountedSpan
from models.counting.increment import MOST_GRAMS, IncrementFlag, UncertainGap
from models.counting.presence import NEVER_SEEN, Presence
from models.works.calendar import HOUR_NS, NS
from models.works.codes import Quality, Reason
from models.works.plant import Tag

BRIDGE_CADENCES = 3
"""Without `longest_bridge`: two polls may be missed. What lies between is near what stood on both sides (judgement)."""
STANDS_FOR_S = 1800.0
"""Without `stands_for`: so long a value other than 0 counts that does not change in any digit. A belt's load trembles
from second to second, so a value that stands for half an hour is a transmitter that hangs. A counter that hangs counts
nothing, but a rate that hangs would count tonnes for as long as it hangs. A judgement."""
ANOTHER_RATE = "the rate is read elsewhere, or in another unit of measure, since: nothing is known of the time between"
NOT_READ = "nobody read the rate: what was made meanwhile is not known and not counted"
HUNG = "the rate stood at {value:g} without changing in any digit: after {hours:g} h nothing is counted of it"


class RateMethod(StrEnum):
    """How the time between two readings is filled: by the straight line between them, or by the first of them."""

    TRAPEZE = "trapeze"
    STEP = "step"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """How one rate is integrated. `grams_per_unit_h`: grams that a rate of 1 makes in an hour.

    Readings at most `bridge_ns` apart are joined; a value counts for `stands_ns` without changing; below `zero_below`
    it is 0: an empty belt's scale drifts.
    """

    tag: str
    grams_per_unit_h: float
    method: RateMethod
    bridge_ns: int
    stands_ns: int
    zero_below: float

    @staticmethod
    def of(tag: Tag) -> "RateRule":
        """Raises ValueError if the tag cannot be integrated, naming what is missing."""
        if not tag.grams_per_unit or tag.grams_per_unit < 0:
            raise ValueError(f"rate {tag.name} has no grams_per_unit: give it a unit of measure that is a flow of mass")
        bridge_s = tag.integral.longest_bridge_s or BRIDGE_CADENCES * tag.cadence_s
        return RateRule(
            tag=tag.name,
            grams_per_unit_h=tag.grams_per_unit,
            method=RateMethod(tag.integral.method),
            bridge_ns=round(bridge_s * NS),
            stands_ns=round((tag.integral.stands_for_s or STANDS_FOR_S) * NS),
            zero_below=tag.integral.zero_below,
        )


@dataclass(frozen=True, slots=True)
class RateState:
    """Everything to remember of one rate.

    `base`: the newest reading, as it counts. `upto_ns`: the end of what is integrated (0: nothing is). `moved_ns`:
    since when the value is the base's; `hung`: it has stood for too long. `owed_g`: the part of a gram that is
    integrated and not counted yet, in [0, 1).
    """

    base: Anchor | None = None
    upto_ns: int = 0
    moved_ns: int = 0
    hung: bool = False
    uncertain: bool = False
    owed_g: float = 0.0
    presence: Presence = NEVER_SEEN

    def moved(self) -> "RateState":
        """Another rate is read under the name from now on; between the two lies a gap."""
        return replace(self, base=None, hung=False, owed_g=0.0)

    def to_bytes(self) -> bytes:
        """JSON, versioned, and marked as the state of a rate."""
        base = None if self.base is None else [self.base.time_ns, self.base.value]
        seen = [self.presence.seen_ns, self.presence.owed_ns]
        parts: dict[str, object] = {"rate": 1, "base": base, "upto_ns": self.upto_ns, "moved_ns": self.moved_ns}
        parts |= {"hung": self.hung, "uncertain": self.uncertain, "owed_g": self.owed_g, "presence": seen}
        return json.dumps(parts, separators=(",", ":")).encode()

    @staticmethod
    def from_bytes(data: bytes) -> "RateState":
        """The inverse of `to_bytes`. Raises ValueError on bytes that are no state it knows."""
        try:
            parts = json.loads(data)
            if parts["rate"] != 1:
                raise ValueError(f"the state of a rate has version {parts['rate']}: start the version that wrote it")
            base = parts["base"]
            return RateState(
                base=None if base is None else Anchor(int(base[0]), float(base[1])),
                upto_ns=int(parts["upto_ns"]),
                moved_ns=int(parts["moved_ns"]),
                hung=bool(parts["hung"]),
                uncertain=bool(parts["uncertain"]),
                owed_g=float(parts["owed_g"]),
                presence=Presence(*map(int, parts["presence"])),
            )
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"{data[:80]!r} is not the state of a rate: {error!r}") from error


@dataclass(frozen=True, slots=True)
class RateStep:
    """What one reading did. `seen_ns`: up to when it says that the rate was watched (0: not)."""

    state: RateState
    counted: CountedSpan | None = None
    gap: UncertainGap | None = None
    refused: Refusal | None = None
    seen_ns: int = 0


def integrate(rule: RateRule, state: RateState, reading: Anchor, quality: Quality, received_ns: int) -> RateStep:
    """Take one reading (UTC ns, value in the tag's unit) that came at `received_ns`.

    A reading under the stamp of the one before says that this one stands until it was received.
    """
    if quality == Quality.BAD:
        return RateStep(state, refused=Refusal(Reason.BAD_QUALITY, "bad quality never enters a sum"))
    rate = float(reading.value)
    if not abs(rate) * rule.grams_per_unit_h <= MOST_GRAMS:
        detail = f"{reading.value!r} is not a number that can be counted"
        return RateStep(state, refused=Refusal(Reason.NOT_A_NUMBER, detail))
    # What is below nothing is the drift of an empty scale too: nobody makes less than nothing.
    counts = Anchor(reading.time_ns, rate if rate >= max(rule.zero_below, 0.0) else 0.0)
    uncertain = quality != Quality.GOOD
    base = state.base
    if base is None:
        return _first(rule, state, counts, uncertain=uncertain)
    if counts.time_ns < base.time_ns:
        detail = "a rate is integrated in the order of its stamps, and later ones came before: not counted"
        return RateStep(state, refused=Refusal(Reason.LATE_INCONSISTENT, detail))
    if counts == base:
        return stands(rule, state, received_ns)
    # Of a value that is corrected under its stamp, what was counted by then stands.
    return _advance(rule, state, counts, counts.time_ns, uncertain=uncertain)


def stands(rule: RateRule, state: RateState, until_ns: int) -> RateStep:
    """The source says that the value stands as it was until then. Without a value before, that says nothing."""
    base = state.base
    if base is None or until_ns <= max(state.upto_ns, base.time_ns):
        return RateStep(state)
    if not state.upto_ns and until_ns - base.time_ns > rule.bridge_ns:
        # It stands since long before we came: the integral begins now.
        return RateStep(replace(state, upto_ns=until_ns, moved_ns=until_ns), seen_ns=until_ns)
    return _advance(rule, state, base, until_ns, uncertain=state.uncertain)


def _first(rule: RateRule, state: RateState, reading: Anchor, *, uncertain: bool) -> RateStep:
    begun = replace(state, base=reading, moved_ns=reading.time_ns, uncertain=uncertain)
    if not 0 < state.upto_ns < reading.time_ns:
        return RateStep(begun, seen_ns=reading.time_ns)
    gap = UncertainGap(rule.tag, state.upto_ns, reading.time_ns, ANOTHER_RATE)
    return RateStep(replace(begun, upto_ns=reading.time_ns), gap=gap, seen_ns=reading.time_ns)


def _advance(rule: RateRule, state: RateState, reading: Anchor, until_ns: int, *, uncertain: bool) -> RateStep:
    """Integrate from where the integral ends to `until_ns`, where the rate is that of `reading`."""
    base = state.base
    assert base is not None  # noqa: S101 - a first reading begins, and advances nothing
    moved, hung = reading.value != base.value, HUNG.format(value=base.value, hours=rule.stands_ns / HOUR_NS)
    if base.value and not moved and until_ns - state.moved_ns > rule.stands_ns:
        # The integral does not go on: when the value moves again, the time since becomes a gap.
        return RateStep(replace(state, base=reading, hung=True), refused=Refusal(Reason.NOT_CONFIRMED, hung))
    start_ns = state.upto_ns or base.time_ns
    taken = replace(
        state,
        base=reading,
        upto_ns=max(until_ns, start_ns),
        moved_ns=until_ns if moved else state.moved_ns,
        hung=False,
        uncertain=uncertain,
    )
    duration_ns = until_ns - start_ns
    if duration_ns <= 0:
        return RateStep(taken)
    if duration_ns > rule.bridge_ns:
        gap = UncertainGap(rule.tag, start_ns, until_ns, hung if state.hung else NOT_READ)
        return RateStep(taken, gap=gap, seen_ns=until_ns)
    mean = base.value if rule.method is RateMethod.STEP else (base.value + reading.value) / 2
    exact_g = mean * rule.grams_per_unit_h * duration_ns / HOUR_NS + state.owed_g
    grams = math.floor(exact_g)
    # A difference is as uncertain as the less certain of its two readings.
    flags = IncrementFlag.INTEGRATED
    flags |= IncrementFlag.UNCERTAIN if uncertain or state.uncertain else IncrementFlag.NONE
    span = CountedSpan(start_ns, until_ns, grams, flags=flags)
    return RateStep(replace(taken, owed_g=exact_g - grams), span, seen_ns=until_ns)
