"""The library's client over guarded connections, with publications in columns."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from asyncua import ua
from asyncua.client.ua_client import UaClient, UASocketProtocol
from asyncua.client.ua_session import SessionState, UaSession
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import nodeid_to_binary, struct_to_binary
from asyncua.ua.uaerrors import BadNoSubscription, BadTimeout

from collector.sources.base import TimeFrom
from collector.sources.cancellation import heed_cancellation
from collector.sources.opcua.answers import answer_to
from collector.sources.opcua.guarded_channel import GuardedProtocol
from collector.sources.opcua.publication import Published, decode_publication
from collector.sources.opcua.requests import send_encoded
from collector.sources.opcua.short_text import one_line
from collector.sources.opcua.walk import Undecodable

log = structlog.get_logger(__name__)

PUBLISH_ANSWER = answer_to(ua.PublishRequest, in_columns=True)
_RETRY_S = 1.0
"""Between two publish requests of which the first failed, as the library has it. A line that is gone fails each, until
its owner closes the session."""

Received = Callable[[Published], Awaitable[None]]


class GuardedClient(UaClient):
    """`time_from`: the stamp that is wanted of what is published."""

    def __init__(self, timeout_s: float, time_from: TimeFrom) -> None:
        super().__init__(timeout_s)
        self.session = PublishedSession(self, time_from)

    async def connect_socket(self, host: str, port: int) -> None:
        await super().connect_socket(host, port)
        heed_cancellation()

    def _make_protocol(self) -> UASocketProtocol:
        protocol = GuardedProtocol(self._timeout, self.security_policy)
        protocol.pre_request_hook = self._pre_request_hook
        protocol.on_connection_lost = self._on_transport_lost
        protocol.is_session_closing = self._is_session_closing
        self.protocol = protocol
        return protocol


class PublishedSession(UaSession):
    """Asks for publications by itself: the library's own loop decodes value by value."""

    def __init__(self, client: UaClient, time_from: TimeFrom) -> None:
        super().__init__(client)
        self._line = client
        self._time_from: TimeFrom = time_from

    async def _publish_loop(self) -> None:
        """Hand each publication to its subscription; what was handed on is acknowledged with the next request."""
        told: list[ua.SubscriptionAcknowledgement] = []
        while self.state not in (SessionState.CLOSING, SessionState.CLOSED):
            asked, told = told, []
            try:
                published = await self._next(asked)
            except BadTimeout:
                continue
            except BadNoSubscription:
                return
            except Exception as error:  # the library raises many kinds; the source itself sees that the line is gone
                log.debug("publish_failed", error=one_line(error))
                await asyncio.sleep(_RETRY_S)
                continue
            if not published.subscription:  # OPC UA part 4, 5.14.5.2: there is none
                return
            receive: Received | None = self._subscription_callbacks.get(published.subscription)
            if receive is not None:
                await receive(published)
            if not published.keep_alive:
                told.append(ua.SubscriptionAcknowledgement(published.subscription, published.sequence))

    async def _next(self, told: list[ua.SubscriptionAcknowledgement]) -> Published:
        protocol = self._line.protocol
        if not isinstance(protocol, GuardedProtocol):
            raise ConnectionError("the connection is closed")
        request = ua.PublishRequest()
        request.Parameters.SubscriptionAcknowledgements = told

        def message(header: ua.RequestHeader) -> bytes:
            return nodeid_to_binary(request.TypeId) + struct_to_binary(header) + struct_to_binary(request.Parameters)

        # It is answered when there is something to say, which may be much later.
        return published_in(protocol, await send_encoded(protocol, message, PUBLISH_ANSWER, None), self._time_from)


def published_in(protocol: GuardedProtocol, answer: Buffer, time_from: TimeFrom) -> Published:
    """What a publication says. One that cannot be read ends its connection: it is not said again.

    Raises:
        ConnectionError: it cannot be read.
    """
    try:
        return decode_publication(answer, None if time_from == "receive" else time_from)
    except Exception as error:  # the library raises many kinds on bytes that it does not understand
        protocol.give_up(Undecodable(f"its PublishResponse cannot be read: {one_line(error) or type(error).__name__}"))
        raise ConnectionError(protocol.fault) from error
