"""Where the alerts of a demo go: a receiver of webhooks on loopback that shows each message once."""

from collections.abc import Callable
from types import TracebackType
from typing import Any

from aiohttp import web

from collector.simulation.on_call import ON_CALL

ROLES = ("dispatcher", "shop_chief", "production_director", "shop", "digest", "instruments", "mine_safety")


class Inbox:
    """Listens on a free port while its context is entered. `show` gets the role, the subject and the text."""

    def __init__(self, show: Callable[[str, str, str], None]) -> None:
        self._show = show
        self._known: set[str] = set()
        application = web.Application()
        application.router.add_post("/", self._take)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> "Inbox":
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def section(self) -> dict[str, Any]:
        """The section `alerts` of a plant.yaml by which everybody's messages come here."""
        channels = [{"type": "webhook", "url": f"http://127.0.0.1:{self._runner.addresses[0][1]}/"}]
        people = {code: {"name": name, "channels": channels} for code, name in ON_CALL.items()}
        return {"roles": dict.fromkeys(ROLES, channels), "people": people}

    async def _take(self, request: web.Request) -> web.Response:
        message = await request.json()
        if message["id"] not in self._known:
            self._known.add(message["id"])
            self._show(message["role"], message["subject"], message["text"])
        return web.Response(status=204)
