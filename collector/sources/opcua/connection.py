"""One session with a server, opened step by step so that each check comes before what depends on it, and closed."""

import asyncio
import difflib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.utils import Buffer
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import UaError, UaStatusCodeError

from collector.errors import CollectorError, SourceRefused, SourceUnavailable
from collector.sources.opcua.address import split_node
from collector.sources.opcua.answers import ExpectedAnswer
from collector.sources.opcua.budget import RequestBudget, session_slot
from collector.sources.opcua.certificate import utc_from_ns
from collector.sources.opcua.clock import clock_offset_s, datetime_to_ns
from collector.sources.opcua.config import OpcUaConfig
from collector.sources.opcua.good_value import good_value, stated_limit
from collector.sources.opcua.guarded_channel import GuardedProtocol
from collector.sources.opcua.guarded_client import GuardedClient
from collector.sources.opcua.requests import send_encoded
from collector.sources.opcua.security import (
    Credentials,
    check_endpoints,
    check_password_is_encrypted,
    load_credentials,
)
from collector.sources.opcua.short_text import one_line, short_repr

_NAMESPACES = ua.NodeId(ua.Int32(ObjectIds.Server_NamespaceArray))
_CURRENT_TIME = ua.NodeId(ua.Int32(ObjectIds.Server_ServerStatus_CurrentTime))
_MAX_READ = ua.NodeId(ua.Int32(ObjectIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead))
_MAX_MONITOR = ua.NodeId(ua.Int32(ObjectIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall))
_NODE_KINDS = {
    "i": ua.NodeIdType.Numeric,
    "s": ua.NodeIdType.String,
    "g": ua.NodeIdType.Guid,
    "b": ua.NodeIdType.ByteString,
}
_NO_LIMIT = 1 << 30
_MOST_NAMESPACES, _LONGEST_URI = 1_000, 1_000
"""A server has some tens, of a hundred letters. They are kept with each address."""
_REQUESTS_TO_CONNECT = 10
# A person has to act before these go away. (All codes of certificates are among them.)
_REFUSALS = frozenset(
    {
        StatusCodes.BadUserAccessDenied,
        StatusCodes.BadIdentityTokenRejected,
        StatusCodes.BadIdentityTokenInvalid,
        StatusCodes.BadSecurityChecksFailed,
        StatusCodes.BadSecurityPolicyRejected,
        StatusCodes.BadSecurityModeRejected,
    }
    | {code for name, code in vars(StatusCodes).items() if name.startswith("BadCertificate")}
)


class UnknownNamespace(ValueError):
    """The server has no such namespace now; it may have it later."""


