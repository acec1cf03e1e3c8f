"""A few units and detection as it runs in the service: a real ledger, a clock by hand, what units show by faces."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from collector.service.detection import Detection
from collector.service.observer import Observer
from collector.service.publishing import Publishing
from collector.sources.base import Delivery
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.observed_history import read_history
from collector.storage.ledger.outbox_queue import OutboxQueue
from models.counting.increment import GRAMS_PER_TONNE, EventRevision, Increment
from models.counting.reading import ReadingBatch
from models.detection.expected.expected import Expected
from models.detection.finding import Finding, Watching
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.works.codes import Quality, UnitState
from models.works.plant import Plant
from models.works.table import Row
from tests.collector.service.steel_works import Clock, open_ledger
from tests.models.detection.minutes_of import Face, Works
from tests.models.detection.small_works import HOUR, START_S
from tests.support.ledger_calls import commit

NS = 10**9


@dataclass
class Live:
    """`works` gives what units show; `now_s` counts from START_S. `told`: (findings, certain) of each step."""

    folder: Path
    works: Works
    to_outbox: bool = False
    vfs: str | None = None
    expected: Callable[[Ledger], Callable[[], Expected]] | None = None
    clock: Clock = field(default_factory=lambda: Clock(START_S * NS))
    told: list[tuple[Sequence[Finding], bool]] = field(default_factory=list)
    published: int = 0
    ledger: Ledger = field(init=False)
    observer: Observer = field(init=False)
    detection: Detection = field(init=False)
    _seq: int = 0

    @property
    def plant(self) -> Plant:
        return self.works.plant

    @property
    def hour(self) -> float:
        return self.clock.now_ns / NS / HOUR - START_S / HOUR

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Live"]:
        """From a start of the service to its end; may be entered again."""
        self.ledger = open_ledger(self.folder, self.clock, self.vfs)
        self._seq = self.ledger.mark().seq
        units = {code: watch.unit for code, watch in self.works.watch.units.items()}
        self.observer = Observer(self.plant, units)
        self.detection = Detection(
            plant=self.plant,
            ledger=self.ledger,
            observer=self.observer,
            expected=(lambda: self.works.expected) if self.expected is None else self.expected(self.ledger),
            history=lambda start_s, end_s: self.ledger.read(
                lambda connection: read_history(connection, self.plant, start_s, end_s)
            ),
            report=self._report,
            publishing=Publishing(to_outbox=self.to_outbox, wake=self._publish),
            clock_ns=self.clock,
        )
        await self.detection.warm_up()
        try:
            yield self
        finally:
            await self.ledger.close()

    async def until(self, hour: float, step_s: int = 60) -> None:
        """Go on until that hour: units are read, what they made is posted, and detection runs two seconds later."""
        while self.works.now_s + step_s <= round(hour * HOUR):
            await self.step(self.works.now_s + step_s)

    async def step(self, second: int) -> None:
        await self.show(second)
        await self.judge(second)

    async def judge(self, second: int) -> None:
        """Detection runs two seconds after that second (from START_S)."""
        self.clock.now_ns = (START_S + second + 2) * NS
        await self.detection.run()
        await self.detection.take_past()

    async def show(self, second: int) -> None:
        """Everything that the units show until `second` is taken and posted."""
        self.clock.now_ns = (START_S + second) * NS
        samples = self.works.samples(second)
        self.works.now_s = second
        index = self.plant.tag_index()
        increments: list[Increment] = []
        events: list[EventRevision] = []
        for code, sample in samples.items():
            if not sample.heard:
                continue
            product = self.works.unit(code).unit.product
            cells = [
                (index[f"{code}.{name}"], signal.value, self.clock(), Quality(signal.quality))
                for name, signal in sample.signals.items()
            ]
            batch = ReadingBatch.of("plc", self.clock(), cells)
            coverage = {f"{code}.made": 1} if sample.looked else {}
            self.observer.taken(Delivery("plc", self.clock(), batch, coverage=coverage), batch)
            if sample.counted_t is not None:
                grams = round(sample.counted_t * GRAMS_PER_TONNE)
                start_s = (START_S + second - 1) // 300 * 300
                increments.append(Increment(f"{code}.made", code, product, start_s, start_s + 300, grams, 1))
            for end_s, tonnes in sample.events:
                grams = round(tonnes * GRAMS_PER_TONNE)
                events.append(EventRevision(f"{code}.made", code, product, 2026, f"{end_s}", grams, end_s * NS, 1))
        self._seq += 1
        changes = LedgerChanges(journal_seq=self._seq, increments=increments, events=events, first_events=events)
        await commit(self.ledger, changes)
        self.observer.posted(changes)

    def now(self) -> Mapping[str, UnitNow]:
        return {unit.unit: unit for unit in self.ledger.read(ledger_detection.now)}

    def state(self, code: str) -> UnitState:
        return self.now()[code].state

    def drops(self) -> list[OutputDrop]:
        return self.ledger.read(ledger_detection.drops)

    async def rows(self) -> list[Row]:
        """The rows of unit_state that wait for the database."""
        return [item.row for item in await OutboxQueue(self.ledger).take(100_000) if item.row is not None]

    async def _report(self, findings: Sequence[Finding], _now_ns: int, watching: Watching) -> None:
        self.told.append((findings, watching.certain))

    def _publish(self) -> None:
        self.published += 1


def live(folder: Path, **faces: Face) -> Live:
    return Live(folder, Works(**faces))
