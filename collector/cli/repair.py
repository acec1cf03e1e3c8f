"""`tundish repair`: approved windows in which a unit is not expected to produce."""

from typing import Annotated

import typer

from collector.cli.command_texts import command_text, headings
from collector.cli.entry_options import By, author, entry_file
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say
from models.stated.plan import RepairKind

app = typer.Typer(help="Planned repairs, whose time targets leave out.", no_args_is_help=True)


@app.command()
@errors_in_language
def add(
    unit: Annotated[str, typer.Option(help="code or name", show_default=False)],
    start: Annotated[
        str, typer.Option("--from", help="local date or time, such as 2025-08-01 08:00", show_default=False)
    ],
    end: Annotated[str, typer.Option("--to", help="local date or time at which it ends", show_default=False)],
    approved_by: Annotated[str, typer.Option(callback=words, help="who approved it", show_default=False)],
    kind: Annotated[RepairKind, typer.Option(help="kind of repair")] = RepairKind.CURRENT,
    name: Annotated[
        str, typer.Option(callback=words, help="replace the repair with this name", show_default=False)
    ] = "",
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
) -> None:
    """Enter an approved repair, or move one by its name.

    Raises:
        ConfigurationError: the configuration has faults, or does not know the unit.
        CollectorError: the books of its month are closed.
    """
    from collector.cli.places import parsed_instant
    from collector.entries.plans import put_repair
    from collector.errors import ConfigurationError
    from collector.files.places import UnknownPlace, find_unit
    from collector.files.words import Word
    from models.stated.plan import Repair

    entries = entry_file(plant)
    try:
        code = find_unit(entries.plant, unit)
    except UnknownPlace as error:
        raise ConfigurationError(error.refusal) from error
    # A date alone means the start of the shop's production day, as in files.
    calendar = entries.plant.shops[entries.plant.units[code].shop].calendar
    start_ns, end_ns = parsed_instant(start, calendar), parsed_instant(end, calendar)
    if end_ns <= start_ns:
        raise ConfigurationError(command_text("repair_ends_early", end=end, start=start))
    repair = Repair(
        name=name,
        unit=code,
        start_ns=start_ns,
        end_ns=end_ns,
        kind=kind,
        approved_by=approved_by,
        author=author(by),
    )
    name = put_repair(entries, repair).name
    done = command_text(
        "repair_entered", name=name, kind=Word(kind.value), unit=code, start=start, end=end, by=approved_by
    )
    say(done.told(lang.value))


@app.command(name="list")
@errors_in_language
def list_repairs(plant: PlantFile = DEFAULT_PLANT, lang: LangOption = Lang.EN) -> None:
    """List the repairs in force.

    Raises:
        ConfigurationError: the configuration has faults.
        CannotStart: there is no ledger yet.
    """
    from datetime import UTC, datetime

    from rich.table import Table

    from collector.cli.terminal import show as show_table
    from collector.files.words import Word
    from collector.sentence import shown
    from collector.storage.ledger import statements as ledger_statements

    entries = entry_file(plant)
    columns = ("name", "unit", "from", "to", "kind", "approved_by", "entered_by", "entered_at")
    table = Table(*headings(columns, lang.value))
    for repair in sorted(entries.read(ledger_statements.read).repairs, key=lambda repair: repair.start_ns):
        times = [
            shown(datetime.fromtimestamp(at // 1_000_000_000, UTC).astimezone(entries.plant.zone), lang.value)
            for at in (repair.start_ns, repair.end_ns, repair.recorded_ns)
        ]
        words = (Word(repair.kind.value).told(lang.value), repair.approved_by, repair.author)
        table.add_row(repair.name, repair.unit, *times[:2], *words, times[2])
    if table.row_count:
        show_table(table)
    else:
        say(command_text("no_repairs").told(lang.value))


@app.command()
@errors_in_language
def withdraw(
    name: Annotated[str, typer.Argument(help="such as R3", show_default=False)],
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
) -> None:
    """Withdraw a repair: its time counts as available again.

    Raises:
        ConfigurationError: the configuration has faults.
        CollectorError: there is no such repair, or the books of its month are closed.
    """
    from collector.entries.plans import withdraw_repair

    withdraw_repair(entry_file(plant), name, author(by))
    say(command_text("repair_withdrawn", name=name).told(lang.value))