def refusal_or_outage(error: BaseException, config: OpcUaConfig, doing: str) -> CollectorError:
    """Our error for what the library raised while `doing` something at the server."""
    if isinstance(error, CollectorError):
        return error
    if isinstance(error, UaStatusCodeError) and error.code in _REFUSALS:
        name = type(error).__name__
        user = (
            f"user {config.user} and its password_file" if config.user else "whether the server allows anonymous users"
        )
        step = (
            f"check {user}"
            if "Identity" in name or "UserAccess" in name
            else "have the server trust our certificate (`tundish cert show` gives its fingerprint), and check security"
        )
        return SourceRefused(f"{config.url} refused us while {doing}: {name}; {step}")
    text = "no answer in time" if isinstance(error, TimeoutError) else (one_line(error) or type(error).__name__)
    return SourceUnavailable(f"{config.url} failed while {doing}: {text}; check that the server runs and is reachable")


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What the server says of itself after connecting. A limit of 0 means that it states none."""

    namespaces: tuple[str, ...]
    max_nodes_per_read: int
    max_items_per_call: int


class Connection:
    """A session that is open. Every request passes the request budget and has a time limit."""

    def __init__(
        self, client: Client, config: OpcUaConfig, credentials: Credentials, clock_ns: Callable[[], int]
    ) -> None:
        self.client = client
        self.config = config
        self.credentials = credentials
        self.facts = ServerFacts((), 0, 0)
        self._clock_ns = clock_ns
        self._renew_at_s = 0.0
        self._refused = _NO_LIMIT

    @property
    def nodes_per_read(self) -> int:
        """How many nodes go into one read."""
        stated = self.facts.max_nodes_per_read or _NO_LIMIT
        return min(self.config.limits.nodes_per_request, stated, max(1, self._refused // 2))

    @property
    def items_per_call(self) -> int:
        """How many monitored items go into one request."""
        return min(self.config.limits.nodes_per_request, self.facts.max_items_per_call or _NO_LIMIT)

    def too_much(self, count: int) -> None:
        """The server refused a read of so many nodes: it states no limit, or a wrong one. It is not asked again.

        A single node that is refused is too large itself, and what was refused with it says nothing of the limit.
        """
        self._refused = _NO_LIMIT if count == 1 else min(self._refused, count)

    def _protocol(self) -> GuardedProtocol:
        protocol = self.client.uaclient.protocol
        if not isinstance(protocol, GuardedProtocol):
            raise ConnectionError("the connection is closed")
        return protocol

    def check_open(self) -> None:
        """Raise ConnectionError if the line is closed; a subscription alone would notice only by its age."""
        protocol = self._protocol()
        if protocol.transport is None:
            raise ConnectionError(protocol.fault or "the server closed the connection")

    async def ask(self, message: Callable[[ua.RequestHeader], bytes], expected: ExpectedAnswer) -> Buffer:
        """Send what `message` makes of a header; the body of the answer."""
        return await send_encoded(self._protocol(), message, expected, self.config.timeout)

    async def read(
        self, nodes: Sequence[ua.NodeId], attribute: AttributeIds = AttributeIds.Value
    ) -> list[ua.DataValue]:
        """Read the values of a few nodes, or another attribute, in their order, decoded by the library."""
        values: list[ua.DataValue] = []
        for first in range(0, len(nodes), self.nodes_per_read):
            part = list(nodes[first : first + self.nodes_per_read])
            came = await self.client.uaclient.session.read_attributes(part, attribute)
            if len(came) != len(part):
                raise ConnectionError(f"{len(part)} values were asked for, {len(came)} came")
            values += came
        return values

    async def is_alive(self) -> bool:
        """Whether the server answers what every server can answer."""
        try:
            (value,) = await self.read((_CURRENT_TIME,))
        except (TimeoutError, UaStatusCodeError):
            return False
        return bool(good_value(value))

    async def learn(self) -> None:
        """Read namespaces and limits, again after each connect and before nodes are resolved."""
        namespaces, reads, items = await self.read((_NAMESPACES, _MAX_READ, _MAX_MONITOR))
        uris = good_value(namespaces)
        if not isinstance(uris, list) or any(isinstance(uri, list) for uri in uris):
            raise SourceUnavailable(f"{self.config.url} does not give a list of namespaces; check the server")
        if len(uris) > _MOST_NAMESPACES or any(len(str(uri)) > _LONGEST_URI for uri in uris):
            raise SourceUnavailable(
                f"{self.config.url} gives {len(uris)} namespaces, or one of over {_LONGEST_URI} letters; check it"
            )
        self.facts = ServerFacts(tuple(str(uri) for uri in uris), stated_limit(reads), stated_limit(items))

    async def clock_offset_s(self) -> float | None:
        """Server clock minus ours; None if the server does not give its time."""
        asked_ns = self._clock_ns()
        (value,) = await self.read((_CURRENT_TIME,))
        server_ns = datetime_to_ns(good_value(value))
        return clock_offset_s(server_ns, asked_ns, self._clock_ns()) if server_ns else None

    def resolve(self, node: str) -> ua.NodeId:
        """The NodeId of a node text, with its namespace index as the server numbers them now.

        Raises:
            UnknownNamespace: the server does not have the namespace.
        """
        namespace, kind, identifier = split_node(node)
        if isinstance(namespace, str):
            if namespace not in self.facts.namespaces:
                near = difflib.get_close_matches(namespace, self.facts.namespaces, n=1)
                hint = f"did you mean {short_repr(near[0])}?" if near else "`tundish browse` lists what it has"
                raise UnknownNamespace(f"the server has no namespace {namespace}; {hint}")
            namespace = self.facts.namespaces.index(namespace)
        parsed = ua.NodeId.from_string(f"{kind}={identifier}").Identifier
        return ua.NodeId(parsed, ua.Int16(namespace), _NODE_KINDS[kind])

    async def renew_when_due(self) -> None:
        """Renew the secure channel after three quarters of its life; without that it ends, and with it the session."""
        now = asyncio.get_running_loop().time()
        if now >= self._renew_at_s:
            if self._renew_at_s:
                await self.client.open_secure_channel(renew=True)
                self.client.uaclient.revolve_security_token()
            # OPC UA part 4, 5.5.2: a client renews when 75 % of the token's lifetime is over.
            self._renew_at_s = now + 0.75 * self.client.secure_channel_timeout / 1000


def _new_client(config: OpcUaConfig, budget: RequestBudget) -> Client:
    client = Client(config.url, timeout=config.timeout)
    client.uaclient = GuardedClient(config.timeout, config.time_from)
    client.application_uri = config.application_uri
    client.name = client.description = "Tundish"
    client.product_uri = "urn:tundish"
    # A server keeps the session of a collector that vanished for this long: longer than we go on without a good answer,
    # or the server would end a session that we still wait on; no longer than needed, or sessions run out.
    client.session_timeout = int(max(60.0, 3 * config.stale_after) * 1000)
    client.uaclient.pre_request_hook = budget.take
    return client


async def _check_offer(config: OpcUaConfig, credentials: Credentials, folder: Path, budget: RequestBudget) -> None:
    """Ask what the server offers, on an unprotected channel that carries nothing of ours, and compare."""
    try:
        endpoints = await _new_client(config, budget).connect_and_get_server_endpoints()
    except (UaError, ConnectionError):
        if credentials.secured:
            # A hardened server may answer nobody unprotected. The pinned certificate decides: its key opens it.
            return
        raise
    check_endpoints(endpoints, credentials, config, folder)


@asynccontextmanager
async def connected(
    config: OpcUaConfig, folder: Path, clock_ns: Callable[[], int], monotonic: Callable[[], float]
) -> AsyncIterator[Connection]:
    """An open session; closed at the end of the block, also when that is cancelled.

    Raises:
        SourceRefused: the server or we refuse the security or the credentials.
        SourceUnavailable: it cannot be reached in time.
    """
    with session_slot(config.url, config.limits.sessions):
        credentials = await asyncio.to_thread(load_credentials, config, folder, utc_from_ns(clock_ns()))
        budget = RequestBudget(config.limits.requests_per_s, monotonic)
        client = _new_client(config, budget)
        try:
            try:
                # Connecting takes about ten requests, each with its own timeout. A line on which each is answered in
                # time is slow and no outage, so the whole may take as long as they.
                async with asyncio.timeout(_REQUESTS_TO_CONNECT * config.timeout):
                    await _check_offer(config, credentials, folder, budget)
                    await _open(client, config, credentials)
                    connection = Connection(client, config, credentials, clock_ns)
                    await connection.learn()
                    await connection.renew_when_due()
            except Exception as error:
                raise refusal_or_outage(error, config, "connecting") from error
            yield connection
        finally:
            await _close(client, config)


async def _open(client: Client, config: OpcUaConfig, credentials: Credentials) -> None:
    policy = credentials.new_policy()
    client.security_policy = policy  # type: ignore[assignment]
    client.uaclient.set_security(policy)
    await client.connect_socket()
    await client.send_hello()
    await client.open_secure_channel()
    await client.create_session()
    if config.user is None:
        await client.activate_session()
    else:
        check_password_is_encrypted(client.server_policy(ua.UserTokenType.UserName), credentials, config)
        await client.activate_session(username=config.user, password=credentials.password)


async def _close(client: Client, config: OpcUaConfig) -> None:
    """Close session, channel and socket. The peer may be gone: errors only mean that there is less left to close."""
    try:
        # The whole service has to stop within ten seconds, and a peer that is gone would use up every timeout.
        async with asyncio.timeout(min(config.timeout, 2.0)):
            await client.close_session()
            await client.close_secure_channel()
    except Exception:  # noqa: S110 - whatever fails here is already closed
        pass
    finally:
        client.disconnect_socket()
