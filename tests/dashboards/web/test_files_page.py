"""The page of files: a clerk hands one in, sees what it comes to, saves it once and takes it back."""

import time
from http.client import HTTPConnection
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from collector.entries.listed_statements import listed_statements
from collector.storage.ledger import statements
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.handing_desk import (
    PLANNER,
    day,
    entries_of,
    form,
    hand_in,
    handing,
    on_disk,
    opened,
    said,
    save,
    screen,
    state,
    stated,
)
from tests.dashboards.web.test_accessible import violations
from tests.dashboards.web.test_entry_page import Link
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import signed_in, typed_in
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["handing"]


def test_a_clerk_hands_in_a_file_by_keyboard_saves_it_once_and_takes_it_back(
    handing: Desk, browser: Browser, tmp_path: Path
) -> None:
    before = stated(handing)
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        opened(page, handing)
        file = tmp_path / "смена 1.csv"
        file.write_text(form(handing, 1, "5010,5", "5 060", "4 990", "5000"), encoding="utf-8")
        with page.expect_file_chooser() as chooser:
            page.press(".files-choose input", "Enter")
        chooser.value.set_files(file)
        shown = screen(page)
        for words in (
            "What смена 1.csv comes to", "New: 4, the same: 0, replaced: 0, refused: 0.", "Mine 1, Mine 2",
            "Coal mined, units", "20,060.5", "B Смена", "→ shift", "E Тонны",
        ):  # fmt: skip
            assert words in shown
        assert stated(handing) == before
        assert len(on_disk(handing)) == 1
        number = save(page)
        assert sorted(stated(handing).values()) == [4990.0, 5000.0, 5010.5, 5033.0, 5060.0]
        assert on_disk(handing) == []
        page.set_input_files("input[type=file]", file)
        assert "New: 0, the same: 4" in screen(page)
        assert "nothing was changed" in screen(page)
        assert page.query_selector(".files-take") is None
        page.click(".files-give-up")
        said(page, "The file is forgotten")
        assert on_disk(handing) == []
        line = page.inner_text(f"[data-save='{number}']").replace("\xa0", " ")
        assert "Aigul S. (clerk)" in line
        assert "смена 1.csv" in line
        assert "5,010.5 t" in line
        page.click(f"[data-save='{number}'] .button")
        page.click(".ask .button.act")
        said(page, f"Number {number} is undone")
        assert stated(handing) == before
        assert "undone by Aigul S. (clerk)" in page.inner_text(f"[data-save='{number}']")
        assert errors == []
    (kept, *_) = listed_statements(entries_of(handing), 1)
    assert (kept.number, kept.file, kept.undone_by) == (number, "смена 1.csv", "Aigul S. (clerk)")


def test_a_clerk_of_the_mines_cannot_hand_in_steel_and_nothing_of_the_file_is_taken(
    handing: Desk, browser: Browser
) -> None:
    before = stated(handing)
    with page_of(browser) as page:
        opened(page, handing)
        content = form(handing, 2, "5010") + f"{day(handing, 2):%d.%m.%Y};;bf3;pig_iron;5000\n"
        shown = hand_in(page, content)
        assert "places that are not yours, so none of it is taken: " in shown
        assert page.query_selector(".files-take") is None
        (kept,) = on_disk(handing)
        with page_of(browser) as other:
            opened(other, handing, "second")
            other.evaluate(f"emitEvent('file_there', {{upload: '{kept.parent.name}'}})")
            said(other, "choose it again")
            other.evaluate("emitEvent('file_there', {upload: '../../../x'}); emitEvent('file_there', 7)")
    assert stated(handing) == before


