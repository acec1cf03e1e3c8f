"""A server that does not answer for a while: the page says so, finds itself again, and loses nothing."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboards.web.texts import TEXTS
from tests.dashboards.web.conftest import Desk, opened
from tests.support.browser import page_of

pytestmark = pytest.mark.alone
"""They measure how long a connection lasts."""


def moves_on(page: Page, limit_s: float) -> None:
    before = page.inner_text(".clock")
    page.wait_for_function(f"document.querySelector('.clock').innerText !== '{before}'", timeout=limit_s * 1000)


@pytest.mark.parametrize("held_s", [3, 15, 50])
def test_a_page_is_not_loaded_anew_after_its_server_hung(held_s: int, browser: Browser, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        desk.publish("coal_raw", 12345.678)
        desk.report()
        desk.judge()
        desk.wait()
        with page_of(browser) as page:
            loaded: list[str] = []
            page.on("framenavigated", lambda frame: loaded.append(frame.url))
            opened(page, desk)
            page.select_option("select.theme", "dark")
            page.click('[data-unit="bf3"] summary')
            moves_on(page, 5)
            page.evaluate("window.stayed = true")
            os.kill(desk.process.pid, signal.SIGSTOP)  # its loop stands still, and its socket stays open
            try:
                if held_s < 10:
                    page.wait_for_timeout(held_s * 1000)
                else:
                    page.wait_for_selector("#popup:visible", timeout=12_000)
                    assert TEXTS["connection_lost"]["en"] in page.inner_text("#popup")
                    page.wait_for_timeout((held_s - 10) * 1000)
            finally:
                os.kill(desk.process.pid, signal.SIGCONT)
            page.wait_for_selector("#popup", state="hidden", timeout=15_000)
            moves_on(page, 5)
            desk.publish("coal_raw", 12345.679)
            page.wait_for_selector('[data-exact-t="12345.679"]', timeout=10_000)
            assert page.evaluate("window.stayed") is True
            assert page.is_visible('[data-unit="bf3"] .detail')
            assert page.input_value("select.theme") == "dark"
            assert len(loaded) == 1
    finally:
        desk.end()


def test_a_desk_that_was_started_anew_is_found_by_its_pages(browser: Browser, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        desk.wait()
        with page_of(browser) as page:
            opened(page, desk, "ru")
            desk.process.terminate()
            desk.process.wait(10)
            desk.start()
            desk.wait()
            page.wait_for_selector("#popup", state="hidden", timeout=20_000)
            moves_on(page, 15)
            assert TEXTS["units"]["ru"] in page.inner_text("body")
    finally:
        desk.end()
