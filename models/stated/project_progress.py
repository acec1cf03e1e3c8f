"""How far projects are, by what was stated of them: what briefing, table and page have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.stated.measure import Indicator, MeasureKind, Milestone, Project, StatedMeasure
from models.stated.milestone_word import MilestoneWord, days_late


@dataclass(frozen=True, slots=True)
class StatedOfProjects:
    """The newest word of each number, and by project and milestone of each milestone."""

    numbers: Sequence[StatedMeasure]
    milestones: Mapping[tuple[str, str], MilestoneWord]


@dataclass(frozen=True, slots=True)
class ProjectsAsKnown:
    """What a works has beside tonnes and what was known of it on `day` (an ordinal of its site)."""

    projects: Sequence[Project]
    indicators: Sequence[Indicator]
    stated: StatedOfProjects
    day: int


@dataclass(frozen=True, slots=True)
class LateMilestone:
    """A milestone that was not reached by the day that is told of: by how many days it is late, and when (the ordinal)
    it is expected, or was reached later; None: nobody said."""

    milestone: Milestone
    word: MilestoneWord | None
    days: int
    expected: int | None


def is_reached(word: MilestoneWord | None, day: int) -> bool:
    """Whether a milestone was reached by `day` (an ordinal)."""
    return word is not None and word.fact is not None and word.fact <= day


def late_milestones(project: Project, stated: StatedOfProjects, day: int) -> list[LateMilestone]:
    """Those of a project that are late on `day` (an ordinal), by what is known of them."""
    found = []
    for milestone in project.milestones:
        word = stated.milestones.get((project.code, milestone.code))
        late = days_late(milestone, word, day)
        if late and not is_reached(word, day):
            expected = None if word is None else word.fact or word.forecast
            found.append(LateMilestone(milestone, word, late, expected))
    return found


def of_project(project: Project, numbers: Iterable[StatedMeasure], end: int) -> list[StatedMeasure]:
    """What is known of a project by the end of its months, the ordinal `end`."""
    return [each for each in numbers if each.subject == project.code and each.end <= end]


def total(project: Project, ours: Iterable[StatedMeasure], kind: MeasureKind) -> Decimal | None:
    """The sum of the amounts of one kind, in units of the currency; None: nothing is known."""
    amounts = [each.value for each in ours if each.kind is kind]
    return sum(amounts, Decimal()) * project.amounts_in if amounts else None


def newest_of(ours: Iterable[StatedMeasure], kind: MeasureKind) -> StatedMeasure | None:
    """The number of one kind that is of the latest months."""
    return max((each for each in ours if each.kind is kind), key=lambda each: each.end, default=None)


def are_of_the_same_months(ours: Sequence[StatedMeasure], one: MeasureKind, other: MeasureKind) -> bool:
    """Whether both kinds are known of the same months of the same projects: else their sums are none to compare."""
    first, second = ({(each.subject, each.start) for each in ours if each.kind is kind} for kind in (one, other))
    return first == second


def months_without(ours: Sequence[StatedMeasure], kind: MeasureKind, months: Iterable[int]) -> list[int]:
    """Those of the months (their first days, ordinals) that have no number of one kind, after one that has."""
    known = {each.start for each in ours if each.kind is kind}
    return [month for month in months if month not in known and known and min(known) < month]
