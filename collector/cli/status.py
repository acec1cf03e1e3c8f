"""`tundish status`: what stands in the data folder, and what a person has to decide."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.cli.say import say

if TYPE_CHECKING:
    from rich.table import Table

    from collector.storage.ledger.unclaimed import UnclaimedTonnes
    from models.counting.tag_gap import TagGap
    from models.works.plant import Plant

NEWEST_GAPS = 10
"""So many are shown unasked: those that somebody may still remember."""


def status(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
    gaps: Annotated[bool, typer.Option("--gaps", help="list all gaps, not only the newest")] = False,
) -> None:
    """Show how far the ledger came, the gaps of its counters, and tonnes in it that no unit of the plant claims.

    It works while the service runs.

    Raises:
        ConfigurationError: the configuration has faults.
        CannotStart: there is no ledger yet.
    """
    from datetime import UTC, datetime

    from collector.cli.group_line import group_line
    from collector.cli.ledger_remarks import ledger_remarks
    from collector.cli.terminal import show
    from collector.config.load import load
    from collector.entries.entry_file import EntryFile
    from collector.entries.not_known_now import not_known_now
    from collector.storage.file.status import ledger_status
    from collector.storage.ledger import damage, group_queue
    from collector.storage.ledger import reads as ledger_reads
    from collector.storage.ledger.mending import EVERY_TAG
    from collector.storage.ledger.unclaimed import unclaimed
    from models.counting.tag_gap import tag_gaps

    settings = load(named_plant(place, plant))
    ledger = ledger_status(settings.data_dir)
    simulated = " (SIMULATED)" if settings.plant.simulated else ""
    say(f"{settings.plant.site}{simulated}: {settings.data_dir}")
    if ledger.recorded_ns:
        recorded = datetime.fromtimestamp(ledger.recorded_ns // 1_000_000_000, UTC).astimezone(settings.plant.zone)
        say(f"last recorded: {recorded:%Y-%m-%d %H:%M:%S}")
    say(f"waiting: {ledger.dirty} buckets for the roll-up, {ledger.outbox} rows for the database")
    entries = EntryFile(settings)
    if settings.group is not None:
        say(group_line(entries.read(group_queue.waiting)))
    for line in not_known_now(entries, "en"):
        say(line)
    found = tag_gaps(settings.plant.tags, entries.read(ledger_reads.gaps), EVERY_TAG)
    for item in entries.read(lambda connection: damage.listed(connection, NEWEST_GAPS)):
        say(f"damage found: {item}")
    shown = found if gaps else found[-NEWEST_GAPS:]
    if shown:
        show(_gaps(settings.plant, shown))
    if len(found) > len(shown):
        say(f"{len(found) - len(shown)} earlier gaps: --gaps lists them")
    for text in entries.read(lambda connection: ledger_remarks(connection, settings)):
        say(text)
    show_unclaimed(entries.read(lambda connection: unclaimed(connection, settings.plant)))


def _gaps(plant: "Plant", gaps: "list[TagGap]") -> "Table":
    """In the order of their recording. What is missing at most is what the counter can grow in that time."""
    from datetime import UTC, datetime

    from rich.table import Table

    def local(time_ns: int) -> str:
        return f"{datetime.fromtimestamp(time_ns // 1_000_000_000, UTC).astimezone(plant.zone):%Y-%m-%d %H:%M:%S}"

    table = Table(title="gaps: spans of which counters say nothing certain", title_justify="left")
    for name in ("unit", "tag", "from", "to"):
        table.add_column(name)
    table.add_column("missing at most, t", justify="right")
    table.add_column("why")
    for item in gaps:
        gap = item.gap
        most = "not known" if item.most_t is None else f"{item.most_t:,.1f}"
        table.add_row(item.unit or "gone", gap.tag, local(gap.start_ns), local(gap.end_ns), most, gap.cause)
    return table


def show_unclaimed(found: "list[UnclaimedTonnes]") -> None:
    """Print what no unit claims, with what to do; one line if there is none."""
    from collector.storage.ledger.unclaimed import WHAT_TO_DO

    for item in found:
        say(str(item))
    say(WHAT_TO_DO if found else "every tonne in the ledger belongs to a unit of the plant")
