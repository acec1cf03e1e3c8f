"""Which words of a works have a cause in the simulator's book, and which have to be said by when. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.works.detection_rules import CHAIN, HOUR, MINUTE
from models.works.limits import DEFAULT_PACE, PACE_BY_KIND
from models.works.plant import Plant
from tests.support.soak.book import SoakBook

TOLD_S = 90
"""A state is judged every ten seconds and read once a minute."""
SETTLES_S = 15 * MINUTE
"""So long after its cause a state may still be said: five minutes of work end a stop, a window half of which is well a
slow-down; then it comes back."""
LOSES_SIGHT_S = 15 * MINUTE
"""After a silence a state takes as long as that to be sure again: rings are read up, levels are filled."""
STALE_S = 60
"""Three cadences of ten seconds, and thirty seconds at least; a source is given up after its timeout."""
FROZEN_S = 5 * MINUTE
BAD_S = 12 * MINUTE
PROMISED_STOP_S = {
    "blast_furnace": 6 * MINUTE,
    "hot_strip_mill": 31 * MINUTE,
    "mine": 61 * MINUTE,
    "washery": 61 * MINUTE,
    "sinter_strand": 46 * MINUTE,
    "chp": 6 * MINUTE,
    "coke_battery": 25 * MINUTE,
    "caster": 21 * MINUTE,
}
"""docs/detection.md, and a minute to be judged and shown. A battery is pushed every 620 s."""
PROMISED_SLOW_S = {"blast_furnace": 45 * MINUTE, "caster": 75 * MINUTE}
"""Three quarters of the half hour or hour of the signal have to be low, which falls within a quarter of an hour."""
RAMPS_S = 72 * HOUR
LOW = ("slow", "stopped")
DATA = ("stale", "bad", "missing", "silent")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a unit now: the state of its lamp, and the unit that this follows from ("": none)."""

    unit: str
    state: str
    cause: str = ""


def false_states(said: list[Said], book: SoakBook, now_s: int) -> Iterator[str]:
    """What is said and has no cause, and what should be said by now and is not."""
    for each in said:
        allowed = set(allowed_states(book, each.unit, now_s))
        if each.state not in allowed:
            yield f"{each.unit} is {each.state} (cause {each.cause or 'its own'}), and may be {sorted(allowed)}"
        if each.cause and has_own_fault(book, each.unit, now_s):
            yield f"{each.unit} {each.cause}, and has a fault of its own"
        due = due_states(book, each.unit, now_s)
        if due and each.state not in due:
            yield f"{each.unit} is {each.state}, and should be {sorted(due)} by now"


def allowed_states(book: SoakBook, unit: str, now_s: int) -> Iterator[str]:
    """The states that the book gives a cause for. Work needs none, unless something else is due."""
    yield "ok"
    kind = book.plant.units[unit].kind
    if kind == "caster" or any(book.stands_by_plan(unit, now_s - back_s) for back_s in (0, TOLD_S, SETTLES_S)):
        yield "planned"
    if book.stands_by_plan(unit, now_s - HOUR - SETTLES_S):
        yield "ramp_up"
    for start_s, end_s in book.unheard(unit, now_s):
        if start_s <= now_s <= end_s + LOSES_SIGHT_S:
            yield from DATA
    for start_s, end_s in bad_spans(book, unit, now_s):
        if start_s <= now_s <= end_s + SETTLES_S:
            yield "bad"
    for start_s, end_s in low_spans(book, unit, now_s):
        if start_s <= now_s <= end_s:
            yield from LOW
        if start_s <= now_s <= end_s + RAMPS_S:
            yield "ramp_up"


def has_own_fault(book: SoakBook, unit: str, now_s: int) -> bool:
    """Whether a fault of the unit itself holds, and none of a unit before it that may be felt within its window."""
    own = book.spans(now_s, f"{unit}-stop", *slow_names(unit))
    kind = book.plant.units[unit].kind
    before = [
        span
        for upstream, _ in _upstream(book.plant, kind)
        for span in book.spans(now_s, f"{upstream}-stop", *slow_names(upstream))
    ]
    return any(start_s <= now_s <= end_s for start_s, end_s in own) and not any(
        end_s + 4 * HOUR >= now_s for _, end_s in before
    )


def low_spans(book: SoakBook, unit: str, now_s: int) -> Iterator[tuple[int, int]]:
    """When a unit may be low: by a fault of its own, or of a unit before it in the chain. A window forgets late."""
    kind = book.plant.units[unit].kind
    window_s = PACE_BY_KIND.get(kind, DEFAULT_PACE).window_h * HOUR
    for start_s, end_s in book.spans(now_s, f"{unit}-stop", *slow_names(unit)):
        yield start_s, end_s + window_s + SETTLES_S
    for upstream, lag_s in _upstream(book.plant, kind):
        for start_s, end_s in book.spans(now_s, f"{upstream}-stop", *slow_names(upstream)):
            yield start_s, end_s + lag_s + window_s


def bad_spans(book: SoakBook, unit: str, now_s: int) -> list[tuple[int, int]]:
    """When an instrument of a unit said itself that it is bad."""
    return [
        (each.start_ns // 10**9, now_s if each.end_ns is None else each.end_ns // 10**9)
        for each in book.faults
        if each.name.startswith(f"{unit}-") and each.name.endswith("-bad")
    ]


def due_states(book: SoakBook, unit: str, now_s: int) -> set[str]:
    """The states one of which has to be said by now; empty if nothing has to."""
    for start_s, end_s in book.unheard(unit, now_s):
        limit_s = FROZEN_S if (start_s, end_s) in book.spans(now_s, f"{unit}-freeze") else STALE_S
        if start_s + limit_s + TOLD_S < now_s <= end_s:
            # A plan is known without a line, and who stands by it shows nothing that could hang.
            return {*DATA, "planned"} if book.stands_by_plan(unit, now_s) else set(DATA)
        if start_s <= now_s <= end_s + LOSES_SIGHT_S:
            return set()
    if book.stands_by_plan(unit, now_s):
        return {"planned"} if book.stands_by_plan(unit, now_s - SETTLES_S) else set()
    kind = book.plant.units[unit].kind
    for start_s, end_s in book.spans(now_s, f"{unit}-stop"):
        promised_s = PROMISED_STOP_S.get(kind)
        if promised_s is not None and start_s + promised_s + TOLD_S < now_s <= end_s:
            return {"stopped", "planned"} if kind == "caster" else {"stopped"}
    for start_s, end_s in book.spans(now_s, *slow_names(unit)):
        promised_s = PROMISED_SLOW_S.get(kind)
        if promised_s is not None and start_s + promised_s + TOLD_S < now_s <= end_s:
            return {*LOW, "ramp_up"}
    return set()


def slow_names(unit: str) -> list[str]:
    """The names of slow-downs of a unit."""
    return [f"{unit}-slow{percent}" for percent in range(1, 100)]


def _upstream(plant: Plant, kind: str) -> Iterator[tuple[str, int]]:
    """The units from which a unit of this kind can take a drop, over any steps, and the longest lag of it."""
    found: dict[str, int] = {kind: 0}
    waiting = [kind]
    while waiting:
        below = waiting.pop()
        for link in CHAIN:
            # Gas goes back to coke: whoever was reached is not reached anew.
            if link.downstream == below and link.upstream not in found:
                found[link.upstream] = found[below] + link.lag_s[1]
                waiting.append(link.upstream)
    for unit in plant.units.values():
        if unit.kind != kind and unit.kind in found:
            yield unit.code, found[unit.kind]
