"""Two periods beside each other as NiceGUI elements: four dates choose them, and stand in the address."""

from dashboards.web.elements import box, heading, label, scroll
from dashboards.web.linked_table import show_table
from dashboards.web.month_parts import Linked
from dashboards.web.period_choice import period_choice
from dashboards.web.periods_view import PeriodLine, PeriodsView
from dashboards.web.texts import text
from models.works.localize import Language

_COLUMNS = (
    *("place", "period", "tonnes_per_day", "base_period", "tonnes_per_day", "growth_short", "growth_per_day"),
    "remark",
)


_NUMBERS = frozenset(_COLUMNS) - {"place", "remark"}


def show_periods(view: PeriodsView | None, fault: str, address: str, language: Language) -> None:
    """The choice and both tables; `fault`: why there are none. `address`: of the page without periods."""
    heading(text("compare", language))
    dates = ("", "", "", "") if view is None else view.dates
    period_choice(dates, address, () if view is None else view.presets, language)
    if fault:
        label("not-known", fault)
        return
    if view is None or not (view.products or view.units):
        label("empty", text("nothing_to_compare", language))
        return
    label("empty", view.days)
    for key, lines in (("products", view.products), ("drop_unit", view.units)):
        if lines:
            heading(text(key, language), "h3")
            with box("said"), scroll(text(key, language)):
                show_table(_COLUMNS, [_cells(line) for line in lines], _NUMBERS, language)


def _cells(line: PeriodLine) -> tuple[Linked, ...]:
    return (
        Linked(line.name),
        line.now,
        Linked(line.now_per_day),
        line.base,
        Linked(line.base_per_day),
        Linked(line.growth, tone=line.growth_tone),
        Linked(line.per_day, tone=line.per_day_tone),
        Linked(line.remark),
    )
