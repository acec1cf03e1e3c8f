"""A desk at which clerks and a planner hand in files, and what a test does there."""

import json
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from collector.entries.kept_uploads import FOLDER
from collector.storage.ledger import statements
from models.access.entry_desk import TypedCell, TypedSheet
from models.access.user import User, UserRole
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.calendar import production_day
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_entry_page import by_hand
from tests.dashboards.web.test_sign_in import PASSWORD, typed_in

CLERK = User(name="clerk", full_name="Aigul S.", roles=(UserRole.CLERK,), shops=("mines",))
SECOND = User(name="second", full_name="Oleg P.", roles=(UserRole.CLERK,), shops=("mines",))
PLANNER = User(name="planner", full_name="Pavel R.", roles=(UserRole.PLANNER,))
VIEWER = User(name="viewer", full_name="", roles=(UserRole.VIEWER,))
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
