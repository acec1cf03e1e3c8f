"""Finds the data folder that a person means, who names it or the plant.yaml of its service."""

import contextlib
from pathlib import Path

from collector.storage.journal.schema import JOURNAL
from collector.storage.ledger.schema import LEDGER

LOCK_NAME = "collector.lock"
"""Held by a collector as long as it runs on a folder."""


def data_folder(target: Path) -> Path:
    """`target` if it is a folder that holds our files, else the data_dir of the configuration in it.

    Raises ConfigurationError if it is neither.
    """
    with contextlib.suppress(OSError):  # a name of 300 letters; the configuration says what is wrong with it
        if target.is_dir() and any((target / kind.name).exists() for kind in (JOURNAL, LEDGER)):
            return target
    from collector.config.load import load

    return load(target).data_dir
