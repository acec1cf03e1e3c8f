"""`tundish rehearse`: proposed rules of detection over history or recorded cases, before they go live."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.cli.say import say
from collector.errors import CollectorError, ConfigurationError

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from models.rehearsal.rehearsal import Rehearsal
    from models.works.plant import Plant

# A month usually holds a few real drops to judge by, and one run of the monthly repairs. A judgement.
USUAL_DAYS = 30
# Fits a terminal with its header; --out has all of them.
MOST_LISTED = 12


@errors_in_language
def rehearse(
    rules: Annotated[
        Path, typer.Option(help="YAML with the sections detection and limits, as proposed", show_default=False)
    ],
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
    start: Annotated[
        str, typer.Option("--from", help="local date or time; 30 days before --to if missing", show_default=False)
    ] = "",
    end: Annotated[
        str, typer.Option("--to", help="local date or time at which it ends; now if missing", show_default=False)
    ] = "",
    case: Annotated[
        list[Path] | None,
        typer.Option(help="a recorded case instead of history: its folder or case.yaml; may be repeated"),
    ] = None,
    lang: LangOption = Lang.EN,
    json: Annotated[bool, typer.Option("--json", help="print everything as JSON instead of tables")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="write a page of tables and charts, such as report.html")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="draw output and alerts of each unit: a .png or .svg file")
    ] = None,
) -> None:
    """Try proposed rules on the past: show alerts gained, lost and found earlier, and false alerts per month.

    Raises:
        ConfigurationError: the configuration, the rules, a case or an option has faults.
        CollectorError: there is no ledger, or nothing is known of that time.
    """
    from collector.cli.entry_options import entry_file
    from collector.config.proposal import read_proposal

    _check_options(plot, case, start, end)
    file = named_plant(place, plant)
    entries = entry_file(file)
    proposed = read_proposal(rules, entries.plant, file)
    with _progress() as progress:
        found = _rehearsals(entries, proposed, case or (), (start, end), progress)
    if json:
        _print_json(found, rules)
    else:
        _print_tables(found, rules, lang, out)
    with _written(plot):
        if plot is not None:
            from dashboards.report.rehearsal_plot import write_plot

            write_plot(found[0], plot, lang.value)
    if out is not None:
        _write_page(found, rules, lang, out)


def _check_options(plot: Path | None, case: Sequence[Path] | None, start: str, end: str) -> None:
    if case and (start or end):
        raise ConfigurationError("--case has minutes of its own: remove --from and --to")
    if plot is not None and plot.suffix not in (".png", ".svg"):
        raise ConfigurationError(f"--plot {plot} is neither .png nor .svg: give it one of the two endings")
    if plot is not None and case and len(case) > 1:
        raise ConfigurationError("--plot draws one case: give one --case, or --out for a page of all of them")


def _rehearsals(
    entries: "EntryFile",
    proposed: "Plant",
    cases: Sequence[Path],
    span: tuple[str, str],
    progress: Callable[[float], None],
) -> "list[Rehearsal]":
    from collector.cli.rehearse_replay import part_of
    from collector.cli.rehearse_runs import of_case, of_history

    if not cases:
        return [of_history(entries, proposed, *_span(entries, *span), progress)]
    return [
        of_case(path, entries, proposed, part_of(progress, number, len(cases))) for number, path in enumerate(cases)
    ]


def _span(entries: "EntryFile", start: str, end: str) -> tuple[int, int]:
    """[start, end) in UTC seconds."""
    from collector.cli.places import parsed_instant
    from models.works.calendar import NS
    from models.works.plant import Calendar

    calendar, now_s = Calendar(zone=entries.plant.zone), entries.clock_ns() // NS
    # Nothing is known of the future: a span that reaches into it ends now.
    end_s = min(parsed_instant(end, calendar) // NS if end else now_s, now_s)
    start_s = parsed_instant(start, calendar) // NS if start else end_s - USUAL_DAYS * 86400
    if start_s >= now_s:
        raise ConfigurationError(f"--from {start} is in the future: there is no history of it")
    if start_s >= end_s:
        raise ConfigurationError(f"--to {end} is not after --from {start}: fix one of them")
    # History is kept in whole minutes.
    return start_s // 60 * 60, end_s // 60 * 60


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar on the terminal, beside the output, while something is replayed."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%")
    console = Console(stderr=True)
    with Progress(
        *columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        bar = progress.add_task("Replaying", total=1.0)
        yield lambda share: progress.update(bar, completed=share)


def _print_json(found: "Sequence[Rehearsal]", rules: Path) -> None:
    import json

    from dashboards.report.rehearsal_json import rehearsal_data

    say(json.dumps([rehearsal_data(each, rules.name) for each in found], ensure_ascii=False, indent=1))


def _print_tables(found: "Sequence[Rehearsal]", rules: Path, lang: Lang, out: Path | None) -> None:
    from collector.cli.rehearse_table import show_view
    from dashboards.report.rehearsal_view import cases_view, rehearsal_view

    for each in found:
        show_view(rehearsal_view(each, rules.name, lang.value, None if out is not None else MOST_LISTED))
    if len(found) > 1:
        show_view(cases_view(found, rules.name, lang.value))


def _write_page(found: "Sequence[Rehearsal]", rules: Path, lang: Lang, out: Path) -> None:
    from dashboards.report.rehearsal_html import rehearsal_page
    from dashboards.report.rehearsal_plot import plot_svg
    from dashboards.report.rehearsal_view import rehearsal_view

    parts = [(rehearsal_view(each, rules.name, lang.value), plot_svg(each, lang.value)) for each in found]
    with _written(out):
        out.write_text(rehearsal_page(parts, lang.value), encoding="utf-8")


@contextlib.contextmanager
def _written(file: Path | None) -> Iterator[None]:
    """Says on stderr that the file was written, so that --json stays JSON. Raises CollectorError if it was not."""
    try:
        yield
    except OSError as error:
        raise CollectorError(f"{file} cannot be written: {error.strerror}; name another file") from error
    if file is not None:
        say(f"written to {file}", err=True)
