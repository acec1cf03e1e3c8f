"""What disks do to a ledger, and what became of it: the table of docs/benchmarks.md.

python -m tests.support.damage_run [--bits 2000] [--variants 1000] [--seed 1000]

Half of each on a ledger that was closed, half on one that was cut off with its log. Everybody who reads it is asked,
before the next start and after it. Exits with 1 if any figure was another one without a word.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table

from tests.support.corruption import Stand, built, outcome
from tests.support.disk_damage import turned_bits, variants

Damaged = Callable[[Stand, Path, range], Iterator[str]]
KINDS: tuple[tuple[str, Damaged], ...] = (
    ("one bit turned", turned_bits),
    ("cut, zeroed, swapped, doubled, torn, older pages; logs, sums and files lost or older", variants),
)


@dataclass
class Tally:
    """`ends`: how many ended as right, gap or refused. `silent`: what was shown otherwise without a word."""

    ends: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)


def tally(stand: Stand, damaged: Damaged, folder: Path, seeds: range) -> Tally:
    """Damage the stand once for each seed."""
    found = Tally()
    for what in damaged(stand, folder, seeds):
        after = outcome(folder, stand.truth)
        found.ends[after.end] += 1
        if after.silent:
            found.silent.append(f"{what}: {after.silent}")
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bits", type=int, default=2000)
    parser.add_argument("--variants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1000)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    table = Table("damage", "ledger", "cases", "silently another figure", "all right", "a told gap", "refused")
    silent: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for closed in (True, False):
            stand = asyncio.run(built(Path(name) / f"stand-{closed}", closed=closed))
            for (words, damaged), count in zip(KINDS, (options.bits, options.variants), strict=True):
                seeds = range(options.seed, options.seed + count // 2)
                found = tally(stand, damaged, Path(name) / "case", seeds)
                ends = [str(found.ends[end]) for end in ("right", "gap", "refused")]
                state = "closed" if closed else "log not taken in"
                table.add_row(words, state, str(len(seeds)), str(len(found.silent)), *ends)
                silent += found.silent
    Console(width=150).print(table)
    for line in silent:
        print(line)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
