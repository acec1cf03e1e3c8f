"""Which upstream drop a drop follows from, and what a drop will cost downstream: by the chain of units and the balance.

A drop is a consequence only if upstream drops explain it. They came before it by the least lag of the chain. They are
not longer ago than the greatest lag and the window over which the drop was seen. They lack at least two fifths of what
is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.works.detection_rules import HOUR, Follows
from models.works.plant import Plant

EXPLAINS_SHARE = 0.4
"""Upstream drops explain a drop if they lack two fifths of what it lacks. A half would be stricter than the data allow:
stocks between the units, and a share that is measured over different windows, blur both sides. No cause was missed or
wrong in the held-out scenarios (docs/benchmarks.md)."""
LEAST_SHARE = 0.04
"""A lack of less than 4 % of what the upstream units make together is within their daily spread, and explains
nothing."""
EARLY_S = HOUR // 2
"""The instants of two units agree no better than this: each drop is dated by its own signal, tap or window."""
AHEAD_H = 24
"""What will be missing downstream is said for a day of the drop: the span that a production plan is made for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Output of a unit that is missing, or was until lately. `share`: how much of what is expected, 0 to 1.

    `exact`: the unit's own signal gives its beginning; otherwise `since_s` may lie up to `window_s` too early.
    `ended_s` None: it lasts. `root`: the unit from which it follows itself. Instants are UTC seconds.
    """

    unit: str
    kind: str
    since_s: int
    found_s: int
    share: float
    expected_t_per_h: float
    window_s: int = 0
    exact: bool = True
    ended_s: int | None = None
    root: str = ""


def upstream_of(chain: Iterable[Follows], kind: str) -> dict[str, tuple[int, int]]:
    """By upstream kind, the lags (least, most; seconds) after which its drops are felt at `kind`, over every way
    through the chain."""
    links = tuple(chain)
    found: dict[str, tuple[int, int]] = {}

    def walk(here: str, way: frozenset[str], least_s: int, most_s: int) -> None:
        for link in links:
            if link.downstream != here or link.upstream in way:
                continue
            lag = (least_s + link.lag_s[0], most_s + link.lag_s[1])
            known = found.get(link.upstream, lag)
            found[link.upstream] = (min(known[0], lag[0]), max(known[1], lag[1]))
            walk(link.upstream, way | {link.upstream}, *lag)

    walk(kind, frozenset({kind}), 0, 0)
    return found


def cause_of(
    drop: Drop, others: Iterable[Drop], lags: Mapping[str, tuple[int, int]], rates: Mapping[str, float]
) -> str | None:
    """The upstream unit from which `drop` follows; None if no drop upstream explains it.

    `rates`: by upstream kind, the tonnes an hour that all its units should make together.
    """
    # Units of one kind are weighed together: one of four furnaces down explains a quarter, all of them the whole.
    candidates = [other for other in others if other.kind in lags and _in_time(drop, other, lags[other.kind])]
    best: tuple[float, Drop] | None = None
    for kind in {other.kind for other in candidates}:
        of_kind = [other for other in candidates if other.kind == kind]
        expected = rates.get(kind, 0.0)
        if expected <= 0:
            continue
        lacking = [other.share * other.expected_t_per_h / expected for other in of_kind]
        if sum(lacking) < LEAST_SHARE or sum(lacking) < EXPLAINS_SHARE * drop.share:
            continue
        share, first = max(zip(lacking, of_kind, strict=True), key=lambda pair: (pair[0], pair[1].unit))
        if best is None or share > best[0]:
            best = (share, first)
    # The root of a chain is named, not the link before: people have to go to the unit where it began.
    return None if best is None else best[1].root or best[1].unit


def _in_time(drop: Drop, other: Drop, lag_s: tuple[int, int]) -> bool:
    if other.unit == drop.unit or other.since_s + max(0, lag_s[0] - EARLY_S) > drop.found_s:
        return False
    if drop.exact and drop.since_s < other.since_s - EARLY_S:
        return False
    return other.ended_s is None or drop.since_s <= other.ended_s + lag_s[1] + drop.window_s


def missing_downstream(plant: Plant, product: str, t_per_h: float) -> dict[str, float]:
    """By product, the tonnes that a day with `t_per_h` less will cost downstream, by the yields of the balance."""
    found: dict[str, float] = {}
    waiting = [(product, t_per_h * AHEAD_H)]
    while waiting:
        made_from, tonnes = waiting.pop()
        for node in plant.balance:
            flow = next((flow for flow in node.inputs if flow.product == made_from), None)
            if flow is None:
                continue
            for output in node.outputs:
                if output.product not in found and output.product != product:
                    found[output.product] = tonnes * flow.yield_t_per_t
                    waiting.append((output.product, found[output.product]))
    return found
