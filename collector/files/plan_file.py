"""Files of plans: month, site, shop, unit, product, tonnes. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from collector.files.file_row import FileRow, RefusedRow
from collector.files.layout import laid_out
from collector.files.made_products import MadeProducts
from collector.files.moment import UnreadableMoment, month
from collector.files.places import NamedPlace, PlaceFinder
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.result import FileOptions, FileResult
from collector.files.rows import read_rows, refused
from collector.files.sheet import SheetFile
from collector.sentence import NamedMonth
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.facts import plan_identity
from models.stated.plan import PlanEntry
from models.works.month import length, shifted
from models.works.place import ALL
from models.works.plant import Plant

if TYPE_CHECKING:
    from collections.abc import Hashable

BELIEVED = 1.25
"""A plan over so many times the daily targets waits for a person's confirmation; 1.25 for the reason in figure_file."""


def read_plans(
    file: SheetFile, plant: Plant, options: FileOptions, progress: Callable[[int], None] | None = None
) -> FileResult[PlanEntry]:
    """The plans of a file, one for each month, place and product. If two are for the same, both rows are refused.

    `progress` is told from time to time how many rows were read.
    """
    finder = PlaceFinder(plant, options.rule.units if options.rule is not None else {})

    made = MadeProducts(plant)

    def parse(row: FileRow) -> PlanEntry:
        place = row.place(finder)
        made.check(place)
        plan = PlanEntry(
            month=_month(row),
            shop=place.shop,
            unit=place.unit,
            product=place.product,
            grams=row.grams(),
            author=options.origin,
        )
        _check_nameplate(plant, plan, options)
        return plan

    result = read_rows(laid_out(file, options.rule, finder), options, parse, plans=True, progress=progress)
    rows: dict[Hashable, list[int]] = {}
    for index, located in enumerate(result.entries):
        rows.setdefault(plan_identity(located.entry), []).append(index)
    reasons = {
        index: FileRefusal(RefusalCode.SAME_PLAN, {"rows": tuple(str(result.entries[other].row) for other in same)})
        for same in rows.values()
        if len(same) > 1
        for index in same
    }
    result = refused(result, reasons, options)
    return replace(result, reading=replace(result.reading, places=_places(result), span=_span(result)))


def _month(row: FileRow) -> int:
    field = "month" if row.has("month") else "period"
    try:
        return month(row.cell(field))
    except UnreadableMoment as error:
        error.field = field
        raise


def _places(result: FileResult[PlanEntry]) -> tuple[NamedPlace, ...]:
    found = {(located.entry.shop, located.entry.unit, located.entry.product) for located in result.entries}
    return tuple(NamedPlace(*place) for place in sorted(found))


def _span(result: FileResult[PlanEntry]) -> tuple[date, date] | None:
    months = [located.entry.month for located in result.entries]
    return (date.fromordinal(min(months)), date.fromordinal(shifted(max(months), 1) - 1)) if months else None


def nameplate_grams(plant: Plant, plan: PlanEntry) -> int | None:
    """What the plant can make of the product at that place in that month, by the daily targets.

    None if no target is declared, or if the place is a total and one of its counted units has no target.
    """
    scope = [unit for unit in plant.units.values() if plan.unit in (ALL, unit.code) and plan.shop in (ALL, unit.shop)]
    # A sum that lacks a unit would be too small, and refuse good plans.
    counted = {code for report in plant.reported if report.product == plan.product for code in report.counted_at}
    if any(unit.code in counted and plan.product not in unit.daily_target_t for unit in scope):
        return None
    daily_t = [unit.daily_target_t[plan.product] for unit in scope if plan.product in unit.daily_target_t]
    return round(sum(daily_t) * GRAMS_PER_TONNE) * length(plan.month) if daily_t else None


def _check_nameplate(plant: Plant, plan: PlanEntry, options: FileOptions) -> None:
    limit = nameplate_grams(plant, plan)
    if limit is not None and plan.grams is not None and plan.grams > BELIEVED * limit and not options.confirm:
        raise RefusedRow(
            RefusalCode.PLAN_OVER_TARGETS,
            "tonnes",
            tonnes=round(Decimal(plan.grams) / GRAMS_PER_TONNE, 1),
            month=NamedMonth(plan.month),
            times=Decimal(str(BELIEVED)),
            target=round(Decimal(limit) / GRAMS_PER_TONNE),
        )
