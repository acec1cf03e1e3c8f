"""Faults on demand: `bf3-stop@+120s`, `opcua-cut@+60s:30s`.

FAULT    = NAME "@+" OFFSET [":" DURATION]
OFFSET   = time from the simulator's start, in the host's time: 250ms, 10s, 5m, 1h
DURATION = how long it lasts; without one, until the simulator ends (a reset is over at once)

NAME                     what happens
opcua-cut                the server stops listening and drops its sessions; the works runs on
<unit>-stop              the unit makes nothing
<unit>-slow<PERCENT>     the unit works at a pace lower by so much: bf3-slow30 makes 70 % of what it usually makes
<unit>-freeze            the unit's PLC hangs: values and their times stand still, the unit works on unseen
<unit>-<signal>-bad      the signal has bad quality
<unit>-reset             the unit's counters start again from 0
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from collector.config.duration import Within
from collector.config.sentences import did_you_mean
from collector.errors import ConfigurationError
from models.works.codes import TagKind

SLOW_BY = "PERCENT"
"""Stands for a whole number from 1 to 99 in the known name of a slow-down."""
_SLOW = re.compile(r"(?P<unit>.+-slow)(?P<percent>[1-9][0-9]?)")
_ANY_SLOW = re.compile(r"(?P<unit>.+-slow)(?P<percent>[0-9]*)")
_FAULT = re.compile(r"(?P<name>[a-z0-9_-]+)@\+(?P<offset>[^:]+)(?::(?P<duration>.+))?")


class FaultKind(StrEnum):
    """What a fault does."""

    CUT = "cut"
    STOP = "stop"
    SLOW = "slow"
    FREEZE = "freeze"
    BAD = "bad"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `target` is a unit's code, a tag's name for BAD, "opcua" for CUT; [start_s, end_s) in host seconds.

    `pace`: the share of its usual pace that SLOW leaves a unit.
    """

    name: str
    kind: FaultKind
    target: str
    start_s: float
    end_s: float
    pace: float = 1.0


def known_faults(tags: Mapping[str, TagKind]) -> dict[str, tuple[FaultKind, str]]:
    """Every name that a fault may have, with its kind and target. `tags` is tag name -> kind.

    The name of a slow-down ends with `SLOW_BY`.
    """
    known: dict[str, tuple[FaultKind, str]] = {"opcua-cut": (FaultKind.CUT, "opcua")}
    for tag, kind in tags.items():
        unit, signal = tag.split(".")
        known[f"{unit}-stop"] = (FaultKind.STOP, unit)
        known[f"{unit}-slow{SLOW_BY}"] = (FaultKind.SLOW, unit)
        known[f"{unit}-freeze"] = (FaultKind.FREEZE, unit)
        if kind is not TagKind.EVENT:
            known[f"{unit}-{signal}-bad"] = (FaultKind.BAD, tag)
        if kind is TagKind.TOTALIZER:
            known[f"{unit}-reset"] = (FaultKind.RESET, unit)
    return known


def parse_fault(text: str, known: Mapping[str, tuple[FaultKind, str]]) -> Fault:
    """One fault from its text. Raises ConfigurationError that shows the form, or the names that are known."""
    match = _FAULT.fullmatch(text)
    if match is None:
        raise ConfigurationError(
            f"fault {text!r} is not NAME@+OFFSET or NAME@+OFFSET:DURATION; "
            "write it like bf3-stop@+120s or opcua-cut@+60s:30s"
        )
    name = match["name"]
    slow = _SLOW.fullmatch(name)
    form = f"{slow['unit']}{SLOW_BY}" if slow else name
    if form not in known:
        raise ConfigurationError(f"fault {text!r}: {_unknown(name, known)}")
    kind, target = known[form]
    pace = 1.0 - int(slow["percent"]) / 100 if slow else 1.0
    start_s = _seconds(text, match["offset"])
    if kind is FaultKind.RESET:
        if match["duration"] is not None:
            raise ConfigurationError(f"fault {text!r}: a reset is over at once; remove :{match['duration']}")
        return Fault(name, kind, target, start_s, start_s)
    if match["duration"] is None:
        return Fault(name, kind, target, start_s, inf, pace)
    return Fault(name, kind, target, start_s, start_s + _seconds(text, match["duration"]), pace)


def _unknown(name: str, known: Mapping[str, object]) -> str:
    """Why a name is none, and the next step."""
    slow = _ANY_SLOW.fullmatch(name)
    if slow and f"{slow['unit']}{SLOW_BY}" in known:
        return f"{slow['percent']!r} is no percentage from 1 to 99; write it like {slow['unit']}30, which leaves 70 %"
    return f"{name!r} is not known; {did_you_mean(name, known)}; tundish demo --faults lists them"


_WHEN = Within("1ms", "31d")
"""A simulated works that runs for a month is watched by nobody; more is a slip of the hand."""


def _seconds(fault: str, duration: str) -> float:
    try:
        return _WHEN.seconds(duration)
    except ValueError as error:
        raise ConfigurationError(f"fault {fault!r}: {duration!r} {error}") from None


def parse_faults(texts: Sequence[str], tags: Mapping[str, TagKind]) -> tuple[Fault, ...]:
    """All of them; raises ConfigurationError for the first that cannot be understood."""
    known = known_faults(tags)
    return tuple(parse_fault(text, known) for text in texts)


class FaultSchedule:
    """Which faults begin and which last, as host time goes on."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._waiting = sorted(faults, key=lambda fault: fault.start_s)
        self._standing: list[Fault] = []

    def advance(self, elapsed_s: float) -> tuple[list[Fault], list[Fault]]:
        """(faults that began, faults that ended) since the last call.

        A fault lasts for one call at least, however short it is; a reset begins and ends in the same call.
        """
        began = [fault for fault in self._waiting if fault.start_s <= elapsed_s]
        ended = [fault for fault in self._standing if fault.end_s <= elapsed_s]
        self._waiting = self._waiting[len(began) :]
        self._standing = [fault for fault in self._standing if fault.end_s > elapsed_s]
        self._standing += [fault for fault in began if fault.kind is not FaultKind.RESET]
        return began, ended + [fault for fault in began if fault.kind is FaultKind.RESET]

    def targets(self, kind: FaultKind) -> frozenset[str]:
        """The targets of the standing faults of one kind."""
        return frozenset(fault.target for fault in self._standing if fault.kind is kind)

    def paces(self) -> dict[str, float]:
        """By unit, the lowest pace that the standing slow-downs leave it."""
        slow = [fault for fault in self._standing if fault.kind is FaultKind.SLOW]
        return {fault.target: min(other.pace for other in slow if other.target == fault.target) for fault in slow}
