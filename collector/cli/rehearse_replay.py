"""Replays of several rule sets over the same minutes: in parallel processes if that is worth it."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.detection.minutes.replay import replay

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import SynchronizedArray

    from models.detection.expected.expected import Expected
    from models.detection.finding import Episode
    from models.detection.minutes.observed import WorksMinutes
    from models.works.plant import Plant

ALONE_UNIT_MINUTES = 20_000
"""Up to so much, starting a second process costs as much as it saves: 2 s, measured on two idle cores."""
# Smooth to the eye, and nothing beside the work of the pool.
REPORT_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class RuleRun:
    """A plant with its rules, and what is expected by them."""

    plant: "Plant"
    expected: "Expected"


def replayed(
    runs: Sequence[RuleRun], minutes: "WorksMinutes", progress: Callable[[float], None]
) -> list[list["Episode"]]:
    """What each run finds; `progress` gets shares from 0 to 1."""
    if len(minutes) * len(minutes.units) <= ALONE_UNIT_MINUTES or len(runs) < 2 or (os.cpu_count() or 1) < 2:
        return [
            replay(run.plant, run.plant.detection, run.expected, minutes, part_of(progress, number, len(runs)))
            for number, run in enumerate(runs)
        ]
    context = multiprocessing.get_context("spawn")
    shares = context.Array("d", len(runs))
    with context.Pool(len(runs), _begin, (shares,)) as pool:
        waiting = pool.starmap_async(_run, [(number, run, minutes) for number, run in enumerate(runs)], chunksize=1)
        while not waiting.ready():
            waiting.wait(REPORT_EVERY_S)
            progress(sum(shares[:]) / len(runs))
        return waiting.get()


def part_of(progress: Callable[[float], None], number: int, count: int) -> Callable[[float], None]:
    """Reports to `progress` the share of the whole, of which this is one of `count` equal parts."""
    return lambda share: progress((number + share) / count)


_shares: "SynchronizedArray[float]"
"""In a process of a pool: the share of each run that is done, which all processes see."""


def _begin(shares: "SynchronizedArray[float]") -> None:
    global _shares
    _shares = shares
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the command ends its pool


def _run(number: int, run: RuleRun, minutes: "WorksMinutes") -> "list[Episode]":
    def progress(share: float) -> None:
        _shares[number] = share

    return replay(run.plant, run.plant.detection, run.expected, minutes, progress)
