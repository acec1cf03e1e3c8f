"""The boards in a real Grafana over a real database: every panel drawn, in three languages.

Needs TUNDISH_TEST_GRAFANA; recorded answers cannot draw. With TUNDISH_PICTURES=FOLDER the boards are saved as pictures.
"""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from dashboards.grafana.uids import board_uid
from dashboards.panels.boards import boards
from models.works.codes import UnitState
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.grafana import PASSWORD, USER
from tests.support.grafana_stand import LANGUAGES, STOPPED_BACK_S, Stand, Told

pytestmark = pytest.mark.timeout(400)
STATES: dict[str, Told] = {
    "bf3": (UnitState.STOPPED, 1, ""),
    "cast1": (UnitState.SLOW, 2, "bf3"),
    "bof2": (UnitState.PLANNED, 0, ""),
    "sinter1": (UnitState.STALE, 4, ""),
}
OVER_EACH_OTHER = """all => all.flatMap(panel => {
    const edge = panel.getBoundingClientRect();
    const figures = [...panel.querySelectorAll('span')]
        .filter(it => !it.children.length && /\\d/.test(it.innerText))
        .filter(it => parseFloat(getComputedStyle(it).fontSize) >= 24)
        .map(it => ({text: it.innerText, box: it.getBoundingClientRect()}));
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return figures.flatMap((it, at) => [
        ...(it.box.right > edge.right + 1 ? [it.text + ' leaves its panel'] : []),
        ...figures.slice(at + 1).filter(other => meet(it.box, other.box)).map(other => it.text + other.text),
    ]);
})"""
"""Big figures that lie over each other, or reach out of their panel."""
CUT = "all => all.filter(it => it.scrollWidth > it.clientWidth + 1).map(it => it.innerText)"
"""Titles of panels that do not fit their place."""
WIDTHS = {1920: "", 1280: "-1280", 390: "-phone"}
"""In px: a wall, a desk, a phone; and what their pictures are called."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_board_is_drawn_without_an_empty_panel_or_an_error(stand: Stand, language: str) -> None:
    from playwright.sync_api import sync_playwright

    pictures = os.environ.get("TUNDISH_PICTURES")
    stand.write_states(STATES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="ru-RU")
        context.request.post(f"{stand.address}/login", data={"user": USER, "password": PASSWORD})
        page = context.new_page()
        for board in boards(stand.plant):
            chosen = "&var-unit=bf3" if board.key == "unit" else ""
            chosen += "&var-product=pig_iron" if board.key == "plan" else ""
            # High enough that Grafana draws every panel: what is out of sight is not asked for.
            height = 1080 if board.key == "now" else 4000
            page.set_viewport_size({"width": 1920, "height": height})
            uid = board_uid(stand.plant, board.key, language)  # type: ignore[arg-type]
            page.goto(f"{stand.address}/d/{uid}?kiosk{chosen}")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            shown = page.inner_text("body")
            assert "No data" not in shown, f"{board.key} in {language}"
            assert page.locator('[aria-label="Panel status error"], .panel-info-corner--error').count() == 0
            assert page.locator('[data-testid*="Panel header"], [data-panelid], .react-grid-item').count() > 4
            if board.key == "now":
                assert _overflow(page) <= 0, "it fits the screen without scrolling"
                sizes = page.eval_on_selector_all(
                    ".react-grid-item span", "all => all.map(it => parseFloat(getComputedStyle(it).fontSize))"
                )
                assert sum(size >= 32 for size in sizes) >= 16, "the figures of four products are read across a room"
            for width, called in WIDTHS.items():
                where = f"{board.key} in {language} at {width} px"
                if width < 1920:
                    # A fresh load: what was drawn for a wide screen keeps its measures for a while.
                    page.set_viewport_size({"width": width, "height": 5000})
                    page.reload()
                    page.wait_for_load_state("networkidle")
                    page.wait_for_timeout(1500)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, where
                assert page.eval_on_selector_all(".react-grid-item", OVER_EACH_OTHER) == [], where
                assert page.eval_on_selector_all(".react-grid-item h2", CUT) == [], where
                if pictures:
                    _save(page, Path(pictures) / f"{board.key}-{language}{called}.png")
        browser.close()


def test_a_stop_shades_the_time_that_it_lasted_though_it_began_before_the_board(stand: Stand) -> None:
    """The stand's newest stop of furnace 3 lasted an hour: the board begins half-way."""
    from playwright.sync_api import sync_playwright

    if stand.store.api.version() < (12, 0):
        pytest.skip("the page of this Grafana does not say which mark is which")
    half_way_ms = (int(time.time()) - STOPPED_BACK_S[0] - 1800) * 1000
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="ru-RU")
        context.request.post(f"{stand.address}/login", data={"user": USER, "password": PASSWORD})
        page = context.new_page()
        uid = board_uid(stand.plant, "unit", "ru")
        page.goto(f"{stand.address}/d/{uid}?kiosk&var-unit=bf3&from={half_way_ms}&to={half_way_ms + 4 * 3_600_000}")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(2000)
        widths = page.eval_on_selector_all(
            "[data-testid='data-testid annotation-marker']", "all => all.map(it => it.getBoundingClientRect().width)"
        )
        browser.close()
    assert max(widths, default=0) > 100, "half an hour of four is an eighth of the plot"


def _overflow(page: Any) -> int:  # noqa: ANN401 - playwright's page
    """How many pixels the last panel reaches below the screen."""
    lowest = "[...document.querySelectorAll('.react-grid-item')].map(it => it.getBoundingClientRect().bottom)"
    return int(page.evaluate(f"Math.max(...{lowest}) - innerHeight"))


def _save(page: Any, path: Path) -> None:  # noqa: ANN401 - playwright's page
    """A picture as high as the board."""
    bottom = _overflow(page) + page.viewport_size["height"] + 16
    page.set_viewport_size({"width": page.viewport_size["width"], "height": max(844, min(bottom, 6500))})
    page.wait_for_timeout(1500)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
