"""`tundish demo` as a newcomer meets it. It measures time, and so runs alone."""

import asyncio
import signal
import sys
import time
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from collector.simulation.book import TruthBook
from collector.storage.ledger.ledger import Ledger
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.collector_process import ROOT
from tests.support.ledger_calls import anchors_around, published
from tests.support.live_page import shown
from tests.support.ports import free_port

PROMISED_S = 30
OF_AN_IMPORT = 16
"""The promise on a slower machine, in times that the page's modules take to be imported there. Measured on one: 2.7 s,
and 37 s until numbers moved."""
TRIES = 3
"""Other work on a shared machine may hold up a start; it does not hold up three."""


@pytest.mark.alone
@pytest.mark.timeout(400)
async def test_the_demo_prints_its_address_and_numbers_move_within_thirty_seconds(tmp_path: Path) -> None:
    took_s: list[float] = []
    promised_s = max(PROMISED_S, OF_AN_IMPORT * await _seconds_of_an_import())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1920, "height": 1080})
        while len(took_s) < TRIES and min(took_s, default=promised_s) >= promised_s:
            took_s.append(await _seconds_until_numbers_move(page, tmp_path / f"demo{len(took_s)}"))
        await browser.close()
    assert min(took_s) < promised_s, (took_s, promised_s)


async def _seconds_of_an_import() -> float:
    """The least of three, each in a process of its own."""
    found = []
    for _ in range(3):
        began = time.monotonic()
        asked = await asyncio.create_subprocess_exec(sys.executable, "-c", "import dashboards.web.pages", cwd=ROOT)
        assert await asked.wait() == 0
        found.append(time.monotonic() - began)
    return min(found)


async def _seconds_until_numbers_move(page: Page, folder: Path) -> float:
    """Start a demo, watch it on `page`, and end it; what it printed, logged and recorded is looked at too."""
    port = free_port()
    began = time.monotonic()
    command = ["-m", "collector", "demo", "--folder", str(folder), "--desk-port", str(port)]
    demo = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert demo.stdout is not None
    output = ""
    try:
        while f"http://127.0.0.1:{port}" not in output:
            line = await asyncio.wait_for(demo.stdout.readline(), 3 * PROMISED_S)
            assert line, f"it ended: {output}"
            output += line.decode()
        await page.goto(f"http://127.0.0.1:{port}/?lang=en")
        await page.wait_for_selector(".card canvas")
        first = await shown(page)
        assert set(first) == {"coal_raw", "pig_iron", "steel_liquid", "rolled"}
        assert "SIMULATED" in await page.inner_text(".badge")
        while await shown(page) == first:
            assert time.monotonic() - began < 3 * PROMISED_S, "no number moves"
            await asyncio.sleep(0.2)
        took_s = time.monotonic() - began
        await _growth_is_shown(page, port)
    finally:
        demo.send_signal(signal.SIGTERM)
        output += (await asyncio.wait_for(demo.communicate(), 20))[0].decode()
    assert demo.returncode == 0, output
    assert "Traceback" not in output
    for log in folder.glob("*.log"):
        assert "Traceback" not in log.read_text(encoding="utf-8"), log
    ledger = Ledger.open(folder / "data", clock_ns=time.time_ns, demo=True)
    assert len({row.key.time_ns for row in published(ledger, "output_day", 0, 2**62)}) > 700
    _first_hour_is_whole(ledger, folder)
    await ledger.close()
    return took_s


def _first_hour_is_whole(ledger: Ledger, folder: Path) -> None:
    """The history ended minutes ago, and the collector read each counter at the instant at which it goes on."""
    book = TruthBook.open(folder / "book.db")
    for tag in ("mine1.coal_total", "sinter1.sinter_total", "washery.concentrate_total"):
        first = anchors_around(ledger, tag, 0)[1]
        assert first is not None
        assert first.time_ns == book.published(tag)[0].time_ns
        assert time.time_ns() - first.time_ns < (300 + 6 * PROMISED_S) * 10**9
    book.close()


async def _growth_is_shown(page: Page, port: int) -> None:
    await page.goto(f"http://127.0.0.1:{port}/growth?lang=en")
    await page.wait_for_selector(".growth-card canvas")
    growth = await page.eval_on_selector_all('[data-field="ytd_pct"]', "tiles => tiles.map(t => t.dataset.exact)")
    assert len(growth) == 4
    assert all(0 < float(exact) < 20 for exact in growth), "two years of history give January to date"
