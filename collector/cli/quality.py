"""`tundish quality`: how much of the output of units was good, month by month, for their OEE."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.entry_options import By, DryRun, NumberFormat, author, entry_file
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from collector.files.measure_file import MeasureForm

app = typer.Typer(help="How much of the output of units was good, month by month.", no_args_is_help=True)


@app.command(name="import")
@errors_in_language
def import_good(
    files: Annotated[list[Path], typer.Argument(help="CSV, XLSX, XLS or ODS files", show_default=False)],
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    number_format: NumberFormat = "",
    dry_run: DryRun = False,
) -> None:
    """Import how much was good: unit (of several products "BF 3, Pig iron"), month, good, %, source, published.

    A newer document replaces an older one, which is kept. It counts before quality_ratio of the configuration.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: rows were refused; the text lists them.
    """
    from collector.cli.measure_command import import_measures

    entries = entry_file(plant)
    import_measures((entries, _form(entries, author(by), number_format)), files, lang, dry_run=dry_run)


@app.command(name="list")
@errors_in_language
def list_good(plant: PlantFile = DEFAULT_PLANT, lang: LangOption = Lang.EN) -> None:
    """List what stands of each month, with its source.

    Raises:
        ConfigurationError: the configuration has faults.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.measure_command import list_measures
    from collector.entries.good_output import outputs_of
    from models.stated.measure import OF_UNITS

    entries = entry_file(plant)
    names = {each.subject: each.name(entries.plant, lang.value) for each in outputs_of(entries.plant)}
    list_measures(entries, names, OF_UNITS, lang)


@app.command()
@errors_in_language
def withdraw(
    unit: Annotated[str, typer.Argument(help="its code or name", callback=words, show_default=False)],
    month: Annotated[str, typer.Argument(help="2026-10", callback=words, show_default=False)],
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
) -> None:
    """Take back what was stated of a month: quality_ratio counts again, and all words stay on record.

    Raises:
        ConfigurationError: the configuration has faults, or has no such unit.
        EntryRefused: nothing stands of it.
    """
    from collector.cli.places import parsed_month
    from collector.entries.good_output import output_names, withdraw_good
    from collector.errors import ConfigurationError
    from collector.files.measure_texts import measure_text
    from collector.files.plain_table import plain_word
    from collector.sentence import NamedMonth

    entries, first = entry_file(plant), parsed_month(month)
    names = output_names(entries.plant)
    subject = names.get(plain_word(unit))
    if subject is None:
        known = tuple(sorted(set(names.values())))
        raise ConfigurationError(measure_text("unknown_subject", value=unit, known=known))
    withdraw_good(entries, subject, first, author(by), unit)
    say(measure_text("good_withdrawn", unit=unit, month=NamedMonth(first)).told(lang.value))


def _form(entries: "EntryFile", by: str, number_format: str) -> "MeasureForm":
    from collector.cli.measure_command import check_number_format
    from collector.entries.good_output import output_names
    from collector.files.measure_file import MeasureForm
    from models.stated.measure import OF_UNITS
    from models.works.calendar import local_date

    check_number_format(number_format)
    return MeasureForm(
        subject="unit",
        names=output_names(entries.plant),
        kinds=OF_UNITS,
        author=by,
        today=local_date(entries.plant.zone, entries.clock_ns()).toordinal(),
        monthly=True,
        number_format=number_format or None,
    )
