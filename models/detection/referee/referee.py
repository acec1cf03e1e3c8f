"""The referee: whether a meter errs, which one, since when and by how much, with how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.detection.referee.likelihood import Grounds, grounds_of
from models.detection.referee.node_days import Accused, Days, NodeDays

WINDOW = 180
"""Days that are looked at. A fault that lasts longer is slowly taken for the usual: by then it was told for months."""
HEALTHY_FEWEST = 30
"""At the beginning of the window nobody is suspected for thirty days: without a time before it a fault has no size."""
FEWEST_AFTER = 3
"""A fault is three days old at least before it is told: one odd day, or a survey with a slip, is none."""
BEHIND = 14
"""The noise is learned from days that ended so long before the one that is judged. Half of the days would have to be
faulty before their median follows, and for those the days before the fault are in the window too."""
LIMIT = 10.0
"""The logarithm of the likelihood ratio above which a fault is told. Set on seeds 1 to 10 of the simulated works so
that a healthy works of six nodes hears of one once in four years; measured on other seeds (docs/benchmarks.md)."""
HOLDS = 5.0
"""A fault that was told in the last week is told on while the ratio is above this: else it would come and go."""
HELD_DAYS = 7
LEAST_LIKELY = 1 / 20
"""Everyone is named who is not twenty times less likely than the likeliest: to guess at one of two that no node tells
apart (the last scale of the chain and the yield before it, two mines on one washery) would be wrong half of the
times."""


@dataclass(frozen=True, slots=True)
class Named:
    """One that may be the cause, with the probability of that: by `bias_pct` too much (below 0: too little) since
    `since_day` (an ordinal), `tonnes` in all."""

    accused: Accused
    probability: float
    bias_pct: float
    since_day: int
    tonnes: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """A fault that holds at the end of `day`. `named`: who may be the cause, the likeliest first."""

    day: int
    log_ratio: float
    named: tuple[Named, ...]


def ruling(nodes: Sequence[NodeDays], day: int) -> Ruling | None:
    """What the referee says when production date `day` (an ordinal) is over; None: no meter errs that it can tell."""
    found = _judged(nodes, day)
    if found is None or found.log_ratio < HOLDS:
        return None
    if found.log_ratio >= LIMIT:
        return found
    lately = (_judged(nodes, earlier) for earlier in range(day - 1, day - HELD_DAYS, -1))
    return found if any(each is not None and each.log_ratio >= LIMIT for each in lately) else None


def _judged(nodes: Sequence[NodeDays], day: int) -> Ruling | None:
    """The best explanation by a fault, however weak; None if too few days are known for any."""
    first, end = day + 1 - WINDOW, day + 1
    window = [node.within(first, end) for node in nodes]
    healthy = [node.within(first, end - BEHIND) for node in nodes]
    known = [pair for pair in zip(window, healthy, strict=True) if len(pair[1].days) >= HEALTHY_FEWEST]
    if not known:
        return None
    began = min(int(node.days[0]) for node, _ in known)
    begins = np.arange(began + HEALTHY_FEWEST, end - FEWEST_AFTER + 1)
    if len(begins) == 0:
        return None
    grounds = grounds_of([node for node, _ in known], [before for _, before in known], begins)
    if not grounds:
        return None
    best = max(float(item.log_ratio.max()) for item in grounds.values())
    return Ruling(day, best, _named(grounds, begins, [node for node, _ in known], best))


def _named(
    grounds: Mapping[Accused, Grounds], begins: Days, nodes: Sequence[NodeDays], best: float
) -> tuple[Named, ...]:
    weights = {accused: float(np.exp(item.log_ratio.max() - best)) for accused, item in grounds.items()}
    whole = sum(weights.values())
    named: list[Named] = []
    for accused, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
        if weight < LEAST_LIKELY:
            break
        at = int(np.argmax(grounds[accused].log_ratio))
        share, since = float(grounds[accused].share[at]), int(begins[at])
        # A meter's share is of what it showed, its bias of what there was; the yield that changed is in neither.
        bias = share if accused.node else share / (1 - share)
        tonnes = share * _shown(nodes, accused, since)
        named.append(Named(accused, weight / whole, 100 * bias, since, tonnes))
    return tuple(named)


def _shown(nodes: Sequence[NodeDays], accused: Accused, since: int) -> float:
    """The tonnes that it showed since then, by the node with the most of its days."""
    columns = [(node.days, node.shown_t[accused]) for node in nodes if accused in node.shown_t]
    return max(float(column[days >= since].sum()) for days, column in columns)
