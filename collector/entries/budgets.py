"""Amounts that come to more than the budget of their project. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collector.files.measure_texts import measure_text
from collector.sentence import FilledText
from models.briefing.shown_numbers import currency_name
from models.stated.measure import MeasureKind, Project, StatedMeasure
from models.works.localize import Language


@dataclass(frozen=True, slots=True)
class _ProjectName:
    project: Project

    def told(self, language: Language) -> str:
        return self.project.name(language)


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What its amounts are in: million tenge."""

    project: Project

    def told(self, language: Language) -> str:
        currency = currency_name(self.project.currency, language)
        return measure_text(f"amounts_{self.project.amounts_in}", currency=currency).told(language)


_AMOUNTS = (MeasureKind.WORK_PLAN, MeasureKind.WORK_DONE, MeasureKind.PAID_PLAN, MeasureKind.PAID)


def amounts_beyond(
    projects: Sequence[Project], stands: Sequence[StatedMeasure], fresh: Sequence[StatedMeasure]
) -> list[FilledText]:
    """Of the sums that `fresh` adds to, those that come to more than the budget, by what `stands` with it."""
    added = {(each.subject, each.kind) for each in fresh if each.value}
    found = []
    for project in (each for each in projects if each.budget is not None):
        for kind in _AMOUNTS:
            sum_ = sum((each.value for each in stands if (each.subject, each.kind) == (project.code, kind)), Decimal())
            if (project.code, kind) in added and project.budget is not None and sum_ > project.budget:
                found.append(
                    measure_text(
                        "beyond_budget",
                        project=_ProjectName(project),
                        column=measure_text(kind.value),
                        sum=sum_,
                        budget=project.budget,
                        amounts=_Amounts(project),
                    )
                )
    return found
