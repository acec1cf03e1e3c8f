"""What somebody typed and did not save goes with them when they sign out, after they were asked."""

import pytest
from playwright.sync_api import Browser, Dialog

from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.handing_desk import handing
from tests.dashboards.web.test_entry_page import address, cell, drafts
from tests.dashboards.web.test_sign_in import typed_in
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["handing"]


def test_who_signs_out_is_asked_and_leaves_no_draft_behind_but_those_of_others_stay(
    handing: Desk, browser: Browser
) -> None:
    asked: list[str] = []
    answers = iter((False, True))

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if next(answers):
            dialog.accept()
        else:
            dialog.dismiss()

    with page_of(browser) as page:
        page.on("dialog", answer)
        typed_in(page, handing, "clerk", address(handing, 2))
        page.evaluate("localStorage.setItem('tundish-entry second /entry', '{\"cells\": {}}')")
        page.fill(cell("mine1", 0), "4999")
        assert len(drafts(page)) == 2
        page.click(".who button")
        page.wait_for_timeout(300)
        assert page.input_value(cell("mine1", 0)) == "4999", "who stays keeps what was typed"
        page.click(".who button")
        page.wait_for_selector("[name=password]")
        assert drafts(page) == ["tundish-entry second /entry"]
        assert len(asked) == 2
        assert "not save" in asked[0]
        typed_in(page, handing, "clerk", address(handing, 2))
        assert page.input_value(cell("mine1", 0)) != "4999"
        page.click(".who button")
        page.wait_for_selector("[name=password]")
        assert len(asked) == 2, "who has typed nothing is not asked"
