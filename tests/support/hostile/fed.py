"""A collector's own reader, fed with bytes as if they came off the line: no socket, everything else is real."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.connection import SecureConnection, TransportLimits
from asyncua.common.utils import Buffer
from asyncua.crypto.security_policies import SecurityPolicy, SecurityPolicyBasic256Sha256, SecurityPolicyNone
from asyncua.ua.ua_binary import struct_from_binary
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from collector.sources.base import SourceHealth
from collector.sources.opcua import SOURCE
from collector.sources.opcua.answers import answer_to
from collector.sources.opcua.browse import _shown, data_type, node_text
from collector.sources.opcua.certificate import make_certificate
from collector.sources.opcua.connection import Connection, ServerFacts, refusal_or_outage
from collector.sources.opcua.decode import DecodedColumns, decode_read_response
from collector.sources.opcua.good_value import good_value
from collector.sources.opcua.guarded_channel import GuardedProtocol
from collector.sources.opcua.guarded_client import published_in
from collector.sources.opcua.items import MonitoredItems
from collector.sources.opcua.poll import ReadPlan, node_faults
from collector.sources.opcua.ring import EventRing, RingTaken
from collector.sources.opcua.security import Credentials, check_endpoints, load_credentials
from collector.sources.opcua.status_quality import StatusQuality
from collector.sources.opcua.subscribe import Subscription
from collector.sources.opcua.suspects import Suspects
from collector.sources.opcua.targets import Target, to_batch
from models.works.codes import TagKind
from tests.support.hostile.answers import GAUGES, URI, SoundAnswer
from tests.support.opcua_works import RING_ADDRESS, make_tag

RECEIVED_NS = 1_795_000_000_000_000_000


class FakeTransport:
    """Takes what is written, and knows whether it was closed."""

    closed = False

    def write(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


class _FedConnection(Connection):
    """Reads give what was decoded last."""

    fed: Sequence[ua.DataValue] = ()

    async def read(self, nodes: Sequence[ua.NodeId]) -> list[ua.DataValue]:
        if len(self.fed) < len(nodes):
            raise ConnectionError("another number of values came")
        return list(self.fed[: len(nodes)])


def policies(mode: ua.MessageSecurityMode) -> tuple[SecurityPolicy, SecurityPolicy]:
    """(the collector's, the server's) of one channel that is open, with the same keys."""
    if mode == ua.MessageSecurityMode.None_:
        return SecurityPolicyNone(), SecurityPolicyNone()
    now = datetime.now(UTC) - timedelta(minutes=1)
    pairs = [make_certificate(name, ["127.0.0.1"], 30, now) for name in ("urn:ours", "urn:server")]
    certificates = [x509.load_pem_x509_certificate(certificate) for certificate, _ in pairs]
    keys = [cast("Any", load_pem_private_key(key, None)) for _, key in pairs]
    ours = SecurityPolicyBasic256Sha256(certificates[1], certificates[0], keys[0], mode)
    theirs = SecurityPolicyBasic256Sha256(certificates[0], certificates[1], keys[1], mode)
    for policy, local, remote in ((ours, b"c" * 32, b"s" * 32), (theirs, b"s" * 32, b"c" * 32)):
        policy.make_local_symmetric_key(remote, local)
        policy.make_remote_symmetric_key(local, remote, 3_600_000)
    return ours, theirs


class FedCollector:
    """One channel in one mode of security. `ended`: how often it ended the connection, which is then made anew."""

    def __init__(self, mode: ua.MessageSecurityMode) -> None:
        self.ours, self._theirs = policies(mode)
        self.ended = 0
        self.used = 0
        config: Any = SOURCE.config.model_validate(
            {"name": "plc", "type": "opcua", "url": "opc.tcp://127.0.0.1:4840", "security": {"policy": "None"}}
        )
        self._config = config
        self._credentials: Credentials = load_credentials(config, Path(), datetime.now(UTC))
        client = Client(config.url)
        self._connection = _FedConnection(client, config, self._credentials, lambda: RECEIVED_NS)
        facts = ServerFacts(("http://opcfoundation.org/UA/", "urn:server", URI), 0, 0)
        self._connection.facts = self._facts = facts
        self._targets = [Target(make_tag(f"bf3.g{row}"), row, f"nsu={URI};s=g{row}") for row in range(GAUGES)]
        self._suspects = Suspects(10.0, 60.0, time.monotonic)
        self._plan = ReadPlan(self._connection, self._targets, "source", self._suspects)
        self._quality = StatusQuality({})
        self._uses: dict[str, Callable[[Any, Buffer], Any]] = {
            "poll": self._poll,
            "ring": self._ring,
            "learn": self._learn,
            "clock": self._clock,
            "show": self._show,
            "publish": self._publish,
            "browse": self._browse,
            "endpoints": self._endpoints,
            "decode": self._decode,
        }
        self.connect()

    def connect(self) -> None:
        """A new connection, with the channel open."""
        self.transport = FakeTransport()
        self.protocol = GuardedProtocol(10.0, self.ours)
        self.protocol.connection_made(cast("Any", self.transport))
        self.protocol._connection._open = True
        self._server = SecureConnection(self._theirs, TransportLimits(65_535, 65_535, 0, 0))
        for side in (self.protocol._connection, self._server):
            side.security_token = ua.ChannelSecurityToken(ua.UInt32(1), ua.UInt32(13))
        self._request_id = 0

    def encoded(self, body: bytes) -> bytes:
        """The chunks of an answer to the request that is made next, rightly secured."""
        return self._server.message_to_binary(body, request_id=self._request_id + 1)

    async def feed(self, answer: SoundAnswer, wire: bytes) -> int:
        """Ask, receive these bytes, and use what was decoded; the CPU nanoseconds that this took."""
        self._request_id += 1
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        expected = answer_to(answer.request, in_columns=answer.use in ("poll", "publish"))
        self.protocol.expect(self._request_id, future, expected)
        began = time.thread_time_ns()
        error: BaseException | None = None
        self.protocol.data_received(wire)
        try:
            if future.done():
                found = self._uses[answer.use](answer.request, future.result())
                if asyncio.iscoroutine(found):
                    await found
                self.used += 1
        except Exception as raised:  # what a source takes for an outage; its text is made as the source makes it
            error = refusal_or_outage(raised, self._config, "reading").__cause__ or raised
        took = time.thread_time_ns() - began
        if error is not None:
            assert not isinstance(error, MemoryError | RecursionError), error
        if self.transport.closed or self.protocol._gathered or not future.done():
            self.ended += 1
            with contextlib.suppress(Exception):
                self.protocol.connection_lost(None)
            if future.done():
                future.exception()
            self.connect()
        return took

    def _response(self, request: type, body: Buffer) -> Any:  # noqa: ANN401 - of the library
        response = struct_from_binary(getattr(ua, request.__name__.removesuffix("Request") + "Response"), body)
        response.ResponseHeader.ServiceResult.check()
        return response

    def _decode(self, request: type, body: Buffer) -> None:
        self._response(request, body)

    def _poll(self, _: type, body: Buffer) -> None:
        columns = DecodedColumns.empty(GAUGES)
        decode_read_response(body, columns, 0, GAUGES, "source")
        node_faults(columns)
        to_batch("plc", self._plan.tags, columns, self._quality.column(columns.status), RECEIVED_NS, "source")

    async def _ring(self, request: type, body: Buffer) -> None:
        self._connection.fed = self._response(request, body).Results
        address = SOURCE.address.model_validate(RING_ADDRESS).ring
        ring = EventRing("plc", make_tag("bf3.tap", TagKind.EVENT), address, RingTaken(3))
        nodes = self._connection.fed
        image = await ring.read(_RingConnection(self._connection, nodes), self._quality, RECEIVED_NS)  # type: ignore[arg-type]
        ring.commit(image)

    async def _learn(self, request: type, body: Buffer) -> None:
        self._connection.fed = self._response(request, body).Results
        try:
            await self._connection.learn()
            self._connection.resolve(f"nsu={URI};s=g1")
        finally:
            self._connection.facts = self._facts

    async def _clock(self, request: type, body: Buffer) -> None:
        self._connection.fed = self._response(request, body).Results
        await self._connection.clock_offset_s()

    def _show(self, request: type, body: Buffer) -> None:
        for value in self._response(request, body).Results:
            data_type(value)
            _shown(good_value(value))

    async def _publish(self, _: type, body: Buffer) -> None:
        published = published_in(self.protocol, body, "source")
        items = MonitoredItems(self._connection, self._targets, self._suspects)
        subscription = Subscription(self._connection, self._config, items, SourceHealth(), lambda: RECEIVED_NS)
        # Nothing follows here, so nothing is waited for, whatever it says.
        await subscription._received(replace(published, more=False))
        await subscription.next(1.0)

    def _browse(self, request: type, body: Buffer) -> None:
        for result in self._response(request, body).Results:
            for reference in result.References or []:
                node_text(reference.NodeId, self._facts.namespaces)

    def _endpoints(self, request: type, body: Buffer) -> None:
        check_endpoints(self._response(request, body).Endpoints, self._credentials, self._config, Path())


class _RingConnection:
    """Gives all five nodes at the first read, and sequence and key at the second."""

    def __init__(self, connection: Connection, values: Sequence[ua.DataValue]) -> None:
        self._values = values
        self.resolve = connection.resolve

    async def read(self, nodes: Sequence[ua.NodeId]) -> list[ua.DataValue]:
        if len(self._values) != 5:
            raise ConnectionError("another number of values came")
        return list(self._values if len(nodes) == 5 else self._values[1:3])
