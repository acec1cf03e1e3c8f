"""Plans and targets as tables for a terminal."""

from datetime import UTC, date, datetime

from rich.table import Column, Table

from collector.cli.command_texts import command_text, headings
from collector.entries.figure_text import shown_tonnes
from collector.sentence import NamedMonth, shown
from models.books.book import Book
from models.books.claims import Claims
from models.stated.facts import Facts
from models.works.localize import Language
from models.works.month import length
from models.works.place import Place
from models.works.plant import Plant


def plan_table(plant: Plant, facts: Facts, month: int | None, language: Language, *, revisions: bool) -> Table:
    """One row a plan, by month; with `revisions` the older and the withdrawn ones too."""
    month_, shop, unit, product, tonnes_, *others = headings(
        ("month", "shop", "unit", "product", "tonnes", "author", "entered"), language
    )
    table = Table(month_, shop, unit, product, Column(tonnes_, justify="right"), *others)
    plans = facts.all_plans if revisions else facts.plans
    for plan in sorted(plans, key=lambda plan: (plan.month, plan.product, plan.shop, plan.unit, plan.recorded_ns)):
        if month in (None, plan.month):
            entered = datetime.fromtimestamp(plan.recorded_ns // 1_000_000_000, UTC).astimezone(plant.zone)
            none = command_text("is_withdrawn")
            tonnes = none if plan.grams is None else shown_tonnes(plan.grams)
            table.add_row(
                shown(NamedMonth(plan.month), language),
                plan.shop,
                plan.unit,
                plan.product,
                shown(tonnes, language),
                plan.author,
                f"{shown(entered, language)}:{entered:%S}",
            )
    return table


def day_table(plant: Plant, facts: Facts, month: int, language: Language) -> Table:
    """The targets of the days of a month: one column a place that has any, and their sum below."""
    # Targets need no output: a book without any gives the same.
    book = Book(Claims(plant), facts, {}, month, month, 0)
    targets = {place: book.targets.of_days(place, month) for place in book.places.all}
    with_any = {place: days for place, days in targets.items() if any(grams is not None for grams in days)}
    first = command_text("day").told(language)
    table = Table(first, *(Column(_name(place, language), justify="right") for place in with_any))
    for day in range(length(month)) if with_any else ():
        cells = [_tonnes(days[day], language) for days in with_any.values()]
        table.add_row(shown(date.fromordinal(month + day), language), *cells)
    if with_any:
        table.add_section()
        sums = [_tonnes(book.targets.of_month(place, month), language) for place in with_any]
        table.add_row(shown(NamedMonth(month), language), *sums)
    return table


def _name(place: Place, language: Language) -> str:
    where = {"unit": place.unit, "shop": place.shop}.get(place.level, command_text("site"))
    return command_text("target_column", place=where, product=place.product).told(language)


def _tonnes(grams: int | None, language: Language) -> str:
    return "-" if grams is None else shown(shown_tonnes(grams), language)
