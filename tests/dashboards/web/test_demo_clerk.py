"""The clerk of the demo has something to enter, and nothing that was calm turns red by it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from collector.simulation.demo_users import PASSWORD, add_users
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_entry_page import said, save
from tests.support.browser import page_of

pytestmark = pytest.mark.long

RED = ".warning:visible, .fault:visible, .refusal:visible"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The works of the demo as it is configured, with its people."""
    folder = tmp_path_factory.mktemp("demo")
    add_users(folder / "data")
    desk = Desk(folder)
    try:
        desk.publish("coal_raw", 9000.0)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def at_the_sheet(page: Page, demo: Desk) -> None:
    """The clerk has signed in."""
    page.goto(f"{demo.url}/entry?lang=en")
    page.fill("[name=name]", "clerk")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector(".entry-sheet input.cell")


def test_the_clerk_finds_the_sheet_of_the_mines_and_states_a_shift_of_yesterday(demo: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        at_the_sheet(page, demo)
        assert "Mines: shifts" in page.inner_text(".entry-panel")
        assert {"Mine 1", "Mine 2"} <= set(page.inner_text("table.entry").split("\n"))
        page.click(".entry-days a >> nth=0")
        page.wait_for_selector(".entry-sheet input.cell:not([readonly])")
        page.fill("[data-cell='mine1/coal_raw//0']", "5900")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".entry-ask")
        save(page)
        said(page, "Saved as number")
        for path in ("/entry", "/", "/data", "/stops"):
            demo.report()
            demo.judge()
            page.goto(f"{demo.url}{path}?lang=en")
            page.wait_for_selector(".desk, main")
            assert page.locator(RED).count() == 0, path


def test_a_warning_that_says_nothing_yet_is_not_to_be_seen(demo: Desk, browser: Browser) -> None:
    """The page comes before its sheet is read: an empty red box stood there for a moment, now and then."""
    with page_of(browser) as page:
        at_the_sheet(page, demo)
        for name in ("warning", "panel hint", "refusal"):
            shown = """name => {
                const box = document.createElement("div");
                box.className = name;
                document.body.append(box);
                const empty = getComputedStyle(box).display;
                box.textContent = "said";
                return [empty, getComputedStyle(box).display];
            }"""
            assert page.evaluate(shown, name) == ["none", "block"], name
