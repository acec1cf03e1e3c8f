"""The page of entry: a clerk's morning by keyboard, two on one figure, a link that breaks, and nothing twice."""

import json
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from models.access.entry_desk import TypedCell, TypedSheet
from models.access.user import User, UserRole
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.calendar import production_day
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user, asked, typed_in
from tests.support.browser import page_of

pytestmark = pytest.mark.long

CLERK = User(name="clerk", full_name="Aigul S.", roles=(UserRole.CLERK,), shops=("mines",))
SECOND = User(name="second", full_name="Oleg P.", roles=(UserRole.CLERK,), shops=("mines",))
STEEL = User(name="steel", full_name="", roles=(UserRole.CLERK,), shops=("steel",))
DISPATCHER = User(name="dispatcher", full_name="", roles=(UserRole.DISPATCHER,))
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'


def by_hand(config: dict[str, Any]) -> None:
    """People state what the mines made."""
    (mines,) = (shop for shop in config["shops"] if shop["code"] == "mines")
    for unit in mines["units"]:
        unit["by_hand"] = ["coal_raw"]


@pytest.fixture(scope="module")
def stating(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works whose mines state their shifts, with twenty days of them."""
    folder = tmp_path_factory.mktemp("stating")
    for user in (CLERK, SECOND, STEEL, DISPATCHER):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder, edit=by_hand)
    try:
        state_days(desk, 20)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def entries_of(desk: Desk) -> LedgerEntryDesk:
    return LedgerEntryDesk(EntryFile(load(desk.folder / "plant.yaml")))


def sheet_of(desk: Desk, back: int) -> AskedSheet:
    today = production_day(desk.plant.shops["mines"].calendar, time.time_ns())
    return AskedSheet(SheetKind.SHIFTS, "mines", (today - timedelta(days=back)).toordinal())


def state_days(desk: Desk, days: int) -> None:
    entry = entries_of(desk)
    for back in range(days + 1, 1, -1):
        sheet = sheet_of(desk, back)
        cells = tuple(
            TypedCell(cell.id, str(5000 + 17 * ((back + number) % 7)), 0)
            for number, row in enumerate(entry.sheet(sheet).rows)
            for cell in row.cells
        )
        entry.save(CLERK, TypedSheet(sheet, f"days {back}", cells, "en"))


def address(desk: Desk, back: int) -> str:
    return f"/entry?sheet=shifts&shop=mines&day={date.fromordinal(sheet_of(desk, back).day).isoformat()}"


def cell(unit: str, shift: int) -> str:
    return f"[data-cell='{unit}/coal_raw//{shift}']"


def stands(desk: Desk, back: int) -> dict[str, float]:
    rows = entries_of(desk).sheet(sheet_of(desk, back)).rows
    return {
        each.id: (each.standing.grams or 0) / 1e6 for row in rows for each in row.cells if each.standing is not None
    }


def drafts(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('tundish-entry '))")
    return found


def said(page: Page, words: str) -> None:
    page.wait_for_function(f"document.querySelector('.entry-say')?.innerText.includes({json.dumps(words)})")


def save(page: Page) -> None:
    page.click(".entry-ask .button.act")
    page.wait_for_selector(".entry-ask", state="detached")
    said(page, "Saved as number")


def test_a_clerk_enters_a_day_by_keyboard_alone_and_takes_it_back(stating: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        as_user(page, stating, "clerk", address(stating, 1))
        page.focus(cell("mine1", 0))
        page.keyboard.type("5010,5")
        page.keyboard.press("Enter")
        page.keyboard.type("50600")
        page.keyboard.press("Escape")
        page.keyboard.type("50600")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.dataset.cell") == "mine1/coal_raw//0"
        page.fill(".entry-note", HOSTILE)
        page.keyboard.press("Control+s")
        page.wait_for_selector(".entry-ask")
        asked = page.inner_text(".entry-ask")
        assert "Unusual: 10.0 times the usual" in asked
        assert "5,010.5" in asked
        assert page.inner_text(".entry-ask .button.act") == "Save all the same"
        page.wait_for_function("document.activeElement.classList.contains('act')")
        page.keyboard.press("Enter")
        said(page, "Saved as number 21")
        assert stands(stating, 1) == {"mine1/coal_raw//0": 5010.5, "mine2/coal_raw//0": 50_600.0}
        assert drafts(page) == []
        page.click("[data-save='21'] .button")
        page.click(".ask .button.act")
        said(page, "Number 21 is undone")
        assert stands(stating, 1) == {}
        page.wait_for_function(f"document.querySelector({json.dumps(cell('mine1', 0))}).value === ''")
        assert "undone by Aigul S. (clerk)" in page.inner_text("[data-save='21']")
        assert page.title() != "1"
        assert errors == []
    assert HOSTILE in entries_of(stating).saves(sheet_of(stating, 1))[0].figures[0].origin


def test_of_two_on_one_figure_the_second_is_told_and_decides(stating: Desk, browser: Browser) -> None:
    with page_of(browser) as first, page_of(browser) as second:
        as_user(first, stating, "clerk", address(stating, 1))
        as_user(second, stating, "second", address(stating, 1))
        first.fill(cell("mine2", 1), "5020")
        first.keyboard.press("Control+s")
        first.wait_for_selector(".entry-ask")
        second.fill(cell("mine2", 1), "5030")
        second.keyboard.press("Control+s")
        second.wait_for_selector(".entry-ask")
        save(first)
        second.click(".entry-ask .button.act")
        second.wait_for_selector(".entry-ask .refusal:visible")
        assert "Aigul S. (clerk) stated" in second.inner_text(".entry-ask .refusal")
        assert "5,020 t → 5,030" in second.inner_text(".entry-ask").replace("\xa0", " ")
        assert stands(stating, 1)["mine2/coal_raw//1"] == 5020.0
        save(second)
        assert stands(stating, 1)["mine2/coal_raw//1"] == 5030.0


class Link:
    """The sockets of a browser: of those that were there when it was `cut`, nothing that the server says arrives."""

    def __init__(self, context: BrowserContext) -> None:
        self._open: list[WebSocketRoute] = []
        self._cut: list[WebSocketRoute] = []
        context.route_web_socket(lambda url: "/_nicegui_ws/" in url, self._route)

    def cut(self) -> None:
        self._cut.extend(self._open)

    def _route(self, route: WebSocketRoute) -> None:
        self._open.append(route)
        server = route.connect_to_server()
        server.on_message(lambda message: None if route in self._cut else route.send(message))


def test_what_the_server_stored_before_the_link_broke_is_accepted_once(stating: Desk, browser: Browser) -> None:
    with page_of(browser, fresh=True) as page:
        link = Link(page.context)
        as_user(page, stating, "clerk", address(stating, 1))
        page.fill(cell("mine1", 1), "5033")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".entry-ask")
        before = entries_of(stating).saves(sheet_of(stating, 1))[0].number
        link.cut()
        page.click(".entry-ask .button.act")
        deadline = time.monotonic() + 60
        while "mine1/coal_raw//1" not in stands(stating, 1):
            assert time.monotonic() < deadline
            page.wait_for_timeout(100)
        assert len(drafts(page)) == 1
        page.reload()
        said(page, "This was saved already, as number")
        assert drafts(page) == []
        assert page.input_value(cell("mine1", 1)) == "5033"
        assert entries_of(stating).saves(sheet_of(stating, 1))[0].number == before + 1


def test_what_was_typed_stays_over_a_reload_and_the_end_of_the_session_and_belongs_to_its_user(
    stating: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        typed_in(page, stating, "clerk", address(stating, 2))
        page.fill(cell("mine1", 0), "4999")
        page.reload()
        page.wait_for_selector(".entry-drafts button")
        assert page.input_value(cell("mine1", 0)) == "4999"
        assert "not saved yet, figures: 1" in page.inner_text(".entry-drafts")
        token = next(str(cookie["value"]) for cookie in page.context.cookies() if cookie["name"] == "tundish")
        assert asked(stating, "/sign-out", cookie=token, form={}).status == 303
        page.keyboard.press("Control+s")
        said(page, "Your session has ended")
        typed_in(page, stating, "second", address(stating, 2))
        assert page.input_value(cell("mine1", 0)) != "4999"
        page.context.clear_cookies()
        typed_in(page, stating, "clerk", address(stating, 1))
        page.click(".entry-drafts a")
        page.wait_for_function(f"document.querySelector(\"{cell('mine1', 0)}\")?.value === '4999'")
        page.click(".entry-drafts button")
        assert drafts(page) == []
        assert page.input_value(cell("mine1", 0)) != "4999"


PASTE = """([selector, text]) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const pasted = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector(selector).dispatchEvent(pasted);
}"""


def test_a_block_from_a_spreadsheet_fits_whole_or_nothing_of_it_is_taken(stating: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, stating, "clerk", address(stating, 3))
        before = page.input_value(cell("mine1", 0))
        page.evaluate(PASTE, [cell("mine1", 0), "1\t2\n" * 10_000])
        said(page, "Nothing was pasted: the block has 10000 rows and 2 columns")
        assert page.input_value(cell("mine1", 0)) == before
        assert drafts(page) == []
        page.evaluate(PASTE, [cell("mine1", 0), "5\u202f001,5\t5002\r\n=A1\t5004\r\n"])
        said(page, "Pasted, figures: 4")
        page.keyboard.press("Control+s")
        said(page, 'Mine 2, Coal mined, Shift 1: "=A1" is not a number')
        assert page.query_selector(".entry-ask") is None
        assert page.evaluate("document.activeElement.dataset.cell") == "mine2/coal_raw//0"
        page.fill(cell("mine2", 0), "5003")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".entry-ask")
        save(page)
        assert stands(stating, 3) == {
            "mine1/coal_raw//0": 5001.5, "mine1/coal_raw//1": 5002.0,
            "mine2/coal_raw//0": 5003.0, "mine2/coal_raw//1": 5004.0,
        }  # fmt: skip


@pytest.mark.parametrize("user", ["steel", "dispatcher"])
def test_who_may_not_enter_is_told_who_does_and_what_a_script_sends_is_refused(
    user: str, stating: Desk, browser: Browser
) -> None:
    before = stands(stating, 4)
    with page_of(browser) as page:
        as_user(page, stating, user, address(stating, 4))
        page.wait_for_selector(".hint", state="visible")
        page.wait_for_selector(".entry-bottom", state="hidden")
        assert page.evaluate("[...document.querySelectorAll('input.cell')].every(each => each.readOnly)")
        page.wait_for_function("window.socket && window.socket.connected")
        sent = {"request": "0" * 32, "note": "", "cells": [["mine1/coal_raw//0", "1", "0"]]}
        page.evaluate("sent => emitEvent('entry_check', sent)", sent)
        said(page, "Your roles do not allow this")
        page.evaluate("sent => emitEvent('entry_check', {...sent, cells: [[1]]})", sent)
        said(page, "The page sent something that cannot be")
    assert stands(stating, 4) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, stating: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, stating, "clerk", address(stating, 1))
        for kind in SheetKind:
            page.goto(f"{stating.url}{address(stating, 1).replace('shifts', kind.value)}&lang={language}")
            page.wait_for_selector(".entry-bar")
            assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        page.goto(f"{stating.url}{address(stating, 5)}&lang={language}")
        page.fill(cell("mine1", 0), "77")
        page.fill(cell("mine1", 1), "")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".entry-ask")
        page.wait_for_timeout(500)
        assert violations(page, language) == []
