"""The phases of the move to natural gas: the milestones of the project that the configuration names, as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.heat.fuel_texts import fuel_text
from models.stated.measure import Milestone, Project
from models.stated.milestone_word import MilestoneWord, days_late
from models.stated.project_progress import StatedOfProjects, is_reached
from models.works.localize import Language, localize_day


@dataclass(frozen=True, slots=True)
class GasPhase:
    """One phase. `word`: the newest that was said of it; `reached`: by the day that is told of; `late`: by how many
    days."""

    milestone: Milestone
    word: MilestoneWord | None
    reached: bool
    late: int

    def when(self, language: Language) -> str:
        """Reached, expected or planned, with the date, and how late."""
        word = self.word
        if self.reached and word is not None and word.fact is not None:
            said, late = _of("phase_reached", word.fact, language), "phase_was_late"
        elif word is not None and word.forecast is not None:
            planned = _of("phase_planned", self.milestone.planned, language)
            said, late = f"{planned}, {_of('phase_expected', word.forecast, language)}", "phase_late"
        else:
            said, late = _of("phase_planned", self.milestone.planned, language), "phase_late"
        return f"{said}, {fuel_text(late, language).format(count=self.late)}" if self.late else said


def gas_phases(code: str, projects: Sequence[Project], stated: StatedOfProjects, day: int) -> tuple[GasPhase, ...]:
    """Of the project `code` as of a date (an ordinal), in the order of their plan; none if no project is named."""
    found = [
        GasPhase(milestone, word, is_reached(word, day), days_late(milestone, word, day))
        for project in projects
        if project.code == code
        for milestone in project.milestones
        for word in [stated.milestones.get((project.code, milestone.code))]
    ]
    return tuple(sorted(found, key=lambda phase: phase.milestone.planned))


def phases_sentence(phases: Sequence[GasPhase], language: Language) -> str:
    """How many were reached, and the next one; of none nothing."""
    if not phases:
        return ""
    coming = next((phase for phase in phases if not phase.reached), None)
    following = (
        ""
        if coming is None
        else fuel_text("phase_next", language).format(name=coming.milestone.name(language), when=coming.when(language))
    )
    reached = sum(phase.reached for phase in phases)
    return fuel_text("phases", language).format(reached=reached, count=len(phases), next=following)


def _of(key: str, day: int, language: Language) -> str:
    return fuel_text(key, language).format(day=localize_day(date.fromordinal(day), language))
