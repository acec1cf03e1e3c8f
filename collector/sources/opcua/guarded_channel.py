"""The library's connection with ceilings of ours: on chunks, on what is gathered of them, and on what is decoded.

The library takes the server's word for how much may come, and decodes what came. Here each chunk is measured before it
is waited for, each message is bounded while it is gathered, and each answer is walked over before it is handed on.
"""

import asyncio
import struct
from typing import Any, cast

from asyncua import ua
from asyncua.client.ua_client import UASocketProtocol
from asyncua.common.connection import MessageChunk, SecureConnection, TransportLimits
from asyncua.common.utils import Buffer
from asyncua.crypto.security_policies import SecurityPolicy
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.ua_binary import header_from_binary, struct_from_binary, uatcp_to_binary
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.opcua.answers import ExpectedAnswer, answer_to, check_answer, check_structure
from collector.sources.opcua.ceilings import (
    CHUNKS_A_TURN,
    LEAST_CHUNK_BYTES,
    MOST_CHUNK_BYTES,
    MOST_CHUNKS,
    MOST_ERROR_BYTES,
    MOST_MESSAGE_BYTES,
    MOST_OPEN_BYTES,
    MOST_SKIPPED_CHUNKS,
)
from collector.sources.opcua.short_text import one_line
from collector.sources.opcua.walk import Undecodable

_HEAD = struct.Struct("<3scI")
_ACKNOWLEDGE_BYTES = 28
# By kind, the shortest and the longest chunk that a server may send. The channel stands between head and body.
_CHUNK_BYTES = {
    ua.MessageType.Acknowledge: (_ACKNOWLEDGE_BYTES, _ACKNOWLEDGE_BYTES),
    ua.MessageType.Error: (16, MOST_ERROR_BYTES),
    ua.MessageType.SecureOpen: (24, MOST_CHUNK_BYTES),
    ua.MessageType.SecureMessage: (24, MOST_CHUNK_BYTES),
}
_HELLO: Any = ua.MessageType.Hello
_PARTS = (ua.ChunkType.Single, ua.ChunkType.Intermediate, ua.ChunkType.Abort)


class OurLimits(TransportLimits):
    """What we take stays as we told it; what we send is cut as the server says."""

    def __init__(self) -> None:
        super().__init__(MOST_CHUNK_BYTES, MOST_CHUNK_BYTES, MOST_CHUNKS, MOST_MESSAGE_BYTES)

    def update_client_limits(self, msg: ua.Acknowledge) -> None:
        """Take note of the server's buffer."""
        if msg.ReceiveBufferSize < LEAST_CHUNK_BYTES:
            raise Undecodable(f"it takes no more than {msg.ReceiveBufferSize} bytes at a time")
        self.max_send_buffer = min(MOST_CHUNK_BYTES, msg.ReceiveBufferSize)


class AnswerGivenUp:
    """In place of an answer: the server gave it up halfway, or we did, for it is too long."""

    def __init__(self, request_id: int, error: UaStatusCodeError) -> None:
        self.request_id = request_id
        self.error = error


def _given_up(request_id: int, code: int) -> AnswerGivenUp:
    return AnswerGivenUp(request_id, UaStatusCodeError(code))  # type: ignore[no-untyped-call]


