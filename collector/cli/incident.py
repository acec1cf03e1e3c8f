"""`tundish incident`: accidents in which people were hurt, and the people and hours that they are compared with."""

from pathlib import Path
from typing import Annotated

import typer

from collector.cli.entry_options import By, DryRun, NumberFormat, author, entry_file
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say

app = typer.Typer(help="Accidents, and the people and hours of each month.", no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(help="CSV, XLSX, XLS or ODS files", show_default=False)]
YearConfirm = Annotated[
    bool, typer.Option("--confirm", help="take accidents that are neither of this year nor of the last")
]
Number = Annotated[
    str, typer.Argument(callback=words, help="the works' own number of the accident", show_default=False)
]


@app.command()
@errors_in_language
def add(
    number: Number,
    at: Annotated[
        str, typer.Option("--at", help="local date and time of the injury: 2025-08-14 10:30", show_default=False)
    ],
    place: Annotated[str, typer.Option("--place", help="code or name of a unit or shop; all", show_default=False)],
    kind: Annotated[str, typer.Option("--kind", help="code or name", show_default=False)],
    victims: Annotated[str, typer.Option("--victims", help="unable to work for a day or more", show_default=False)],
    fatal: Annotated[str, typer.Option("--fatal", help="of the victims, those who died")] = "0",
    cause: Annotated[
        str, typer.Option("--cause", help="code or name; being established if missing", show_default=False)
    ] = "",
    days_lost: Annotated[str, typer.Option("--days-lost", help="days of incapacity to date", show_default=False)] = "",
    note: Annotated[str, typer.Option("--note", callback=words, help="in words", show_default=False)] = "",
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    confirm: YearConfirm = False,
) -> None:
    """Enter an accident, or correct the one of its number; the earlier word stays on record.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: something of it is refused; the text says why.
    """
    from collector.cli.incident_lines import typed_accident
    from collector.entries.accidents import accident_form, enter_accident
    from collector.errors import ToConfirm
    from collector.files.accident_file import typed_row
    from collector.files.measure_texts import measure_text

    entries = entry_file(plant)
    typed = {
        "number": number, "at": at, "place": place, "kind": kind, "victims": victims, "fatal": fatal, "cause": cause,
        "days_lost": days_lost, "note": note,
    }  # fmt: skip
    word = typed_accident(typed_row(typed), accident_form(entries, author(by)))
    try:
        key = "entered" if enter_accident(entries, word, confirmed=confirm) else "unchanged"
    except ToConfirm as asked:
        raise ToConfirm(measure_text("asked_of_command", asked=asked)) from asked
    say(measure_text(key, number=word.number).told(lang.value))


@app.command(name="import")
@errors_in_language
def import_files(
    files: Files,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    dry_run: DryRun = False,
    confirm: YearConfirm = False,
) -> None:
    """Import accidents: number, time of injury, place, kind, cause, victims, fatal, days lost, note.

    A later word about a number replaces an earlier one, which is kept.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: rows were refused; the text lists them.
    """
    from collector.cli.incident_lines import imported

    entries = entry_file(plant)
    for file in files:
        for sentence in imported(entries, file, author(by), dry_run=dry_run, confirmed=confirm):
            say(sentence.told(lang.value))


@app.command(name="list")
@errors_in_language
def list_accidents(plant: PlantFile = DEFAULT_PLANT, lang: LangOption = Lang.EN) -> None:
    """List the accidents that stand, the newest first.

    Raises:
        ConfigurationError: the configuration has faults.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.incident_lines import accident_table
    from collector.cli.terminal import show as show_table
    from collector.files.measure_texts import measure_text

    table = accident_table(entry_file(plant), lang.value)
    if table.row_count:
        show_table(table)
    else:
        say(measure_text("none_stated").told(lang.value))


@app.command()
@errors_in_language
def withdraw(number: Number, plant: PlantFile = DEFAULT_PLANT, lang: LangOption = Lang.EN, by: By = "") -> None:
    """Take back an accident that was none: it no longer counts, and both words stay on record.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: there is no such accident.
    """
    from collector.entries.accidents import withdraw_accident
    from collector.files.measure_texts import measure_text

    withdraw_accident(entry_file(plant), number.strip(), author(by))
    say(measure_text("withdrawn", number=number.strip()).told(lang.value))


@app.command()
@errors_in_language
def hours(
    files: Annotated[
        list[Path] | None, typer.Argument(help="CSV, XLSX, XLS or ODS files; if missing, they are listed")
    ] = None,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    number_format: NumberFormat = "",
    dry_run: DryRun = False,
) -> None:
    """List the people and hours of each month, or import them: place, month, employed, hours worked, source, published.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: rows were refused; the text lists them.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.incident_lines import place_names, workforce_form
    from collector.cli.measure_command import import_measures, list_measures
    from models.stated.measure import OF_PEOPLE

    entries = entry_file(plant)
    if files:
        form = workforce_form(entries, author(by), number_format)
        import_measures((entries, form), files, lang, dry_run=dry_run)
    else:
        list_measures(entries, place_names(entries.plant, lang.value), OF_PEOPLE, lang)
