"""Small ledgers for tests: steps that can be told apart, and how to open one."""

from collections.abc import Callable
from pathlib import Path

from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import EventRevision, Increment, IncrementFlag
from models.works.table import Row, RowKey

S = 10**9
START_S = 1_790_000_100  # a multiple of 300
START_NS = START_S * S


def opened(
    folder: Path,
    *,
    demo: bool | None = None,
    vfs: str | None = None,
    clock_ns: Callable[[], int] = lambda: START_NS + 3600 * S,
) -> Ledger:
    """`Ledger.open` with what tests rarely change."""
    return Ledger.open(folder, clock_ns=clock_ns, demo=demo, vfs=vfs)


def increment(number: int, grams: int = 1_000_000, *, readings: int = 5, tag: str = "mine1.coal_total") -> Increment:
    """The increment of the bucket of that number."""
    start_s = START_S + number * 300
    return Increment(tag, tag.split(".")[0], "coal_raw", start_s, start_s + 300, grams, readings, IncrementFlag.NONE)


def event(key: str, grams: int, *, sequence: int = 1, end_ns: int = START_NS) -> EventRevision:
    """One word on a tap."""
    return EventRevision("bf3.taps", "bf3", "pig_iron", 2026, key, grams, end_ns, sequence)


def step(seq: int, *numbers: int, grams: int = 1_000_000) -> LedgerChanges:
    """A step that counts in the buckets of these numbers."""
    increments = [increment(number, grams) for number in numbers]
    return LedgerChanges(journal_seq=seq, increments=increments, states={"mine1.coal_total": f"state {seq}".encode()})


def row(number: int, **fields: float) -> Row:
    """A row of output_hour, the hour of that number; two fields unless given."""
    return Row(key(number), fields or {"actual_t": float(number), "completeness_pct": 100.0})


def key(number: int) -> RowKey:
    """Its key."""
    tags = {"site": "works", "shop": "mines", "unit": "mine1", "product": "coal_raw", "level": "unit"}
    return RowKey.of("output_hour", START_NS + number * 3600 * S, tags)
