"""`tundish quarantine`: rejected records, to list, show, repair and replay, or drop."""

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.option_bounds import LARGEST, words
from collector.cli.plant_option import DEFAULT_PLANT, PlantOrData, PlantPlace, named_plant
from collector.cli.say import say
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collector.storage.quarantine.browser import NamedRecord, QuarantineBrowser

app = typer.Typer(help="Records that were rejected, kept with their reason.", no_args_is_help=True)

Names = Annotated[
    list[str],
    typer.Argument(metavar="[PLANT] RECORD...", help="records, such as J17 L5", show_default=False),
]
By = Annotated[str | None, typer.Option(callback=words, help="author", show_default=False)]


# J and L are the two files in which records are kept, the journal and the ledger.
_RECORD = re.compile(r"[JL]\d+")


class State(StrEnum):
    """Which records to list."""

    OPEN = "open"
    REPLAY = "replay"
    REPLAYED = "replayed"
    DROPPED = "dropped"
    ALL = "all"


@app.command(name="list")
def list_records(
    place: PlantPlace = None,
    state: Annotated[State, typer.Option(help="only records in this state")] = State.OPEN,
    limit: Annotated[int, typer.Option(help="at most this many, the newest", min=1, max=LARGEST)] = 50,
    plant: PlantOrData = DEFAULT_PLANT,
) -> None:
    """List rejected records, one for each cause, the newest first; the value and time are of the last."""
    from rich.table import Table

    from collector.cli.terminal import show as show_table
    from collector.storage.file.instant import utc_text

    found = _desk(named_plant(place, plant)).listed(None if state is State.ALL else state.value, limit)
    table = Table()
    for column in ("id", "time", "tag", "value", "reason", "detail", "count", "first", "last", "state"):
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
            utc_text(record.recorded_ns),
            utc_text(record.last_ns),
            record.state,
        )
    if found:
        show_table(table)
    else:
        say(f"no records{'' if state is State.ALL else f' in state {state.value}'}")


@app.command()
def show(names: Names, plant: PlantOrData = DEFAULT_PLANT) -> None:
    """Show everything that is known about records."""
    place, records = _named(names)
    desk = _desk(named_plant(place, plant))
    for record in records:
        _show(desk.shown(record))


def _show(item: "NamedRecord") -> None:
    from rich.table import Table

    from collector.cli.terminal import show as show_table
    from collector.storage.file.instant import utc_text

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
        ("count", str(record.count)),
        ("first refused", utc_text(record.recorded_ns)),
        ("last refused", utc_text(record.last_ns)),
        ("corrected to", record.corrected or "-"),
        ("changed by", record.changed_by or "-"),
        ("changed", utc_text(record.changed_ns) if record.changed_ns and record.state != "open" else "-"),
    ):
        table.add_row(key, text)
    show_table(table)


@app.command()
def replay(
    names: Names,
    value: Annotated[
        str | None, typer.Option(callback=words, help="use this value instead", show_default=False)
    ] = None,
    by: By = None,
    plant: PlantOrData = DEFAULT_PLANT,
) -> None:
    """Process records again: the running service does it, or the next one that starts."""
    place, records = _named(names)
    _desk(named_plant(place, plant)).replay(records, corrected=value, by=by)
    say(f"{', '.join(records)}: to be replayed by the service")


@app.command()
def drop(names: Names, by: By = None, plant: PlantOrData = DEFAULT_PLANT) -> None:
    """Mark records as not worth replaying. They stay listed under `--state dropped`."""
    place, records = _named(names)
    _desk(named_plant(place, plant)).drop(records, by=by)
    say(f"{', '.join(records)}: dropped")


def _named(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The plant if it was named first, and the records. Raises ConfigurationError if no record is named."""
    place = None if _RECORD.fullmatch(words[0]) else Path(words[0])
    records = list(words if place is None else words[1:])
    if not records:
        raise ConfigurationError("name a record, such as J17; `tundish quarantine list` shows them")
    return place, records


def _desk(target: Path) -> "QuarantineBrowser":
    import time

    from collector.storage.file.data_folder import data_folder
    from collector.storage.quarantine.browser import QuarantineBrowser

    return QuarantineBrowser(data_folder(target), time.time_ns)
