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
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from collector.entries.figures import Imported
    from collector.files.result import FileOptions


@dataclass(frozen=True, slots=True)
class Declared:
    """What the person who imports says of every file."""

    author: str
    words: FileWords
    keep_good: bool
    move_keys: bool

    def options(self, entries: "EntryFile", path: Path, *, withdraw: bool = False) -> "FileOptions":
        """The same for one file. Raises ConfigurationError for an unknown unit of measure, number format or import."""
        # Withdrawing needs no confirmation: what was once imported with it must be found again.
        words = replace(self.words, origin=f"{self.author}: {path.name}", confirm=self.words.confirm or withdraw)
        return file_options(path, words, entries.settings.imports, plans=False)


def import_figures(
    files: Annotated[list[Path] | None, typer.Argument(help="CSV or XLSX files", show_default=False)] = None,
    plant: PlantFile = DEFAULT_PLANT,
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
        raise ConfigurationError("nothing to import: name files, or a folder with --watch")
    entries = entry_file(plant)
    if learn is not None:
        typer.echo(_proposal(entries, learn))
        return
    words = FileWords(
        origin="", unit_of_measure=unit_of_measure, number_format=number_format, rule=rule, confirm=confirm
    )
    declared = Declared(author(by), words, keep_good=keep_good, move_keys=move_keys)

    def take(path: Path) -> str:
        return _import(entries, path, declared)

    for path in files or ():
        typer.echo(_withdraw(entries, path, declared) if withdraw else take(path))
    if watch is not None:
        from collector.files.watch import watch_folder

        # A slip on the command line is told now, and not by rejecting each form.
        declared.options(entries, watch / "form.csv")
        typer.echo(f"watching {watch}, until Ctrl-C")
        watch_folder(watch, take, typer.echo)


def _proposal(entries: "EntryFile", path: Path) -> str:
    from collector.files.learn import proposal
    from collector.files.sheet import read_sheets

    return proposal(read_sheets(path), entries.plant, path.name)


def _withdraw(entries: "EntryFile", path: Path, declared: Declared) -> str:
    from collector.cli.import_lines import superseded_lines
    from collector.entries.figures import withdraw_figures
    from collector.files.figure_file import read_figures
    from collector.files.sheet import read_sheets

    options = declared.options(entries, path, withdraw=True)
    result = read_figures(read_sheets(path), entries.plant, options, entries.clock_ns(), _progress)
    withdrawn = withdraw_figures(entries, result, path.name, options.origin)
    lines = [f"{path.name}: {withdrawn.count} figure(s) withdrawn"]
    return "\n".join([*lines, *superseded_lines(entries.plant, withdrawn.superseded)])


def _import(entries: "EntryFile", path: Path, declared: Declared) -> str:
    from collector.cli.import_lines import reading_lines, replaced_lines
    from collector.entries.figures import import_figures as post
    from collector.errors import ImportRefused
    from collector.files.figure_file import read_figures
    from collector.files.sheet import read_sheets

    options = declared.options(entries, path)
    result = read_figures(read_sheets(path), entries.plant, options, entries.clock_ns(), _progress)
    read = reading_lines(result.reading)
    try:
        keep_good, move_keys = declared.keep_good, declared.move_keys
        imported = post(entries, result, path.name, keep_good=keep_good, move_keys=move_keys)
    except ImportRefused as error:
        # What was not read may be the reason.
        raise ImportRefused("\n".join([str(error), *read]), error.rejections) from error
    lines = [f"{path.name}: {imported.new} new figure(s), {imported.known} known already{_replaced(imported)}"]
    lines += replaced_lines(entries.plant, imported.replaced)
    lines += [f"  refused: {rejection}" for rejection in imported.rejections]
    return "\n".join([*lines, *read])


def _replaced(imported: "Imported") -> str:
    return f", {len(imported.replaced)} replaced" if imported.replaced else ""


def _progress(rows: int) -> None:
    typer.echo(f"  {rows:,} rows read", err=True)
