"""The wall screen: read from four metres, and what has to be acted on stands there whatever else is shown."""

import pytest
from playwright.sync_api import Browser, Page

from dashboards.web.wall_page import TURN_S
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.full_desk import full, keep_full
from tests.dashboards.web.test_accessible import violations
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["full"]

WIDTH, HEIGHT = 1920, 1080
SCREEN_MM, LETTER_MM = 685, 20
"""The height of a screen of 55 inches, and of a capital letter that is read from four metres: a two-hundredth of it."""
CAPITAL = 0.71
"""The height of Roboto's capital letters, of the size of the font."""
SIZES = """() => [...document.querySelectorAll('.wall *')]
    .filter(each => each.children.length === 0 && each.innerText?.trim() && each.offsetParent !== null)
    .map(each => [each.innerText, parseFloat(getComputedStyle(each).fontSize)])"""
TOO_LONG = """() => [...document.querySelectorAll('.wall, .stage, .slide, .wall-head')]
    .filter(each => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
    .map(each => each.className)"""
ONLY = """number => document.querySelectorAll('.slide')
    .forEach((each, at) => each.classList.toggle('hidden', at !== number))"""


def wall(page: Page, desk: Desk, language: Language) -> Page:
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.goto(f"{desk.url}/wall?lang={language}")
    page.wait_for_selector(".slide:not(.hidden)")
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_every_slide_is_read_from_four_metres_and_nothing_is_cut(
    language: Language, full: Desk, browser: Browser
) -> None:
    keep_full(full)
    least_px = HEIGHT * LETTER_MM / SCREEN_MM / CAPITAL
    with page_of(browser) as page:
        wall(page, full, language)
        slides = page.locator(".slide").count()
        assert slides == len(full.plant.reported) + 4, "25 units are four slides"
        for number in range(slides):
            page.evaluate(ONLY, number)
            sizes = page.evaluate(SIZES)
            assert len(sizes) > 4
            assert [(text, size) for text, size in sizes if size < least_px] == []
            assert page.evaluate(TOO_LONG) == [], number
            assert page.locator(".wall-drop").count() == 3, "the drops stand above every slide"
            assert violations(page, language) == []


def test_slides_take_turns_and_show_what_the_first_page_shows(desk: Desk, browser: Browser) -> None:
    desk.report()
    desk.judge()
    with page_of(browser) as page:
        wall(page, desk, "en")
        first = page.locator(".slide:not(.hidden)")
        assert first.get_attribute("data-product") == "coal_raw"
        assert "12,346" in first.inner_text()
        page.wait_for_selector('.slide[data-product="pig_iron"]:not(.hidden)', timeout=(TURN_S + 10) * 1000)
        assert page.locator(".slide:not(.hidden)").count() == 1
