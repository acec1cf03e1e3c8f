"""From a lamp or a drop to the page of the unit, in the reader's language, and back."""

import time
from functools import partial
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from collector.storage.ledger import moment as ledger_moment
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.tables.desk_data import SourceStatus
from tests.dashboards.web.conftest import Desk, done, opened
from tests.dashboards.web.full_desk import BEGUN_S, SENTENCE
from tests.support.browser import page_of

pytestmark = pytest.mark.long


def test_a_lamp_leads_to_the_page_of_its_unit_and_the_head_leads_back(desk: Desk, browser: Browser) -> None:
    desk.report()
    desk.judge()
    with page_of(browser) as page:
        opened(page, desk, "ru")
        lamp = page.locator('[data-unit="bf3"]')
        lamp.locator("summary").click()
        lamp.get_by_role("link", name="Сутки и месяц агрегата").click()
        page.wait_for_selector(".unit-page canvas")
        assert page.url == f"{desk.url}/unit/bf3?lang=ru"
        assert page.inner_text(".unit-state .name") == "Доменная печь 3, Доменный цех"
        assert page.inner_text(".unit-state .unit-name") == "в норме"
        assert page.get_attribute("html", "lang") == "ru"
        page.get_by_role("link", name="ҚАЗ").click()
        page.wait_for_url(f"{desk.url}/unit/bf3?lang=kk")
        page.get_by_role("link", name="Тәулік").click()
        page.wait_for_selector(".lamps")
        assert page.url == f"{desk.url}/?lang=kk"


def test_a_drop_leads_to_the_page_that_shows_it_and_what_is_read_now(desk: Desk, browser: Browser) -> None:
    drop = OutputDrop(
        unit="bf2",
        product="pig_iron",
        kind=FindingKind.STOP,
        severity=1,
        start_s=BEGUN_S,
        end_s=None,
        cause_unit="",
        evidence=SENTENCE,
    )
    desk.report()
    desk.judge({}, [drop])
    try:
        with page_of(browser) as page:
            opened(page, desk)
            page.locator('[data-drop="bf2"]').get_by_role("link", name="BF 2").click()
            page.wait_for_selector(".unit-page [data-drop]")
            assert SENTENCE["en"] in page.inner_text('.unit-page [data-drop="bf2"]')
            # It is brought up to date while it stands open.
            desk.judge({})
            page.wait_for_selector(".unit-page tr.ended")
    finally:
        desk.judge()


def test_a_unit_that_is_not_there_is_told_and_old_figures_have_no_colour(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(f"{desk.url}/unit/{quote('bf<9>')}?lang=en")
        page.wait_for_selector(".warning")
        assert "has no unit with the code bf<9>" in page.inner_text(".warning")
        assert desk.ledger is not None
        silent = SourceStatus("simulated_plc", time.time_ns() - 300 * 10**9, True, 0.5, 1, 0, "")
        done(desk.ledger.write(partial(ledger_moment.put, sources=[silent], activity=())))
        page.goto(f"{desk.url}/unit/bf3?lang=en")
        page.wait_for_selector(".unit-page.stale")
        assert "silent since" in page.inner_text(".unit-page .warning")
