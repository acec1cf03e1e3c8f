"""The language that somebody chose holds on the way through the sign-in."""

import pytest
from playwright.sync_api import Browser

from dashboards.web.texts import text
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_sign_in import PASSWORD, guarded
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["guarded"]

LOCALES = dict(zip(LANGUAGES, ("en-US", "ru-RU", "kk-KZ"), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_a_link_is_that_of_the_form_and_of_the_page_behind_it(
    guarded: Desk, browser: Browser, language: Language
) -> None:
    other = next(each for each in LANGUAGES if each != language)
    with page_of(browser, locale=LOCALES[other]) as page:
        page.goto(f"{guarded.url}/entry?sheet=stocks&lang={language}")
        assert "/sign-in" in page.url
        assert page.get_attribute("html", "lang") == language
        assert page.inner_text("h2") == text("sign_in", language)
        page.fill("[name=name]", "clerk")
        page.fill("[name=password]", "wrong")
        page.click("main button")
        assert page.inner_text(".said") == text("sign_in_wrong", language)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(f"{guarded.url}/entry?sheet=stocks&lang={language}")
        assert page.inner_text(".who button") == text("sign_out", language)
        page.click(".who button")
        page.wait_for_selector("[name=password]")
        assert page.get_attribute("html", "lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_is_chosen_at_the_form_holds_on_the_page_behind_it(
    guarded: Desk, browser: Browser, language: Language
) -> None:
    other = next(each for each in LANGUAGES if each != language)
    for target in (f"/month?month=2026-10&lang={other}", "/stops?days=30"):
        with page_of(browser, locale=LOCALES[other]) as page:
            page.goto(f"{guarded.url}{target}")
            page.click(f"nav [lang={language}]")
            page.fill("[name=name]", "planner")
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
            page.wait_for_url(lambda url: "/sign-in" not in url)
            page.wait_for_selector(".who button")
            assert page.get_attribute("html", "lang") == language
            assert page.inner_text(".who button") == text("sign_out", language)
            assert target.partition("?")[2].partition("&")[0] in page.url, "the rest of the address stays"
