"""Signing in at the desk: who is let in, to what, and for how long."""

import asyncio
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse
from weakref import WeakKeyDictionary

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from dashboards.web.elements import PAGES as ADDRESSES
from dashboards.web.sign_in import safe_target
from models.access.user import User, UserRole
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_desk_door import SOCKET
from tests.dashboards.web.test_layout import FAULTS
from tests.support.browser import page_of

PASSWORD = "blast furnace 3"
USERS = {role: User(name=role.value, full_name=f"The {role.value}", roles=(role,)) for role in UserRole}
PAGES = (
    *ADDRESSES.values(),
    *(
        "/unit/bf3",
        "/wall",
        "/receipt",
        "/files",
        "/changes",
        "/repairs",
        "/briefing",
        "/projects",
        "/region",
        "/heat",
        "/fuel",
        "/why",
        "/losses",
        "/recovery",
        "/safety",
        "/alerts/digest",
        "/alerts/roster",
    ),
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with one user of each role."""
    folder = tmp_path_factory.mktemp("guarded")
    file = AccessFile(folder / "data")
    for user in USERS.values():
        file.add(user, PASSWORD, "test")
    desk = Desk(folder)
    try:
        desk.publish("pig_iron", 4000.0)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def asked(
    desk: Desk, path: str, *, cookie: str = "", form: dict[str, str] | None = None, **headers: str
) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", desk.port, timeout=20)
    given = {"Accept": "text/html", **({"Cookie": f"tundish={cookie}"} if cookie else {}), **headers}
    if form is None:
        connection.request("GET", path, headers=given)
    else:
        given = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk.url, **given}
        connection.request("POST", path, urllib.parse.urlencode(form), given)
    return connection.getresponse()


def signed_in(desk: Desk, name: str) -> str:
    """The token of a new session."""
    answer = asked(desk, "/sign-in", form={"name": name, "password": PASSWORD})
    assert answer.status == 303
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    return cookie.partition("=")[2].partition(";")[0]


def typed_in(page: Page, desk: Desk, name: str, target: str = "/") -> None:
    page.goto(f"{desk.url}{target}")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{desk.url}{target}")


def as_user(page: Page, desk: Desk, name: str, target: str = "/") -> None:
    """As `typed_in`, by a session that the user has already: its form and its hash take a second of CPU."""
    token = _SESSIONS.setdefault(desk, {}).get(name)
    if token is None or asked(desk, "/password", cookie=token).status != 200:
        token = _SESSIONS[desk][name] = signed_in(desk, name)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "tundish", "value": token, "url": desk.url, "httpOnly": True, "sameSite": "Lax"}]
    )
    page.goto(f"{desk.url}{target}")


_SESSIONS: WeakKeyDictionary[Desk, dict[str, str]] = WeakKeyDictionary()


@pytest.fixture(scope="module")
def tokens(guarded: Desk) -> dict[UserRole, str]:
    """A session of each role."""
    return {role: signed_in(guarded, role.value) for role in UserRole}


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_before_signing_in_and_every_role_does_after(
    guarded: Desk, tokens: dict[UserRole, str], path: str
) -> None:
    answer = asked(guarded, path)
    assert answer.status == 303
    assert answer.headers["Location"] == f"/sign-in?next={path}"
    assert b"pig" not in answer.read().lower()
    for role in UserRole:
        assert asked(guarded, path, cookie=tokens[role]).status == 200


def test_a_cookie_that_is_none_of_ours_is_nobody(guarded: Desk) -> None:
    for cookie in ("x", "A" * 43, "", '"', "a;b", "é"):
        assert asked(guarded, "/", cookie=cookie).status == 303


def test_what_is_no_page_is_answered_401_to_nobody(guarded: Desk) -> None:
    assert asked(guarded, "/", Accept="application/json").status == 401
    assert asked(guarded, "/_nicegui/x.js").status == 401
    assert asked(guarded, "/password", form={"old": PASSWORD, "new": "x", "again": "x"}).status == 401
    assert asked(guarded, "/sign-out", form={}).status == 401


async def test_a_websocket_of_nobody_is_refused(guarded: Desk) -> None:
    token = await asyncio.to_thread(signed_in, guarded, "viewer")
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(guarded.url + SOCKET, headers={"Origin": guarded.url})
        assert refused.value.status == 403
        known = {"Origin": guarded.url, "Cookie": f"tundish={token}"}
        async with session.ws_connect(guarded.url + SOCKET, headers=known) as socket:
            assert (await asyncio.wait_for(socket.receive(), 5)).data


def test_a_form_from_another_site_changes_nothing(guarded: Desk) -> None:
    token = signed_in(guarded, "viewer")
    for origin in ("http://works.example", "null"):
        assert asked(guarded, "/sign-out", cookie=token, form={}, Origin=origin).status == 403
    connection = HTTPConnection("127.0.0.1", guarded.port, timeout=20)
    connection.request("POST", "/sign-out", "", {"Cookie": f"tundish={token}"})
    assert connection.getresponse().status == 403
    assert asked(guarded, "/", cookie=token).status == 200


def test_signing_out_ends_the_session_on_the_server(guarded: Desk) -> None:
    token = signed_in(guarded, "viewer")
    assert asked(guarded, "/sign-out", cookie=token, form={}).status == 303
    assert asked(guarded, "/", cookie=token).status == 303


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer_and_then_have_to_wait(guarded: Desk) -> None:
    pages = [
        asked(guarded, "/sign-in", form={"name": "ghost1", "password": "x"}).read().replace(b"ghost1", b""),
        asked(guarded, "/sign-in", form={"name": "admin", "password": "x"}).read().replace(b"admin", b""),
    ]
    assert pages[0] == pages[1]
    answers = [asked(guarded, "/sign-in", form={"name": "ghost2", "password": "x"}) for _ in range(6)]
    assert [answer.status for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert signed_in(guarded, "clerk")


def test_a_form_of_any_size_and_any_bytes_is_answered(guarded: Desk) -> None:
    assert asked(guarded, "/sign-in", form={"name": "x" * 9000, "password": "x"}).status == 413
    assert asked(guarded, "/sign-in", form={f"n{number}": "x" for number in range(50)}).status == 413
    assert asked(guarded, "/sign-in", form={"name": "<script>alert(1)</script>", "password": "\x00"}).status == 401
    page = asked(guarded, "/sign-in?next=" + urllib.parse.quote('/"><script>alert(1)</script>')).read()
    assert b"<script>alert" not in page


@pytest.mark.parametrize(
    ("asked_for", "led_to"),
    [
        ("/unit/bf3?lang=ru", "/unit/bf3?lang=ru"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("/sign-in?next=/", "/"),
        ("/password", "/password"),
        ("", "/"),
    ],
)
def test_the_way_on_leads_to_no_other_site(asked_for: str, led_to: str) -> None:
    assert safe_target(asked_for) == led_to


@pytest.mark.long
def test_a_person_signs_in_goes_where_the_link_led_and_signs_out(guarded: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        typed_in(page, guarded, "dispatcher", "/unit/bf3?lang=ru")
        assert page.url == f"{guarded.url}/unit/bf3?lang=ru"
        assert "The dispatcher" in page.inner_text(".who")
        page.click(".who button")
        page.wait_for_selector("[name=password]")
        page.goto(guarded.url)
        assert "/sign-in" in page.url
        assert errors == []


@pytest.mark.long
def test_an_open_page_goes_when_its_user_is_disabled(guarded: Desk, browser: Browser) -> None:
    file = AccessFile(guarded.folder / "data")
    with page_of(browser) as page:
        typed_in(page, guarded, "planner")
        file.change(replace(USERS[UserRole.PLANNER], disabled=True), "test")
        page.wait_for_url(lambda url: "/sign-in?next=" in url)
        file.change(USERS[UserRole.PLANNER], "test")


@pytest.mark.long
def test_a_password_is_changed_by_its_owner(guarded: Desk, browser: Browser) -> None:
    file = AccessFile(guarded.folder / "data")
    with page_of(browser, width=390) as page:
        typed_in(page, guarded, "director", "/password")
        for old, new, again, said in (
            (PASSWORD, "furnace four", "furnace five", "differ"),
            (PASSWORD, "short", "short", "too short"),
            ("not that one", "furnace four", "furnace four", "is wrong"),
            (PASSWORD, "furnace four", "furnace four", "is changed"),
        ):
            page.goto(f"{guarded.url}/password?lang=en")
            for name, value in (("old", old), ("new", new), ("again", again)):
                page.fill(f"[name={name}]", value)
            page.click("button")
            assert said in page.inner_text("main")
    assert file.sign_in("director", PASSWORD) is None
    file.reset("director", PASSWORD, "test")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_and_the_layout_find_nothing_at_the_forms(guarded: Desk, browser: Browser, language: Language) -> None:
    with page_of(browser) as page:
        page.goto(f"{guarded.url}/sign-in?lang={language}")
        for width in (390, 1920):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(FAULTS) == []
            assert Axe().run(page).response["violations"] == []
