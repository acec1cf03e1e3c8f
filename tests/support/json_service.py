"""A real web server of this process, whose answers a test decides, with what it was asked."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Answering = Callable[[web.Request], web.StreamResponse | Awaitable[web.StreamResponse]]


@dataclass
class JsonService:
    """`answer` is replaced by the test. `asked`: path with parameters and headers of each request."""

    port: int = 0
    answer: Answering = field(default=lambda _request: web.json_response([]))
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def json_service(answer: Answering) -> AsyncIterator[JsonService]:
    service = JsonService(answer=answer)

    async def handle(request: web.Request) -> web.StreamResponse:
        service.asked.append((request.path_qs, dict(request.headers)))
        answer = service.answer(request)
        return answer if isinstance(answer, web.StreamResponse) else await answer

    app = web.Application()
    app.router.add_get("/{tail:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service.port = runner.addresses[0][1]
    try:
        yield service
    finally:
        await runner.cleanup()
