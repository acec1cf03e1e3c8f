"""What was found, compared with the labels of a scenario. Pure.

An episode belongs to a label if it names one of its units, is about output or about data as the label is, and was found
between the label's start and its end plus tolerance. A consequence may be found as soon as its cause began. An episode
that was found for one label and still holds when another of the same unit begins has found that one too. Forecasts of a
month are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.drops.scenario import HOUR_S, Scenario, ScenarioLabel
from models.detection.finding import Episode, FindingKind

AFTER_DATA_S = 28 * HOUR_S
"""An output finding this soon after a fault of the unit's data counts as caused by the fault."""


@dataclass(frozen=True, slots=True)
class Found:
    """One label and when it was first found (seconds from the scenario's start; None: never)."""

    label: ScenarioLabel
    found_s: int | None

    @property
    def delay_s(self) -> int | None:
        """From the label's start; 0 for a consequence that was found before its measured start."""
        return None if self.found_s is None else max(0, self.found_s - self.label.start_s)


@dataclass(slots=True)
class Judged:
    """One scenario's outcome.

    `false`: episodes without a label. `wrong_cause`: a fault of data that was reported as a drop of output.
    `cause_missed`: a required consequence that was found without its cause; it counts as found. `cause_wrong`: a drop
    that was reported as the consequence of a unit that did not drop.
    """

    scenario: Scenario
    found: list[Found] = field(default_factory=list)
    false: list[Episode] = field(default_factory=list)
    wrong_cause: list[Episode] = field(default_factory=list)
    cause_missed: list[Episode] = field(default_factory=list)
    cause_wrong: list[Episode] = field(default_factory=list)


def judge(scenario: Scenario, episodes: Sequence[Episode]) -> Judged:
    """Match the episodes (UTC seconds) with the labels of the scenario."""
    judged = Judged(scenario)
    first_s: dict[int, int] = {}
    for episode in sorted(episodes, key=lambda each: each.finding.found_s):
        if episode.finding.kind is FindingKind.MONTH_SHORT:
            continue
        matching = sorted(
            _matching(scenario, episode), key=lambda index: _rank(scenario.labels[index], episode, index in first_s)
        )
        if not matching:
            _blame(judged, episode)
            continue
        found_s = episode.finding.found_s - scenario.start_s
        best = matching[0]
        first_s.setdefault(best, found_s)
        _cause(judged, episode, scenario.labels[best])
        for index in _standing(scenario, episode):
            first_s.setdefault(index, max(found_s, scenario.labels[index].start_s))
    judged.found = [Found(label, first_s.get(index)) for index, label in enumerate(scenario.labels)]
    return judged


def _matching(scenario: Scenario, episode: Episode) -> Iterator[int]:
    at_s = episode.finding.found_s - scenario.start_s
    for index, label in enumerate(scenario.labels):
        if _speaks_of(episode, label) and _earliest_s(scenario, label) <= at_s <= label.end_s + label.tolerance_s:
            yield index


def _speaks_of(episode: Episode, label: ScenarioLabel) -> bool:
    return episode.finding.unit in label.units and episode.finding.kind.is_data == label.kind.is_data


def _earliest_s(scenario: Scenario, label: ScenarioLabel) -> int:
    """When a label can be found first: a consequence from its cause's start on."""
    causes = [other.start_s for other in scenario.labels if set(other.units) & set(label.causes) and other != label]
    return min([label.start_s, *causes])


def _rank(label: ScenarioLabel, episode: Episode, is_found: bool) -> tuple[bool, bool, bool, int]:
    """The best first: required, found with its cause, not found yet, the last to begin."""
    caused = not label.causes or episode.finding.cause_unit in label.causes
    return not label.required, not caused, is_found, -label.start_s


def _standing(scenario: Scenario, episode: Episode) -> Iterator[int]:
    """Labels that begin while an episode that was found before still holds."""
    finding = episode.finding
    for index, label in enumerate(scenario.labels):
        start_s = scenario.start_s + label.start_s
        if _speaks_of(episode, label) and finding.found_s < start_s < (episode.cleared_s or start_s + 1):
            yield index


def _blame(judged: Judged, episode: Episode) -> None:
    """File an episode without a label: a fault of data reported as output, or false."""
    finding, scenario = episode.finding, judged.scenario
    at_s = finding.found_s - scenario.start_s
    of_data = not finding.kind.is_data and any(
        label.kind.is_data and finding.unit in label.units and label.start_s <= at_s <= label.end_s + AFTER_DATA_S
        for label in scenario.labels
    )
    (judged.wrong_cause if of_data else judged.false).append(episode)


def _cause(judged: Judged, episode: Episode, label: ScenarioLabel) -> None:
    """Whether the cause that an episode names, or not, is the label's."""
    named = episode.finding.cause_unit
    if label.kind.is_data:
        return
    if label.causes:
        if label.required and named not in label.causes:
            (judged.cause_wrong if named else judged.cause_missed).append(episode)
    elif named and not any(
        named in other.units and not other.kind.is_data for other in judged.scenario.labels if other != label
    ):
        judged.cause_wrong.append(episode)
