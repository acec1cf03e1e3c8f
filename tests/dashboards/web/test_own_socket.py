"""Scripts in place of browsers, at the socket of a page: another user's, or one that does not leave."""

import asyncio
import json
import re
import time
import urllib.parse
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from collector.access.access_file import AccessFile
from dashboards.web.texts import text
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_alerts_page import DISPATCHER, VIEWER, raise_on
from tests.dashboards.web.test_desk_door import SOCKET
from tests.dashboards.web.test_sign_in import PASSWORD, signed_in

pytestmark = pytest.mark.long

ACKNOWLEDGE = text("acknowledge_it", "en")
DIALOG = "nicegui-dialog"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with an open incident, a dispatcher and a viewer."""
    folder = tmp_path_factory.mktemp("sockets")
    for user in (DISPATCHER, VIEWER):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder)
    try:
        raise_on(desk, "bf3")
        desk.wait()
        yield desk
    finally:
        desk.end()


@asynccontextmanager
async def socket_of(desk: Desk, token: str, **query: str) -> AsyncIterator[ClientWebSocketResponse]:
    headers = {"Origin": desk.url, "Cookie": f"tundish={token}"}
    address = f"{desk.url}{SOCKET}&{urllib.parse.urlencode(query)}"
    async with ClientSession() as session, session.ws_connect(address, headers=headers) as socket:
        await socket.receive()
        await socket.send_str("40")
        await socket.receive()
        yield socket


async def page_at(desk: Desk, token: str) -> dict[str, str]:
    """The query of the socket of a new page of alerts."""
    headers = {"Cookie": f"tundish={token}", "Accept": "text/html"}
    async with ClientSession() as session, session.get(f"{desk.url}/alerts?lang=en", headers=headers) as answer:
        found = re.search(r"client_id\W+([0-9a-f-]{36})", await answer.text())
    assert found is not None
    return {"client_id": found[1], "tab_id": "t", "document_id": "d", "implicit_handshake": "true"}


def press(query: dict[str, str], said: list[str]) -> dict[str, object]:
    """The message of the first button that acknowledges, of those that the page was told of."""
    updates = [json.loads(each[2:])[1] for each in said if each.startswith('42["update"')]
    elements = {number: each for update in updates for number, each in update.items() if each}
    number, button = next(each for each in elements.items() if each[1].get("props", {}).get("label") == ACKNOWLEDGE)
    listener = next(each["listener_id"] for each in button["events"] if each["type"] == "click")
    return {"client_id": query["client_id"], "id": int(number), "listener_id": listener, "args": ["{}"]}


async def heard(socket: ClientWebSocketResponse, within_s: float) -> list[str]:
    """What comes within that time."""
    said: list[str] = []
    end_s = time.monotonic() + within_s
    while (left_s := end_s - time.monotonic()) > 0:
        try:
            message = await asyncio.wait_for(socket.receive(), left_s)
        except TimeoutError:
            break
        if message.data == "2":
            await socket.send_str("3")
        said.append(str(message.data))
    return said


async def test_nobody_presses_a_button_of_another_users_page_or_writes_into_the_log(desk: Desk) -> None:
    theirs = await asyncio.to_thread(signed_in, desk, "viewer")
    token = await asyncio.to_thread(signed_in, desk, DISPATCHER.name)
    query = await page_at(desk, token)
    said = {"client_id": query["client_id"], "level": "error", "message": "the furnace is cold"}
    async with socket_of(desk, token, **query) as own:
        pressed = ["event", press(query, await heard(own, 2))]
        async with socket_of(desk, theirs) as other:
            for message in (pressed, ["log", said], ["event", []], ["ack", 1], ["javascript_response", {}]):
                await other.send_str("42" + json.dumps(message))
            assert DIALOG not in str(await heard(own, 1.5))
        await own.send_str("42" + json.dumps(pressed))
        assert DIALOG in str(await heard(own, 1.5))
    assert "the furnace is cold" not in desk.log.read_text()


@pytest.mark.slow
async def test_a_page_that_does_not_leave_with_its_session_gets_nothing_more(desk: Desk) -> None:
    token = await asyncio.to_thread(signed_in, desk, DISPATCHER.name)
    query = await page_at(desk, token)
    file = AccessFile(desk.folder / "data")
    async with socket_of(desk, token, **query) as socket:
        await asyncio.to_thread(file.change, replace(DISPATCHER, disabled=True), "test")
        assert "/sign-in?next=" in str(await heard(socket, 22))
        await asyncio.to_thread(raise_on, desk, "bf2")
        assert "update" not in str(await heard(socket, 5))
