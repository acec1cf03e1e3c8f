"""What answers in the place of a database: its length, form and bytes harm nothing, and the rows are kept."""

import asyncio
import gzip
import json

import pytest
from aiohttp import web

from collector.errors import SinkRejected, SinkUnavailable
from collector.influx.answer import sentence
from collector.influx.bounded_answer import LONGEST_ANSWER
from collector.influx.client import InfluxClient
from collector.influx.demo_mark import await_mark
from collector.influx.packing import gzip_member
from collector.influx.retry import Retry
from collector.influx.settings import InfluxSettings
from tests.collector.influx.answering import Answering

MEGABYTE = 2**20


@pytest.mark.parametrize("status", [200, 400, 500])
async def test_an_answer_without_end_is_read_to_a_limit(answering: Answering, status: int) -> None:
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(status=status)
        await response.prepare(request)
        while sent < 40 * LONGEST_ANSWER:
            await response.write(b"x" * MEGABYTE)
            sent += MEGABYTE
        return response

    client = await answering(answer, timeout_s=20)
    with pytest.raises(SinkUnavailable, match="longer than 16 MB"):
        await client.write("b", gzip_member(b"m v=1 1\n"))
    assert sent < 2 * LONGEST_ANSWER


async def test_packed_bytes_are_not_unpacked(answering: Answering) -> None:
    bomb = gzip.compress(bytes(200 * MEGABYTE))

    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.headers["Accept-Encoding"] == "identity"
        return web.Response(status=400, body=bomb, headers={"Content-Encoding": "gzip"})

    client = await answering(answer, timeout_s=20)
    with pytest.raises(SinkUnavailable) as kept:
        await client.write("b", gzip_member(b"m v=1 1\n"))
    assert len(str(kept.value)) < 600


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sign in</html>",
        b"[" * 200_000,
        b'{"results": "none"}',
        b"{}",
        b"null",
        b'{"results": []}',
        b'{"results": [{"series": [{}]}]}',
        b"\xff\xfe\x00",
    ],
)
async def test_a_success_that_is_no_answer_to_a_query_says_so(answering: Answering, body: bytes) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=200, body=body, content_type="application/json")

    client = await answering(answer, timeout_s=20)
    with pytest.raises(SinkUnavailable, match=r"cannot be used: .*; check that influxdb url leads to"):
        await client.query("b", "SHOW MEASUREMENTS LIMIT 1")


async def test_a_success_that_holds_an_error_alone_is_told_in_the_servers_words(answering: Answering) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"error": "not implemented: DROP MEASUREMENT"})

    client = await answering(answer, timeout_s=20)
    with pytest.raises(SinkUnavailable, match="bucket b: not implemented: DROP MEASUREMENT"):
        await client.query("b", "SHOW MEASUREMENTS LIMIT 1")


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, bytes(range(256)) * 400, json.dumps({"message": "\x1b[2J" + "y" * 9000}).encode()]
)
def test_garbage_is_one_short_line_without_control_characters(body: bytes) -> None:
    said = sentence(body)
    assert len(said) <= 303
    assert said.isprintable()


async def test_a_wait_that_the_server_asks_for_is_known_and_ends_with_its_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    retry, slept = Retry("outbox"), []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        assert retry.again_s is not None

    monkeypatch.setattr(asyncio, "sleep", sleep)
    await retry.failed(SinkUnavailable("too many requests", 280.0))
    assert slept == [280.0]
    retry.succeeded()
    assert retry.again_s is None


async def test_bytes_that_are_no_http_are_one_short_line() -> None:
    async def spoil(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes(range(1, 256)) * 16)
        writer.close()

    async with await asyncio.start_server(spoil, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        client = InfluxClient(InfluxSettings(url=url, dialect="v1", bucket="b", raw_bucket="r"))
        with pytest.raises(SinkUnavailable) as kept:
            await client.write("b", gzip_member(b"m v=1 1\n"))
        await client.close()
    assert len(str(kept.value)) < 400
    assert str(kept.value).isprintable()


async def test_a_mark_that_something_refuses_is_asked_for_again_and_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def at_once(_: float) -> None: ...

    monkeypatch.setattr(asyncio, "sleep", at_once)
    answers = iter([SinkRejected("no", refused="proxy policy"), SinkUnavailable("away")])

    async def check() -> None:
        error = next(answers, None)
        if error is not None:
            raise error

    await await_mark(check)
    assert next(answers, None) is None
