"""Nothing on the pages is cut, lies over another thing, or makes a page scroll sideways, on any screen and by night."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.full_desk import full, keep_full
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["full"]

SIZES = {390: 844, 768: 1024, 1280: 800, 1440: 900, 1920: 1080}
FAULTS = (Path(__file__).parents[2] / "support" / "layout.js").read_text(encoding="utf-8")
FIRST = "['[data-drop]', '.card'].map(each => document.querySelector(each).getBoundingClientRect().toJSON())"
REDRAWN_WITHIN_MS = 20_000
"""Charts come after the page, and are drawn anew after a change of the window; on a busy machine later. What is at
fault then, stays so."""
PATHS = ("", "growth", "unit/mine1")
NOTHING: dict[int, list[str]] = {width: [] for width in SIZES}


def shown(page: Page, desk: Desk, path: str, language: Language) -> Page:
    page.goto(f"{desk.url}/{path}?lang={language}")
    page.wait_for_selector(".desk")
    page.wait_for_selector(".growth-card" if path == "growth" else "canvas")
    return page


def faults(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    found: list[str] = []
    for _ in range(REDRAWN_WITHIN_MS // 250):
        page.wait_for_timeout(250)
        found = page.evaluate(FAULTS)
        if not found:
            break
    return found


THEMES = ["light", pytest.param("dark", marks=pytest.mark.slow)]
"""Colours move nothing: the dark pages are looked at by axe each time, and measured with the slow tests."""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_or_covered_on_a_page_of_an_ordinary_day(
    path: str, language: Language, theme: str, desk: Desk, browser: Browser
) -> None:
    desk.report()
    desk.judge()
    with page_of(browser) as page:
        shown(page, desk, path, language)
        page.select_option("select.theme", theme)
        assert {width: faults(page, width) for width in SIZES} == NOTHING


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_or_covered_on_a_page_with_long_names_many_units_and_much_that_is_wrong(
    path: str, language: Language, theme: str, full: Desk, browser: Browser
) -> None:
    keep_full(full)
    with page_of(browser) as page:
        shown(page, full, path, language)
        page.select_option("select.theme", theme)
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        # What was opened has to have room as well.
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert {width: faults(page, width) for width in (390, 1440)} == {390: [], 1440: []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_an_ordinary_day_is_seen_at_once_on_the_screen_of_a_laptop(
    language: Language, desk: Desk, browser: Browser
) -> None:
    desk.report()
    desk.judge()
    with page_of(browser, 1440, 900) as page:
        shown(page, desk, "", language)
        assert page.evaluate("document.documentElement.scrollHeight") <= 900


def test_what_is_wrong_comes_before_the_charts_on_every_screen(full: Desk, browser: Browser) -> None:
    keep_full(full)
    with page_of(browser) as page:
        shown(page, full, "", "ru")
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            drop, card = page.evaluate(FIRST)
            assert drop["bottom"] < card["top"]
            assert drop["top"] < height / 2, "within the first screen"


SPOILED: dict[str, tuple[str, Callable[[list[str]], bool]]] = {
    "text is cut": (
        ".head .site { display: block; width: 40px; overflow: hidden; white-space: nowrap; overflow-wrap: normal }",
        lambda found: any("is wider than" in fault for fault in found),
    ),
    "the page scrolls": (
        ".desk { min-width: 2500px }",
        lambda found: any("scrolls sideways" in fault for fault in found),
    ),
    "a row is lost": (
        ".shops { height: 40px; overflow: hidden }",
        lambda found: any("is higher than div.shops" in fault for fault in found),
    ),
    "one over the other": (
        ".lamp .state { position: relative; top: -16px }",
        lambda found: any("lies over" in fault for fault in found),
    ),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_the_checks_above_can_fail(fault: str, desk: Desk, browser: Browser) -> None:
    style, is_found = SPOILED[fault]
    with page_of(browser) as page:
        shown(page, desk, "", "en")
        page.evaluate(f"addStyle({json.dumps(style)})")
        assert is_found(faults(page, 1920))


def test_labels_of_a_chart_that_overlap_are_found(full: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        shown(page, full, "growth", "en").wait_for_selector("canvas")
        assert faults(page, 390) == []
        page.evaluate(
            "getElement(document.querySelector('.chart').id.slice(1)).chart.setOption("
            "{xAxis: {axisLabel: {interval: 0, hideOverlap: false}}})"
        )
        assert any("of a chart lies over" in fault for fault in page.evaluate(FAULTS))
