"""The page of repairs: a planner enters, moves and withdraws one, by the clocks of the works."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.entries.repair_desk import LedgerRepairDesk
from models.access.user import User, UserRole
from models.stated.plan import Repair
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

PLANNER = User(name="planner", full_name="Pavel R.", roles=(UserRole.PLANNER,), shops=("mines",))
CLERK = User(name="clerk", full_name="", roles=(UserRole.CLERK,))
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a planner of the mines and a clerk."""
    folder = tmp_path_factory.mktemp("planning")
    for user in (PLANNER, CLERK):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder)
    try:
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def standing(desk: Desk) -> list[Repair]:
    return list(LedgerRepairDesk(EntryFile(load(desk.folder / "plant.yaml"))).repairs("mines"))


def at(days: int) -> str:
    """A time of a day to come, as the field has it."""
    return f"{datetime.fromtimestamp(time.time(), UTC).date() + timedelta(days=days)}T08:00"


def typed(page: Page, begin: str, end: str, approved: str) -> None:
    page.fill(".repair-begin input", begin)
    page.fill(".repair-end input", end)
    page.fill(".repair-approved input", approved)


def test_a_planner_enters_moves_and_withdraws_a_repair(planning: Desk, browser: Browser) -> None:
    zone = planning.plant.shops["mines"].calendar.zone
    with page_of(browser) as page:
        as_user(page, planning, "planner", "/repairs?shop=mines")
        page.click(".enter-repair")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask .refusal:visible")
        assert "Choose the unit" in page.inner_text(".ask .refusal")
        page.click(".repair-unit")
        page.click(".q-menu >> text='Mine 1'")
        typed(page, at(3), at(2), HOSTILE)
        page.click(".ask .button.act")
        page.wait_for_function("document.querySelector('.ask .refusal').innerText.includes('ends before it begins')")
        typed(page, at(3), at(90), HOSTILE)
        page.click(".ask .button.act")
        page.wait_for_function("document.querySelector('.ask .refusal').innerText.includes('it lasts 87 days')")
        assert standing(planning) == []
        assert page.inner_text(".ask .button.act") == "Save all the same"
        typed(page, at(3), at(4), HOSTILE)
        page.click(".ask .button.act")
        page.wait_for_selector(".ask", state="detached")
        page.wait_for_selector("[data-repair=mine1]")
        (known,) = standing(planning)
        assert datetime.fromtimestamp(known.start_ns // 10**9, UTC).astimezone(zone).strftime("%Y-%m-%dT%H:%M") == at(3)
        assert HOSTILE in page.inner_text("[data-repair=mine1]")
        assert page.title() != "1"
        page.click("[data-repair=mine1] .button >> nth=0")
        assert page.input_value(".repair-begin input") == at(3)
        page.fill(".repair-end input", at(5))
        page.click(".ask .button.act")
        page.wait_for_selector(".ask", state="detached")
        (moved,) = standing(planning)
        assert (moved.name, moved.end_ns - known.end_ns) == (known.name, 86_400 * 10**9)
        page.click("[data-repair=mine1] .button >> nth=1")
        page.click(".ask .button.act")
        page.wait_for_selector("[data-repair=mine1]", state="detached")
        assert standing(planning) == []


def test_who_may_not_plan_reads_and_is_told_who_does(planning: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, planning, "clerk", "/repairs?shop=mines")
        assert "role planner" in page.inner_text(".hint")
        assert page.query_selector(".enter-repair") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, planning: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, planning, "planner", "/repairs?shop=mines")
        page.goto(f"{planning.url}/repairs?shop=mines&lang={language}")
        page.wait_for_selector(".entry-bar")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        page.click(".enter-repair")
        page.wait_for_selector(".repair-ask")
        page.wait_for_timeout(500)
        assert violations(page, language) == []
