"""What a process was at when it was killed: a counter for each thing, in a file that outlives it.

Memory that is mapped from a file stays in the system's cache, whatever ends the process.
"""

import mmap
from pathlib import Path

WHAT = (
    "loading",
    "opening the ledger",
    "migrating the ledger",
    "opening the journal",
    "catching up",
    "connecting",
    "collecting",
    "committing to the journal",
    "committing to the ledger",
    "counting",
    "rolling up",
    "detecting",
    "alerting",
    "sending rows",
    "sending telemetry",
)


class Marks:
    """`enter` and `leave` in the process, `under_way` outside it."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(len(WHAT)))
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), len(WHAT))

    def clear(self) -> None:
        self._bytes[:] = bytes(len(WHAT))

    def enter(self, what: str) -> None:
        self._bytes[WHAT.index(what)] += 1

    def leave(self, what: str) -> None:
        self._bytes[WHAT.index(what)] -= 1

    def under_way(self) -> list[str]:
        return [what for what, count in zip(WHAT, self._bytes[:], strict=True) if count]
