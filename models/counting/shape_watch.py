"""What a number that was watched for a while looks like: a counter, one that is reset, a rate, a last value, a word.

Each look changes a few numbers of memory, so a hundred thousand can be watched, and what was seen can be kept and gone
on with. A shape is said with its reasons and with how sure it is: it is for an engineer to judge.
"""

import math
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

from models.counting.counter_step import NEAR_MODULUS_PCT
from models.works.exact_number import WHOLE_FROM, Number, held, written

_MOST_FALLS, _MOST_VALUES, _MOST_TICKS = 8, 12, 8
"""Kept of each: enough to see a rhythm, to name the values of a mode, and to see two numbers move together."""
_SURE_RISES = 10
"""A number that rose so often and never fell is a counter; one that rose twice may be a level. A judgement."""
_CONTINUOUS = 0.5
"""A number that is new in half of all looks or more is measured all the time, and none of single events."""
_NEAR_HOUR_S = 180
"""A reset that somebody or a program does on the hour is seen within three minutes of it."""
_FASTEST = "max_rate_per_h is the fastest that was seen: give what the unit cannot exceed"
_RANGES = {"Byte": 2**8, "UInt16": 2**16, "UInt32": 2**32, "Int16": 2**15, "Int32": 2**31, "UInt64": 2**64}
_SIGNED = ("Int16", "Int32")
WHOLE_NUMBER = "whole number"
"""Of what says its value and not its type, such as JSON."""
_WHOLE = (*_RANGES, "SByte", "Int64", WHOLE_NUMBER)
_NO_MODULUS = {
    "Int64": f"no modulus: Int64 ends at {2**63 - 1:,} and starts nowhere again",
    "": "no modulus: its type does not say where it starts again from 0; give it if it does",
}
"""Why none is proposed, by type; of all other types the last."""


class NumberShape(StrEnum):
    """What a number may be."""

    STANDS = "stands"
    COUNTER = "counter"
    PERIODIC = "counter that is set to 0"
    RATE = "rate or level"
    LAST_VALUE = "last value"
    MODE = "mode or status word"
    BIT = "bit"


class Sureness(StrEnum):
    """How sure that is."""

    SURE = "sure"
    LIKELY = "likely"
    PERHAPS = "perhaps"


_GREATEST = 2**64
"""Where a counter of 64 bits ends; sums and rates of what is looked at have to stay finite."""


@dataclass(slots=True)
class WatchedShape:
    """What was seen of one number. Times are seconds, UTC; `falls`: (time, value before, value after) of the newest.

    Counts beyond 2^53 are kept whole: their floats stand still while they grow.
    `ticks`: the newest looks at which it was another value, for two that move together. `values`: those that it had,
    as long as they are few. `moved_s`: the time between its first and last move.
    """

    first: Number = math.nan
    last: Number = math.nan
    looks: int = 0
    moves: int = 0
    rises: int = 0
    fallen: int = 0
    risen: float = 0.0
    least_rise: float = math.inf
    greatest_per_s: float = 0.0
    least: Number = math.inf
    most: Number = -math.inf
    first_move_s: float = 0.0
    last_move_s: float = 0.0
    last_look_s: float = 0.0
    falls: list[tuple[float, Number, Number]] = field(default_factory=list)
    ticks: list[int] = field(default_factory=list)
    values: list[Number] = field(default_factory=list)

    def look(self, at_s: float, value: Number) -> None:
        """Take one look. What is no number says nothing, and neither does what nobody's scale shows."""
        if not -_GREATEST <= value <= _GREATEST:
            return
        value = held(value)
        if not self.looks:
            self.first = self.last = value
        since_s, self.last_look_s, self.looks = at_s - self.last_look_s, at_s, self.looks + 1
        self.least, self.most = min(self.least, value), max(self.most, value)
        if len(self.values) <= _MOST_VALUES and value not in self.values:
            self.values.append(value)
        if value == self.last:
            return
        self.first_move_s = self.first_move_s or at_s
        self.last_move_s, self.moves = at_s, self.moves + 1
        self.ticks = [*self.ticks[-_MOST_TICKS + 1 :], self.looks]
        if value > self.last:
            rise = float(value - self.last)
            self.rises, self.risen = self.rises + 1, self.risen + rise
            self.least_rise = min(self.least_rise, rise)
            if since_s > 0:
                self.greatest_per_s = max(self.greatest_per_s, rise / since_s)
        else:
            self.fallen += 1
            self.falls = [*self.falls[-_MOST_FALLS + 1 :], (at_s, self.last, value)]
        self.last = value

    def to_parts(self) -> dict[str, Any]:
        """As JSON can keep it."""
        return {name: None if part in (math.inf, -math.inf) else part for name, part in asdict(self).items()}

    @staticmethod
    def from_parts(parts: dict[str, Any]) -> "WatchedShape":
        """The inverse of `to_parts`. Raises KeyError, TypeError or ValueError on parts that are none."""
        known = WatchedShape()
        for name in asdict(known):
            if parts[name] is not None:
                setattr(known, name, parts[name])
        known.falls = [(float(at_s), held(before), held(after)) for at_s, before, after in parts["falls"]]
        return known

    @property
    def counts(self) -> bool:
        """Whether it rose and never fell."""
        return self.rises > 0 and not self.fallen


