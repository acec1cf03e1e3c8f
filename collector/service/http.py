"""The collector's own small HTTP door on loopback: /metrics (Prometheus), /healthz (alive) and /readyz (collecting)."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from collector.errors import CannotStart


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the service does its work; `waiting_for` names what it lacks, in plain words, and `not_fresh` the tags
    that are not known now though their sources answer."""

    ready: bool
    waiting_for: tuple[str, ...] = ()
    not_fresh: tuple[str, ...] = ()


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

    application = web.Application()
    application.router.add_get("/metrics", show_metrics)
    application.router.add_get("/healthz", show_health)
    application.router.add_get("/readyz", show_readiness)
    return application


class HttpServer:
    """Serves until closed. `port` 0 takes a free one, told by `port` after `open`."""

    def __init__(self, host: str, port: int, metrics: Callable[[], bytes], readiness: Callable[[], Readiness]) -> None:
        self._host = host
        self.port = port
        self._runner = web.AppRunner(_application(metrics, readiness), access_log=None, shutdown_timeout=1.0)

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

    async def close(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()
