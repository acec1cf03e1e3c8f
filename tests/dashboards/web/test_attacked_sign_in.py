"""What people try at the sign-in without a password, or with one of before: on the real file, without a browser."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from collector.access.access_file import AccessFile
from collector.access.access_store import AccessStore
from collector.errors import StorageFull
from dashboards.web.door import DeskDoor
from dashboards.web.sign_in import AT_ONCE, SignIn, SignInForms, safe_target
from dashboards.web.texts import text
from models.access.sign_in_limit import TRIES
from models.access.user import User, UserRole
from models.works.localize import LANGUAGES

DANA = User(name="dana", full_name="Dana A.", roles=(UserRole.DISPATCHER,))
PASSWORD = "blast furnace 3"
LOOPBACK = DeskDoor(host="127.0.0.1", port=8686)
PAGE = {"Accept": "text/html"}


def browser_at(file: AccessFile, door: DeskDoor = LOOPBACK) -> AsyncClient:
    """Of a desk with one page."""
    app = FastAPI()
    SignInForms(file, door.cookie, door.encrypted, dict.fromkeys(LANGUAGES, "Works")).add_to(app)
    app.add_api_route("/", lambda: "figures", methods=["GET"])
    return AsyncClient(transport=ASGITransport(SignIn(app, file, door)), base_url="http://desk", headers=PAGE)


@pytest.fixture
def file(tmp_path: Path) -> AccessFile:
    file = AccessFile(tmp_path)
    file.add(DANA, PASSWORD, "root")
    return file


async def tried(browser: AsyncClient, password: str = PASSWORD, query: str = "") -> Response:
    return await browser.post(f"/sign-in{query}", data={"name": "dana", "password": password})


async def test_tries_at_once_are_no_more_than_tries_one_after_another(file: AccessFile) -> None:
    async with browser_at(file) as browser:
        answers = await asyncio.gather(*(tried(browser, f"guess number {number}") for number in range(16)))
    found = Counter(answer.status_code for answer in answers)
    assert set(found) == {401, 429}
    assert found[401] < TRIES + AT_ONCE


@pytest.mark.parametrize("target", ["//[", "//\u2100", "http://[", "/\tpassword", "/password\\x", "//desk/password"])
async def test_a_way_on_that_is_no_address_leads_to_the_first_page(file: AccessFile, target: str) -> None:
    assert safe_target(target) == "/"
    async with browser_at(file) as browser:
        assert (await browser.get("/sign-in", params={"next": target})).status_code == 200


async def test_a_cookie_of_another_service_on_the_host_keeps_nobody_out(file: AccessFile) -> None:
    session = file.sign_in("dana", PASSWORD)
    assert session is not None
    async with browser_at(file) as browser:
        for other in ('theme={"dark": true}', "a b=c", "x@y=1", "=", "é=ü"):
            cookie = f"{other}; tundish={session.token}".encode()
            assert (await browser.get("/", headers={b"Cookie": cookie})).status_code == 200


async def test_users_that_went_away_open_no_desk(file: AccessFile, tmp_path: Path) -> None:
    async with browser_at(file) as browser:
        assert (await browser.get("/")).status_code == 303
        file.change(replace(DANA, disabled=True), "root")
        assert (await browser.get("/")).status_code == 303
        for path in tmp_path.glob("access.db*"):
            path.unlink()
        assert (await browser.get("/")).status_code == 303
        assert "tundish user add" in (await browser.get("/sign-in?lang=en")).text


async def test_a_desk_that_others_reach_shows_nothing_without_users(tmp_path: Path) -> None:
    file = AccessFile(tmp_path)
    proxied = replace(LOOPBACK, addresses=("https://desk.works.example",))
    for door, status in (
        (LOOPBACK, 200),
        (replace(LOOPBACK, host="0.0.0.0", tls=("a", "b")), 303),  # noqa: S104 - nothing listens
        (proxied, 303),
        (replace(proxied, open_to_read=True), 200),
    ):
        async with browser_at(file, door) as browser:
            assert (await browser.get("/")).status_code == status


class FullDisk(AccessStore):
    """Reads, and can store nothing."""

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        raise StorageFull("the disk is full")
        yield


@pytest.mark.long
async def test_on_a_full_disk_a_person_is_told_what_was_not_done(file: AccessFile, tmp_path: Path) -> None:
    session = file.sign_in("dana", PASSWORD)
    assert session is not None
    cookie = {"Cookie": f"tundish={session.token}"}
    change = {"old": PASSWORD, "new": "furnace four", "again": "furnace four"}
    file._store = FullDisk(tmp_path, time.time_ns)
    for language in LANGUAGES:
        async with browser_at(file) as browser:
            query = f"?lang={language}"
            for answer, said in (
                (await tried(browser, query=query), "sign_in_failed"),
                (await browser.post(f"/password{query}", data=change, headers=cookie), "password_failed"),
                (await browser.post(f"/sign-out{query}", headers=cookie), "sign_out_failed"),
            ):
                assert answer.status_code == 503
                assert text(said, language) in answer.text
            assert 'tundish=""' in answer.headers["Set-Cookie"]


async def test_nobody_writes_anything_by_signing_out(tmp_path: Path) -> None:
    async with browser_at(AccessFile(tmp_path)) as browser:
        assert (await browser.post("/sign-out")).status_code == 303
    assert list(tmp_path.iterdir()) == []
