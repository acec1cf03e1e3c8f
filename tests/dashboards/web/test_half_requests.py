"""A stranger at the page's door holds no place for ever, and fills no log."""

import asyncio
import re
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession

from dashboards.web.half_requests import UNANSWERED_S, HalfRequests
from tests.dashboards.web.conftest import Desk

pytestmark = pytest.mark.long

SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
FRAMES = (
    '42["handshake",{}]',
    "42[",
    "4\x00",
    '42["handshake","x"]',
    "9999",
    "42" + "[" * 5000,
    b"\xff\x00",
    '451-["event",{"_placeholder":true,"num":0}]',
    "42{}",
)


def _connection(cycle: object) -> SimpleNamespace:
    closed: list[bool] = []
    transport = SimpleNamespace(abort=lambda: closed.append(True))
    return SimpleNamespace(cycle=cycle, transport=transport, closed=closed)


def test_half_a_request_is_closed_after_its_limit_and_a_whole_one_never() -> None:
    now_s = 0.0
    half = HalfRequests(lambda: now_s)
    stands, moves, socket = _connection(None), _connection(object()), SimpleNamespace(transport=None)
    for _ in range(20):
        half.look([stands, moves, socket])
        now_s += 15
        moves.cycle = SimpleNamespace(number=now_s)  # another request on the same connection
    assert stands.closed
    assert not moves.closed
    assert UNANSWERED_S < 20 * 15


async def test_frames_of_a_stranger_write_a_line_each_at_most_and_the_page_goes_on(desk: Desk) -> None:
    before = len(desk.log.read_text(encoding="utf-8"))
    async with ClientSession() as session:
        for frame in FRAMES * 3:
            async with session.ws_connect(desk.url + SOCKET, headers={"Origin": desk.url}) as socket:
                await asyncio.wait_for(socket.receive(), 10)
                await socket.send_str("40")
                await asyncio.wait_for(socket.receive(), 10)
                await (socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame))
        await asyncio.sleep(1)
        async with session.get(desk.url) as answer:
            assert answer.status == 200
    written = desk.log.read_text(encoding="utf-8")[before:]
    assert "Traceback" not in written
    assert 1 <= len(re.findall("not understood at", written)) == len(written.splitlines()) <= 12
