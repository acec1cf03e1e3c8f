"""Faults on demand in words: which there are, what will be seen of each, and when it comes and goes. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from math import isinf

from collector.config.duration import duration_text
from collector.simulation.fault import Fault, FaultKind, known_faults
from models.works.codes import TagKind
from models.works.detection_rules import BY_KIND, DEFAULT
from models.works.limits import DEFAULT_PACE, PACE_BY_KIND

SEEN: Mapping[FaultKind, str] = {
    FaultKind.CUT: "the server is away and the works runs on: its source is down, what the units do is not known, and "
    "nothing is lost when it is back",
    FaultKind.STOP: "the unit makes nothing: its lamp shows it, the page has a drop, and an alert comes after",
    FaultKind.SLOW: "the unit makes so many percent less, from 1 to 99 (bf3-slow30 makes 70 % of what it usually "
    "makes), and is found",
    FaultKind.FREEZE: "the unit's controller hangs: bad data, and never a drop of output",
    FaultKind.BAD: "the signal has bad quality: after ten minutes bad data, if the unit is judged by it",
    FaultKind.RESET: "the counter starts again from 0: output goes on, less what a reset hides, with a mark",
}


def fault_lines(tags: Mapping[str, TagKind], kinds: Mapping[str, str]) -> Iterator[str]:
    """Every kind of fault with what will be seen, and below it the names.

    `tags` is tag name -> kind, `kinds` unit -> kind.
    """
    by_kind: dict[FaultKind, dict[str, list[str]]] = {}
    for name, (kind, target) in known_faults(tags).items():
        told = {FaultKind.STOP: _stop_told_after, FaultKind.SLOW: _slow_told_after}.get(kind)
        when = f"{told(kinds[target])}: " if told is not None else ""
        by_kind.setdefault(kind, {}).setdefault(when, []).append(name)
    for kind, found in by_kind.items():
        yield f"{SEEN[kind]}:"
        for when, names in found.items():
            yield f"  {when}{', '.join(names)}"


def _slow_told_after(kind: str) -> str:
    """When a slow unit of this kind is found: by its steady signal, else by its output."""
    activity = BY_KIND.get(kind, DEFAULT).activity
    if activity is not None:
        return f"after {duration_text(activity.hold_s)} of a low signal"
    window_h = PACE_BY_KIND.get(kind, DEFAULT_PACE).window_h
    return f"by its output over {window_h} h at most"


def _stop_told_after(kind: str) -> str:
    """When a stop of a unit of this kind is found by the rules that are built in."""
    rules = BY_KIND.get(kind, DEFAULT)
    if rules.no_event_intervals is not None:
        return f"{rules.no_event_intervals:g} usual intervals between its events"
    found = duration_text(rules.stop_after_s)
    return f"{found}, if all stand (the others take over from one)" if rules.together else found


def announced(faults: Sequence[Fault]) -> Iterator[str]:
    """When each fault comes and goes."""
    for fault in faults:
        begins = f"{fault.name}: {duration_text(fault.start_s)} after the start"
        if fault.kind is FaultKind.RESET:
            yield f"{begins}, at once"
        elif isinf(fault.end_s):
            yield f"{begins}, and it lasts until the demo ends"
        else:
            yield f"{begins}, for {duration_text(fault.end_s - fault.start_s)}"
