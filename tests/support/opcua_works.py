"""A real OPC UA server in the test's own loop, a line to it that can be cut, and a source that is run against it."""

import asyncio
import contextlib
import gc
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

from asyncua import Server, ua

from collector.sources.base import Delivery, Source
from models.works.codes import TagKind
from models.works.plant import Conversion, Tag
from tests.support.ports import free_port

URI = "urn:test:plant"


class Recorder:
    """Every request that the servers of a test took: (monotonic seconds, name), and the node counts of reads.

    `unanswered`: by identifier of a node, what the server does with requests for it: it sends no answer and goes on
    (SILENT), it answers nothing of that connection any more (HOLDS_UP_ALL), or a fault of this status code. `most`: it
    does the same (second) with reads of more nodes than the first says.
    """

    SILENT = 0
    HOLDS_UP_ALL = 1

    def __init__(self) -> None:
        self.requests: list[tuple[float, str]] = []
        self.reads: list[int] = []
        self.unanswered: dict[object, int] = {}
        self.most: tuple[int, int] | None = None

    def fault(self, asked: set[object]) -> int | None:
        """What becomes of a request for these nodes; None: it is answered."""
        if self.most is not None and len(asked) > self.most[0]:
            return self.most[1]
        return max((self.unanswered[node] for node in asked & self.unanswered.keys()), default=None)

    def names(self) -> set[str]:
        return {name for _, name in self.requests}

    def count(self, name: str) -> int:
        return sum(1 for _, request in self.requests if request == name)


class Works:
    """A server with variables in one namespace, which can be stopped and started again on its port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"opc.tcp://127.0.0.1:{self.port}"
        self.uris = [URI]
        self.users: Any = None
        self.policies = [ua.SecurityPolicyType.NoSecurity]
        self.prepare: Callable[[Any], Awaitable[None]] | None = None
        self.nodes_per_read = 0
        self.server: Any = None
        self.nodes: dict[str, Any] = {}

    async def start(self, **values: object) -> None:
        self.server = Server(user_manager=self.users)
        gc.disable()  # building the standard address space makes many objects and no garbage
        try:
            await self.server.init()
        finally:
            gc.freeze()  # and none of it need be looked through again
            gc.enable()
        self.server.set_endpoint(self.url)
        self.server.set_security_policy(self.policies)
        if self.prepare is not None:
            await self.prepare(self.server)
        for uri in self.uris:
            self.index = await self.server.register_namespace(uri)
        if self.nodes_per_read:
            limit = ua.NodeId(ua.ObjectIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead)
            await self.server.get_node(limit).write_value(ua.Variant(self.nodes_per_read, ua.VariantType.UInt32))
        for name, value in values.items():
            await self.add(name, value)
        await self.server.start()

    async def add(self, name: str, value: object) -> None:
        variant = value if isinstance(value, ua.Variant) else ua.Variant(value)
        self.nodes[name] = await self.server.nodes.objects.add_variable(
            ua.NodeId(name, self.index), f"{self.index}:{name}", variant
        )
        await self.write(name, variant)

    async def write(self, name: str, value: object, status: int = 0, source: datetime | None = None) -> None:
        variant = value if isinstance(value, ua.Variant) else ua.Variant(value)
        now = datetime.now(UTC)
        data = ua.DataValue(variant, ua.StatusCode(status), source or now, now)
        await self.server.write_attribute_value(self.nodes[name].nodeid, data)

    async def stop(self) -> None:
        if self.server is not None:
            server, self.server = self.server, None
            if server.iserver.time_task is not None:
                server.iserver.time_task.cancel()  # otherwise stopping waits for the next second
                server.iserver.time_task = None
            await server.stop()
            server.iserver.aspace._nodes.clear()


def make_tag(name: str, kind: TagKind = TagKind.GAUGE, **keys: object) -> Tag:
    unit, _, signal = name.partition(".")
    settings: dict[str, Any] = {"unit_of_measure": "t/h", "cadence_s": 1.0, "conversion": Conversion()} | keys
    return Tag(name=name, signal=signal, kind=kind, site="works", shop="shop", unit=unit, source="plc", **settings)


COMES_S = 60.0
"""What is to come has come by then, on any machine: a wait that is over costs nothing."""


class Running:
    """A source under test with what it delivered."""

    def __init__(self) -> None:
        self.source: Source
        self.deliveries: list[Delivery] = []
        self.refuse: Callable[[Delivery], Awaitable[None]] | None = None
        self.task: asyncio.Task[None]

    async def accept(self, delivery: Delivery) -> None:
        if self.refuse is not None:
            await self.refuse(delivery)
        self.deliveries.append(delivery)

    async def until(self, condition: Callable[[], object], within_s: float = COMES_S) -> None:
        """Wait until the condition holds, and fail with what the source says of itself if it does not."""
        end = time.monotonic() + within_s
        while not condition():
            if self.task.done():
                self.task.result()
            assert time.monotonic() < end, (
                f"not within {within_s} s: {self.source.health}, {len(self.deliveries)} deliveries"
            )
            await asyncio.sleep(0.01)

    def rows(self) -> list[tuple[int, float, int, int]]:
        """(tag index, value, time_ns, quality) of everything delivered."""
        return [
            row
            for delivery in self.deliveries
            if (batch := delivery.readings) is not None
            for row in zip(
                batch.tags.tolist(), batch.values.tolist(), batch.times_ns.tolist(), batch.quality.tolist(), strict=True
            )
        ]

    def latest(self) -> dict[int, float]:
        return {row[0]: row[1] for row in self.rows()}

    def events(self) -> list[tuple[int, str, float]]:
        return [(event.sequence, event.key, event.tonnes) for delivery in self.deliveries for event in delivery.events]

    def gaps(self) -> list[tuple[str, int, int]]:
        return [gap for delivery in self.deliveries for gap in delivery.gaps]

    def rejections(self) -> list[Any]:
        return [rejection for delivery in self.deliveries for rejection in delivery.rejections]


RING_ADDRESS = {"ring": {part: f"nsu={URI};s=ring_{part}" for part in ("head", "sequence", "key", "tonnes", "end")}}


class Proxy:
    """A TCP line that a test can cut (both ends see it close), let fall silent (nobody sees anything) or slow down:
    each byte arrives `delay_s` later, in either direction."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.port = 0
        self.silent = False
        self.delay_s = 0.0
        self.refusing = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: Any = None

    @property
    def url(self) -> str:
        return f"opc.tcp://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refusing:
            writer.close()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        self._writers |= {writer, far_writer}
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop, last = asyncio.get_running_loop(), 0.0

        def in_turn(do: Callable[..., object], *arguments: object) -> None:
            nonlocal last
            # Never before what came earlier, also while the delay changes.
            last = max(loop.time() + self.delay_s, last + 1e-6)
            if last <= loop.time() + 1e-6:
                do(*arguments)
            else:
                loop.call_at(last, do, *arguments)

        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                if not self.silent:
                    in_turn(writer.write, data)
        in_turn(writer.close)
        in_turn(self._writers.discard, writer)

    def cut(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def stop(self) -> None:
        self.cut()
        self._server.close()


RunSource = Callable[..., AbstractAsyncContextManager[Running]]
