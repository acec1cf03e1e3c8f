"""Small journals for tests: entries that can be told apart, and how to open one."""

import itertools
import zlib
from collections.abc import Callable
from pathlib import Path

from collector.config.settings import JournalLimits
from collector.storage.journal.journal import Journal, JournalEntry, LedgerMark
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason

WIDE = JournalLimits(max_bytes=10**9, max_age_days=30, min_free_bytes=0)
BOTH = frozenset({"ledger", "sink"})
ALONE = frozenset({"ledger"})
START_NS = 1_790_000_000 * 10**9


def entry(number: int, *, lines: bool = True, size: int = 200, source: str = "plc") -> JournalEntry:
    """The entry of that number; its facts and lines say which."""
    at_ns = START_NS + number * 10**9
    text = f"telemetry value={number} {at_ns}\n".encode() + bytes(itertools.islice(itertools.cycle(b"#x\n"), size))
    member = zlib.compress(text, 1, wbits=31) if size < 1000 else text
    return JournalEntry(
        source, at_ns, member if lines else None, 1 if lines else 0, f"facts {number}".encode(), at_ns, at_ns
    )


def refused(number: int) -> Rejection:
    """A rejection that can be told apart."""
    return Rejection(
        "plc", f"mine{number}.belt", f"{number}", START_NS, Quality.GOOD, Reason.OUT_OF_RANGE, f"no. {number}"
    )


def opened(
    folder: Path,
    *,
    limits: JournalLimits = WIDE,
    consumers: frozenset[str] = BOTH,
    vfs: str | None = None,
    ledger: LedgerMark | None = None,
    clock_ns: Callable[[], int] = lambda: START_NS + 3600 * 10**9,
) -> Journal:
    """`Journal.open` with what tests rarely change."""
    return Journal.open(folder, limits, consumers=consumers, clock_ns=clock_ns, ledger=ledger, vfs=vfs)


async def facts(journal: Journal, after: int = 0) -> list[str]:
    """The facts of all entries beyond `after`, as the ledger reads them."""
    found = []
    while entries := await journal.read("ledger", after=after, max_lines=7):
        found += [stored.entry.facts.decode() for stored in entries]
        after = entries[-1].seq
    return found
