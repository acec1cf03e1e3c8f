"""`tundish reload`: has the running collector take a changed plant.yaml."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.cli.say import say
from collector.errors import CannotStart, ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from collector.config.settings import Settings
    from collector.host import LockHolder

TAKEN_WITHIN_S = 60.0
"""A stop ends within 10 s, and a start over ten years of figures takes six."""


def reload(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
    yes: Annotated[bool, typer.Option("--yes", help="also where figures that are there change by it")] = False,
) -> None:
    """Check plant.yaml, say what it changes in figures that are there, and have the running collector take it.

    Nothing that was collected is lost, and counters go on where they were; while the collector starts anew, for some
    seconds, gauges are not read. A plant.yaml with faults, or one by which it cannot start, changes nothing.

    Raises:
        ConfigurationError: the configuration has faults, or cannot be taken; its text says why.
        CannotStart: no collector runs, or it gives no answer.
    """
    from collector import host
    from collector.config.load import load
    from collector.storage.file.data_folder import LOCK_NAME

    settings = load(named_plant(place, plant))
    lock = settings.data_dir / LOCK_NAME
    holder = host.lock_holder(lock)
    if holder is None or not host.is_locked(lock):
        raise CannotStart(f"no collector runs on {settings.data_dir}; start it with tundish run")
    remarks = _remarks(settings)
    for text in remarks:
        say(text)
    if remarks and not yes:
        raise ConfigurationError("this changes figures that are there, as said above; give --yes to have it so")
    try:
        host.hang_up(holder.process)
    except OSError as error:
        raise CannotStart(
            f"process {holder.process} cannot be asked ({error.strerror}); run this as the user of the collector"
        ) from error
    now = _next_holder(lock, holder)
    if now is None:
        raise CannotStart(
            f"the collector (process {holder.process}) gave no answer within {TAKEN_WITHIN_S:g} s: its log says why"
        )
    if now.remark:
        raise ConfigurationError(f"the collector runs on as it was: {now.remark}")
    say(f"the collector (process {now.process}) runs by the changed plant.yaml.")


def _remarks(settings: "Settings") -> list[str]:
    from collector.cli.ledger_remarks import ledger_remarks
    from collector.entries.entry_file import EntryFile

    ledger = EntryFile(settings)
    return ledger.read(lambda connection: ledger_remarks(connection, settings))


def _next_holder(lock: "Path", before: "LockHolder") -> "LockHolder | None":
    import time

    from collector import host

    end_s = time.monotonic() + TAKEN_WITHIN_S
    while time.monotonic() < end_s:
        time.sleep(0.2)
        now = host.lock_holder(lock)
        if now is not None and now.since_ns > before.since_ns:
            return now
    return None
