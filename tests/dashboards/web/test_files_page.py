"""The page of files: a clerk hands one in, sees what it comes to, saves it once and takes it back."""

import json
import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from collector.entries.kept_uploads import FOLDER
from collector.entries.listed_statements import listed_statements
from collector.storage.ledger import statements
from models.access.entry_desk import TypedCell, TypedSheet
from models.access.file_desk import LARGEST_UPLOAD_BYTES
from models.access.user import User, UserRole
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.calendar import production_day
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import violations
from tests.dashboards.web.test_entry_page import Link, by_hand
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, signed_in, typed_in
from tests.support.browser import page_of

CLERK = User(name="clerk", full_name="Aigul S.", roles=(UserRole.CLERK,), shops=("mines",))
SECOND = User(name="second", full_name="Oleg P.", roles=(UserRole.CLERK,), shops=("mines",))
PLANNER = User(name="planner", full_name="Pavel R.", roles=(UserRole.PLANNER,))
VIEWER = User(name="viewer", full_name="", roles=(UserRole.VIEWER,))
HOSTILE = '../../<img src=x onerror="document.title=1">\u202efsx.csv'
HEAD = "Дата;Смена;Шахта;Продукция;Тонны\n"


@pytest.fixture(scope="module")
def handing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works whose mines state their shifts, with clerks, a planner and a viewer."""
    folder = tmp_path_factory.mktemp("handing")
    for user in (CLERK, SECOND, PLANNER, VIEWER):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder, edit=by_hand)
    try:
        state(desk, 9, "5033")
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def entries_of(desk: Desk) -> EntryFile:
    return EntryFile(load(desk.folder / "plant.yaml"))


def stated(desk: Desk) -> dict[tuple[str, int], float]:
    """By unit and start, tonnes that stand."""
    figures = entries_of(desk).look(lambda connection: statements.read(connection, span_ns=(0, 2**62))).figures
    return {(figure.unit, figure.start_ns): (figure.grams or 0) / 1e6 for figure in figures if figure.grams}


def on_disk(desk: Desk) -> list[Path]:
    return [path for path in (desk.folder / "data" / FOLDER).rglob("*") if path.is_file()]


def day(desk: Desk, back: int) -> date:
    return production_day(desk.plant.shops["mines"].calendar, time.time_ns()) - timedelta(days=back)


def state(desk: Desk, back: int, tonnes: str) -> None:
    """The second clerk types a figure of mine 2."""
    sheet = AskedSheet(SheetKind.SHIFTS, "mines", day(desk, back).toordinal())
    typed = TypedSheet(sheet, f"{back:032x}", (TypedCell("mine2/coal_raw//0", tonnes, 0),), "en")
    LedgerEntryDesk(entries_of(desk)).save(SECOND, typed)


def form(desk: Desk, back: int, *tonnes: str) -> str:
    """A file of shifts of that day."""
    units = ("mine1", "mine2")
    lines = [
        f"{day(desk, back):%d.%m.%Y};{1 + at // 2};{units[at % 2]};coal_raw;{each}\n" for at, each in enumerate(tonnes)
    ]
    return HEAD + "".join(lines)


def opened(page: Page, desk: Desk, user: str = "clerk") -> Page:
    typed_in(page, desk, user, "/files")
    page.wait_for_selector(".files-drop")
    page.wait_for_function("window.socket && window.socket.connected")
    return page


def hand_in(page: Page, content: str | bytes, name: str = "shift.csv") -> str:
    """What the page shows of it."""
    data = content.encode() if isinstance(content, str) else content
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": data})
    return screen(page)


def screen(page: Page) -> str:
    page.wait_for_selector(".files-screen")
    page.wait_for_function("!document.querySelector('.files-say').innerText.startsWith('Reading')")
    return page.inner_text(".files-screen").replace("\xa0", " ")


def said(page: Page, words: str) -> None:
    page.wait_for_function(f"document.querySelector('.files-say')?.innerText.includes({json.dumps(words)})")


def save(page: Page) -> int:
    page.click(".files-take")
    said(page, "Saved as number")
    return int(page.inner_text(".files-say").split("number ")[1].split(".")[0])


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
        page.focus(".files-choose")
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter")
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


DROP = """([name, text, count]) => {
  const data = new DataTransfer();
  for (let at = 0; at < count; at++) data.items.add(new File([text], name));
  const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
  document.querySelector(".files-drop .quiet").dispatchEvent(drop);
}"""


def test_a_file_with_a_hostile_name_is_dropped_and_nothing_of_the_name_acts(handing: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(page, handing)
        page.evaluate(DROP, [HOSTILE, form(handing, 1, "=1+1"), 2])
        said(page, "One file at a time")
        page.evaluate(DROP, [HOSTILE, HEAD + f"{day(handing, 1)};1;mine1;<b>coal</b>;=cmd|' /C calc'!A0\n", 1])
        shown = screen(page)
        assert '<img src=x onerror="document.title=1">' in shown
        assert "\u202e" not in shown
        assert "<b>coal</b>" in shown
        assert page.title() != "1"
        (kept,) = on_disk(handing)
        assert kept.parent.parent == handing.folder / "data" / FOLDER
        page.click(".files-give-up")
        said(page, "forgotten")


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
        deadline = time.monotonic() + 20
        while 5021.0 not in stated(handing).values():
            assert time.monotonic() < deadline
            page.wait_for_timeout(100)
        page.reload()
        page.wait_for_selector(f"[data-save='{before + 1}']")
        page.wait_for_function("window.socket && window.socket.connected")
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


def test_of_ten_thousand_rows_with_one_bad_the_cell_is_named_and_the_good_ones_may_be_kept(
    handing: Desk, browser: Browser
) -> None:
    first = day(handing, 1) - timedelta(days=2500)
    rows = [
        f"{first + timedelta(days=at // 4):%d.%m.%Y};{1 + at % 2};mine{1 + at // 2 % 2};coal_raw;{4000 + at % 90}\n"
        for at in range(10_000 - 400)
    ]
    rows[4321] = rows[4321].rpartition(";")[0] + ";5О00\n"  # the letter О in place of a zero
    with page_of(browser) as page:
        opened(page, handing)
        shown = hand_in(page, HEAD + "".join(rows))
        assert "refused: 1" in shown
        assert "cell E4323" in shown
        assert page.query_selector(".files-take") is None
        page.check(".files-switch:has-text('good rows') input")
        page.wait_for_selector(".files-take")
        assert page.inner_text(".files-take") == "Save the good rows"
        page.click(".files-give-up")
        said(page, "forgotten")


def workbook(cells: list[list[Any]]) -> bytes:
    from io import BytesIO

    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_what_is_no_table_is_refused_in_words_and_what_is_unusual_is_asked(handing: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(page, handing)
        page.set_input_files("input[type=file]", {"name": "empty.csv", "mimeType": "", "buffer": b""})
        said(page, "The file is empty")
        for name, content, words in (
            ("page.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "not a valid XLSX file"),
            ("form.pdf", b"%PDF-1.4", "neither CSV nor XLSX"),
            ("x.csv", b"\x00\xff\xfe\x81" * 40, "x.csv"),
            (
                "macro.xlsm",
                workbook([["Date", "Unit", "Product", "Tonnes"], [day(handing, 7), "mine1", "coal_raw", "=2+2"]]),
                "refused: 1",
            ),
        ):
            shown = hand_in(page, content, name)
            page.wait_for_function(f"document.querySelector('.files-screen h2').innerText.includes({json.dumps(name)})")
            assert words in page.inner_text(".files-screen"), shown
            assert page.query_selector(".files-take") is None, shown
        cp1251 = form(handing, 7, "5 001,5").encode("cp1251")
        page.set_input_files("input[type=file]", {"name": "cp.csv", "mimeType": "", "buffer": cp1251})
        page.wait_for_selector(".files-screen h2:has-text('cp.csv')")
        assert "Windows-1251" in page.inner_text(".files-screen")
        page.set_input_files(
            "input[type=file]", {"name": "far.csv", "mimeType": "", "buffer": form(handing, 7, "90000").encode()}
        )
        page.wait_for_selector(".files-screen h2:has-text('far.csv')")
        assert '"Accept what is asked about"' in page.inner_text(".files-screen")
        assert "--confirm" not in page.inner_text(".files-screen")
        page.check(".files-switch:has-text('Accept') input")
        page.wait_for_selector(".files-take")
        page.click(".files-give-up")
        said(page, "forgotten")


def sent(desk: Desk, content: bytes, cookie: str = "", **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", desk.port, timeout=20)
    given = {
        "Origin": desk.url,
        "X-File-Name": quote("смена.csv"),
        **({"Cookie": f"tundish={cookie}"} if cookie else {}),
    }
    connection.request("POST", "/files/upload?lang=en", content, {**given, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_nobody_and_wrong_roles_and_other_sites_leave_nothing_on_the_disk(handing: Desk) -> None:
    kept = set(on_disk(handing))
    clerk = signed_in(handing, "clerk")
    assert sent(handing, b"1")[0] == 401
    assert sent(handing, b"1", "x")[0] == 401
    assert sent(handing, b"1", signed_in(handing, "viewer"))[0] == 403
    assert sent(handing, b"1", clerk, Origin="http://works.example")[0] == 403
    assert sent(handing, b"1", clerk, Host="works.example")[0] == 403
    assert sent(handing, b"", clerk)[0] == 422
    large = str(LARGEST_UPLOAD_BYTES + 1)
    assert sent(handing, b"1", clerk, **{"Content-Length": large})[0] == 413
    connection = HTTPConnection("127.0.0.1", handing.port, timeout=20)
    connection.request("POST", "/files/upload", b"1", {"Cookie": f"tundish={clerk}"})
    assert connection.getresponse().status == 403, "a form must name the page that it came from"
    half = HTTPConnection("127.0.0.1", handing.port, timeout=20)
    half.putrequest("POST", "/files/upload")
    for name, value in (("Origin", handing.url), ("Cookie", f"tundish={clerk}"), ("Content-Length", "1000")):
        half.putheader(name, value)
    half.endheaders(b"Date;Ton")
    time.sleep(0.3)
    half.close()
    deadline = time.monotonic() + 10
    while set(on_disk(handing)) != kept:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_desk_answers_while_a_large_file_is_read(handing: Desk, browser: Browser) -> None:
    first = date(2010, 1, 1)
    content = HEAD + "".join(
        f"{first + timedelta(days=at // 4):%d.%m.%Y};{1 + at % 2};mine{1 + at // 2 % 2};coal_raw;{at % 90},5\n"
        for at in range(12_000)
    )
    with page_of(browser) as page:
        opened(page, handing)
        data = {"name": "history.csv", "mimeType": "", "buffer": content.encode()}
        page.set_input_files("input[type=file]", data)
        slowest, began = 0.0, time.monotonic()
        while page.query_selector(".files-screen") is None:
            assert time.monotonic() - began < 60
            asked_s = time.monotonic()
            connection = HTTPConnection("127.0.0.1", handing.port, timeout=20)
            connection.request("GET", "/sign-in")
            assert connection.getresponse().status == 200
            slowest = max(slowest, time.monotonic() - asked_s)
        assert slowest < 1.0
        page.click(".files-give-up")
        said(page, "forgotten")


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
