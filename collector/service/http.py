"""The collector's own small HTTP door on loopback: /metrics (Prometheus), /healthz (alive) and /readyz (collecting)."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Handler

from collector.errors import CannotStart

UNANSWERED_S = 90.0
"""A connection on which nothing was answered for so long is closed: half a request would hold it for ever. Longer than
the 75 s for which an idle one is kept for its next request."""
LOOK_EVERY_S = 15.0
"""Half of Prometheus' usual pause between two scrapes: often enough for a limit of a minute and a half."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the service does its work; `waiting_for` names what it lacks, in plain words, and `not_fresh` the tags
    that are not known now though their sources answer."""

    ready: bool
    waiting_for: tuple[str, ...] = ()
    not_fresh: tuple[str, ...] = ()


def is_own_name(host: str) -> bool:
    """Whether a Host header names this machine: by address, by a name without a domain, or by the machine's own name.

    A page of a stranger can have its own name resolved to 127.0.0.1 and read what answers there; the name that stands
    in Host is still the stranger's, and has a domain.
    """
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return bool(name) and ("." not in name or name.lower() in (socket.gethostname(), socket.getfqdn()))
    return True


@web.middleware
async def own_names_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers 403 to a request for another name."""
    if len(request.headers.getall("Host", [])) != 1 or not is_own_name(request.headers["Host"]):
        raise web.HTTPForbidden(text="The collector answers to its own name or address only.")
    return await handler(request)


def _application(metrics: Callable[[], bytes], readiness: Callable[[], Readiness]) -> web.Application:
    async def show_metrics(_: web.Request) -> web.Response:
        return web.Response(body=metrics(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    async def show_health(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def show_readiness(_: web.Request) -> web.Response:
        state = readiness()
        return web.json_response(
            {
                "status": "ready" if state.ready else "not ready",
                "waiting_for": list(state.waiting_for),
                "not_fresh": list(state.not_fresh),
            },
            status=200 if state.ready else 503,
        )

    application = web.Application(middlewares=[own_names_only])
    application.router.add_get("/metrics", show_metrics)
    application.router.add_get("/healthz", show_health)
    application.router.add_get("/readyz", show_readiness)
    return application


class HttpServer:
    """Serves until closed. `port` 0 takes a free one, told by `port` after `open`."""

    def __init__(self, host: str, port: int, metrics: Callable[[], bytes], readiness: Callable[[], Readiness]) -> None:
        self._host = host
        self.port = port
        application = _application(metrics, readiness)
        application.middlewares.insert(0, self._note)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        self._answered_s: dict[web.RequestHandler, float] = {}
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Bind. Raises CannotStart if the port is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self.port)
        try:
            await site.start()
        except OSError as error:
            raise CannotStart(
                f"metrics cannot listen on {self._host}:{self.port}: {error.strerror}; "
                "stop what listens there, or set another metrics.port in plant.yaml"
            ) from error
        self.port = self._runner.addresses[0][1]
        self._watch = asyncio.create_task(self._close_unanswered())

    async def close(self) -> None:
        """Stop listening."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        await self._runner.cleanup()

    @web.middleware
    async def _note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._answered_s[request.protocol] = time.monotonic()
        return await handler(request)

    async def _close_unanswered(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            server, now_s = self._runner.server, time.monotonic()
            connections = [] if server is None else server.connections
            self._answered_s = {each: self._answered_s.get(each, now_s) for each in connections}
            for connection, answered_s in self._answered_s.items():
                if now_s - answered_s > UNANSWERED_S:
                    connection.force_close()
