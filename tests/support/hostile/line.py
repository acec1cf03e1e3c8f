"""A line to a real server that changes what the server says: the channel is open and sound, its content is not."""

import asyncio
import contextlib
import struct
from collections.abc import Callable
from typing import Any

Change = Callable[[bytes], bytes]
"""A whole chunk of the server, as it goes on to the collector."""
_HEAD = struct.Struct("<3scI")
_SYMMETRIC_BYTES = 24  # head, channel, token, sequence, request: then the body


class SpoilingLine:
    """`change` is applied to every chunk that the server sends."""

    def __init__(self, port: int, change: Change) -> None:
        self.change = change
        self.port = 0
        self.connections = 0
        self._target = port
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: Any = None

    @property
    def url(self) -> str:
        return f"opc.tcp://127.0.0.1:{self.port}"

    async def __aenter__(self) -> "SpoilingLine":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await asyncio.wait(
                (
                    asyncio.create_task(self._ask(reader, far_writer)),
                    asyncio.create_task(self._answer(far_reader, writer)),
                ),
                return_when=asyncio.FIRST_COMPLETED,
            )
        writer.close()
        far_writer.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readexactly(_HEAD.size)
                (_, _, size) = _HEAD.unpack(head)
                writer.write(self.change(head + await reader.readexactly(size - _HEAD.size)))
                await writer.drain()


def holding(old: bytes, new: bytes) -> Change:
    """In messages, each `old` becomes `new`."""

    def change(chunk: bytes) -> bytes:
        if not chunk.startswith(b"MSG") or old not in chunk:
            return chunk
        return with_body(chunk, chunk[_SYMMETRIC_BYTES:].replace(old, new))

    return change


def with_body(chunk: bytes, body: bytes, part: bytes = b"F") -> bytes:
    """A chunk with this body, its size corrected."""
    return _HEAD.pack(b"MSG", part, _SYMMETRIC_BYTES + len(body)) + chunk[_HEAD.size : _SYMMETRIC_BYTES] + body


def body_of(chunk: bytes) -> bytes:
    return chunk[_SYMMETRIC_BYTES:]


def numbered(chunk: bytes, sequence: int) -> bytes:
    """The chunk as the `sequence`-th of its channel."""
    return chunk[:16] + struct.pack("<I", sequence & 0xFFFFFFFF) + chunk[20:]


def sequence_of(chunk: bytes) -> int:
    (sequence,) = struct.unpack_from("<I", chunk, 16)
    return int(sequence)
