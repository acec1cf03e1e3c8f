"""Unplanned stops of the made-up history: when a unit stood, and the reason that people gave. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from collector.simulation.history_hours import Floats, Hours
from models.counting.increment import BUCKET_S
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import StopPart, StopStatement
from models.works.plant import Plant

AUTHOR = "simulated dispatcher"
DAY_S, HOUR_S = 86_400, 3600
QUIET_DAYS = 2
"""The last days of the history know no stop: the works that goes on from here has none of its own accord either, and
what a visitor reads of its first day is to come from that works."""
WAITING_DAYS = 6
"""Of the newest stops nobody has named a reason yet, so the list that waits for reasons is not empty."""
SEVERITY = 2
_EVIDENCE = {
    "en": "no output in this time (SIMULATED history)",
    "ru": "выпуска в это время не было (ИМИТАЦИЯ истории)",
    "kk": "бұл уақытта өнім шыққан жоқ (тарих ИМИТАЦИЯСЫ)",
}


@dataclass(frozen=True, slots=True)
class StopHabit:
    """A unit of some kind stops once in `every_days` (mean), for five minutes up to `longest_h`, for these reasons."""

    every_days: float
    longest_h: float
    reasons: tuple[str, ...]


HABITS: Mapping[str, StopHabit] = {
    "mine": StopHabit(12, 3, ("mechanical", "electrical", "process")),
    "sinter_strand": StopHabit(9, 4, ("mechanical", "electrical", "transport")),
    "blast_furnace": StopHabit(10, 6, ("mechanical", "hydraulic", "process", "automation")),
    "converter": StopHabit(12, 3, ("mechanical", "automation", "process")),
    "hot_strip_mill": StopHabit(6, 4, ("mechanical", "electrical", "hydraulic", "automation")),
}
"""About one hour in a hundred. Coke batteries are pushed always; casters cast what is made."""


@dataclass(frozen=True, slots=True)
class PastStop:
    """The unit stood in [start_s, end_s) (UTC seconds, on five minutes), for `reason`."""

    unit: str
    start_s: int
    end_s: int
    reason: str


def past_stops(unit: str, kind: str, hours: Hours, works: NDArray[np.bool_], seed: int) -> list[PastStop]:
    """The stops of a unit, by begin; each in hours in which by plan it `works`."""
    habit = HABITS.get(kind)
    if habit is None:
        return []
    random = Random(f"{seed}:stops:{unit}")
    first_s, quiet_s = int(hours.start_s[0]), int(hours.start_s[-1]) - QUIET_DAYS * DAY_S
    found: list[PastStop] = []
    at_s = float(first_s)
    while True:
        at_s += random.expovariate(1.0) * habit.every_days * DAY_S
        start_s = int(at_s) // BUCKET_S * BUCKET_S
        # Most stops are short, and few take a shift: the square of an even number.
        length_s = BUCKET_S * max(1, round(habit.longest_h * HOUR_S * random.random() ** 2 / BUCKET_S))
        reason = random.choice(habit.reasons)
        at_s = start_s + length_s + HOUR_S
        if start_s + length_s > quiet_s:
            return found
        touched = slice((start_s - first_s) // HOUR_S, -(-(start_s + length_s - first_s) // HOUR_S))
        if works[touched].all():
            found.append(PastStop(unit, start_s, start_s + length_s, reason))


def share_running(stops: Sequence[PastStop], hours: Hours) -> Floats:
    """The share of each hour in which the unit did not stand."""
    share = np.ones(len(hours.start_s))
    for stop in stops:
        for hour in range((stop.start_s - int(hours.start_s[0])) // HOUR_S, len(share)):
            low, high = (
                max(stop.start_s, int(hours.start_s[hour])),
                min(stop.end_s, int(hours.start_s[hour]) + HOUR_S),
            )
            if low >= high:
                break
            share[hour] -= (high - low) / HOUR_S
    return share


def stops_found(plant: Plant, stops: Sequence[PastStop]) -> Iterator[OutputDrop]:
    """The stops as detection would have told of them."""
    for stop in stops:
        yield OutputDrop(
            unit=stop.unit,
            product=next(iter(plant.units[stop.unit].daily_target_t), ""),
            kind=FindingKind.STOP,
            severity=SEVERITY,
            start_s=stop.start_s,
            end_s=stop.end_s,
            evidence=_EVIDENCE,
        )


def reasons_given(stops: Sequence[PastStop], end_s: int) -> Iterator[StopStatement]:
    """What people had said of them by `end_s`."""
    for stop in stops:
        if stop.end_s < end_s - WAITING_DAYS * DAY_S:
            yield StopStatement(0, stop.unit, stop.start_s, (StopPart(stop.start_s, stop.reason),), AUTHOR)
