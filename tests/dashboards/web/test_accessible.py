"""The pages by keyboard, by touch, by voice, and as axe sees them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from dashboards.web.texts import TEXTS
from models.works.codes import UnitState
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.full_desk import full, keep_full
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["full"]

OUTLINE = "all => all.map(each => [each.tagName, each.innerText])"


def shown(page: Page, desk: Desk, path: str, language: Language) -> Page:
    page.goto(f"{desk.url}/{path}?lang={language}")
    page.wait_for_selector("canvas")
    page.wait_for_selector("select.theme")
    return page


IN_COLOURS: Language = "en"
"""A language changes no colour, and a theme nothing else. To look whether everything stands out from its ground takes
axe twice as long as all the rest: it does so in one language, by day and by night."""


def themes(language: Language) -> tuple[str, ...]:
    """The themes in which `violations` looks at a page in this language."""
    return ("light", "dark") if language == IN_COLOURS else ("light",)


def violations(page: Page, language: Language = IN_COLOURS) -> list[str]:
    """What axe finds."""
    # A busy machine loses the connection for a moment; what says so fades in and out, and half faded has no contrast.
    rules = {"color-contrast": {"enabled": language == IN_COLOURS}}
    for _ in range(5):
        page.wait_for_selector("#popup", state="hidden")
        found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules}).response["violations"]
        if not any("#popup" in str(node["target"]) for each in found for node in each["nodes"]):
            break
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "growth", "unit/mine1"])
def test_axe_finds_nothing_by_day_and_by_night_on_a_wall_and_on_a_phone(
    path: str, language: Language, full: Desk, browser: Browser
) -> None:
    keep_full(full)
    with page_of(browser) as page:
        shown(page, full, path, language)
        for theme in themes(language):
            page.select_option("select.theme", theme)
            for width in (1920, 390):
                page.set_viewport_size({"width": width, "height": 900})
                assert violations(page, language) == []
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations(page, language) == []


def test_axe_can_find_something(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        shown(page, desk, "", "en")
        page.evaluate("addStyle('.when { color: #999 !important }')")
        assert any(fault.startswith("color-contrast") for fault in violations(page))


def test_a_page_has_landmarks_and_headings_in_their_order(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        shown(page, desk, "", "en")
        for landmark in ("banner", "main"):
            assert page.get_by_role(landmark).count() == 1
        assert page.get_by_role("navigation").evaluate_all("all => all.map(it => it.ariaLabel)") == [
            TEXTS["language"]["en"],
            TEXTS["pages"]["en"],
        ]
        outline = page.eval_on_selector_all(":is(h1, h2, h3):not(.page-help *)", OUTLINE)
        assert outline[0][0] == "H1"
        assert "Production today" in outline[0][1]
        assert [words for level, words in outline if level == "H2"] == [
            "Output drops", "Coal mined", "Pig iron", "Steel", "Rolled products", "Units", "Sources",
        ]  # fmt: skip
        assert {words for level, words in outline if level == "H3"} == {
            shop.names["en"] for shop in desk.plant.shops.values()
        }
        assert page.evaluate("document.documentElement.lang") == "en"


def test_every_lamp_drop_and_chart_is_reached_by_keyboard_and_says_what_a_mouse_would_see(
    desk: Desk, browser: Browser
) -> None:
    desk.report()  # the tests before may have taken longer than a collector may be silent
    desk.judge({"bf3": UnitState.STOPPED})
    with page_of(browser) as page:
        shown(page, desk, "", "ru").wait_for_selector('[data-unit="bf3"].is-stopped')
        units = page.locator("[data-unit]").count()
        reached: set[str] = set()
        opened: list[str] = []
        while "BODY" not in reached:
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate(
                    "(at => at.closest('[data-unit]')?.dataset.unit ?? at.closest('[data-product]')?.dataset.product"
                    " ?? at.ariaLabel ?? (at === document.body ? 'BODY' : at.innerText))(document.activeElement)"
                )
            )
            if page.evaluate("document.activeElement.matches('[data-unit=bf3] summary')"):
                assert page.is_hidden('[data-unit="bf3"] .detail')
                page.keyboard.press("Enter")
                assert page.inner_text('[data-unit="bf3"] .detail').startswith('Доменная печь 3: "100 %"')
            opened.append(page.evaluate("document.activeElement.getAttribute('href') ?? ''"))
            if page.evaluate("document.activeElement.closest('[data-product]')?.dataset.product") == "coal_raw":
                page.keyboard.press("Space")
                assert "1 235" in page.inner_text('[data-product="coal_raw"] .figures ol').replace("\u00a0", " ")
        assert set(desk.plant.units) <= reached
        assert units == len(desk.plant.units)
        assert "/unit/bf3?lang=ru" in opened, "the way to its page is reached once it is open"
        assert {"coal_raw", "pig_iron", TEXTS["drops"]["ru"], TEXTS["theme"]["ru"], "Рост", "ҚАЗ"} <= reached
    desk.judge()


def test_a_lamp_opens_by_touch_and_stays_open_while_what_it_says_changes(desk: Desk, browser: Browser) -> None:
    desk.report()
    desk.judge()
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    try:
        page = shown(context.new_page(), desk, "", "en")
        page.tap('[data-unit="bf3"] summary')
        # The page may show what was so before: it asks anew every few seconds.
        page.locator('[data-unit="bf3"] .detail', has_text=re.compile(r'^\s*BF 3: "100 %"')).wait_for()
        desk.judge({"bf3": UnitState.SLOW})
        page.wait_for_selector('[data-unit="bf3"].is-slow')
        assert page.is_visible('[data-unit="bf3"] .detail')
        desk.report()
        page.tap('[data-product="coal_raw"] .figures summary')
        assert "1,235" in page.inner_text('[data-product="coal_raw"] .figures ol')
        desk.publish("coal_raw", 22345.678)
        page.wait_for_selector('[data-exact-t="22345.678"]')
        assert "2,235" in page.inner_text('[data-product="coal_raw"] .figures ol')
        desk.publish("coal_raw", 12345.678)
    finally:
        context.close()
        desk.judge()
