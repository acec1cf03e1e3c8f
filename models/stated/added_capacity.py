"""What a project adds to the capacity of the works, and from when.

It is told and no more: a target is made of the plan that a planner states, whatever a project promises.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from models.stated.measure import Project
from models.stated.milestone_word import MilestoneWord


@dataclass(frozen=True, slots=True)
class CapacityStart:
    """The date (an ordinal) from which capacity is there, or is expected; None: the last one that was named has passed.
    `reached`: it is there. `word`: what was said of the milestone that it waits for, if any."""

    day: int | None
    reached: bool
    word: MilestoneWord | None


def capacity_start(
    project: Project, words: Mapping[tuple[str, str], MilestoneWord], today: int
) -> CapacityStart | None:
    """By what is known on the date `today` (an ordinal); None: the project adds no capacity."""
    added = project.capacity
    if added is None:
        return None
    if added.start is not None:
        return CapacityStart(added.start, added.start <= today, None)
    milestone = next(each for each in project.milestones if each.code == added.milestone)
    word = words.get((project.code, milestone.code))
    if word is not None and word.fact is not None:
        return CapacityStart(word.fact, word.fact <= today, word)
    forecast = None if word is None else word.forecast
    expected = milestone.planned if forecast is None else forecast
    return CapacityStart(expected if expected >= today else None, reached=False, word=word)
