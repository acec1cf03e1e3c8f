"""Plans and targets as tables for a terminal."""

from datetime import UTC, date, datetime

from rich.table import Column, Table

from models.books.book import Book
from models.books.claims import Claims
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.facts import Facts
from models.works.month import length, period_text
from models.works.place import Place
from models.works.plant import Plant


def plan_table(plant: Plant, facts: Facts, month: int | None, *, revisions: bool) -> Table:
    """One row a plan, by month; with `revisions` the older and the withdrawn ones too."""
    table = Table("month", "shop", "unit", "product", Column("tonnes", justify="right"), "author", "entered")
    plans = facts.all_plans if revisions else facts.plans
    for plan in sorted(plans, key=lambda plan: (plan.month, plan.product, plan.shop, plan.unit, plan.recorded_ns)):
        if month in (None, plan.month):
            entered = datetime.fromtimestamp(plan.recorded_ns // 1_000_000_000, UTC).astimezone(plant.zone)
            tonnes = "withdrawn" if plan.grams is None else f"{plan.grams / GRAMS_PER_TONNE:,.3f}"
            table.add_row(
                period_text(plan.month),
                plan.shop,
                plan.unit,
                plan.product,
                tonnes,
                plan.author,
                f"{entered:%Y-%m-%d %H:%M:%S}",
            )
    return table


def day_table(plant: Plant, facts: Facts, month: int) -> Table:
    """The targets of the days of a month: one column a place that has any, and their sum below."""
    # Targets need no output: a book without any gives the same.
    book = Book(Claims(plant), facts, {}, month, month, 0)
    targets = {place: book.targets.of_days(place, month) for place in book.places.all}
    shown = {place: days for place, days in targets.items() if any(grams is not None for grams in days)}
    table = Table("day", *(Column(_name(place), justify="right") for place in shown))
    for day in range(length(month)) if shown else ():
        cells = [_tonnes(days[day]) for days in shown.values()]
        table.add_row(date.fromordinal(month + day).isoformat(), *cells)
    if shown:
        table.add_section()
        table.add_row(period_text(month), *(_tonnes(book.targets.of_month(place, month)) for place in shown))
    return table


def _name(place: Place) -> str:
    where = place.unit if place.level == "unit" else place.shop if place.level == "shop" else "site"
    return f"{where} {place.product}, t"


def _tonnes(grams: int | None) -> str:
    return "-" if grams is None else f"{grams / GRAMS_PER_TONNE:,.3f}"
