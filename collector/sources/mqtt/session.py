"""A session at a broker: messages come in the library's thread, and are acknowledged only when we say so.

The library below aiomqtt is used itself, for the one above acknowledges a message as soon as it is handed over: what
was not synced yet when the power failed would be lost.
"""

import asyncio
import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from collector.config.secret import SecretError, read_secret, variable
from collector.errors import SourceRefused, SourceUnavailable
from collector.sources.mqtt.config import BrokerConfig
from collector.sources.mqtt.held import HeldBytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_UNACKNOWLEDGED = 500
"""Messages that the broker may send before we have synced the first of them: they bound our memory."""
MOST_HELD_MESSAGES = 64
"""So many of the largest kind may wait here; the line is not read while they do. The bound above is of QoS 1 alone."""
_REFUSALS = ("not authorized", "bad user name or password", "bad username or password", "banned", "client identifier")


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it came. `number` and `qos` acknowledge it."""

    topic: str
    payload: bytes
    retained: bool
    number: int
    qos: int


class BrokerSession:
    """One connection. Use it in one event loop; what the library's thread tells comes through that loop."""

    def __init__(self, config: BrokerConfig, folder: Path, most_bytes: int) -> None:
        """The broker is told to keep messages over `most_bytes` to itself."""
        self._config = config
        self._most_bytes = most_bytes
        self._held = HeldBytes(MOST_HELD_MESSAGES * most_bytes)
        self._folder = folder
        self._queue: asyncio.Queue[Message] = asyncio.Queue()
        self._ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._connected: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._kept = False
        self._client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=config.client_id or f"tundish-{config.name}",
            protocol=MQTTProtocolVersion.MQTTv5,
            manual_ack=True,
            reconnect_on_failure=False,
        )

    async def open(self, topics: "Sequence[str]") -> bool:
        """Connect, take up the session, and subscribe; whether the broker had kept it.

        Raises SourceUnavailable or SourceRefused.
        """
        config, client, loop = self._config, self._client, asyncio.get_running_loop()
        self._secure()
        self._listen(loop)
        client.on_message = self._taker(loop)
        client.connect_timeout = config.timeout
        try:
            async with asyncio.timeout(config.timeout):
                await asyncio.to_thread(self._dial)
                client.loop_start()
                refused = await self._connected
        except TimeoutError:
            raise SourceUnavailable(f"{self.place} gave no answer within {config.timeout:g} s") from None
        except (OSError, ValueError) as error:
            raise SourceUnavailable(f"{self.place}: {_first_line(error)}: check host, port and tls") from error
        if refused:
            kind = SourceRefused if any(word in refused.lower() for word in _REFUSALS) else SourceUnavailable
            raise kind(f"{self.place} refuses us: {refused}")
        client.subscribe([(topic, _at_least_once()) for topic in topics])
        return self._kept

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        def connected(_client: Client, _data: Any, flags: Any, reason: ReasonCode, _properties: Any) -> None:  # noqa: ANN401
            said = str(reason) if reason.is_failure else ""
            self._kept = bool(flags.session_present)
            loop.call_soon_threadsafe(_settle, self._connected, said)

        def ended(_client: Client, _data: Any, _flags: Any, reason: ReasonCode, _properties: Any) -> None:  # noqa: ANN401
            loop.call_soon_threadsafe(_settle, self._ended, str(reason))

        self._client.on_connect, self._client.on_disconnect = connected, ended

    async def next(self, wait_s: float, most: int) -> list[Message]:
        """Messages that came, at most so many; none if none came in time. Raises SourceUnavailable when it ended."""
        if self._queue.empty():
            getter = asyncio.ensure_future(self._queue.get())
            try:
                await asyncio.wait((getter, self._ended), timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
            finally:
                came = getter.done()
                getter.cancel()
            if not came:
                if self._ended.done():
                    raise SourceUnavailable(f"{self.place} ended the connection: {self._ended.result()}")
                return []
            found = [getter.result()]
        else:
            found = []
        while len(found) < most and not self._queue.empty():
            found.append(self._queue.get_nowait())
        self._held.release(sum(len(message.payload) for message in found))
        return found

    def acknowledge(self, messages: "Sequence[Message]") -> None:
        """These are synced here: the broker may forget them."""
        for message in messages:
            if message.qos:
                self._client.ack(message.number, message.qos)

    async def close(self) -> None:
        """Leave; the session stays at the broker."""
        await asyncio.to_thread(self._leave)

    @property
    def place(self) -> str:
        """The broker, for messages."""
        return f"{self._config.host}:{self._config.port}"

    def _dial(self) -> None:
        connecting: Any = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        connecting.SessionExpiryInterval = round(self._config.session_expiry)
        connecting.ReceiveMaximum = MOST_UNACKNOWLEDGED
        connecting.MaximumPacketSize = self._most_bytes
        config = self._config
        self._client.connect(
            config.host,
            config.port,
            keepalive=max(1, round(config.keepalive)),
            clean_start=False,
            properties=connecting,
        )

    def publish(self, topic: str, payload: bytes) -> None:
        """Say something to a device, once, with no promise that it hears it."""
        self._client.publish(topic, payload, qos=0)

    def _leave(self) -> None:
        self._held.open()
        self._client.disconnect()
        self._client.loop_stop()

    def _secure(self) -> None:
        config = self._config
        if config.tls:
            try:
                context = ssl.create_default_context(
                    cafile=None if config.ca_file is None else str(self._folder / config.ca_file)
                )
            except (OSError, ssl.SSLError) as error:
                raise SourceRefused(f"source {config.name}, ca_file {config.ca_file}: {_first_line(error)}") from error
            self._client.tls_set_context(context)
        if config.user is None:
            return
        try:
            name = variable(config.name, "password")
            self._client.username_pw_set(config.user, read_secret(self._folder, config.password_file, name, os.environ))
        except SecretError as error:
            raise SourceRefused(f"source {config.name}, password_file {config.password_file}: {error}") from error

    def _taker(self, loop: asyncio.AbstractEventLoop) -> "Callable[[Client, Any, MQTTMessage], None]":
        def take(_client: Client, _data: Any, message: MQTTMessage) -> None:  # noqa: ANN401 - the library's own
            self._held.take(len(message.payload))
            taken = Message(message.topic, bytes(message.payload), message.retain, message.mid, message.qos)
            loop.call_soon_threadsafe(self._queue.put_nowait, taken)

        return take


def _at_least_once() -> Any:  # noqa: ANN401 - the library's class has no types
    from paho.mqtt.subscribeoptions import SubscribeOptions

    return SubscribeOptions(qos=1)


def _settle(future: "asyncio.Future[str]", text: str) -> None:
    if not future.done():
        future.set_result(text)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")[:200] or type(error).__name__
