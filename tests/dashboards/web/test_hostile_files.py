"""Files that nobody should hand in, people who may not, and files that take long: told in words, and nothing stays."""

import json
import time
from datetime import date, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Browser

from collector.entries.kept_uploads import FOLDER
from models.access.file_desk import LARGEST_UPLOAD_BYTES
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.handing_desk import (
    HEAD,
    day,
    form,
    hand_in,
    handing,
    on_disk,
    opened,
    said,
    screen,
)
from tests.dashboards.web.test_sign_in import signed_in
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["handing"]

HOSTILE = '../../<img src=x onerror="document.title=1">\u202efsx.csv'


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
    deadline = time.monotonic() + 60
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
        answers, began = 0, time.monotonic()
        while page.query_selector(".files-screen") is None:
            assert time.monotonic() - began < 60
            connection = HTTPConnection("127.0.0.1", handing.port, timeout=20)
            connection.request("GET", "/sign-in")
            assert connection.getresponse().status == 200
            answers += 1
        assert answers > 5, "a loop that stands still answers once, when the file is read"
        page.click(".files-give-up")
        said(page, "forgotten")
