"""Help beside each page, in three languages: the same words as the documents of the desk."""

import re

import pytest
from playwright.sync_api import Browser

from dashboards.web.elements import PAGES, TITLES
from dashboards.web.page_help import START, UNIT, sections
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import violations
from tests.support.browser import page_of

pytestmark = pytest.mark.long

LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_section(language: Language) -> None:
    assert set(sections(language)) == {*PAGES, *TITLES, UNIT, START}
    assert all(words.startswith("## ") for words in sections(language).values())


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_word_stands_in_it_but_what_is_typed(language: Language) -> None:
    for page, words in sections(language).items():
        assert LATIN.findall(re.sub(r"`[^`]*`", "", words)) == [], page


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_opens_beside_the_page_by_keyboard_and_closes_by_escape(
    language: Language, desk: Desk, browser: Browser
) -> None:
    for path, page_name in (("stops", "stops"), ("unit/bf3", UNIT), ("", "today")):
        with page_of(browser, 390, 844) as page:
            page.goto(f"{desk.url}/{path}?lang={language}")
            page.wait_for_selector(".desk")
            assert not page.is_visible(".page-help")
            page.focus(".help-button")
            page.keyboard.press("Enter")
            page.wait_for_selector(".page-help:popover-open")
            title = sections(language)[page_name].partition("\n")[0].removeprefix("## ")
            assert page.inner_text(".page-help h2 >> nth=0") == title
            assert page.evaluate("document.querySelector('.page-help').scrollWidth") <= 390
            assert violations(page, language) == []
            page.keyboard.press("Escape")
            page.wait_for_selector(".page-help", state="hidden")