@dataclass(frozen=True, slots=True)
class ProposedShape:
    """`reasons` are for a person; `keys` what they mean in plant.yaml."""

    shape: NumberShape
    sureness: Sureness
    reasons: tuple[str, ...]
    keys: dict[str, Any] = field(default_factory=dict)


def proposed(seen: WatchedShape, data_type: str) -> ProposedShape:
    """What a number looks like, by what was seen of it and its type."""
    if not seen.moves:
        return ProposedShape(NumberShape.STANDS, Sureness.PERHAPS, (f"it stood at {shown(seen.last)}",))
    if data_type == "Boolean":
        return ProposedShape(NumberShape.BIT, Sureness.SURE, (f"it changed {_times(seen.moves)}",), {"bit": 0})
    if seen.counts:
        return _counter(seen, data_type)
    periodic = _periodic(seen)
    if periodic is not None:
        return periodic
    whole = data_type in _WHOLE and all(float(value).is_integer() for value in seen.values)
    if whole and len(seen.values) <= _MOST_VALUES and is_seldom(seen):
        had = ", ".join(f"{float(value):g}" for value in sorted(seen.values))
        return ProposedShape(NumberShape.MODE, Sureness.LIKELY, (f"whole numbers, {len(seen.values)} of them: {had}",))
    between = f"{float(seen.least):.6g} to {float(seen.most):.6g}, up and down"
    if not is_seldom(seen):
        reasons = (f"another value in {_share(seen):.0%} of all looks, {between}",)
        return ProposedShape(NumberShape.RATE, Sureness.LIKELY, reasons, {"high": _round_up(float(seen.most))})
    reasons = (f"it stood between {seen.moves} moves, {between}",)
    return ProposedShape(NumberShape.LAST_VALUE, Sureness.LIKELY if seen.moves > 2 else Sureness.PERHAPS, reasons)


def _counter(seen: WatchedShape, data_type: str) -> ProposedShape:
    reasons = [f"rose {_times(seen.rises)} and never fell"]
    keys: dict[str, Any] = {"kind": "totalizer", "resolution": float(f"{seen.least_rise:.6g}")}
    if data_type in _RANGES:
        keys["modulus"] = _RANGES[data_type]
        turn = "starts again from 0" if data_type not in _SIGNED else "turns negative unless its program sets it to 0"
        reasons.append(f"{data_type} {turn} at {_RANGES[data_type]:,} counts")
    else:
        reasons.append(_NO_MODULUS.get(data_type, _NO_MODULUS[""]))
    keys["max_rate_per_h"] = _round_up(seen.greatest_per_s * 3600)
    reasons.append(_FASTEST)
    sureness = Sureness.SURE if seen.rises >= _SURE_RISES else Sureness.LIKELY if seen.rises > 1 else Sureness.PERHAPS
    return ProposedShape(NumberShape.COUNTER, sureness, tuple(reasons), keys)


