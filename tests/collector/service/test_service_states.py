"""What detection tells of the units as time goes on: once a minute whatever the load, and each standstill by itself."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from collector.config.load import load
from collector.service.detection import Detection
from collector.service.observer import Observer
from collector.service.publishing import Publishing
from collector.service.trends import Expectation
from collector.simulation.plant_config import plant_yaml
from collector.sources.base import Delivery
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.ledger import Ledger
from models.counting.reading import ReadingBatch
from models.detection.finding import Finding, FindingKind, Watching
from models.detection.minutes.observed import WorksMinutes
from models.detection.watched import watched_units
from models.works.codes import Quality, UnitState
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, open_ledger

pytestmark = pytest.mark.long

NS = 10**9
START_S = 1_790_000_000 // 3600 * 3600
MINUTE_S = 60


@dataclass
class Furnace:
    """Blast furnace 3, whose blast a test sets, and detection over it with a clock that the test moves."""

    plant: Plant
    clock: Clock
    ledger: Ledger
    observer: Observer
    detection: Detection

    async def goes_on(self, minutes: int, share: float) -> None:
        """Blast and its temperature at `share` of what they show at full work."""
        for _ in range(minutes):
            await self.step(MINUTE_S, share)

    async def step(self, seconds: int, share: float) -> None:
        self.clock.now_ns += seconds * NS
        index = self.plant.tag_index()
        cells = [
            (index[tag.name], (tag.nominal or 0.0) * share, self.clock(), Quality.GOOD)
            for tag in self.plant.tags
            if tag.unit == "bf3" and tag.role is not None
        ]
        batch = ReadingBatch.of("plc", self.clock(), cells)
        coverage = {tag.name: 1 for tag in self.plant.tags if tag.unit == "bf3"}
        self.observer.taken(Delivery("plc", self.clock(), batch, coverage=coverage), batch)
        await self.detection.run()

    def state(self) -> UnitState:
        return next(it.state for it in self.ledger.read(ledger_detection.now) if it.unit == "bf3")

    def told_s(self) -> int:
        return next(it.at_s for it in self.ledger.read(ledger_detection.now) if it.unit == "bf3")

    def drops(self) -> list[tuple[FindingKind, int, int | None]]:
        return [(it.kind, it.start_s, it.end_s) for it in self.ledger.read(ledger_detection.drops) if it.unit == "bf3"]


@pytest.fixture
async def furnace(tmp_path: Path) -> AsyncIterator[Furnace]:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    plant = load(file).plant
    clock = Clock(START_S * NS + 2 * NS)
    ledger = open_ledger(tmp_path / "data", clock)
    observer = Observer(plant, watched_units(plant, plant.detection))

    async def report(_findings: Sequence[Finding], _now_ns: int, _watching: Watching) -> None:
        pass

    detection = Detection(
        plant=plant,
        ledger=ledger,
        observer=observer,
        expected=Expectation(plant, ledger),
        history=lambda start_s, _end_s: WorksMinutes(start_s, {}),
        report=report,
        publishing=Publishing(),
        clock_ns=clock,
    )
    await detection.warm_up()
    yield Furnace(plant, clock, ledger, observer, detection)
    await ledger.close()


async def test_a_slot_that_is_missed_at_the_turn_of_a_minute_leaves_no_minute_untold(furnace: Furnace) -> None:
    await furnace.step(50, 1.0)
    before_s = furnace.told_s()
    await furnace.step(25, 1.0)
    assert furnace.told_s() > before_s
    assert furnace.told_s() % MINUTE_S != 0


async def test_a_slow_down_that_becomes_a_stop_is_two_drops_and_only_the_second_stands(furnace: Furnace) -> None:
    await furnace.goes_on(60, 1.0)
    await furnace.goes_on(60, 0.7)
    assert furnace.state() is UnitState.SLOW
    stood_s = furnace.clock() // NS
    await furnace.goes_on(15, 0.0)
    assert furnace.state() is UnitState.STOPPED
    slow, stop = furnace.drops()
    assert (slow[0], stop[0]) == (FindingKind.SLOW, FindingKind.STOP)
    assert slow[2] == stop[1]
    assert abs(stop[1] - stood_s) <= 2 * MINUTE_S, "from when it stood, not from when it became slow"
    assert stop[2] is None
