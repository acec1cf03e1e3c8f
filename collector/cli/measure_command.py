"""`tundish indicator` and `tundish project`: what is known of the works and its region and is not weighed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.entry_options import By, DryRun, NumberFormat, author, entry_file
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say
from models.stated.measure import PROJECT_KINDS, Indicator, MeasureKind, Project

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from collector.entries.measures import RecordedMeasures
    from collector.files.measure_file import MeasureForm
    from collector.sentence import Sentence
    from models.stated.measure import StatedMeasure
    from models.works.localize import Language

indicator_app = typer.Typer(help="Published series, such as the output of the region.", no_args_is_help=True)
project_app = typer.Typer(help="Projects of modernisation, month by month.", no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(help="CSV, XLSX, XLS or ODS files", show_default=False)]


_LISTED = {
    "indicator": "List the published numbers that stand, each with its source.",
    "project": "List the numbers of projects that stand, each with its source.",
}


def _add_list(app: typer.Typer, subject: str) -> None:
    """Register the commands that are the same for both kinds of thing."""

    def list_stated(plant: PlantFile = DEFAULT_PLANT, lang: LangOption = Lang.EN) -> None:
        entries = entry_file(plant)
        names = {each.code: each.name(lang.value) for each in _known(entries, subject)}
        list_measures(entries, names, _kinds(subject), lang)

    list_stated.__doc__ = _LISTED[subject]
    app.command(name="list")(errors_in_language(list_stated))


_add_list(indicator_app, "indicator")
_add_list(project_app, "project")


@indicator_app.command(name="import")
@errors_in_language
def import_indicators(
    files: Files,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    number_format: NumberFormat = "",
    dry_run: DryRun = False,
) -> None:
    """Import published numbers, with the columns indicator, period, value, growth, source, published.

    A newer publication replaces an older one, which is kept.
    """
    import_measures(_form(plant, "indicator", by, number_format), files, lang, dry_run=dry_run)


@project_app.command(name="import")
@errors_in_language
def import_months(
    files: Files,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    number_format: NumberFormat = "",
    dry_run: DryRun = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="take amounts that come to more than a budget")] = False,
) -> None:
    """Import months of projects: project, month, work_plan, work_done, paid_plan, paid, physical_pct, jobs,
    source, published.

    A newer document replaces an older one, which is kept.
    """
    import_measures(_form(plant, "project", by, number_format), files, lang, dry_run=dry_run, confirmed=confirm)


@project_app.command()
@errors_in_language
def withdraw(
    project: Annotated[str, typer.Argument(help="its code or name", callback=words, show_default=False)],
    what: Annotated[str, typer.Argument(help="a month, 2025-08, or a milestone", callback=words, show_default=False)],
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
) -> None:
    """Take back what was stated of a month or a milestone: it no longer counts, and all words stay on record.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: nothing stands of it.
    """
    from collector.cli.milestone_lines import named_thing
    from collector.entries.project_withdrawal import withdraw as withdraw_thing
    from collector.files.measure_texts import measure_text

    entries = entry_file(plant)
    count = withdraw_thing(entries, named_thing(entries, project, what), author(by))
    say(measure_text("withdrawn_of_project", project=project, what=what, count=count).told(lang.value))


@project_app.command()
@errors_in_language
def milestones(
    files: Annotated[
        list[Path] | None, typer.Argument(help="CSV, XLSX, XLS or ODS files; if missing, they are listed")
    ] = None,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """List the milestones, or import them with the columns project, milestone, forecast, fact, source, published.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: rows were refused; the text lists them.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.milestone_lines import imported as imported_milestones
    from collector.cli.milestone_lines import milestone_table
    from collector.cli.terminal import show as show_table
    from collector.files.measure_texts import measure_text

    entries = entry_file(plant)
    for file in files or ():
        for sentence in imported_milestones(entries, file, author(by), dry_run=dry_run):
            say(sentence.told(lang.value))
    if files:
        return
    table = milestone_table(entries, lang.value)
    if table.row_count:
        show_table(table)
    else:
        say(measure_text("none_stated").told(lang.value))


