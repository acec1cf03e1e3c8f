"""The service's own small doors: /metrics, /healthz, /readyz, and how late the loop is."""

import asyncio
import logging
import socket
import time
from typing import Any

import pytest
from aiohttp import ClientSession

from collector.errors import CannotStart
from collector.service import http
from collector.service.http import HttpServer, Readiness
from collector.service.loop_lag import LoopLag
from collector.service.strangers import Strangers
from tests.collector.service.steel_works import running


async def test_readiness_is_200_or_503_with_what_is_lacking() -> None:
    state = Readiness(False, ("source plc: not connected yet",), ("source dcs: not fresh: belt.rate",))
    door = HttpServer("127.0.0.1", 0, lambda: b"x 1\n", lambda: state)
    await door.open()
    try:
        async with ClientSession(f"http://127.0.0.1:{door.port}") as session:
            async with session.get("/readyz") as answer:
                assert answer.status == 503
                assert await answer.json() == {
                    "status": "not ready",
                    "waiting_for": ["source plc: not connected yet"],
                    "not_fresh": ["source dcs: not fresh: belt.rate"],
                }
            state = Readiness(True)
            async with session.get("/readyz") as answer:
                assert (answer.status, (await answer.json())["status"]) == (200, "ready")
            async with session.get("/healthz") as answer:
                assert answer.status == 200
            async with session.get("/metrics") as answer:
                assert (answer.headers["Content-Type"].split(";")[0], await answer.text()) == ("text/plain", "x 1\n")
            async with session.post("/metrics") as answer:
                assert answer.status == 405
    finally:
        await door.close()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8687", 200),
        ("localhost", 200),
        ("[::1]:8687", 200),
        ("192.168.1.7:8687", 200),
        ("collector:8687", 200),
        (socket.gethostname(), 200),
        ("evil.example", 403),
        ("evil.example:8687", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/healthz"])
async def test_only_our_own_name_is_answered(path: str, host: str, status: int) -> None:
    door = HttpServer("127.0.0.1", 0, lambda: b"x 1\n", lambda: Readiness(True))
    await door.open()
    try:
        async with (
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{door.port}{path}", headers={"Host": host}) as answer,
        ):
            assert answer.status == status
    finally:
        await door.close()


async def test_half_a_request_does_not_hold_its_connection_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(http, "UNANSWERED_S", 0.3)
    door = HttpServer("127.0.0.1", 0, lambda: b"x 1\n", lambda: Readiness(True))
    await door.open()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(b"GET /metrics HTTP/1.1\r\nHost: 127")
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()
    finally:
        await door.close()


@pytest.mark.parametrize(
    "request_text",
    [
        "GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
        "GET /metrics HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n",
        "GET http://[::1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET //a..b/metrics HTTP/1.1\r\nHost: a..b\r\n\r\n",
        "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
        "x" * 100_000,
    ],
)
async def test_what_is_no_request_is_refused_and_is_a_line_in_the_log_at_most(request_text: str) -> None:
    lines: list[str] = []
    handler = logging.Handler()
    handler.addFilter(Strangers())
    handler.emit = lambda record: lines.append(handler.format(record))
    door = HttpServer("127.0.0.1", 0, lambda: b"x 1\n", lambda: Readiness(True))
    await door.open()
    logging.getLogger().addHandler(handler)
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(request_text.encode("latin-1") + b"\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(1000), 10)
        writer.close()
    finally:
        logging.getLogger().removeHandler(handler)
        await door.close()
    assert not answer.startswith(b"HTTP/1.1 200")
    assert "Traceback" not in "".join(lines)
    assert len("\n".join(lines).splitlines()) <= 1


async def test_a_port_that_is_taken_is_one_line_with_the_next_step() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        door = HttpServer("127.0.0.1", port, bytes, lambda: Readiness(True))
        with pytest.raises(CannotStart, match=f"127.0.0.1:{port}.*another metrics.port") as caught:
            await door.open()
        await door.close()
    assert "\n" not in str(caught.value)
    assert "None" not in str(caught.value)


async def test_a_host_that_is_not_ours_is_one_line_with_the_next_step() -> None:
    door = HttpServer("no-such-host.invalid", 0, bytes, lambda: Readiness(True))
    with pytest.raises(CannotStart, match="no-such-host") as caught:
        await door.open()
    await door.close()
    assert "None" not in str(caught.value)


@pytest.mark.alone
async def test_a_blocked_loop_shows_as_lag_and_is_forgotten_after_the_window() -> None:
    lag = LoopLag(window_s=0.3)
    async with running(lag.run()):
        await asyncio.sleep(0.05)
        assert lag.worst_ms < 50
        time.sleep(0.1)
        await asyncio.sleep(0.02)
        assert lag.worst_ms > 70
        await asyncio.sleep(0.5)
        assert lag.worst_ms < 70


@pytest.mark.alone
async def test_a_block_shows_in_full_whenever_it_falls_and_an_idle_loop_is_not_woken() -> None:
    lag, turns = LoopLag(), 0
    loop: Any = asyncio.get_running_loop()
    look = loop._selector.select

    def counted(wait_s: float | None = None) -> Any:  # noqa: ANN401 - as the selector's
        nonlocal turns
        turns += 1
        return look(wait_s)

    loop._selector.select = counted
    async with running(lag.run()):
        await asyncio.sleep(0.01)
        before = turns
        await asyncio.sleep(0.5)
        assert turns - before <= 3
        for _ in range(5):
            time.sleep(0.06)  # between two wake-ups of a clock that looks now and then, it would show in part
            await asyncio.sleep(0)
            assert lag.worst_ms >= 60
    loop._selector.select = look


@pytest.mark.alone
async def test_two_that_measure_one_loop_end_in_any_order_and_leave_it_as_it_was() -> None:
    loop: Any = asyncio.get_running_loop()
    look, first, second = loop._selector.select, LoopLag(), LoopLag()
    async with running(first.run()):
        await asyncio.sleep(0)
        other = asyncio.create_task(second.run())
        await asyncio.sleep(0.01)
    time.sleep(0.08)
    await asyncio.sleep(0.01)
    assert second.worst_ms >= 70
    assert first.worst_ms < 70
    other.cancel()
    await asyncio.sleep(0.01)
    for _ in range(2):
        await asyncio.sleep(0)
    time.sleep(0.12)
    await asyncio.sleep(0)
    assert second.worst_ms < 110
    loop._selector.select = look
