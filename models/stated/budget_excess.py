"""Words that brought the amounts of a project beyond its budget: whoever recorded one was asked, and confirmed it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from models.stated.measure import MeasureKind, Project, StatedMeasure
from models.stated.stated_act import Effect, StatedAct, stated_acts

_AMOUNTS = frozenset({MeasureKind.WORK_PLAN, MeasureKind.WORK_DONE, MeasureKind.PAID_PLAN, MeasureKind.PAID})
Recorded = tuple[int, str, str]
"""When a word was recorded (UTC ns), the present code of its project, and its kind."""


@dataclass(frozen=True, slots=True)
class BudgetExcess:
    """What the amounts came to once the word was recorded, and the budget as it is declared now, in the amounts of the
    project."""

    sum: Decimal
    budget: Decimal


def budget_excesses(projects: Iterable[Project], words: Iterable[StatedMeasure]) -> Mapping[Recorded, BudgetExcess]:
    """`words`: in the order of recording, by present codes. Those of one instant are one file, and judged together."""
    budgets = {project.code: project.budget for project in projects if project.budget is not None}
    ours = (act for act in stated_acts(words) if act.word.subject in budgets and act.word.kind in _AMOUNTS)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    found: dict[Recorded, BudgetExcess] = {}
    for recorded_ns, together in groupby(ours, key=lambda act: act.word.recorded_ns):
        added = set()
        for act in together:
            of = act.word.subject, act.word.kind.value
            sums[of] += _change(act)
            if not act.word.withdrawn and act.word.value:
                added.add(of)
        for of in added:
            budget = budgets[of[0]]
            if sums[of] > budget:
                found[recorded_ns, *of] = BudgetExcess(sums[of], budget)
    return found


def _change(act: StatedAct[StatedMeasure]) -> Decimal:
    """By how much the word moved the sum when it was recorded."""
    if act.effect is Effect.WITHOUT:
        return Decimal()
    before = Decimal() if act.before is None else act.before.value
    return -before if act.word.withdrawn else act.word.value - before