class BoundedConnection(SecureConnection):
    """A secure channel that gathers no more of a message than we take."""

    def __init__(self, security_policy: SecurityPolicy) -> None:
        super().__init__(security_policy, OurLimits())
        self._skipping: int | None = None
        self._skipped = 0

    def receive_from_header_and_body(self, header: ua.Header, body: Buffer) -> Any:  # noqa: ANN401 - as the library's
        """A message, AnswerGivenUp, or None while more chunks of it must come."""
        kind: object = header.MessageType
        plain = bytes(body)
        if kind == ua.MessageType.SecureOpen:
            encrypted = len(plain) - check_structure(plain, ua.AsymmetricAlgorithmHeader)
            if encrypted > MOST_OPEN_BYTES:
                raise Undecodable(f"{encrypted} bytes to open a channel")
        elif kind == ua.MessageType.Error:
            check_structure(plain, ua.ErrorMessage)
        return super().receive_from_header_and_body(header, body)

    def _receive(self, msg: MessageChunk) -> Any:  # noqa: ANN401 - as the library's
        self._check_incoming_chunk(msg)
        request_id = msg.SequenceHeader.RequestId
        part: object = msg.MessageHeader.ChunkType
        is_last = part != ua.ChunkType.Intermediate
        if self._skipping is not None:
            return self._skip(request_id, is_last=is_last)
        if part == ua.ChunkType.Abort:
            self._drop_incoming_parts()
            check_structure(msg.Body, ua.ErrorMessage)
            said = struct_from_binary(ua.ErrorMessage, Buffer(msg.Body)).Error
            return _given_up(request_id, StatusCodes.BadUnexpectedError if said.is_good() else said.value)
        self._incoming_parts.append(msg)
        self._incoming_size += len(msg.Body)
        if self._incoming_size > MOST_MESSAGE_BYTES or len(self._incoming_parts) > MOST_CHUNKS:
            self._drop_incoming_parts()
            self._skipping, self._skipped = (None if is_last else request_id), 0
            return _given_up(request_id, StatusCodes.BadResponseTooLarge)
        if not is_last:
            return None
        message = ua.Message(self._incoming_parts)  # type: ignore[no-untyped-call]
        self._drop_incoming_parts()
        return message

    def _skip(self, request_id: int, *, is_last: bool) -> None:
        """Let the rest of an answer that was given up pass."""
        self._skipped += 1
        if request_id != self._skipping or self._skipped > MOST_SKIPPED_CHUNKS:
            raise Undecodable("its answer has no end")
        if is_last:
            self._skipping = None


