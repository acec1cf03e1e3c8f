"""`tundish plan`: the plans of months, and what they mean for each day."""

from pathlib import Path
from typing import Annotated

import typer

from collector.cli.command_texts import command_text
from collector.cli.entry_options import (
    By,
    Confirm,
    DryRun,
    FileWords,
    KeepGood,
    NumberFormat,
    Rule,
    UnitOfMeasure,
    author,
    entry_file,
)
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say

app = typer.Typer(help="Plans of months, turned into targets of days and hours.", no_args_is_help=True)
Month = Annotated[str, typer.Option("--month", help="only this month, such as 2025-08", show_default=False)]


@app.command(name="import")
@errors_in_language
def import_plans(
    files: Annotated[list[Path], typer.Argument(help="CSV, XLSX, XLS or ODS files", show_default=False)],
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    unit_of_measure: UnitOfMeasure = "",
    number_format: NumberFormat = "",
    rule: Rule = "",
    keep_good: KeepGood = False,
    confirm: Confirm = False,
    dry_run: DryRun = False,
) -> None:
    """Import plans, with the columns month, site, shop, unit, product, tonnes.

    A newer plan replaces an older one, which is kept.

    Raises:
        ConfigurationError: the configuration has faults.
        CollectorError: the file was refused; the text lists the rows.
    """
    from collector.cli.file_import import Declared, imported_text, take_each
    from collector.entries.figures import ImportChoice
    from collector.entries.plans import import_plans as post
    from collector.files.plan_file import read_plans
    from collector.files.sheet import read_sheets

    entries = entry_file(plant)
    words = FileWords(
        origin="", unit_of_measure=unit_of_measure, number_format=number_format, rule=rule, confirm=confirm
    )
    choice = ImportChoice(author=author(by), keep_good=keep_good, confirm=confirm, dry_run=dry_run)
    declared = Declared(words, choice, lang.value, plans=True)

    def take(path: Path) -> str:
        result = read_plans(read_sheets(path), entries.plant, declared.options(entries, path))
        return imported_text(entries, result, declared, post)

    take_each(files, take, lang.value)


@app.command()
@errors_in_language
def show(
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    month: Month = "",
    days: Annotated[bool, typer.Option("--days", help="show the target of each day instead")] = False,
    revisions: Annotated[bool, typer.Option("--revisions", help="include older revisions")] = False,
) -> None:
    """Show plans with their author and time, or the targets of the days of a month.

    Raises:
        ConfigurationError: the configuration has faults, or --days has no month.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.plan_tables import day_table, plan_table
    from collector.cli.terminal import show as show_table
    from collector.errors import ConfigurationError
    from collector.sentence import NamedMonth
    from collector.storage.ledger import statements as ledger_statements

    entries = entry_file(plant)
    facts = entries.read(ledger_statements.read)
    wanted = _month(month) if month else None
    if days and wanted is None:
        raise ConfigurationError(command_text("days_need_month"))

    if days and wanted is not None:
        table = day_table(entries.plant, facts, wanted, lang.value)
    else:
        table = plan_table(entries.plant, facts, wanted, lang.value, revisions=revisions)
    if table.row_count:
        show_table(table)
    else:
        none = command_text("no_plans") if wanted is None else command_text("no_plans_for", month=NamedMonth(wanted))
        say(none.told(lang.value))


@app.command()
@errors_in_language
def withdraw(
    month: Annotated[str, typer.Argument(help="such as 2025-08", show_default=False)],
    product: Annotated[str, typer.Option(help="code or name", show_default=False)],
    shop: Annotated[str, typer.Option(help="code or name")] = "all",
    unit: Annotated[str, typer.Option(help="code or name")] = "all",
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
) -> None:
    """Withdraw a plan: its targets are removed, and every figure that compares with them.

    Raises:
        ConfigurationError: the configuration has faults, or does not know the place.
        CollectorError: there is no such plan, or its month is closed.
    """
    from collector.cli.places import named_place
    from collector.entries.figure_text import ToldPlace, ToldProduct
    from collector.entries.plans import withdraw_plan
    from collector.sentence import NamedMonth
    from models.stated.plan import PlanEntry

    entries = entry_file(plant)
    place = named_place(entries.plant, shop, unit, product)
    entry = PlanEntry(
        month=_month(month), shop=place.shop, unit=place.unit, product=place.product, grams=None, author=author(by)
    )
    withdraw_plan(entries, entry)
    named, what = NamedMonth(entry.month), ToldProduct(entries.plant, place.product)
    where = ToldPlace(entries.plant, place.shop, place.unit)
    done = command_text("plan_withdrawn", product=what, place=where, month=named)
    say(done.told(lang.value))


def _month(text: str) -> int:
    from collector.cli.places import parsed_month

    return parsed_month(text)
