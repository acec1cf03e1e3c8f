"""Files of plans: month, site, shop, unit, product, tonnes. Pure."""

from collections.abc import Sequence

from collector.files.moment import month
from collector.files.result import FileOptions, FileResult
from collector.files.rows import FileRow, RefusedRow, read_rows, refused
from collector.files.sheet import Sheet
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.plan import PlanEntry
from models.works.month import length, period_text
from models.works.place import ALL
from models.works.plant import Plant

NEEDED = ("month", "product", "tonnes")
BELIEVED = 1.25
"""A plan over so many times the daily targets waits for a person's confirmation; 1.25 for the reason in figure_file."""


def read_plans(sheets: Sequence[Sheet], plant: Plant, options: FileOptions) -> FileResult[PlanEntry]:
    """The plans of a file, one for each month, place and product. If two are for the same, both rows are refused."""

    def parse(row: FileRow) -> PlanEntry:
        place = row.place(plant)
        plan = PlanEntry(
            month=month(row.cell("month")),
            shop=place.shop,
            unit=place.unit,
            product=place.product,
            grams=row.grams(),
            author=options.origin,
        )
        _check_nameplate(plant, plan, options)
        return plan

    result = read_rows(sheets, NEEDED, options, parse)
    rows: dict[tuple[int, str, str, str], list[int]] = {}
    for index, located in enumerate(result.entries):
        plan = located.entry
        rows.setdefault((plan.month, plan.shop, plan.unit, plan.product), []).append(index)
    reasons = {
        index: f"rows {', '.join(str(result.entries[other].row) for other in same)} are plans for the same month, "
        "place and product: keep one"
        for same in rows.values()
        if len(same) > 1
        for index in same
    }
    return refused(result, reasons, options)


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
            f"{plan.grams / GRAMS_PER_TONNE:,.1f} t in {period_text(plan.month)} is over {BELIEVED} times the "
            f"{limit / GRAMS_PER_TONNE:,.0f} t of the daily targets: check it; if it is right, import it with --confirm"
        )
