"""The stocks of the made-up history: mass is conserved from day to day by the yields of the works.

The stocks are worked out backwards from those with which the simulated works starts, so the day in which the one goes
over into the other closes as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

import numpy as np

from collector.simulation.history_hours import Floats, Hours
from collector.simulation.nodes import CASTING, NODES, NodeSpec
from collector.simulation.surveys import Survey, lying_t
from collector.simulation.unit import Stocks

BUFFERED_T = 400.0
"""What liquid steel may lie more or less at the end of a day than usual: a heat and a half, as in the works that
runs."""


def cast_what_is_made(steel: Sequence[Floats], slabs: Sequence[Floats], hours: Hours, seed: int) -> None:
    """Scale the days of slabs: liquid steel cannot wait, and nobody sells it. All else can: pig iron is cast cold."""
    random = Random(f"{seed}:history:{CASTING.name}:buffer")
    poured = hours.daily(sum(steel, start=np.zeros(len(hours.day))))
    lying = np.array([random.uniform(-BUFFERED_T, BUFFERED_T) for _ in range(len(poured) + 1)])
    cast = hours.daily(sum(slabs, start=np.zeros(len(hours.day))))
    factor = np.maximum((poured - np.diff(lying)) * CASTING.t_per_t, 0.0) / np.maximum(cast, 1.0)
    for column in slabs:
        column *= factor[hours.day - hours.day[0]]


def surveys_of(tonnes: Mapping[str, Floats], hours: Hours, seed: int) -> Iterator[Survey]:
    """The surveys at the ends of the history's days, by what was made of each product in its hours.

    The first is of the end of the day before the history, so that its first day closes.
    """
    for node in NODES:
        if node.taken in tonnes and node.made in tonnes:
            yield from _surveys(node, hours.daily(tonnes[node.taken]), hours.daily(tonnes[node.made]), hours, seed)


def _surveys(node: NodeSpec, came: Floats, made: Floats, hours: Hours, seed: int) -> Iterator[Survey]:
    first = int(hours.day[0])
    stock = lying_t(Stocks(), node)
    # The last day has not ended: what lies at its end is what the simulated works starts with.
    for day in range(first + len(came) - 1, first - 1, -1):
        taken = node.taken_for(float(made[day - first]), seed, day)
        ends_with = stock
        stock += taken - float(came[day - first])
        bought = 0.0
        if day < first + len(came) - 1:
            bought = -node.moved(stock)
            stock -= bought
            yield Survey(node, day, node.surveyed(ends_with, seed, day), bought)
    yield Survey(node, first - 1, node.surveyed(stock, seed, first - 1))
