"""How far a stream was sent, noted beside the ledger and in no backup: `group-sent.json`.

A ledger that was brought back knows less than was sent of it, and would give numbers anew that the group has with
other rows. So the note is written before a message leaves, and a ledger that does not fit it begins a new stream.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from collector.host import sync_file, sync_folder
from collector.small_file import read_small

FILE = "group-sent.json"


@dataclass(frozen=True, slots=True)
class SentMark:
    """Messages up to `number` of this stream may be with others."""

    stream: str
    number: int

    def fits(self, stream: str, number: int) -> bool:
        """Whether a ledger that gave up to `number` of `stream` knows all that was sent."""
        return self.stream == stream and self.number <= number


def read_mark(folder: Path) -> SentMark | None:
    """The note in a data folder; None if there is none that can be read."""
    try:
        found = json.loads(read_small(folder / FILE))
        return SentMark(str(found["stream"]), int(found["number"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_mark(folder: Path, mark: SentMark) -> None:
    """Synced when this returns. Raises OSError."""
    part = folder / f".{FILE}.part"
    part.write_text(json.dumps(asdict(mark)), encoding="utf-8")
    sync_file(part)
    part.replace(folder / FILE)
    sync_folder(folder)
