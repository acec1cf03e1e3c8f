"""The parts of `tundish demo`, and the page's totals against ledger, database and the simulator's book."""

import asyncio
import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from collector.config.load import load
from collector.errors import CannotStart
from collector.simulation.book import TruthBook
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.processes import Processes
from collector.simulation.simulated_works import SimulatedWorks
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import GRAMS_PER_TONNE
from models.works.calendar import day_bounds, production_day, stamp_ns
from models.works.plant import Plant
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.collector_process import ROOT, CollectorProcess, until
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.ledger_calls import buckets
from tests.support.live_page import answers, shown
from tests.support.ports import free_port
from tests.support.truth import compare

pytestmark = pytest.mark.long

NS = 10**9


async def test_a_demo_never_touches_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "figures.xlsx").write_text("mine")
    ended = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "collector", "demo", "--folder", str(tmp_path), cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    said = (await ended.communicate())[1].decode()
    assert ended.returncode == 1
    assert "--folder" in said
    assert [path.name for path in tmp_path.iterdir()] == ["figures.xlsx"]


async def test_a_demo_whose_port_is_taken_says_so_and_ends(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = ["-m", "collector", "demo", "--folder", str(tmp_path / "demo"), "--no-history", "--desk-port", port]
        ended = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        shown, said = (text.decode() for text in await asyncio.wait_for(ended.communicate(), 60))
    assert ended.returncode == 1
    assert "live page" not in shown
    assert port in said
    assert "is taken" in said
    assert "Traceback" not in said


async def test_a_part_that_is_killed_ends_the_demo_and_is_named_with_its_log(tmp_path: Path) -> None:
    processes = Processes(tmp_path, print)
    async with processes:
        await processes.start("simulate")
        stopped = asyncio.create_task(asyncio.Event().wait())
        await processes.until("simulate", lambda: "opc.tcp" in (tmp_path / "simulate.log").read_text())
        watching = asyncio.create_task(processes.watch(stopped))
        os.kill(processes.pid("simulate"), signal.SIGKILL)
        with pytest.raises(CannotStart, match=r"simulate` ended: exit code -9, its log is .*simulate\.log"):
            await watching
        stopped.cancel()


async def test_a_part_that_cannot_start_is_told_in_its_own_words(tmp_path: Path) -> None:
    async with Processes(tmp_path, print) as processes:
        await processes.start("run", "nowhere.yaml")
        with pytest.raises(CannotStart, match=r"run` ended: nowhere\.yaml"):
            await processes.until("run", lambda: False)


@pytest.mark.parametrize("dialect", dialects()[-1:])
async def test_the_pages_totals_equal_ledger_database_and_the_book_to_the_kilogram(
    dialect: str, tmp_path: Path
) -> None:
    with influx_server(dialect, tmp_path / "influx") as database:
        database.make_bucket("works")
        database.make_bucket("works_raw")
        start_ns = time.time_ns() - 25 * 60 * NS
        options = SimulationOptions(seed=9, start_ns=start_ns, speed=60, book=tmp_path / "book.db")
        desk_port, metrics_port = free_port(), free_port()
        async with SimulatedWorks(options) as works:
            sections = {
                "influxdb": database.section("works", tmp_path),
                "metrics": {"port": metrics_port},
                "desk": {"port": desk_port},
            }
            file = tmp_path / "plant.yaml"
            file.write_text(plant_yaml(works.url, sections=sections), encoding="utf-8")
            collector = CollectorProcess(file, tmp_path / "run.log")
            desk = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "collector", "desk", str(file), cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
            )
            try:
                await collector.start()
                await until("tundish_readings_total > 600 and tundish_outbox_rows < 3", 90, metrics_port)
                assert await collector.stop() < 10
                page_t = await _page_totals(f"http://127.0.0.1:{desk_port}/?lang=ru")
            finally:
                await collector.end()
                desk.terminate()
                await desk.wait()
        plant = load(file).plant
        ledger = Ledger.open(tmp_path / "data", clock_ns=time.time_ns, demo=True)
        book = TruthBook.open(tmp_path / "book.db")
        found = compare(book, ledger, plant)
        assert {name: each.ledger_g for name, each in found.items()} == {n: each.book_g for n, each in found.items()}
        assert not any(each.gaps for each in found.values())
        wanted = _ledger_today(ledger, plant)
        book.close()
        await ledger.close()
        assert sum(wanted.values()) > 0
        assert {product: round(float(text) * GRAMS_PER_TONNE) for product, text in page_t.items()} == wanted
        assert _database_today(database, plant) == wanted


async def _page_totals(url: str) -> dict[str, str]:
    await answers(url, 30)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        page = await browser.new_page()
        await page.goto(url)
        await page.wait_for_selector(".card canvas")
        await asyncio.sleep(2.5)  # two refreshes after the last roll-up
        found = await shown(page)
        await browser.close()
    return {product: text or "0" for product, text in found.items()}


def _ledger_today(ledger: Ledger, plant: Plant) -> dict[str, int]:
    """Grams of today by reported product, from increments alone."""
    found = {}
    for reported in plant.reported:
        calendar = plant.shops[plant.units[reported.counted_at[0]].shop].calendar
        start_ns, end_ns = day_bounds(calendar, production_day(calendar, time.time_ns()))
        found[reported.product] = sum(
            item.grams
            for item in buckets(ledger, start_ns // NS, end_ns // NS)
            if item.product == reported.product and item.unit in reported.counted_at
        )
    return found


def _database_today(database: InfluxServer, plant: Plant) -> dict[str, int]:
    found = {reported.product: 0 for reported in plant.reported}
    calendar = next(iter(plant.shops.values())).calendar
    stamp = stamp_ns(plant.zone, production_day(calendar, time.time_ns()))
    where = f'WHERE "level" = \'site\' AND time = {stamp} GROUP BY "product"'
    for row in database.rows("works", f'SELECT "actual_t" FROM "output_day" {where}'):
        if row["product"] in found:
            found[row["product"]] = round(row["actual_t"] * GRAMS_PER_TONNE)
    return found
