"""A small works for the tests of the service: its plant.yaml, its files, and readings as they would come."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collector.config.settings import JournalLimits
from collector.service.intake import Intake
from collector.service.journal_facts import JournalFacts, encode_facts
from collector.service.ledger_consumer import LedgerConsumer
from collector.service.ledger_step import Posting
from collector.service.preparation import Preparation
from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.service.source_stamps import Stamping
from collector.sources.base import Delivery
from collector.storage.journal.journal import Journal
from collector.storage.journal.rows import LEDGER, SINK, JournalEntry, StoredEntry
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.output_plan import OutputPlan
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.counting.stamp_rule import StampRule
from models.works.codes import Quality
from models.works.plant import Plant
from tests.collector.service.works_document import COAL, NOON_NS, NS, TAPS


class Clock:
    """A host clock that a test moves by hand."""

    def __init__(self, now_ns: int = NOON_NS) -> None:
        self.now_ns = now_ns

    def __call__(self) -> int:
        return self.now_ns


NO_BOUNDS = JournalLimits(max_bytes=10**12, max_age_days=10_000, min_free_bytes=0)


@dataclass
class WorksParts:
    """Journal and ledger as real files, and everything that works on them, without sources and without a timetable."""

    plant: Plant
    clock: Clock | Callable[[], int]
    journal: Journal
    ledger: Ledger
    intake: Intake
    consumer: LedgerConsumer
    roll_up: RollUp

    async def take(self, *deliveries: Delivery) -> None:
        for delivery in deliveries:
            await self.intake.accept(delivery.source)(delivery)

    async def settle(self) -> None:
        await self.consumer.catch_up()
        await self.roll_up.run()

    async def produce(self) -> None:
        """Two readings of coal and five tonnes between them, counted and rolled up."""
        await self.take(delivery_of(self.batch((COAL, 0, 0.0))), delivery_of(self.batch((COAL, 60, 5.0))))
        await self.settle()

    def batch(self, *rows: tuple[str, float, float], quality: Quality = Quality.GOOD) -> ReadingBatch:
        """Rows of (tag, seconds after noon, value)."""
        return batch_of(self.plant, *rows, quality=quality)


def batch_of(
    plant: Plant, *rows: tuple[str, float, float], quality: Quality = Quality.GOOD, received_ns: int = 0
) -> ReadingBatch:
    index = plant.tag_index()
    times = [NOON_NS + round(at_s * NS) for _, at_s, _ in rows]
    cells = [(index[tag], value, time_ns, quality) for (tag, _, value), time_ns in zip(rows, times, strict=True)]
    return ReadingBatch.of("plc", received_ns or max(times), cells)


def delivery_of(readings: ReadingBatch | None = None, *, received_ns: int = 0, **parts: Any) -> Delivery:  # noqa: ANN401
    received_ns = received_ns or (NOON_NS if readings is None else readings.received_ns)
    return Delivery("plc", received_ns, readings, **parts)


def tap(
    key: str,
    end_s: float,
    tonnes: float = 400.0,
    *,
    tag: str = TAPS,
    sequence: int = 1,
    quality: Quality = Quality.GOOD,
) -> EventReading:
    end_ns = NOON_NS + round(end_s * NS)
    return EventReading(tag, key, sequence, tonnes, end_ns, end_ns + 5 * NS, quality)


def stored(
    seq: int,
    facts: JournalFacts | bytes = b"",
    *,
    source: str = "plc",
    at_s: float = 0,
    **more: Any,  # noqa: ANN401
) -> StoredEntry:
    """A journal entry as the ledger reads it."""
    at_ns = NOON_NS + round(at_s * NS)
    data = facts if isinstance(facts, bytes) else encode_facts(facts)
    return StoredEntry(seq, JournalEntry(source, at_ns, None, 0, data, at_ns, at_ns), **more)


def count(tag: str, at_s: float, value: float, quality: Quality = Quality.GOOD) -> tuple[str, int, float, Quality]:
    return tag, NOON_NS + round(at_s * NS), value, quality


def preparation_of(plant: Plant, *, telemetry: bool, rule: StampRule | None = None) -> Preparation:
    rule = rule or StampRule(limit_ns=60 * NS)
    stamping = Stamping(plant, {tag.source: rule for tag in plant.tags}, lambda _source: None)
    return Preparation(plant, stamping, telemetry=telemetry, future_tolerance_s=60)


def posting_of(plant: Plant, ledger: Ledger) -> Posting:
    return Posting(plant, ledger, longest_gap_s=3600)


def open_ledger(folder: Path, clock: Callable[[], int] | None = None, vfs: str | None = None) -> Ledger:
    folder.mkdir(parents=True, exist_ok=True)
    return Ledger.open(folder, clock_ns=clock or Clock(), demo=False, vfs=vfs)


@contextmanager
def a_ledger(folder: Path, clock: Callable[[], int] | None = None) -> Iterator[Ledger]:
    """For tests without a loop of their own."""
    ledger = open_ledger(folder, clock)
    try:
        yield ledger
    finally:
        asyncio.run(ledger.close())


@asynccontextmanager
async def opened_parts(
    folder: Path,
    plant: Plant,
    *,
    clock: Callable[[], int] | None = None,
    limits: JournalLimits = NO_BOUNDS,
    telemetry: bool = False,
    vfs: str | None = None,
) -> AsyncIterator[WorksParts]:
    """The composition that the service makes of them, on files in `folder`."""
    clock = clock or Clock()
    ledger = open_ledger(folder, clock, vfs)
    journal = Journal.open(
        folder,
        limits,
        consumers=frozenset({LEDGER, SINK} if telemetry else {LEDGER}),
        clock_ns=clock,
        ledger=ledger.mark(),
        vfs=vfs,
    )

    def broken(error: Exception) -> None:
        raise error

    intake = Intake(journal, preparation_of(plant, telemetry=telemetry), broken, lambda *_: None, clock)
    consumer = LedgerConsumer(journal, ledger, posting_of(plant, ledger), lambda _changes: None)
    roll_up = RollUp(
        ledger,
        OutputPlan(plant),
        Publishing(to_outbox=telemetry),
        clock_ns=clock,
        refreshed_ns=ledger.mark().recorded_ns,
    )
    try:
        yield WorksParts(plant, clock, journal, ledger, intake, consumer, roll_up)
    finally:
        await journal.close()
        await ledger.close()


async def soon(condition: Callable[[], object], within_s: float = 60.0, what: str = "it") -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come within {within_s} s"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def running(*coroutines: Any) -> AsyncIterator[list["asyncio.Task[None]"]]:  # noqa: ANN401
    """Tasks that are cancelled at the end; one that broke before that fails the test."""
    tasks = [asyncio.create_task(each) for each in coroutines]
    try:
        yield tasks
        for task in tasks:
            assert not task.done() or task.exception() is None, task
    finally:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def grams(ledger: Ledger) -> dict[str, int]:
    return {tag: total for tag, total in ledger.read(ledger_reads.totals).items() if total}


def reasons(rejections: Sequence[Rejection]) -> list[str]:
    return [str(rejection.reason) for rejection in rejections]
