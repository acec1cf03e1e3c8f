"""`tundish quarantine`: records that were not believed, to list, look at, mend and replay, or drop."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collector.storage.quarantine.browser import QuarantineBrowser

app = typer.Typer(help="Records that were rejected, kept with their reason.", no_args_is_help=True)

Target = Annotated[Path, typer.Argument(help="plant.yaml, or a data folder", show_default=False)]
Names = Annotated[list[str], typer.Argument(help="records, such as J17 L5", show_default=False)]
By = Annotated[str | None, typer.Option(help="who says so", show_default=False)]


class State(StrEnum):
    """Which records to list."""

    OPEN = "open"
    REPLAY = "replay"
    REPLAYED = "replayed"
    DROPPED = "dropped"
    ALL = "all"


@app.command(name="list")
def list_records(
    target: Target,
    state: Annotated[State, typer.Option(help="only records in this state")] = State.OPEN,
    limit: Annotated[int, typer.Option(help="at most so many, the newest", min=1)] = 50,
) -> None:
    """List rejected records, newest first."""
    from rich.console import Console
    from rich.table import Table

    from collector.storage.file.instant import utc_text

    found = _desk(target).listed(None if state is State.ALL else state.value, limit)
    table = Table()
    for column in ("id", "time", "tag", "value", "reason", "detail", "count", "state"):
        table.add_column(column, overflow="fold", no_wrap=column == "id")
    for item in found:
        record, rejection = item.record, item.record.rejection
        table.add_row(
            item.name,
            utc_text(rejection.time_ns),
            rejection.tag,
            rejection.value,
            rejection.reason.value,
            rejection.detail,
            str(record.count),
            record.state,
        )
    if found:
        Console(highlight=False, markup=False).print(table)
    else:
        typer.echo(f"no records{'' if state is State.ALL else f' in state {state.value}'}")


@app.command()
def show(
    target: Target, name: Annotated[str, typer.Argument(help="a record, such as J17", show_default=False)]
) -> None:
    """Show everything that is known of one record."""
    from rich.console import Console
    from rich.table import Table

    from collector.storage.file.instant import utc_text

    item = _desk(target).shown(name)
    record, rejection = item.record, item.record.rejection
    table = Table(show_header=False)
    for key, text in (
        ("id", item.name),
        ("state", record.state),
        ("source", rejection.source),
        ("tag", rejection.tag),
        ("value", rejection.value),
        ("event", rejection.event_key or "-"),
        ("time", utc_text(rejection.time_ns)),
        ("quality", rejection.quality.name.lower()),
        ("reason", rejection.reason.value),
        ("detail", rejection.detail),
        ("recorded", utc_text(record.recorded_ns)),
        ("count", str(record.count)),
        ("corrected to", record.corrected or "-"),
        ("changed by", record.changed_by or "-"),
        ("changed", "-" if record.changed_ns is None else utc_text(record.changed_ns)),
    ):
        table.add_row(key, text)
    Console(highlight=False, markup=False).print(table)


@app.command()
def replay(
    target: Target,
    names: Names,
    value: Annotated[str | None, typer.Option(help="take this value in its place", show_default=False)] = None,
    by: By = None,
) -> None:
    """Have records taken in again, by the running service or at its next start."""
    _desk(target).replay(names, corrected=value, by=by)
    typer.echo(f"{', '.join(names)}: to be replayed by the service")


@app.command()
def drop(target: Target, names: Names, by: By = None) -> None:
    """Settle records as not worth replaying. They stay listed under `--state dropped`."""
    _desk(target).drop(names, by=by)
    typer.echo(f"{', '.join(names)}: dropped")


def _desk(target: Path) -> "QuarantineBrowser":
    import time

    from collector.storage.file.data_folder import data_folder
    from collector.storage.quarantine.browser import QuarantineBrowser

    return QuarantineBrowser(data_folder(target), time.time_ns)
