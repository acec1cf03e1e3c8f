"""An address that asks for what a page does not know: the page shows the usual, and says so in one line."""

import pytest
from playwright.sync_api import Browser

from dashboards.web.misread_address import LONGEST, is_date, misread
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.support.browser import page_of

HOSTILE = "<img src=x>"
PAGES = ("changes?kind=", "safety?shop=", "stops?days=", "alerts/roster?week=", "entry?day=", "repairs?month=")
SAID: dict[Language, str] = {"en": "shown instead", "ru": "такого здесь нет", "kk": "мұнда ондай жоқ"}


def test_what_is_known_or_empty_is_no_fault_and_a_long_value_is_cut() -> None:
    knows = {"days": ("1", "7").__contains__, "day": is_date}
    assert (
        misread({"days": "7", "day": "2026-11-30"}, knows) == misread({"days": ""}, knows) == misread({}, knows) == ""
    )
    assert misread({"days": "8", "day": "30.11.2026", "lang": "xx"}, knows) == "8, 30.11.2026"
    assert misread({"day": "9" * 5000}, knows) == "9" * LONGEST


@pytest.mark.long
@pytest.mark.parametrize("address", PAGES)
def test_every_page_that_takes_a_choice_says_in_each_language_what_it_did_not_know(
    address: str, desk: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        for language in LANGUAGES:
            page.goto(f"{desk.url}/{address}{HOSTILE}&lang={language}")
            page.wait_for_selector(".misread")
            line = page.inner_text(".misread")
            assert HOSTILE in line
            assert SAID[language] in line
            assert page.locator(".desk > *").first.get_attribute("class") == page.get_attribute(".misread", "class")
        page.goto(f"{desk.url}/{address.partition('?')[0]}?lang=en")
        page.wait_for_selector(".desk")
        page.wait_for_timeout(500)
        assert page.locator(".misread").count() == 0
