"""Names, authors, reasons, files and addresses that are attacks are shown on the month and its receipts as they are."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.full_month import month_desk
from tests.dashboards.web.test_hostile_texts import HOSTILE, OWNS, hostile_everywhere
from tests.dashboards.web.test_month_page import Full, address, opened
from tests.support.browser import page_of

pytestmark = pytest.mark.long


@pytest.fixture(scope="module", params=range(2))
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """Twice, so that each kind of attack stands in each field."""
    author, reason, file = (HOSTILE[(at * 3 + request.param) % len(HOSTILE)] for at in range(3))
    desk, filled = month_desk(tmp_path_factory.mktemp("attacked"), (author, reason, file), edit=hostile_everywhere)
    try:
        desk.wait()
        yield desk, filled
    finally:
        desk.end()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_person_a_file_or_an_address_runs_in_the_browser(
    attacked: Full, browser: Browser, language: Language
) -> None:
    desk, filled = attacked
    with page_of(browser) as page:
        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        opened(page, desk, address(filled, "month", language))
        page.click("summary")
        page.hover(".month-page canvas")
        page.wait_for_timeout(500)
        assert page.evaluate("window.owned") is None
        for what in ("receipt", "day", "closed"):
            opened(page, desk, address(filled, what, language)).wait_for_timeout(300)
            assert page.evaluate("window.owned") is None
            if what == "receipt":
                shown = page.inner_text("body")
                assert filled.author in shown
                assert filled.reason in shown
                assert filled.file in shown
        assert asked == []


@pytest.mark.parametrize("attacked", [0], indirect=True)
@pytest.mark.parametrize("attack", HOSTILE)
def test_no_part_of_an_address_runs_in_the_browser(attack: str, attacked: Full, browser: Browser) -> None:
    desk, filled = attacked
    given = quote(attack)
    with page_of(browser) as page:
        for path in (
            f"/month?product={given}&month={given}&from={given}",
            f"/receipt?product={given}&unit={given}&shop={given}&from=2026-01-01&to=2026-01-02",
            f"{address(filled, 'day')}&known={given}",
            f"/receipt?product=x&from={given}&to={given}",
        ):
            page.goto(desk.url + path)
            page.wait_for_selector(".desk")
            assert page.evaluate("window.owned") is None
            links = page.eval_on_selector_all("a", "all => all.map(it => it.getAttribute('href'))")
            assert all(link.startswith("/") and OWNS not in link for link in links)
