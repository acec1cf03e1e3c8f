"""Files that are more than a desk can read: told in words within seconds, while everybody else goes on."""

import json
import re
import struct
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Page

from dashboards.web.texts import text
from models.access.file_desk import LARGEST_UPLOAD_BYTES
from models.works.localize import Language
from tests.collector.files.damaged import SHEET, workbook
from tests.collector.files.test_workbook_bounds import NAMESPACE, TEXTS, WIDE, sheet, with_large_part
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.handing_desk import HEAD, form, handing, on_disk, said
from tests.dashboards.web.test_hostile_files import sent
from tests.dashboards.web.test_sign_in import as_user, signed_in
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["handing"]

MOST_S = 60.0
"""For an answer, on a machine that is four times slower than one on which the slowest takes five seconds."""
MOST_WAIT_S = 10.0
"""For somebody else's page meanwhile: usually a tenth of a second at most."""
MOST_MB = 500
"""Of the whole desk; it has 150 before it reads anything."""


def peak_mb(desk: Desk) -> int:
    """The most memory that the process of the desk ever had."""
    status = Path(f"/proc/{desk.process.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) // 1024


@contextmanager
def others_ask(desk: Desk) -> Iterator[list[float]]:
    """How long each of somebody else's pages takes meanwhile, seconds."""
    took: list[float] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            began = time.monotonic()
            connection = HTTPConnection("127.0.0.1", desk.port, timeout=60)
            connection.request("GET", "/sign-in")
            assert connection.getresponse().status == 200
            connection.close()
            took.append(time.monotonic() - began)
            over.wait(0.05)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield took
    finally:
        over.set()
        thread.join()


def much_text(_desk: Desk, path: Path) -> None:
    """Nearly 50 MB of good rows."""
    rows = form(_desk, 5, *["5000"] * 4000).removeprefix(HEAD)
    content = (HEAD + rows * (LARGEST_UPLOAD_BYTES // len(rows.encode()) - 1)).encode()
    assert len(content) > 49_000_000
    path.write_bytes(content)


@cache
def _two_gigabytes() -> bytes:
    with TemporaryDirectory() as folder:
        pieces = ("<worksheet>", *[" " * 10_000_000] * 200, "</worksheet>")
        return with_large_part(Path(folder) / "large.xlsx", SHEET, pieces).read_bytes()


def gigabytes(_desk: Desk, path: Path) -> None:
    """A sheet of two gigabytes of nothing."""
    path.write_bytes(_two_gigabytes())


def texts(_desk: Desk, path: Path) -> None:
    """A million and a hundred thousand shared strings, each another."""
    lines = ("".join(f"<si><t>{group} {at}</t></si>" for at in range(1000)) for group in range(1100))
    with_large_part(path, TEXTS, [f"<sst {NAMESPACE}>", *lines, "</sst>"])


def wide(_desk: Desk, path: Path) -> None:
    with_large_part(path, SHEET, sheet(*WIDE, before='<dimension ref="A1:XFD1048576"/>'))


def far(_desk: Desk, path: Path) -> None:
    """Two cells at the ends of the largest sheet that there can be, and its size claimed."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with_large_part(path, SHEET, sheet(rows, before='<dimension ref="A1:XFD1048576"/>'))


def nested(_desk: Desk, path: Path) -> None:
    """A sound workbook that holds another one, of two gigabytes."""
    with zipfile.ZipFile(BytesIO(workbook())) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/embeddings/inner.xlsx", _two_gigabytes())


def lying(_desk: Desk, path: Path) -> None:
    """The two gigabytes, declared as a hundred bytes."""
    content = bytearray(_two_gigabytes())
    at = content.find(SHEET.encode(), content.find(b"PK\x01\x02"))
    struct.pack_into("<I", content, at - 46 + 24, 100)
    path.write_bytes(bytes(content))


Make = Callable[[Desk, Path], None]
BOMBS: dict[str, tuple[Make, Language, str]] = {
    "fifty.csv": (much_text, "ru", "больше 200\xa0000 строк"),
    "gigabytes.xlsx": (gigabytes, "kk", "шектен асады"),
    "texts.xlsx": (texts, "en", "has more than 2,000,000 texts"),
    "wide.xlsx": (wide, "ru", "больше 2\xa0500\xa0000 ячеек"),
    "far.xlsx": (far, "en", "No row could be read so"),
    "nested.xlsx": (nested, "en", "No row could be read so"),
    "lying.xlsx": (lying, "kk", "XLSX файлы жарамсыз"),
}


def told(page: Page, words: str) -> None:
    """The page says so of the file: in its line, or on the screen."""
    page.wait_for_function(
        "words => ['.files-say', '.files-screen'].some("
        "part => (document.querySelector(part)?.innerText ?? '').includes(words))",
        arg=words,
        timeout=MOST_S * 1000,
    )


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_is_too_much_is_told_in_words_while_others_go_on(
    name: str, handing: Desk, browser: Browser, tmp_path: Path
) -> None:
    make, language, words = BOMBS[name]
    make(handing, tmp_path / name)
    with page_of(browser) as page:
        as_user(page, handing, "clerk", f"/files?lang={language}")
        page.wait_for_selector(".files-drop")
        page.wait_for_function("window.socket && window.socket.connected")
        with others_ask(handing) as took:
            began = time.monotonic()
            page.set_input_files("input[type=file]", str(tmp_path / name))
            told(page, words)
            lasted_s = time.monotonic() - began
        assert "Traceback" not in page.inner_text("body")
        assert lasted_s < MOST_S
        assert len(took) > 1 or lasted_s < 1
        assert max(took, default=0) < MOST_WAIT_S
        assert peak_mb(handing) < MOST_MB
        if page.query_selector(".files-give-up"):
            page.click(".files-give-up")
            said(page, text("files_given_up", language))
        assert on_disk(handing) == []


def test_an_upload_that_never_says_how_much_it_is_ends_at_the_bound_and_leaves_nothing(handing: Desk) -> None:
    clerk = signed_in(handing, "clerk")
    connection = HTTPConnection("127.0.0.1", handing.port, timeout=120)
    given = {"Origin": handing.url, "X-File-Name": "x.csv", "Cookie": f"tundish={clerk}"}
    pieces = (b"x" * 1_000_000 for _ in range(LARGEST_UPLOAD_BYTES // 1_000_000 + 5))
    with others_ask(handing) as took:
        try:
            connection.request("POST", "/files/upload?lang=en", pieces, given, encode_chunked=True)
            answer = connection.getresponse()
            assert answer.status == 422
            assert b"more than 50,000,000" in answer.read()
        except (BrokenPipeError, ConnectionResetError):
            pass  # it did not wait for the rest
    assert max(took) < MOST_WAIT_S
    assert on_disk(handing) == []
    assert peak_mb(handing) < MOST_MB
    assert json.loads(sent(handing, form(handing, 6, "1").encode(), clerk)[1])["upload"]
