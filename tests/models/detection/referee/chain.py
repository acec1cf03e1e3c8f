"""A chain of three nodes with four scales: coal, iron, steel and slabs. What the scales show follows from what is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.detection.referee.node_days import Accused, NodeDays

FIRST, DAYS = 739_000, 200
YIELDS = (0.5, 1.1, 0.95)
SCALES = (Accused("mine1", "coal"), Accused("bf3", "iron"), Accused("bof", "steel"), Accused("cast1", "slab"))
NAMES = ("iron", "steel", "slabs")


@dataclass(frozen=True)
class Fault:
    """From the nth day on a scale shows, or a node makes, so much more."""

    day: int
    share: float


def chain(
    seed: int,
    scales: Mapping[Accused, Fault] | None = None,
    yields: Mapping[str, Fault] | None = None,
    offset_t: float = 0.0,
) -> list[NodeDays]:
    """The nodes: yields vary by half a percent, surveys err by 30 t; `offset_t` is what every day leaves besides."""
    random = np.random.default_rng(seed)
    flows = [random.normal(10_000, 500, DAYS)]
    surveys = [30 * random.normal(size=DAYS + 1) for _ in YIELDS]
    for name, rate in zip(NAMES, YIELDS, strict=True):
        real = np.full(DAYS, rate) * (1 + 0.005 * random.normal(size=DAYS))
        fault = (yields or {}).get(name)
        if fault is not None:
            real[fault.day :] *= 1 + fault.share
        flows.append(flows[-1] * real)
    shown = {}
    for scale, flow in zip(SCALES, flows, strict=True):
        shown[scale] = flow.copy()
        fault = (scales or {}).get(scale)
        if fault is not None:
            shown[scale][fault.day :] *= 1 + fault.share
    nodes = []
    for number, (name, rate) in enumerate(zip(NAMES, YIELDS, strict=True)):
        taken, made = SCALES[number], SCALES[number + 1]
        residual = rate * shown[taken] - shown[made] + surveys[number][:-1] - surveys[number][1:] + offset_t
        columns = {taken: shown[taken], made: shown[made], Accused(node=name): rate * shown[taken]}
        factors = {taken: rate, made: -1.0, Accused(node=name): -1.0}
        nodes.append(NodeDays(name, np.arange(FIRST, FIRST + DAYS), residual, columns, factors))
    return nodes


def without(node: NodeDays, numbers: range) -> NodeDays:
    """The node as if those days of it were not known."""
    kept = ~np.isin(node.days, np.array(numbers) + FIRST)
    shown = {accused: column[kept] for accused, column in node.shown_t.items()}
    return NodeDays(node.node, node.days[kept], node.residual_t[kept], shown, node.factor)
