"""A desk that is told to end does so within seconds, whatever holds it up: measured by the clock, so alone."""

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.web.texts import TEXTS
from tests.dashboards.web.conftest import Desk, done, opened
from tests.support.browser import page_of


@pytest.mark.alone
def test_a_locked_ledger_holds_up_neither_the_page_nor_the_end(browser: Browser, tmp_path: Path) -> None:
    desk = Desk(tmp_path, ledger=False)
    try:
        done(desk.open_ledger().close())
        with closing(sqlite3.connect(tmp_path / "data" / "ledger.db", isolation_level=None)) as file:
            file.execute("PRAGMA locking_mode = EXCLUSIVE")
            file.execute("BEGIN EXCLUSIVE")
            desk.wait()
            with page_of(browser) as page:
                opened(page, desk)
                assert TEXTS["read_failed_at_start"]["en"] in page.inner_text(".warning")
                before = page.inner_text(".clock")
                page.wait_for_function(f"document.querySelector('.clock').innerText != '{before}'", timeout=4000)
            began = time.monotonic()
            assert desk.end() == 0
            assert time.monotonic() - began < 3
    finally:
        desk.end()
    assert "Traceback" not in desk.log.read_text()


@pytest.mark.alone
def test_ctrl_c_ends_the_desk_in_silence(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        desk.wait()
        desk.process.send_signal(signal.SIGINT)
        assert desk.process.wait(3) == 0
    finally:
        desk.end()
    (line,) = desk.log.read_text().splitlines()
    assert line == f"SIMULATED works: the desk listens on {desk.url}"


@pytest.mark.alone
def test_a_desk_that_is_told_to_end_does_so_at_once_also_while_it_is_watched(browser: Browser, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.wait()
    with page_of(browser) as page:
        opened(page, desk)
        began = time.monotonic()
        assert desk.end() == 0
        assert time.monotonic() - began < 3
        page.wait_for_selector("#popup:visible", timeout=8000)
        assert TEXTS["connection_lost"]["en"] in page.inner_text("#popup")
    assert "Traceback" not in desk.log.read_text()
