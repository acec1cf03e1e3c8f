"""Replays: what detection would have found over past minutes."""

from collections.abc import Callable

from models.detection.expected.expected import Expected
from models.detection.finding import Episode, Finding
from models.detection.minutes.observed import WorksMinutes
from models.detection.trends.trend_watch import TrendWatch
from models.detection.works_watch import WorksWatch
from models.works.detection_rules import RuleSet
from models.works.plant import Plant


def replay(
    plant: Plant,
    rules: RuleSet,
    expected: Expected,
    minutes: WorksMinutes,
    progress: Callable[[float], None] = lambda _share: None,
) -> list[Episode]:
    """Every finding over `minutes`, in the order in which they were found. `progress` is called with shares, 0 to 1."""
    watch = WorksWatch(plant, rules)
    trends = TrendWatch(plant, watch)
    held: dict[str, Finding] = {}
    episodes: list[Episode] = []
    for number, (at_s, samples) in enumerate(minutes.samples()):
        watch.step(at_s, samples, expected)
        trends.step()
        now = {finding.key: finding for finding in (*watch.findings(), *trends.findings())}
        episodes += [Episode(finding, at_s) for key, finding in held.items() if key not in now]
        held = now
        if number % 1440 == 0:  # once a day of minutes
            progress(number / len(minutes))
    episodes += [Episode(finding, None) for finding in held.values()]
    return sorted(episodes, key=lambda episode: (episode.finding.found_s, episode.finding.key))
