"""The end of the chain of seals, day by day, in a small file beside the ledger: `ledger.db-days`.

A line a day: the date, the number of the newest seal, its chain. So a ledger that went back in time as a whole, with
all that stands in it, contradicts this.
"""

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from collector.host import sync_file


@dataclass(frozen=True, slots=True)
class SealHead:
    """The newest seal at the end of a day."""

    day: str
    number: int
    chain: bytes


def heads_path(path: Path) -> Path:
    """The file beside the ledger at `path`."""
    return path.with_name(f"{path.name}-days")


def read_heads(path: Path) -> list[SealHead]:
    """All lines that can be read, the oldest first."""
    try:
        lines = heads_path(path).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        with contextlib.suppress(ValueError):
            day, number, chain = line.split(" ")
            found.append(SealHead(day, int(number), bytes.fromhex(chain)))
    return found


def keep_head(path: Path, now_ns: int, head: tuple[int, bytes]) -> None:
    """Add a line, synced, if there is none of this day."""
    day = f"{datetime.fromtimestamp(now_ns // 1_000_000_000, UTC):%Y-%m-%d}"
    known = read_heads(path)
    if known and (known[-1].day >= day or known[-1].number >= head[0]):
        return
    with heads_path(path).open("a", encoding="ascii") as file:
        file.write(f"{day} {head[0]} {head[1].hex()}\n")
    sync_file(heads_path(path))


def drop_heads(path: Path, number: int) -> None:
    """Keep only the lines of seals up to that number: the others are not in the ledger any more."""
    lines = [f"{head.day} {head.number} {head.chain.hex()}\n" for head in read_heads(path) if head.number <= number]
    draft = heads_path(path).with_name(f"{heads_path(path).name}.new")
    draft.write_text("".join(lines), encoding="ascii")
    draft.replace(heads_path(path))
