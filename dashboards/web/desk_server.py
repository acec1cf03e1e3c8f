"""The server of the pages: it gives up on half requests, and ends in time however busy it is."""

import asyncio
import contextlib
import os
import threading
from types import FrameType

import uvicorn

from dashboards.web.half_requests import HalfRequests

LOOK_EVERY_S = 15.0
"""Often enough for half requests, which have a minute and a half."""
END_LIMIT_S = 8.0
"""After the first signal. A container engine kills after ten seconds; a desk that two hundred viewers kept busy took
over thirty to close their pages."""


class DeskServer(uvicorn.Server):
    """See uvicorn."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends the process at the latest `END_LIMIT_S` after the first signal, also where its loop has no turn for it.

        Nothing is lost by that: what was saved is synced, and a save whose answer nobody got is accepted once.
        """
        if not self.should_exit:
            last = threading.Timer(END_LIMIT_S, os._exit, (0,))
            last.daemon = True
            last.start()
        super().handle_exit(sig, frame)

    async def main_loop(self) -> None:
        """See uvicorn."""
        watch = asyncio.create_task(self._watch())
        try:
            await super().main_loop()
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        half = HalfRequests()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            half.look(list(self.server_state.connections))
