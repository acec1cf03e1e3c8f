"""A desk as its users have it: `tundish desk` in a process of its own, on a ledger that the test writes."""

import asyncio
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest
import yaml
from playwright.sync_api import Browser, Page

from collector.alerts.step import AlertStep, Memory
from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger.ledger import Ledger
from models.alerts.policy import Policy
from models.detection.finding import Finding
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.tables.desk_data import SourceStatus
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE
from models.works.calendar import NS, hour_bounds, production_day, stamp_ns
from models.works.codes import UnitState
from models.works.localize import LANGUAGES
from models.works.place import ALL
from models.works.table import Row, RowKey
from tests.support.browser import chromium
from tests.support.forked_desk import ForkedDesk
from tests.support.ledger_calls import publish
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[3]


def done(work: Coroutine[None, None, None]) -> None:
    """Run to its end beside the browser driver, which keeps a loop of its own in this thread."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def opened(page: Page, desk: "Desk", language: str = "en") -> Page:
    """The first page, once it shows."""
    page.goto(f"{desk.url}/?lang={language}")
    page.wait_for_selector(".card canvas")
    return page


class Desk:
    """The process, its address, and the ledger that it reads."""

    def __init__(
        self, folder: Path, *, ledger: bool = True, edit: Callable[[dict[str, Any]], None] = lambda config: None
    ) -> None:
        """`edit` changes the configuration of the simulated works before it is written."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        file = folder / "plant.yaml"
        config = yaml.safe_load(plant_yaml("opc.tcp://127.0.0.1:1", sections={"desk": {"port": self.port}}))
        edit(config)
        file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
        self.plant = load(file).plant
        self.ledger = self.open_ledger() if ledger else None
        self.log = folder / "desk.log"
        self.start()

    def start(self) -> None:
        """Start the process; again, if it has ended."""
        self.process = ForkedDesk(self.folder / "plant.yaml", self.log)

    def open_ledger(self) -> Ledger:
        (self.folder / "data").mkdir(exist_ok=True)
        return Ledger.open(self.folder / "data", clock_ns=time.time_ns, demo=True)

    def wait(self) -> None:
        deadline = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/sign-in", timeout=2)  # noqa: S310 - always http://127.0.0.1
            except urllib.error.HTTPError:
                raise
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < deadline, "the desk did not answer in 90 s"
                time.sleep(0.1)
            else:
                return

    def publish(self, product: str, tonnes: float, *, completeness: float = 98.0) -> None:
        """The site's figure of today, and of the hour that runs."""
        assert self.ledger is not None
        now_ns, zone = time.time_ns(), self.plant.zone
        shop = next(iter(self.plant.shops.values()))
        day_ns = stamp_ns(zone, production_day(shop.calendar, now_ns))
        hour = hour_bounds(zone, now_ns)
        rows = [
            self._row(DAY_TABLE, day_ns, (day_ns, day_ns + 86_400 * 10**9), product, tonnes, completeness),
            self._row(HOUR_TABLE, hour[0], hour, product, tonnes / 10, completeness),
        ]
        done(publish(self.ledger, rows, to_outbox=False))

    def report(self, *, up: bool = True, error: str = "") -> None:
        """What the collector would say of itself now."""
        assert self.ledger is not None
        now_ns = time.time_ns()
        status = SourceStatus("simulated_plc", now_ns, up, 0.5, 12345, 67, error)
        done(self.ledger.write(partial(ledger_moment.put, sources=[status], activity=())))

    def judge(
        self,
        states: Mapping[str, UnitState] | None = None,
        drops: Sequence[OutputDrop] = (),
        cause_unit: str = "",
        findings: Sequence[Finding] = (),
    ) -> None:
        """What the collector would say of the units now; those that are not named are OK.

        `findings`: what alerts are made of.
        """
        assert self.ledger is not None
        now_s = int(time.time())
        units = [
            UnitNow(
                unit=code,
                shop=unit.shop,
                product="",
                at_s=now_s,
                since_s=now_s - 600,
                state=(states or {}).get(code, UnitState.OK),
                severity=0,
                expected_t_per_h=None,
                actual_t_per_h=None,
                drop_pct=None,
                cause_unit=cause_unit,
                evidence={language: f'{unit.names[language]}: "100 %"' for language in LANGUAGES},
            )
            for code, unit in self.plant.units.items()
        ]
        ended = {drop.unit: now_s for drop in self.ledger.read(ledger_detection.drops) if drop.end_s is None}

        step = AlertStep(self.plant, Policy(sends=False, zone=self.plant.zone))

        def tell(connection: apsw.Connection) -> None:
            ledger_detection.put_now(connection, units)
            ledger_detection.put_drops(connection, drops, ended, now_s)
            step.run(connection, findings, clock_ns=now_s * NS, memory=Memory(), certain=True)

        done(self.ledger.write(tell))

    def end(self) -> int:
        """SIGTERM; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        finally:
            if self.process.poll() is None:
                self.process.kill()
            if self.ledger is not None:
                done(self.ledger.close())
                self.ledger = None

    def _row(
        self, table: str, time_ns: int, span: tuple[int, int], product: str, tonnes: float, completeness: float
    ) -> Row:
        tags = {"site": self.plant.site, "shop": ALL, "unit": ALL, "product": product, "level": "site"}
        fields: dict[str, float | int | str] = {
            "actual_t": tonnes,
            "target_t": tonnes * 1.1,
            "completeness_pct": completeness,
            "status": 0,
            "start_ms": span[0] // 10**6,
            "end_ms": span[1] // 10**6,
        }
        return Row(RowKey.of(table, time_ns, tags), fields)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with figures for coal, iron and steel, and none for rolled products."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    try:
        for product, tonnes in (("coal_raw", 12345.678), ("pig_iron", 4000.001), ("steel_liquid", 3999.5)):
            desk.publish(product, tonnes)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with chromium() as running:
        yield running
