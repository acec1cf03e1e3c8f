"""A server that does not answer for a while: the page says so, finds itself again, and loses nothing."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """Its loop stands still, as on a machine without time for it; its sockets stay open."""
    os.kill(desk.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(desk.process.pid, signal.SIGCONT)


@pytest.mark.parametrize(
    "spans_s",
    [
        pytest.param([3], id="shorter than the page notices"),
        # The page has noticed and has not tried anew; the server learns of it in a moment between, and hangs on.
        pytest.param([0, 6], id="for long, with a moment between"),
        pytest.param([75], id="longer than two attempts to connect", marks=pytest.mark.slow),
    ],
)
def test_a_page_is_not_loaded_anew_after_its_server_hung(spans_s: list[int], browser: Browser, tmp_path: Path) -> None:
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
            for span_s in spans_s:
                with held(desk):
                    if span_s == 0:
                        page.wait_for_function("document.getElementById('popup').ariaHidden === 'false'", polling=20)
                    page.wait_for_timeout(span_s * 1000)
                    if span_s > 8:
                        assert page.is_visible("#popup")
                        assert TEXTS["connection_lost"]["en"] in page.inner_text("#popup")
                page.wait_for_timeout(200)
            page.wait_for_selector("#popup", state="hidden")
            moves_on(page, 10)
            desk.publish("coal_raw", 12345.679)
            page.wait_for_selector('[data-exact-t="12345.679"]')
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
            page.wait_for_selector("#popup", state="hidden")
            moves_on(page, 15)
            assert TEXTS["units"]["ru"] in page.inner_text("body")
    finally:
        desk.end()
