"""Headless Chromium, driven by playwright: the machine's own browser, and a profile with nothing of a test before."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

OFF = (
    # The box for addresses loads two pages of its own with every window: three times the CPU of an empty page.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # What playwright turns off: of two such lists the browser takes the last.
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(OFF)}",
]


COMES_MS = 90_000
"""What is to come has come by then, on any machine: a wait that is over costs nothing."""


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
def page_of(
    browser: Browser, width: int = 1920, height: int = 1080, locale: str = "en-US", *, fresh: bool = False
) -> Iterator[Page]:
    """A page whose profile nobody else has. It remembers nothing but the files that servers let a browser keep.

    `fresh`: not even those; and what is done to the context itself is gone with the page.
    """
    spare = _SPARE.setdefault(browser, defaultdict(list))[locale]
    context = spare.pop() if spare and not fresh else browser.new_context(locale=locale)
    origins: set[str] = set()
    page = context.new_page()
    page.set_default_timeout(COMES_MS)
    page.on("framenavigated", lambda frame: origins.add(_origin(frame.url)))
    page.set_viewport_size({"width": width, "height": height})
    whole = False
    try:
        yield page
        whole = not fresh
    finally:
        if whole:
            _forget(context, page, origins)
            spare.append(context)
        else:
            context.close()


_SPARE: WeakKeyDictionary[Browser, defaultdict[str, list[BrowserContext]]] = WeakKeyDictionary()
"""Contexts by their locale. Scripts that are not in the cache cost a page three times what the page itself costs."""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _forget(context: BrowserContext, page: Page, origins: set[str]) -> None:
    chrome = context.new_cdp_session(page)
    for origin in (each for each in origins if each.startswith("http")):  # nor the browser's own pages of errors
        chrome.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "cookies,local_storage,indexeddb"})
    for each in context.pages:
        each.close()
    context.clear_cookies()
    context.clear_permissions()


def screenshot(url: str, path: Path, width: int = 1920, height: int = 1080, wait_for: str = ".card canvas") -> None:
    """A picture of the page at `url`, once `wait_for` is there."""
    with chromium() as browser, page_of(browser, width, height) as page:
        page.goto(url)
        page.wait_for_selector(wait_for)
        page.wait_for_timeout(1500)
        page.screenshot(path=path)
