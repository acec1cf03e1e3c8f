"""Signing in by a proxy that names who asks: it is believed for its secret, and nobody else is."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from collector.access.access_file import AccessFile
from dashboards.web.door import DeskDoor, ProxyDoor
from dashboards.web.proxy_sign_in import SECRET_HEADER
from dashboards.web.sign_in import SignIn, SignInForms
from dashboards.web.texts import text
from models.access.user import User, UserRole
from models.works.localize import LANGUAGES

SECRET = "0123456789abcdef0123456789abcdef"
HEADER = "X-Forwarded-User"
DOOR = DeskDoor(
    host="127.0.0.1", port=8686, addresses=("https://desk.example",), proxy=ProxyDoor(header=HEADER, secret=SECRET)
)
USERS = (
    User(name="дана", full_name="Dana A.", roles=(UserRole.DISPATCHER,)),
    User(name="mine", full_name="", roles=(UserRole.CLERK,)),
    User(name="gone", full_name="", roles=(UserRole.CLERK,), disabled=True),
)
PAGE = {"Accept": "text/html"}


@pytest.fixture
def file(tmp_path: Path) -> AccessFile:
    file = AccessFile(tmp_path)
    for user in USERS:
        file.add(user, None, "test")
    return file


def browser_at(file: AccessFile, door: DeskDoor = DOOR) -> AsyncClient:
    app = FastAPI()
    SignInForms(file, door.cookie, door.encrypted, dict.fromkeys(LANGUAGES, "Works")).add_to(app)
    app.add_api_route("/", lambda: "figures", methods=["GET"])
    return AsyncClient(transport=ASGITransport(SignIn(app, file, door)), base_url="https://desk.example", headers=PAGE)


def named(name: str, secret: str = SECRET) -> list[tuple[bytes, bytes]]:
    return [(HEADER.encode(), name.encode()), (SECRET_HEADER.encode(), secret.encode())]


async def test_whom_the_proxy_names_is_signed_in_and_stays_one_session(file: AccessFile) -> None:
    async with browser_at(file) as browser:
        first = await browser.get("/", headers=named("дана"))
        assert (first.status_code, first.text) == (200, '"figures"')
        token = browser.cookies[DOOR.cookie]
        user = file.user_of(token)
        assert user is not None
        assert user.name == "дана"
        cookie = first.headers["Set-Cookie"]
        assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
        again = await browser.get("/", headers=named("дана"))
        assert "Set-Cookie" not in again.headers


async def test_another_person_at_the_proxy_is_another_one_here(file: AccessFile) -> None:
    async with browser_at(file) as browser:
        await browser.get("/", headers=named("дана"))
        await browser.get("/", headers=named("mine"))
        user = file.user_of(browser.cookies[DOOR.cookie])
        assert user is not None
        assert user.name == "mine"


@pytest.mark.parametrize(
    "headers",
    [
        named("mine", ""),
        named("mine", SECRET[:-1]),
        named("mine", SECRET + "x"),
        named("mine", "ключ"),
        named("mine")[:1],
        [*named("mine"), named("mine")[1]],
        [*named("mine"), named("дана")[0]],
        named(""),
    ],
)
async def test_who_writes_the_header_without_the_secret_or_twice_is_nobody(
    file: AccessFile, headers: list[tuple[bytes, bytes]]
) -> None:
    async with browser_at(file) as browser:
        answer = await browser.get("/", headers=headers)
        assert answer.status_code == 303
        assert "Set-Cookie" not in answer.headers


@pytest.mark.long
async def test_a_desk_without_such_a_proxy_reads_no_header(file: AccessFile) -> None:
    plain = DeskDoor(host="127.0.0.1", port=8686, addresses=("https://desk.example",))
    async with browser_at(file, plain) as browser:
        assert (await browser.get("/", headers=named("mine"))).status_code == 303


@pytest.mark.parametrize("name", ["<b>nobody</b>", "gone"])
async def test_whom_the_desk_does_not_know_or_has_disabled_is_told_so(file: AccessFile, name: str) -> None:
    async with browser_at(file) as browser:
        refused = await browser.get("/", headers=named(name))
        assert refused.status_code == 303
        told = await browser.get(f"{refused.headers['Location']}&lang=kk", headers=named(name))
        assert text("company_unknown", "kk").format(name=name.replace("<", "&lt;").replace(">", "&gt;")) in told.text
        assert DOOR.cookie not in browser.cookies


@pytest.mark.long
async def test_what_belongs_to_a_page_begins_no_session(file: AccessFile) -> None:
    async with browser_at(file) as browser:
        answer = await browser.get("/_nicegui/x.js", headers=named("mine"))
        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers


@pytest.mark.long
async def test_a_password_still_opens_for_who_has_one(file: AccessFile) -> None:
    file.add(User(name="root", full_name="", roles=(UserRole.ADMIN,)), "blast furnace 3", "test")
    async with browser_at(file) as browser:
        answer = await browser.post("/sign-in", data={"name": "root", "password": "blast furnace 3"})
        assert answer.status_code == 303
        assert (await browser.post("/sign-in", data={"name": "mine", "password": ""})).status_code == 401
