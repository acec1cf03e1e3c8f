"""A desk that is open to read, and one whose users cannot be read."""

import time

import pytest
from playwright.sync_api import Browser

from collector.access.access_file import AccessFile
from models.access.user import UserRole
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_sign_in import PASSWORD, USERS, asked, signed_in
from tests.support.browser import page_of

pytestmark = pytest.mark.long


def test_a_desk_that_is_open_to_read_shows_nobody_the_pages_and_the_way_in(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("open")
    AccessFile(folder / "data").add(USERS[UserRole.DISPATCHER], PASSWORD, "test")
    desk = Desk(folder, edit=lambda config: config["desk"].update(open_to_read=True))
    try:
        desk.wait()
        with page_of(browser) as page:
            page.goto(f"{desk.url}/month?product=pig_iron&month=2026-10&lang=en")
            page.click("a.who")
            page.fill("[name=name]", "dispatcher")
            page.fill("[name=password]", PASSWORD)
            page.click("button")
            page.wait_for_selector(".who form")
            assert page.url == f"{desk.url}/month?product=pig_iron&month=2026-10&lang=en", "the choice is kept"
    finally:
        desk.end()


def test_users_that_cannot_be_read_let_nobody_in_and_the_desk_recovers_by_itself(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    file = AccessFile(folder / "data")
    file.add(USERS[UserRole.VIEWER], PASSWORD, "test")
    whole = (folder / "data" / "access.db").read_bytes()
    desk = Desk(folder)
    try:
        desk.wait()
        (folder / "data" / "access.db").write_bytes(b"\xff" * 8192)
        assert asked(desk, "/").status == 503
        (folder / "data" / "access.db").write_bytes(whole)
        assert asked(desk, "/").status == 303
        token = signed_in(desk, "viewer")
        desk.process.kill()
        desk.process.wait()
        desk.start()
        desk.wait()
        deadline = time.monotonic() + 60
        while asked(desk, "/", cookie=token).status != 200:
            assert time.monotonic() < deadline
    finally:
        desk.end()