def _known(entries: "EntryFile", subject: str) -> Sequence[Indicator] | Sequence[Project]:
    return entries.settings.indicators if subject == "indicator" else entries.settings.projects


def _kinds(subject: str) -> Sequence[MeasureKind]:
    return (MeasureKind.VALUE,) if subject == "indicator" else PROJECT_KINDS


def import_measures(
    of: "tuple[EntryFile, MeasureForm]", files: Sequence[Path], lang: Lang, *, dry_run: bool, confirmed: bool = False
) -> None:
    """Take file after file, and say what was taken of each. Raises EntryRefused, and ToConfirm."""
    entries, form = of
    for file in files:
        for sentence in _imported(entries, file, form, dry_run=dry_run, confirmed=confirmed):
            say(sentence.told(lang.value))


def _form(plant: Path, subject: str, by: str, number_format: str) -> "tuple[EntryFile, MeasureForm]":
    from collector.files.measure_file import MeasureForm
    from collector.files.plain_table import codes_by_word
    from models.works.calendar import local_date

    entries = entry_file(plant)
    check_number_format(number_format)
    return entries, MeasureForm(
        subject=subject,
        names=codes_by_word(_known(entries, subject)),
        kinds=_kinds(subject),
        author=author(by),
        today=local_date(entries.plant.zone, entries.clock_ns()).toordinal(),
        monthly=subject == "project",
        number_format=number_format or None,
    )


def check_number_format(number_format: str) -> None:
    """Raises ConfigurationError for one that is not known; "" is none."""
    from collector.cli.import_texts import import_text
    from collector.errors import ConfigurationError
    from collector.files.number import NUMBER_FORMATS

    if number_format and number_format not in NUMBER_FORMATS:
        formats = tuple(map(repr, NUMBER_FORMATS))
        raise ConfigurationError(import_text("unknown_number_format", value=number_format, formats=formats))


def _imported(
    entries: "EntryFile", file: Path, form: "MeasureForm", *, dry_run: bool, confirmed: bool = False
) -> "list[Sentence]":
    """What was taken of a file of numbers, and what was left out of it. Raises EntryRefused, and ToConfirm."""
    from collector.entries.measures import record_measures, taken
    from collector.files.measure_file import read_measures
    from collector.files.sheet import read_sheets

    read = read_measures(read_sheets(file), form)

    def record(stated: "Sequence[StatedMeasure]") -> "RecordedMeasures":
        return record_measures(entries, stated, file.name, dry_run=dry_run, confirmed=confirmed)

    return [*taken(read, file.name, record, dry_run=dry_run)]


def list_measures(entries: "EntryFile", names: Mapping[str, str], kinds: Sequence[MeasureKind], lang: Lang) -> None:
    """Print the numbers of those kinds that stand. `names`: of their subjects, by code."""
    from datetime import date
    from functools import partial

    from rich.table import Table

    from collector.cli.terminal import show as show_table
    from collector.files.measure_texts import measure_text
    from collector.sentence import shown
    from collector.storage.ledger import measures as ledger_measures
    from models.briefing.months_named import months_named
    from models.stated.measure import newest

    language: Language = lang.value
    columns = ("name", "period", "number", "value", "growth_pct", "source", "stated_on", "author")
    table = Table(*(measure_text(f"heading_{column}").told(language) for column in columns))
    for each in newest(entries.read(partial(ledger_measures.read, renamed=entries.settings.renamed))):
        if each.subject not in names or each.kind not in kinds:
            continue
        growth = "" if each.growth_pct is None else shown(each.growth_pct, language)
        table.add_row(
            *(names[each.subject], months_named((each.start, each.end), language)),
            *(measure_text(each.kind.value).told(language), shown(each.value, language), growth),
            *(each.source, shown(date.fromordinal(each.stated_on), language), each.author),
        )
    if table.row_count:
        show_table(table)
    else:
        say(measure_text("none_stated").told(language))
