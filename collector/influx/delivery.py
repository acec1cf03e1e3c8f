"""Getting entries into the database whole, or finding the rows that it refuses.

When `deliver` returns, every line is in the database or in the returned rejections. A refusal is narrowed by halves:
whole entries first (their stored bytes are sent as they are), then lines (see `narrowing`).
"""

from collections.abc import Sequence
from typing import Protocol

from collector.errors import SinkRejected, SinkUnavailable
from collector.influx.narrowing import check_doubtful, narrow, once_more, send_or_narrow
from collector.influx.stored_lines import Damaged, Piece, damaged_piece, pack, refused_line, unpack
from models.counting.reading import Rejection

_Refused = tuple[tuple[str, bytes], SinkRejected]
"""A line of a source that the database refuses, with the refusal."""


class Writer(Protocol):
    """What is used of InfluxClient."""

    async def write(self, bucket: str, body: bytes) -> None:
        """Writes gzip-compressed lines; several members may follow each other."""
        ...


async def deliver(client: Writer, bucket: str, pieces: Sequence[Piece]) -> list[Rejection]:
    """Sends pieces of entries; returns what was refused. Raises SinkUnavailable: then all are to be sent again."""

    async def send(some: Sequence[Piece]) -> None:
        await client.write(bucket, b"".join([piece.lines for piece in some]))

    try:
        found: list[_Refused] = []
        damaged: list[Rejection] = []
        for piece, refusal in await send_or_narrow(pieces, send, _lines):
            try:
                found += await _refused_of(client, bucket, piece, refusal)
            except Damaged as broken:
                damaged.append(damaged_piece(piece, broken))
        check_doubtful([refusal for _, refusal in found], _lines(pieces))

        async def send_lines(some: Sequence[tuple[str, bytes]]) -> None:
            await client.write(bucket, pack([line for _, line in some]))

        found = await once_more(found, send_lines)
        return damaged + [refused_line(source, line, refusal.refused) for (source, line), refusal in found]
    except SinkUnavailable:
        # InfluxDB 2 answers 500 to bytes that it cannot unpack, which would hold the queue for good.
        sound = [piece for piece in pieces if _damage(piece) is None]
        if len(sound) == len(pieces):
            raise
        unsound = [damaged_piece(piece, error) for piece in pieces if (error := _damage(piece)) is not None]
        return unsound + (await deliver(client, bucket, sound) if sound else [])


def _lines(pieces: Sequence[Piece]) -> int:
    return sum(piece.line_count for piece in pieces)


async def _refused_of(client: Writer, bucket: str, piece: Piece, refusal: SinkRejected) -> list[_Refused]:
    """The lines of a piece that the database refuses; the piece met `refusal` alone, or with all beside it.

    Raises Damaged if it cannot be unpacked.
    """
    lines = unpack(piece.lines)
    # As many as it holds, or more: the database dropped every line of the request, whatever else was in it.
    if (refusal.dropped or 0) >= piece.line_count:
        return [((piece.source, line), refusal) for line in lines]

    async def send(some: Sequence[bytes]) -> None:
        await client.write(bucket, pack(some))

    refused = await narrow(lines, refusal, send)
    return [((piece.source, line), found) for line, found in refused]


def _damage(piece: Piece) -> Damaged | None:
    try:
        unpack(piece.lines)
    except Damaged as error:
        return error
    return None
