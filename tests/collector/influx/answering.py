"""A client of a server whose every answer is a function of the test."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from collector.influx.client import InfluxClient
from collector.influx.settings import InfluxSettings
from tests.support.ports import free_port

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Answering(Protocol):
    """Starts a server that answers so, and gives a client of it."""

    async def __call__(self, answer: Answer, timeout_s: float = 0.5) -> InfluxClient: ...


@asynccontextmanager
async def answering_servers() -> AsyncIterator[Answering]:
    """What is started is ended with the context."""
    closing: list[Callable[[], Awaitable[None]]] = []

    async def start(answer: Answer, timeout_s: float = 0.5) -> InfluxClient:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        url = f"http://127.0.0.1:{port}"
        settings = InfluxSettings(
            url=url, dialect="v2", bucket="b", raw_bucket="b_raw", org="o", token="t", timeout_s=timeout_s
        )
        made = InfluxClient(settings)
        closing.extend([made.close, runner.cleanup])
        return made

    yield start
    for close in closing:
        await close()
