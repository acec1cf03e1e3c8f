"""Headless Chromium, driven by playwright: the machine's own browser, a fresh profile each time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """The machine's browser. Fails the test where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no chromium on this machine; install with: apt-get install chromium")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_of(browser: Browser, width: int = 1920, height: int = 1080, locale: str = "en-US") -> Iterator[Page]:
    """A page in a context of its own."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
    try:
        yield context.new_page()
    finally:
        context.close()


def screenshot(url: str, path: Path, width: int = 1920, height: int = 1080, wait_for: str = ".card canvas") -> None:
    """A picture of the page at `url`, once `wait_for` is there."""
    with chromium() as browser, page_of(browser, width, height) as page:
        page.goto(url)
        page.wait_for_selector(wait_for)
        page.wait_for_timeout(1500)
        page.screenshot(path=path)
