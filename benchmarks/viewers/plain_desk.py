"""The plain alternative: the same desk, of which each page reads the ledger for itself, every second.

python -m benchmarks.viewers.plain_desk PLANT_FILE
"""

import asyncio
import sys
import time
from pathlib import Path

from collector.cli.desk import desk
from dashboards.web import pages
from dashboards.web.snapshot import Snapshot, read_snapshot
from models.tables.desk_data import DeskData


class OwnSnapshots:
    """In place of the snapshot that all pages share."""

    def __init__(self, data: DeskData) -> None:
        self._data = data

    async def current(self) -> Snapshot:
        """Read it all."""
        return await asyncio.to_thread(read_snapshot, self._data, time.time_ns())


if __name__ == "__main__":
    pages.SharedSnapshot = OwnSnapshots  # type: ignore[attr-defined, assignment]
    desk(Path(sys.argv[1]))