def test_what_another_stated_between_look_and_save_is_told_and_the_clerk_decides(
    handing: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        opened(page, handing)
        assert "New: 2" in hand_in(page, form(handing, 3, "5011", "5012"))
        state(handing, 3, "5099")
        page.click(".files-take")
        said(page, "Oleg P. (second) stated mines/mine2 coal_raw")
        shown = screen(page)
        assert "New: 1, the same: 0, replaced: 1" in shown
        assert "meanwhile: Oleg P. (second)" in shown
        assert "5,099 t" in shown
        assert 5012.0 not in stated(handing).values()
        save(page)
        assert {5011.0, 5012.0} <= set(stated(handing).values())
        assert 5099.0 not in stated(handing).values()


def test_a_file_whose_answer_was_lost_is_stored_once(handing: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        link = Link(page.context)
        opened(page, handing)
        hand_in(page, form(handing, 4, "5021"))
        before = listed_statements(entries_of(handing), 1)[0].number
        link.cut()
        page.click(".files-take")
        page.click(".files-take")
        deadline = time.monotonic() + 60
        while 5021.0 not in stated(handing).values():
            assert time.monotonic() < deadline
            page.wait_for_timeout(100)
        page.reload()
        # The file is chosen as soon as the place for it is seen, with whatever of the page's own scripts still to come.
        page.wait_for_selector(".files-drop input", state="attached")
        assert "New: 0, the same: 1" in hand_in(page, form(handing, 4, "5021"))
        assert listed_statements(entries_of(handing), 1)[0].number == before + 1


def test_a_form_that_nobody_knows_is_learned_from_itself(handing: Desk, browser: Browser) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Рапорт"])
    sheet.append(["Дата", "Mine 1, т", "Mine 2, т", "Итого"])
    for back in (6, 5):
        sheet.append([day(handing, back), 7_001 + back, 7_002, 14_003 + back])
    sheet.append(["Мастер Иванов"])
    path = handing.folder / "own.xlsx"
    book.save(path)
    with page_of(browser) as page:
        opened(page, handing)
        assert "No row could be read so" in hand_in(page, path.read_bytes(), "own.xlsx")
        page.select_option(".files-control select", "?")
        page.wait_for_selector(".files-proposal")
        assert "layout: unit_columns" in page.inner_text(".files-proposal")
        assert "New: 4" in screen(page)
        save(page)
    assert {7006.0, 7007.0} <= set(stated(handing).values())


def test_a_planner_fills_in_a_template_and_hands_in_the_plans(handing: Desk, browser: Browser) -> None:
    cookie = signed_in(handing, "planner")
    connection = HTTPConnection("127.0.0.1", handing.port, timeout=20)
    connection.request("GET", "/files/template.csv?sheet=plans&lang=ru", headers={"Cookie": f"tundish={cookie}"})
    answer = connection.getresponse()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tundish-plans-')
    head, *rows = answer.read().decode("utf-8-sig").splitlines()
    assert head == "Месяц;Цех;Агрегат;Продукция;Тонны"
    mine = next(row for row in rows if "Шахта 1" in row)
    with page_of(browser) as page:
        opened(page, handing, "planner")
        assert page.inner_text("[aria-pressed=true]") == "Plans"
        assert "New: 1" in hand_in(page, f"{head}\n{mine}310000\n", "план.csv")
        save(page)
    plans = entries_of(handing).look(lambda connection: statements.read(connection, span_ns=None)).plans
    assert [(plan.unit, plan.grams, plan.author) for plan in plans] == [("mine1", 310_000 * 10**6, PLANNER.author)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, handing: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(page, handing)
        page.goto(f"{handing.url}/files?lang={language}")
        page.wait_for_selector(".files-drop")
        page.wait_for_function("window.socket && window.socket.connected")
        assert violations(page) == []
        content = form(handing, 9, "5111", "5112", "50000", "5О00")
        page.set_input_files("input[type=file]", {"name": "смена.csv", "mimeType": "", "buffer": content.encode()})
        page.wait_for_selector(".files-switch")
        page.check(".files-switch >> nth=0 >> input")
        page.wait_for_selector(".files-changes")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in ("light", "dark"):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page) == []


def test_who_may_not_hand_in_reads_the_list_and_is_told_who_does(handing: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        typed_in(page, handing, "viewer", "/files")
        assert "role clerk" in page.inner_text(".hint")
        assert page.query_selector(".files-drop") is None
        page.wait_for_selector("[data-save]")
        assert page.query_selector("[data-save] .button") is None
