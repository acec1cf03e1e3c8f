"""What is remembered of one counter between two readings, as a value and as the bytes that the ledger keeps."""

import json
from dataclasses import dataclass
from typing import Any

from models.counting.counter_step import Anchor
from models.counting.presence import NEVER_SEEN, Presence
from models.works.exact_number import Number, exact, residue

_VERSION = 3
"""Of the bytes of a state. A state of a newer version is refused, for a wrong base would count a wrong difference.

Version 1 knew no `prior`, no `slowest` and no `finest_g`: it is read as if nothing of these was learned yet. Before
version 3 each value was a float: one from 2^53 on may be a rounded one.
"""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A run of readings that left the counter's course, upwards or down, and that later ones will explain or not.

    `beyond`: it rose by more than steps and jitter explain. `level`: its lowest value then. While it stands, a reading
    at or above it is compared with the run alone and never again with the base. Otherwise a wrong value that stays
    would be believed after some hours, once the time since the base allows for the growth, and would count tonnes that
    nobody made.
    `first`, `last`: the run of readings that agree with each other; `confirmed`: how many followed `first`.
    `newest_ns`: time of the newest reading of the run, for `last` is its high-water mark.
    """

    level: Number
    first: Anchor
    last: Anchor
    newest_ns: int
    confirmed: int = 0
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class TotalizerState:
    """Everything to remember of one counter.

    `base`: the newest accepted reading; if the counter jitters, its high-water mark, so that jitter down and up again
    counts nothing. `before`: the kept anchor before it in the same bucket. `prior`: the reading that was accepted right
    before the base, to which a counter returns if the base was wrong. `newest_ns`: time of the newest reading that
    was believed, for completeness counts each time once. `uncertain`: whether the base was of uncertain quality.
    `slowest`: of all accepted readings the one that leaves the least room under the greatest rate, as (UTC ns, grams);
    grams below 0 are of before a rollover. `finest_g`: the smallest rise that was seen (0: none), which is never less
    than the step in which the counter moves. `left_ns`: up to when another counter was read under this name (0: there
    was none); what is of up to then says nothing of this one. `presence`: how long it was watched.
    """

    base: Anchor | None = None
    before: Anchor | None = None
    newest_ns: int = 0
    uncertain: bool = False
    suspect: Suspect | None = None
    prior: Anchor | None = None
    slowest: tuple[int, int] | None = None
    finest_g: int = 0
    left_ns: int = 0
    presence: Presence = NEVER_SEEN

    def moved(self) -> "TotalizerState":
        """Another counter is read under the name from now on: its first reading is a new base."""
        if self.base is None:
            return self
        newest_ns = max(self.base.time_ns, self.newest_ns)
        return TotalizerState(newest_ns=newest_ns, left_ns=newest_ns, presence=self.presence)

    def at(self, reading: Anchor) -> "TotalizerState":
        """It counts nothing up to a reading, and from there on. What is older is not looked at again."""
        if self.base is not None and reading.time_ns <= self.base.time_ns:
            return self
        return TotalizerState(reading, newest_ns=reading.time_ns, left_ns=reading.time_ns - 1, presence=self.presence)

    def to_bytes(self) -> bytes:
        """JSON, versioned; floats written so that they read back the same, and with its residue what is no float."""
        parts: dict[str, Any] = {"version": _VERSION, "newest_ns": self.newest_ns, "uncertain": self.uncertain}
        for name, anchor in (("base", self.base), ("before", self.before), ("prior", self.prior)):
            if anchor is not None:
                parts[name] = _pair(anchor)
        if self.slowest is not None:
            parts["slowest"] = list(self.slowest)
        if self.finest_g:
            parts["finest_g"] = self.finest_g
        if self.presence.seen_ns:
            parts["presence"] = [self.presence.seen_ns, self.presence.owed_ns]
        if self.left_ns:
            parts["left_ns"] = self.left_ns
        if self.suspect is not None:
            first, last = self.suspect.first, self.suspect.last
            parts["suspect"] = {
                "level": _kept(self.suspect.level),
                "first": _pair(first),
                "last": _pair(last),
                "newest_ns": self.suspect.newest_ns,
                "confirmed": self.suspect.confirmed,
                "beyond": self.suspect.beyond,
            }
        return json.dumps(parts, separators=(",", ":")).encode()

    @staticmethod
    def from_bytes(data: bytes) -> "TotalizerState":
        """The inverse of `to_bytes`, of older versions too. Raises ValueError on bytes that are no state it knows."""
        try:
            parts = json.loads(data)
            if not 1 <= parts["version"] <= _VERSION:
                raise ValueError(
                    f"the totalizer state has version {parts['version']}, this program reads up to {_VERSION}: "
                    "start the version that wrote it, or newer"
                )
            slowest = parts.get("slowest")
            return TotalizerState(
                base=_anchor(parts.get("base")),
                before=_anchor(parts.get("before")),
                newest_ns=int(parts["newest_ns"]),
                uncertain=bool(parts["uncertain"]),
                suspect=_suspect(parts.get("suspect")),
                prior=_anchor(parts.get("prior")),
                slowest=None if slowest is None else (int(slowest[0]), int(slowest[1])),
                finest_g=int(parts.get("finest_g", 0)),
                left_ns=int(parts.get("left_ns", 0)),
                presence=Presence(*map(int, parts.get("presence", (parts["newest_ns"], 0)))),
            )
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"{data[:80]!r} is not a totalizer state: {error!r}") from error


def _suspect(parts: dict[str, Any] | None) -> Suspect | None:
    if parts is None:
        return None
    return Suspect(
        _number(parts["level"]),
        Anchor(int(parts["first"][0]), _number(parts["first"][1])),
        Anchor(int(parts["last"][0]), _number(parts["last"][1])),
        int(parts["newest_ns"]),
        int(parts["confirmed"]),
        bool(parts.get("beyond", True)),  # version 1 suspected nothing else
    )


def _anchor(pair: list[Any] | None) -> Anchor | None:
    return None if pair is None else Anchor(int(pair[0]), _number(pair[1]))


def _pair(anchor: Anchor) -> list[Any]:
    return [anchor.time_ns, _kept(anchor.value)]


def _kept(number: Number) -> float | list[float]:
    lacking = residue(number)
    return float(number) if lacking is None else [float(number), lacking]


def _number(kept: Any) -> Number:  # noqa: ANN401 - of JSON
    return exact(float(kept[0]), float(kept[1])) if isinstance(kept, list) else float(kept)
