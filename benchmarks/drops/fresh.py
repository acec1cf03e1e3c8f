"""The held-out scenarios once more, on seeds and works that no tuning and no repair of a rule has seen.

What is done to the works, and when, stays the same. Seeds and parameters differ. What follows downstream was not
measured on these seeds, so findings that are reported as consequences are not judged here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from benchmarks.drops.scenario import HELD_OUT, Scenario, ScenarioKind
from benchmarks.drops.works_parameters import FRESH_PARAMETERS
from models.detection.finding import Episode

FRESH = "fresh"
SEED = 800_000
KINDS = frozenset(ScenarioKind) - {ScenarioKind.CONSEQUENCE, ScenarioKind.PUBLISHED}


def fresh(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """A fresh scenario for each held-out one, with its own labels only."""
    works = sorted(FRESH_PARAMETERS)
    held_out = [each for each in scenarios if each.part == HELD_OUT and each.kind in KINDS]
    return [
        replace(
            each,
            code=f"{FRESH}-{each.code}",
            part=FRESH,
            seed=each.seed + SEED,
            parameters=works[number % len(works)],
            labels=tuple(label for label in each.labels if not label.causes),
        )
        for number, each in enumerate(held_out)
    ]


def without_consequences(episodes: Sequence[Episode]) -> list[Episode]:
    """The episodes that are reported as drops of their own."""
    return [episode for episode in episodes if not episode.finding.cause_unit]
