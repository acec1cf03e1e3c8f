"""What a file of plans comes to, beside the plan and the output of the month before; and plans far off the usual."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from collector.entries.entry_texts import entry_text
from collector.entries.figure_text import ToldPlan, shown_tonnes
from collector.entries.file_sums import FAR_OVER, FAR_UNDER, FileSum, nominal_grams
from collector.entries.total_parts import differing, grouped
from collector.files.plan_file import nameplate_grams
from collector.files.refusal import FileRefusal, RefusalCode
from collector.sentence import NamedMonth, Sentence
from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.facts import Facts, plan_identity
from models.stated.plan import PlanEntry
from models.works.calendar import HOUR_NS
from models.works.month import length, shifted
from models.works.place import place_of

MONTHS_BACK = 12
"""The newest plan of a place within a year before is its usual one; an older one is of another works."""
DAY_NS = 24 * HOUR_NS


@dataclass(frozen=True, slots=True)
class PlansBefore:
    """What is known beside the plans of a file: those in the ledger, and the books of the month before the first."""

    facts: Facts
    book: Book

    def plan(self, plan: PlanEntry) -> int | None:
        """The newest plan of its place and product before its month, for as many days."""
        stored = {plan_identity(item): item for item in self.facts.plans}
        for back in range(1, MONTHS_BACK + 1):
            before = stored.get(plan_identity(replace(plan, month=shifted(plan.month, -back))))
            if before is not None and before.grams is not None:
                return before.grams * length(plan.month) // length(before.month)
        return None

    def output(self, plan: PlanEntry) -> int | None:
        """What its place made in the last month of the books, for as many days; None if a day of it is not known."""
        place = place_of(self.book.plant, plan.shop, plan.unit, plan.product)
        first, end = self.book.first, self.book.end
        made = self.book.total(place, first, end) if place is not None else None
        if made is None or made.grams is None or not made.whole:
            return None
        return made.grams * length(plan.month) // (end - first)

    def nominal(self, plan: PlanEntry) -> int | None:
        """What the counters of its place can show in a month at their greatest rate."""
        place = place_of(self.book.plant, plan.shop, plan.unit, plan.product)
        return None if place is None else nominal_grams(self.book.plant, place, length(plan.month) * DAY_NS)


def plan_sums(before: PlansBefore, plans: Iterable[PlanEntry]) -> list[FileSum]:
    """By product and level; the target of each sum is the plan before, and its month before is the output."""
    found: dict[tuple[str, str], FileSum] = {}
    for plan in plans:
        place = place_of(before.book.plant, plan.shop, plan.unit, plan.product)
        if place is None:
            continue
        key = plan.product, place.level
        total = found.get(key, FileSum(*key, 0, 0, 0))
        usual, made = before.plan(plan), before.output(plan)
        found[key] = replace(
            total,
            grams=total.grams + (plan.grams or 0),
            target_grams=None if total.target_grams is None or usual is None else total.target_grams + usual,
            before_grams=None if total.before_grams is None or made is None else total.before_grams + made,
        )
    return list(found.values())


def unusual_plans(before: PlansBefore, plans: Sequence[PlanEntry]) -> dict[int, FileRefusal]:
    """By index, plans that are ten times the usual or more, or a tenth of it or less.

    Usual is the plan before, else the output of the month before, else the other months of the file, else the daily
    targets; where none is known, what its counters can show is the most. A plan of nothing is of a unit that
    stands, and no slip.
    """
    others = _by_place(plans)
    found: dict[int, FileRefusal] = {}
    for index, plan in enumerate(plans):
        if not plan.grams:
            continue
        usual = before.plan(plan) or before.output(plan) or _of_others(others[_place(plan)], plan)
        usual = usual or nameplate_grams(before.book.plant, plan)
        most = before.nominal(plan)
        if usual and (plan.grams >= FAR_OVER * usual or plan.grams * FAR_OVER <= usual):
            found[index] = _unusual(plan, usual)
        elif not usual and most and plan.grams > most:
            names = {"times": 1, "most": round(Decimal(most) / GRAMS_PER_TONNE)}
            found[index] = FileRefusal(RefusalCode.OVER_NOMINAL, names)
        elif not usual and most and plan.grams * FAR_UNDER < most:
            found[index] = FileRefusal(RefusalCode.FAR_UNDER_USUAL, {"times": FAR_UNDER})
    return found


def plan_remarks(before: PlansBefore, plans: Sequence[PlanEntry]) -> list[Sentence]:
    """Totals that the plans of their parts do not come to."""
    known = {plan_identity(plan): plan for plan in (*before.facts.plans, *plans)}
    keyed = (((plan.product, plan.month), plan) for plan in known.values())
    plant = before.book.plant
    found = differing(plant, grouped(keyed), {id(plan) for plan in plans})
    return [entry_text("total_differs", total=ToldPlan(plant, it), parts=shown_tonnes(parts)) for it, parts in found]


def _unusual(plan: PlanEntry, usual: int) -> FileRefusal:
    names: dict[str, object] = {
        "tonnes": round(Decimal(plan.grams or 0) / GRAMS_PER_TONNE, 1),
        "month": NamedMonth(plan.month),
        "times": FAR_OVER,
        "usual": round(Decimal(usual) / GRAMS_PER_TONNE, 1),
    }
    return FileRefusal(RefusalCode.PLAN_UNUSUAL, names)


def _by_place(plans: Iterable[PlanEntry]) -> Mapping[tuple[str, str, str], Sequence[PlanEntry]]:
    found: dict[tuple[str, str, str], list[PlanEntry]] = {}
    for plan in plans:
        found.setdefault(_place(plan), []).append(plan)
    return found


def _place(plan: PlanEntry) -> tuple[str, str, str]:
    return plan.shop, plan.unit, plan.product


def _of_others(plans: Sequence[PlanEntry], plan: PlanEntry) -> int | None:
    others = [other.grams for other in plans if other is not plan and other.grams]
    return round(median(others)) if others else None