def _periodic(seen: WatchedShape) -> ProposedShape | None:
    """A counter that fell to little, seldom, and rose for the rest of the time."""
    if not seen.falls or seen.fallen > _MOST_FALLS or seen.rises < 3 * seen.fallen:
        return None
    if any(after > before / 10 or before < 10 * seen.least_rise for _, before, after in seen.falls):
        return None
    near_top = [before for _, before, _ in seen.falls if _is_near_a_range(before)]
    if near_top:
        reason = f"fell from {shown(near_top[-1])}, right below where a counter of its width starts again"
        width = next(most for most in sorted(_RANGES.values()) if near_top[-1] < most)
        keys = {"kind": "totalizer", "resolution": float(f"{seen.least_rise:.6g}"), "modulus": width}
        keys["max_rate_per_h"] = _round_up(seen.greatest_per_s * 3600)
        return ProposedShape(NumberShape.COUNTER, Sureness.LIKELY, (reason, _FASTEST), keys)
    times = [at_s for at_s, _, _ in seen.falls]
    on_the_hour = all(min(at_s % 3600, 3600 - at_s % 3600) <= _NEAR_HOUR_S for at_s in times)
    told = f"fell to {float(seen.falls[-1][2]):.6g} {_times(seen.fallen)}, and rose {_times(seen.rises)}"
    if not on_the_hour:
        return ProposedShape(
            NumberShape.PERIODIC, Sureness.PERHAPS, (told, "not on the hour: by hand?"), {"kind": "totalizer"}
        )
    gaps_h = {round((later - earlier) / 3600) for earlier, later in pairwise(times)}
    resets = "hour" if gaps_h == {1} else "shift" if gaps_h and gaps_h <= {8, 12} else "day"
    sureness = Sureness.SURE if len(times) > 2 else Sureness.LIKELY if len(times) > 1 else Sureness.PERHAPS
    keys = {"kind": "totalizer", "resets": resets}
    return ProposedShape(NumberShape.PERIODIC, sureness, (told, "each time on the hour"), keys)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def shown(value: Number) -> str:
    """With ten digits, or all of a count."""
    if not isinstance(value, float):
        return written(value)
    return str(int(value)) if value.is_integer() and abs(value) < WHOLE_FROM else f"{value:.10g}"


def _is_near_a_range(value: Number) -> bool:
    return any(most * NEAR_MODULUS_PCT / 100 <= value < most for most in _RANGES.values() if most > 2**10)


def moves_only_with(one: WatchedShape, other: WatchedShape) -> bool:
    """Whether `one` moved only at looks at which `other` did, at least twice; the same weight twice does not move."""
    if not other.ticks:
        return False
    recent = [tick for tick in one.ticks if tick >= other.ticks[0]]
    return len(recent) > 1 and set(recent) <= set(other.ticks)


def is_seldom(seen: WatchedShape) -> bool:
    """Whether it stood at most looks, as what tells of single events does."""
    return _share(seen) < _CONTINUOUS


def _share(seen: WatchedShape) -> float:
    return seen.moves / max(seen.looks - 1, 1)


_LARGEST = math.nextafter(math.inf, 0.0)


def _round_up(value: float) -> float:
    """To two digits, upwards: a limit is no measurement."""
    if value <= 0:
        return 0.0
    value = min(value, _LARGEST)
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    if unit == 0.0:  # of the smallest numbers there are, two digits are below what a float holds
        return value
    rounded = float(f"{math.ceil(value / unit - 1e-9) * unit:.6g}")
    return min(rounded, _LARGEST)
