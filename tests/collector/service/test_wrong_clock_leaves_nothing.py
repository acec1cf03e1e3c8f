"""A host clock that is impossible, or a year or a day ahead, while the collector runs or at its start: when it is right
again, no alert of it is left, the order of records holds, and what is counted goes on."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from collector.host_clock import EARLIEST_NS
from collector.storage.ledger import incidents as ledger_alerts
from models.alerts.incident import Incident
from models.works.calendar import NS
from tests.collector.service.steel_works import soon
from tests.support.collector_process import ROOT, CollectorProcess, until
from tests.support.host_clock import HostClock
from tests.support.ports import free_port

DAY_S, YEAR_S = 86_400, 365 * 86_400
CERTAIN_S = 300
"""Detection is certain three minutes after a clock was set; the rest is for a busy machine."""
WORKING = "tundish_source_up == 1 and tundish_readings_total > 20 and tundish_job_runs_total > 10"


@dataclass
class Running:
    """A collector with a simulated works whose clock is right, and the clock of the collector."""

    folder: Path
    clock: HostClock
    collector: CollectorProcess
    port: int

    async def goes_on(self, limit_s: float = 60) -> None:
        before = await until(WORKING, limit_s, self.port)
        await until(f"tundish_readings_total > {before['tundish_readings_total']} + 20", limit_s, self.port)

    def ask(self, call: Callable[[apsw.Connection], object]) -> object:
        path = self.folder / "data" / "ledger.db"
        with contextlib.closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
            return call(connection)

    def booked_until_s(self) -> int:
        return self._number("SELECT max(end_s) FROM increment")

    def recorded_s(self) -> int:
        return self._number("SELECT number / 1000000000 FROM meta WHERE key = 'recorded_ns'")

    def _number(self, sql: str) -> int:
        found = self.ask(lambda connection: connection.execute(sql).fetchone())
        assert isinstance(found, tuple)
        return int(found[0] or 0)

    def incidents(self) -> list[Incident]:
        found = self.ask(lambda connection: ledger_alerts.newest(connection, 1000))
        assert isinstance(found, list)
        return found


@contextlib.asynccontextmanager
async def running(folder: Path, offset_s: int = 0) -> AsyncIterator[Running]:
    clock, port, plant_file = HostClock(folder), free_port(), folder / "plant.yaml"
    clock.set(offset_s)
    simulator = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "collector", "simulate", "--write-config", str(plant_file)),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await soon(plant_file.exists, what="the simulator")
    plant = plant_file.read_text().replace("clock: trust", "clock: correct")
    plant_file.write_text(f"{plant}metrics: {{port: {port}}}\n")
    collector = CollectorProcess(plant_file, folder / "run.log")
    try:
        await collector.start(clock.environment())
        yield Running(folder, clock, collector, port)
        assert await collector.stop() < 10
        assert "Traceback" not in collector.log_text()
    finally:
        await collector.end()
        simulator.kill()
        await simulator.wait()


def _cannot_be(incident: Incident) -> bool:
    times_s = (incident.opened_s, *(found.since_s for found in incident.holding()))
    return not all(EARLIEST_NS // NS <= at_s <= time.time() + 60 for at_s in times_s)


async def _leaves_nothing(works: Running) -> None:
    def left() -> list[Incident]:
        return [incident for incident in works.incidents() if incident.is_open and _cannot_be(incident)]

    await soon(lambda: not left(), CERTAIN_S, "the end of what a wrong clock raised")
    for incident in works.incidents():
        if not incident.is_open and _cannot_be(incident):
            assert incident.root.wrong_clock, incident
    in_order = "SELECT count(*) FROM (SELECT recorded_ns, lag(recorded_ns) OVER (ORDER BY id) AS before FROM {}) "
    for table in ("incident_event", "gap"):
        asked = in_order.format(table) + "WHERE recorded_ns < before"
        assert works.ask(lambda connection, asked=asked: connection.execute(asked).fetchone()) == (0,), table


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_a_clock_of_1970_and_of_next_year_leaves_no_alert_behind(tmp_path: Path) -> None:
    async with running(tmp_path) as works:
        await works.goes_on()
        before = await until(WORKING, 30, works.port)
        works.clock.set(-round(time.time()))
        await soon(lambda: "this host's clock says 1970" in works.collector.log_text(), what="the word of it")
        await works.goes_on()
        assert not [incident for incident in works.incidents() if incident.opened_s < EARLIEST_NS // NS]
        works.clock.set(YEAR_S)
        await works.goes_on()
        await asyncio.sleep(60)  # longer than a clock without a witness waits to be believed
        assert works.booked_until_s() < time.time() + 300, "nothing is booked a year ahead"
        assert works.recorded_s() < time.time() + 60, "and nothing is recorded there"
        assert "host_clock_set" not in works.collector.log_text(), "it was never taken"
        works.clock.set(0)
        await soon(lambda: "host_clock_right" in works.collector.log_text(), what="the end of it")
        await works.goes_on()
        await _leaves_nothing(works)
        after = await until(WORKING, 30, works.port)
        assert after["tundish_readings_total"] > before["tundish_readings_total"]


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_a_day_ahead_and_back_tells_of_no_shift_that_has_not_been(tmp_path: Path) -> None:
    async with running(tmp_path) as works:
        await works.goes_on()
        works.clock.set(DAY_S)
        await asyncio.sleep(45)
        works.clock.set(0)
        await works.goes_on()
        assert not [incident for incident in works.incidents() if incident.root.finding.kind == "shift_short"]
        await _leaves_nothing(works)


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_a_start_a_year_ahead_goes_on_when_the_clock_is_right(tmp_path: Path) -> None:
    async with running(tmp_path, YEAR_S) as works:
        await works.goes_on()
        await asyncio.sleep(90)
        works.clock.set(0)
        await works.goes_on()
        await _leaves_nothing(works)
        newest = datetime.fromtimestamp(works.booked_until_s(), UTC)
        assert newest.year >= datetime.now(UTC).year


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_a_start_a_year_ahead_of_what_is_recorded_books_nothing_until_the_clock_is_right(tmp_path: Path) -> None:
    async with running(tmp_path) as works:
        await works.goes_on()
        assert await works.collector.stop() < 10
        works.clock.set(YEAR_S)
        await works.collector.start(works.clock.environment())
        await soon(lambda: "host_clock_doubtful" in works.collector.log_text(), what="the doubt")
        await asyncio.sleep(30)
        assert works.booked_until_s() < time.time() + 300
        works.clock.set(0)
        await works.goes_on()
        await _leaves_nothing(works)