class GuardedProtocol(UASocketProtocol):
    """One connection. `fault`: why we ended it, if the server's bytes were the cause."""

    def __init__(self, timeout: float, security_policy: SecurityPolicy) -> None:
        super().__init__(timeout, security_policy)
        self.fault = ""
        self._connection = BoundedConnection(security_policy)
        self._expected: dict[int, ExpectedAnswer] = {}
        self._gathered = bytearray()

    def expect(self, request_id: int, future: asyncio.Future[Any], expected: ExpectedAnswer) -> None:
        """Hand the answer to a request to `future`, once it was found to be sound."""
        self._callbackmap[request_id] = future
        self._expected[request_id] = expected

    def _send_request(self, request: object, *args: Any, **keys: Any) -> asyncio.Future[Any]:  # noqa: ANN401
        future, kind = super()._send_request(request, *args, **keys), cast("Any", type(request))
        self._expected[self._request_id] = answer_to(kind)
        return future

    async def send_hello(self, url: str, max_messagesize: int = 0, max_chunkcount: int = 0) -> ua.Acknowledge:
        """Say what we take at the most: an honest server keeps to it, and says so where an answer is longer."""
        hello = ua.Hello(
            ReceiveBufferSize=ua.UInt32(MOST_CHUNK_BYTES),
            SendBufferSize=ua.UInt32(MOST_CHUNK_BYTES),
            MaxMessageSize=ua.UInt32(max_messagesize or MOST_MESSAGE_BYTES),
            MaxChunkCount=ua.UInt32(max_chunkcount or MOST_CHUNKS),
            EndpointUrl=ua.String(url),
        )
        answer: asyncio.Future[ua.Acknowledge] = asyncio.get_running_loop().create_future()
        self._callbackmap[0] = answer
        if self.transport is not None:
            self.transport.write(uatcp_to_binary(_HELLO, hello))
        async with asyncio.timeout(self.timeout):
            return await answer

    def data_received(self, data: bytes) -> None:
        """Take what came off the line."""
        self._gathered += data
        self._take()

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is closed."""
        self._gathered.clear()
        super().connection_lost(ConnectionError(self.fault) if self.fault else exc)

    def _take(self) -> None:
        """Take the whole chunks of what was gathered; after some, the rest of the process has its turn."""
        for _ in range(CHUNKS_A_TURN):
            if self.transport is None or self.transport.is_closing():
                self._gathered.clear()
                return
            try:
                size = chunk_bytes(self._gathered)
                if not size or size > len(self._gathered):
                    return
                chunk = bytes(memoryview(self._gathered)[:size])
                del self._gathered[:size]
                self._take_chunk(chunk)
            except UaStatusCodeError as error:
                self._fail_all_pending(error)
                self.disconnect_socket()
            except Exception as error:  # the library raises many kinds on bytes that it does not understand
                self.give_up(error)
        if self.transport is None or self.transport.is_closing():
            return
        self.transport.pause_reading()
        asyncio.get_running_loop().call_soon(self._take_more)

    def _take_more(self) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()
            self._take()

    def _take_chunk(self, chunk: bytes) -> None:
        buffer = Buffer(chunk)
        message = self._connection.receive_from_header_and_body(header_from_binary(buffer), buffer)
        if isinstance(message, AnswerGivenUp):
            self._refuse(message.request_id, message.error)
        elif isinstance(message, ua.Message):
            request_id, body = message.request_id(), bytes(message.body())  # type: ignore[no-untyped-call]
            opening = self._callbackmap.get(request_id) if chunk.startswith(ua.MessageType.SecureOpen) else None
            self._hand_on(request_id, body)
            if opening is not None:
                opening.result()  # raises what the server refused it with
                self._opened(body)
        elif message is not None:
            self._process_received_message(message)

    def _opened(self, body: bytes) -> None:
        """The channel is open: take its keys, as the library does at this point."""
        asked: Any = self._open_secure_channel_exchange
        answer = struct_from_binary(ua.OpenSecureChannelResponse, Buffer(body))
        answer.ResponseHeader.ServiceResult.check()
        self._open_secure_channel_exchange = answer
        self._connection.set_channel(answer.Parameters, asked.RequestType, asked.ClientNonce)

    def _hand_on(self, request_id: int, body: bytes) -> None:
        expected = self._expected.pop(request_id, None)
        if expected is None or request_id not in self._callbackmap:
            raise Undecodable("it answers what was not asked")
        try:
            fault = check_answer(body, expected)
        except (Undecodable, UaStatusCodeError) as error:
            if expected.ends_all:
                raise Undecodable(f"its {expected.name} cannot be read: {error}") from error
            self._refuse(request_id, error)
            return
        if fault is not None:
            self._refuse(request_id, fault)
            return
        future = self._callbackmap.pop(request_id)
        if not future.done():  # else it came too late
            future.set_result(Buffer(body))

    def _refuse(self, request_id: int, error: Exception) -> None:
        self._expected.pop(request_id, None)
        future = self._callbackmap.pop(request_id, None)
        if future is not None and not future.done():
            future.set_exception(error)

    def give_up(self, error: Exception) -> None:
        """End the connection: what follows these bytes cannot be told from them, or what they said is lost."""
        self.fault = f"it sent bytes that are no OPC UA: {one_line(error) or type(error).__name__}"
        self._fail_all_pending(ConnectionError(self.fault))
        self._gathered.clear()
        self.disconnect_socket()


def chunk_bytes(gathered: bytearray) -> int:
    """The size of the chunk that begins here; 0 while that is not known yet.

    Raises:
        Undecodable: it is no chunk, or longer than we take. That is known before it is waited for.
    """
    if len(gathered) < _HEAD.size:
        return 0
    kind, part, size = _HEAD.unpack_from(gathered)
    if kind not in _CHUNK_BYTES or part not in _PARTS:
        raise Undecodable(f"a message begins with {bytes(gathered[: _HEAD.size])!r}")
    least, most = _CHUNK_BYTES[kind]
    if not least <= size <= most:
        raise Undecodable(f"a chunk of {size} bytes")
    return int(size)
