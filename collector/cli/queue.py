"""`tundish queue`: what waits in the data folder, and what was lost there."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantOrData, PlantPlace, named_plant

if TYPE_CHECKING:
    from rich.table import Table

    from collector.storage.file.status import JournalStatus, LedgerStatus

app = typer.Typer(help="The journal and the outbox on disk.", no_args_is_help=True)


@app.callback()
def queue() -> None:
    """The journal and the outbox on disk."""


@app.command()
def status(
    place: PlantPlace = None,
    plant: PlantOrData = DEFAULT_PLANT,
) -> None:
    """Show what waits, what was dropped at a limit, and what was set aside. It works while the service runs.

    Raises:
        CannotStart: there are no files to read there.
    """
    import time

    from collector.cli.terminal import show
    from collector.storage.file.data_folder import data_folder
    from collector.storage.file.status import journal_status, ledger_status

    folder = data_folder(named_plant(place, plant))
    journal, ledger = journal_status(folder), ledger_status(folder)
    show(_figures(folder, journal, ledger, time.time_ns()))
    if journal.dropped:
        show(_dropped(journal))
    if journal.gaps:
        show(_gaps(journal))


def _figures(folder: Path, journal: "JournalStatus", ledger: "LedgerStatus", now_ns: int) -> "Table":
    from rich.table import Table

    oldest = journal.oldest_unsent_ns
    table = Table(title=f"{folder}{' (SIMULATED)' if ledger.demo else ''}", title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, figure in (
        # A queue over a collector that is dead is empty too.
        ("last recorded in the ledger", _ago(ledger.recorded_ns, now_ns)),
        ("entries in the journal", f"{journal.entries:,}"),
        ("  of these not in the ledger yet", f"{journal.ledger_behind:,}"),
        ("  of these waiting for the database", f"{journal.unsent_entries:,}"),
        ("lines of telemetry waiting", f"{journal.unsent_lines:,}"),
        ("oldest of these", _ago(oldest, now_ns)),
        ("journal in use / on disk", f"{journal.used_bytes / 1e6:,.1f} / {journal.file_bytes / 1e6:,.1f} MB"),
        ("calculated rows waiting", f"{ledger.outbox:,}"),
        ("buckets to roll up", f"{ledger.dirty:,}"),
        ("uncertain gaps in the ledger (tundish status lists them)", f"{ledger.gaps:,}"),
        ("damaged parts set aside", f"{journal.damaged:,}"),
        ("quarantine, journal", _counts(journal.quarantine)),
        ("quarantine, ledger", _counts(ledger.quarantine)),
    ):
        table.add_row(name, figure)
    return table


def _ago(time_ns: int | None, now_ns: int) -> str:
    return f"{max(0, now_ns - time_ns) / 1e9:,.0f} s ago" if time_ns else "-"


def _dropped(journal: "JournalStatus") -> "Table":
    from rich.table import Table

    from collector.storage.file.instant import utc_text

    table = Table(
        "source", "from", "to", "lines", "because of", title="telemetry dropped at a limit", title_justify="left"
    )
    for item in journal.dropped:
        span = utc_text(item.oldest_ns), utc_text(item.newest_ns)
        table.add_row(item.source, *span, f"{item.lines:,}", f"journal.{_BOUNDS.get(item.cause, item.cause)}")
    return table


def _gaps(journal: "JournalStatus") -> "Table":
    from rich.table import Table

    from collector.storage.file.instant import utc_text

    table = Table("source", "from", "to", "lost", "cause", title="lost in the journal", title_justify="left")
    for gap in journal.gaps:
        table.add_row(
            "any" if gap.source == "*" else gap.source,
            utc_text(gap.start_ns),
            utc_text(gap.end_ns),
            gap.part,
            gap.cause,
        )
    return table


_BOUNDS = {"age": "max_age_days"}


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {state}" for state, count in counts.items()) or "empty"
