"""The rules that the benchmark compares. Each gets what the service would have: plant, plan and minutes."""

from collections.abc import Callable

from benchmarks.drops.ewma_rule import ewma_rule
from benchmarks.drops.fixed_rule import fixed_rule
from models.detection.expected.expected import SteadyExpected
from models.detection.finding import Episode
from models.detection.minutes.observed import WorksMinutes
from models.detection.minutes.replay import replay
from models.works.detection_rules import RuleSet
from models.works.plant import Plant


def tundish(plant: Plant, expected: SteadyExpected, works: WorksMinutes) -> list[Episode]:
    """Our own rules, with their defaults."""
    return replay(plant, RuleSet(), expected, works)


RULES: dict[str, Callable[[Plant, SteadyExpected, WorksMinutes], list[Episode]]] = {
    "fixed thresholds": fixed_rule,
    "EWMA": ewma_rule,
    "Tundish": tundish,
}
