"""`tundish import`: figures of output from CSV and XLSX files."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.entry_options import (
    By,
    FileWords,
    KeepGood,
    NumberFormat,
    Rule,
    UnitOfMeasure,
    author,
    entry_file,
    file_options,
)
from collector.cli.import_texts import import_text
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from collector.files.result import FileOptions
    from models.works.localize import Language


@dataclass(frozen=True, slots=True)
class Declared:
    """What the person who imports says of every file."""

    author: str
    words: FileWords
    keep_good: bool
    move_keys: bool
    language: "Language"

    def options(self, entries: "EntryFile", path: Path, *, withdraw: bool = False) -> "FileOptions":
        """The same for one file. Raises ConfigurationError for an unknown unit of measure, number format or import."""
        # Withdrawing needs no confirmation: what was once imported with it must be found again.
        words = replace(self.words, origin=f"{self.author}: {path.name}", confirm=self.words.confirm or withdraw)
        return file_options(path, words, entries.settings.imports, plans=False)

    def progress(self, rows: int) -> None:
        """Tell how many rows were read up to now."""
        typer.echo(import_text("rows_read", count=rows).told(self.language), err=True)


@errors_in_language
def import_figures(
    files: Annotated[list[Path] | None, typer.Argument(help="CSV or XLSX files", show_default=False)] = None,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    unit_of_measure: UnitOfMeasure = "",
    number_format: NumberFormat = "",
    rule: Rule = "",
    keep_good: KeepGood = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="accept output over 1.25 times the daily targets")] = False,
    move_keys: Annotated[
        bool,
        typer.Option("--replace", help="let a key take its figure to another unit, product or span"),
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="withdraw the figures of these files that stand as the files state them")
    ] = False,
    learn: Annotated[
        Path | None,
        typer.Option(help="propose an entry of imports for this file, and import nothing", show_default=False),
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(help="import every file that arrives in this folder, until Ctrl-C", show_default=False),
    ] = None,
) -> None:
    """Import figures of output, with the columns start, end, site, shop, unit, product, tonnes.

    Importing a file again changes nothing. A file with a bad row is refused as a whole, unless --keep-good is given.

    Raises:
        ConfigurationError: the configuration has faults, or nothing to import is named.
        CollectorError: a file was refused; the text lists the rows.
    """
    if not files and watch is None and learn is None:
        raise ConfigurationError(import_text("nothing_to_import"))
    entries = entry_file(plant)
    if learn is not None:
        typer.echo(_proposal(entries, learn, lang.value))
        return
    words = FileWords(
        origin="", unit_of_measure=unit_of_measure, number_format=number_format, rule=rule, confirm=confirm
    )
    declared = Declared(author(by), words, keep_good=keep_good, move_keys=move_keys, language=lang.value)

    def take(path: Path) -> str:
        return _import(entries, path, declared)

    for path in files or ():
        typer.echo(_withdraw(entries, path, declared) if withdraw else take(path))
    if watch is not None:
        from collector.files.watch import watch_folder

        # A slip on the command line is told now, and not by rejecting each form.
        declared.options(entries, watch / "form.csv")
        typer.echo(import_text("watching", folder=watch).told(lang.value))
        watch_folder(watch, take, typer.echo, lang.value)


def _proposal(entries: "EntryFile", path: Path, language: "Language") -> str:
    from collector.files.learn import proposal
    from collector.files.sheet import read_sheets

    return proposal(read_sheets(path), entries.plant, path.name, language)


def _withdraw(entries: "EntryFile", path: Path, declared: Declared) -> str:
    from collector.cli.import_lines import superseded_lines
    from collector.entries.figures import withdraw_figures
    from collector.files.figure_file import read_figures
    from collector.files.sheet import read_sheets

    options = declared.options(entries, path, withdraw=True)
    result = read_figures(read_sheets(path), entries.plant, options, entries.clock_ns(), declared.progress)
    withdrawn = withdraw_figures(entries, result, path.name, options.origin)
    told = import_text("withdrawn", file=path.name, count=withdrawn.count).told(declared.language)
    return "\n".join([told, *superseded_lines(entries.plant, withdrawn.superseded, declared.language)])


def _import(entries: "EntryFile", path: Path, declared: Declared) -> str:
    from collector.cli.import_lines import imported_lines, reading_lines
    from collector.entries.figures import import_figures as post
    from collector.errors import ImportRefused
    from collector.files.figure_file import read_figures
    from collector.files.sheet import read_sheets

    options = declared.options(entries, path)
    result = read_figures(read_sheets(path), entries.plant, options, entries.clock_ns(), declared.progress)
    language = declared.language
    read = reading_lines(result.reading, language)
    try:
        keep_good, move_keys = declared.keep_good, declared.move_keys
        imported = post(entries, result, path.name, keep_good=keep_good, move_keys=move_keys)
    except ImportRefused as error:
        # What was not read may be the reason.
        raise ImportRefused("\n".join([error.told(language), *read]), error.rejections) from error
    return "\n".join([*imported_lines("imported", entries.plant, path.name, imported, language), *read])
