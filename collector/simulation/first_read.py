"""When a value of the works is read for the first time, by somebody who connected to its server."""

import asyncio

from asyncua.common.callback import Callback, CallbackService, ServerItemCallback


class FirstRead:
    """A listener of the server's reads. What a client asks while it connects is not in `namespace`."""

    def __init__(self) -> None:
        self.namespace = -1
        self._came = asyncio.Event()

    async def wait(self) -> None:
        """Until somebody reads."""
        await self._came.wait()

    def read(self, event: Callback, _service: CallbackService) -> None:
        """The server is about to answer a read."""
        if not isinstance(event, ServerItemCallback) or not event.is_external:
            return
        if any(item.NodeId.NamespaceIndex == self.namespace for item in event.request_params.NodesToRead):
            self._came.set()
