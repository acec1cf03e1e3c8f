"""`tundish import`: figures of output from CSV and XLSX files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

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
from collector.cli.import_texts import import_text
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import LARGEST
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collector.cli.file_import import Declared
    from collector.entries.entry_file import EntryFile
    from models.works.localize import Language


class _ImportGroup(TyperGroup):
    """`tundish import FILE` is `tundish import files FILE`: whoever hands in a form need not know of commands."""

    # The library keeps the class of its contexts to itself, and shows the one below.
    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["files", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_ImportGroup,
    help="Figures of output from files. `tundish import FILE` is `tundish import files FILE`; its options: `tundish "
    "import files --help`.",
)


@app.command(name="files")
@errors_in_language
def import_figures(
    files: Annotated[list[Path] | None, typer.Argument(help="CSV, XLSX, XLS or ODS files", show_default=False)] = None,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    unit_of_measure: UnitOfMeasure = "",
    number_format: NumberFormat = "",
    rule: Rule = "",
    keep_good: KeepGood = False,
    confirm: Confirm = False,
    move_keys: Annotated[
        bool,
        typer.Option("--replace", help="let a key take its figure to another unit, product or span"),
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="withdraw the figures of these files that stand as the files state them")
    ] = False,
    dry_run: DryRun = False,
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
        say(_proposal(entries, learn, lang.value))
        return
    words = FileWords(
        origin="", unit_of_measure=unit_of_measure, number_format=number_format, rule=rule, confirm=confirm
    )
    from collector.cli.file_import import Declared, take_each
    from collector.entries.figures import ImportChoice

    choice = ImportChoice(author=author(by), keep_good=keep_good, move_keys=move_keys, confirm=confirm, dry_run=dry_run)
    declared = Declared(words, choice, lang.value)

    def take(path: Path) -> str:
        return _import(entries, path, declared)

    take_each(files or (), (lambda path: _withdraw(entries, path, declared)) if withdraw else take, lang.value)
    if watch is not None:
        from collector.files.watch import watch_folder

        # A slip on the command line is told now, and not by rejecting each form.
        declared.options(entries, watch / "form.csv")
        say(import_text("watching", folder=watch).told(lang.value))
        watch_folder(watch, take, say, lang.value)


def _proposal(entries: "EntryFile", path: Path, language: "Language") -> str:
    from collector.files.learn import proposal
    from collector.files.sheet import read_sheets

    return proposal(read_sheets(path), entries.plant, path.name, language)


def _withdraw(entries: "EntryFile", path: Path, declared: "Declared") -> str:
    from collector.cli.import_lines import superseded_lines
    from collector.entries.figures import withdraw_figures
    from collector.files.figure_file import read_figures
    from collector.files.sheet import read_sheets

    options = declared.options(entries, path, withdraw=True)
    result = read_figures(read_sheets(path), entries.plant, options, entries.clock_ns(), declared.progress)
    withdrawn = withdraw_figures(entries, result, path.name, options.origin)
    told = import_text("withdrawn", file=path.name, count=withdrawn.count).told(declared.language)
    return "\n".join([told, *superseded_lines(entries.plant, withdrawn.superseded, declared.language)])


def _import(entries: "EntryFile", path: Path, declared: "Declared") -> str:
    from collector.cli.file_import import imported_text
    from collector.entries.figures import import_figures as post
    from collector.files.figure_file import read_figures
    from collector.files.sheet import read_sheets

    options = declared.options(entries, path)
    result = read_figures(read_sheets(path), entries.plant, options, entries.clock_ns(), declared.progress)
    return imported_text(entries, result, declared, post)


@app.command(name="list")
@errors_in_language
def list_imports(
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, help="how many of the newest")] = 20,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
) -> None:
    """List imports of figures and plans with their numbers, the newest first.

    Raises:
        ConfigurationError: the configuration has faults.
        CannotStart: there is no ledger yet.
    """
    from datetime import UTC, datetime

    from rich.table import Table

    from collector.cli.terminal import show as show_table
    from collector.storage.ledger import imports

    entries = entry_file(plant)
    language: Language = lang.value
    columns = (
        import_text("column_number"),
        import_text("column_imported_at"),
        import_text("column_what"),
        import_text("column_file"),
        import_text("column_author"),
        import_text("column_entries"),
        import_text("column_undone"),
    )
    kinds = {imports.FIGURES: import_text("of_figures"), imports.PLANS: import_text("of_plans")}
    table = Table(*(column.told(language) for column in columns))
    form = "%Y-%m-%d %H:%M:%S" if language == "en" else "%d.%m.%Y %H:%M:%S"
    for run in entries.read(lambda connection: imports.listed(connection, limit)):
        at = datetime.fromtimestamp(run.recorded_ns // 1_000_000_000, UTC).astimezone(entries.plant.zone)
        what = kinds[run.what].told(language)
        undone = run.undone_by or ""
        table.add_row(str(run.number), at.strftime(form), what, run.file, run.author, str(run.entries), undone)
    if table.row_count:
        show_table(table)
    else:
        say(import_text("no_imports").told(language))


@app.command()
@errors_in_language
def undo(
    number: Annotated[str, typer.Argument(help="the number of the import", show_default=False)],
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
) -> None:
    """Take an import of figures or plans back: everything is again as it stood before. It stays on record.

    Raises:
        ConfigurationError: the configuration has faults.
        CollectorError: there is no such import, it was undone already, or a month of it is closed.
    """
    from collector.entries.figure_text import figure_text, plan_text
    from collector.entries.import_undo import undo_import
    from models.stated.figure import Figure

    entries = entry_file(plant)
    language: Language = lang.value
    if not number.strip().isdecimal() or len(number) > len(str(LARGEST)) or int(number) > LARGEST:
        raise ConfigurationError(import_text("no_number", value=number))
    undone = undo_import(entries, int(number), author(by))
    say(import_text("undone", number=number.strip(), count=undone.count).told(language))
    for entry in undone.later:
        text = (
            figure_text(entries.plant, entry, language)
            if isinstance(entry, Figure)
            else plan_text(entries.plant, entry, language)
        )
        say(import_text("later_stays", entry=text).told(language))
