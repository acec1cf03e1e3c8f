"""What people have stated, as it was known at one instant: the newest word on each figure, plan and repair."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure, MonthClose, MonthReopening
from models.stated.figure import Figure
from models.stated.plan import PlanEntry, Repair

Item = TypeVar("Item")


@dataclass(frozen=True)
class Facts:
    """Everything recorded, in the order of recording; the properties give the newest word on each thing."""

    all_figures: Sequence[Figure] = ()
    all_plans: Sequence[PlanEntry] = ()
    all_repairs: Sequence[Repair] = ()
    adjustments: Sequence[Adjustment] = ()
    closes: Sequence[MonthClose] = ()
    all_closed_figures: Sequence[ClosedFigure] = ()
    reopenings: Sequence[MonthReopening] = ()

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """The newest revision of every figure that is not withdrawn."""
        newest = newest_by(self.all_figures, figure_identity)
        return [figure for figure in newest if figure.grams is not None]

    @cached_property
    def plans(self) -> Sequence[PlanEntry]:
        """The newest revision of every plan that is not withdrawn."""
        newest = newest_by(self.all_plans, plan_identity)
        return [plan for plan in newest if plan.grams is not None]

    @cached_property
    def repairs(self) -> Sequence[Repair]:
        """The newest revision of every repair that is not withdrawn."""
        newest = newest_by(self.all_repairs, lambda repair: repair.name)
        return [repair for repair in newest if not repair.withdrawn]

    @cached_property
    def standing_closes(self) -> Sequence[MonthClose]:
        """The closings that stand: the last of each month, unless the month was reopened after it."""
        opened = {item.month: item.recorded_ns for item in self.reopenings}
        last = {close.month: close for close in self.closes}
        return [close for month, close in last.items() if month not in opened or opened[month] < close.recorded_ns]

    @cached_property
    def closed_months(self) -> frozenset[int]:
        """The first days (ordinals) of the months whose books are closed."""
        return frozenset(close.month for close in self.standing_closes)

    @cached_property
    def closed_figures(self) -> Sequence[ClosedFigure]:
        """What the standing closings signed."""
        signed = {(close.month, close.recorded_ns) for close in self.standing_closes}
        return [item for item in self.all_closed_figures if (item.month, item.recorded_ns) in signed]

    def known_at(self, instant_ns: int) -> "Facts":
        """What of this had been recorded by `instant_ns`: a report says again exactly what it said then."""
        return replace(
            self,
            all_figures=[item for item in self.all_figures if item.recorded_ns <= instant_ns],
            all_plans=[item for item in self.all_plans if item.recorded_ns <= instant_ns],
            all_repairs=[item for item in self.all_repairs if item.recorded_ns <= instant_ns],
            adjustments=[item for item in self.adjustments if item.recorded_ns <= instant_ns],
            closes=[item for item in self.closes if item.recorded_ns <= instant_ns],
            all_closed_figures=[item for item in self.all_closed_figures if item.recorded_ns <= instant_ns],
            reopenings=[item for item in self.reopenings if item.recorded_ns <= instant_ns],
        )


def figure_identity(figure: Figure) -> Hashable:
    """What two revisions of one figure have in common: the key that its file gave it, else place, product and span."""
    if figure.key:
        return figure.key  # a file that names its figures may move one to another span or place
    return (
        figure.shop,
        figure.unit,
        figure.product,
        figure.basis,
        figure.definition,
        figure.start_ns,
        figure.end_ns,
    )


def plan_identity(plan: PlanEntry) -> Hashable:
    """What two revisions of one plan have in common."""
    return plan.month, plan.shop, plan.unit, plan.product


def newest_by(items: Iterable[Item], identity: Callable[[Item], Hashable]) -> list[Item]:
    """The last item of each identity, in the order in which identities first came."""
    found: dict[Hashable, Item] = {}
    # A revision keeps the place of the first word, so that lists do not change their order when a number is corrected.
    for item in items:
        found[identity(item)] = item
    return list(found.values())
