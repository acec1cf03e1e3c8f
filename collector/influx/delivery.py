"""Getting entries into the database whole, or finding the rows that it refuses.

When `deliver` returns, every line is in the database or in the returned rejections. A refusal is narrowed by halves:
whole entries first (their stored bytes are sent as they are), then lines. Halves are sent again even where a partial
write let some of them in: the same point written twice is one point.
"""

from collections.abc import Sequence
from typing import Protocol

from collector.errors import SinkRejected, SinkUnavailable
from collector.influx.stored_lines import Damaged, Piece, damaged_piece, pack, refused_line, unpack
from models.counting.reading import Rejection


class Writer(Protocol):
    """What is used of InfluxClient."""

    async def write(self, bucket: str, body: bytes) -> None:
        """Writes gzip-compressed lines; several members may follow each other."""
        ...


async def deliver(client: Writer, bucket: str, pieces: Sequence[Piece]) -> list[Rejection]:
    """Sends pieces of entries; returns what was refused. Raises SinkUnavailable: then all are to be sent again."""
    try:
        await client.write(bucket, b"".join([piece.lines for piece in pieces]))
    except SinkRejected as refusal:
        every_line = refusal.dropped == sum(piece.line_count for piece in pieces)
        if len(pieces) > 1 and not every_line:
            half = len(pieces) // 2
            return await deliver(client, bucket, pieces[:half]) + await deliver(client, bucket, pieces[half:])
        rejections = []
        for piece in pieces:
            rejections += await _refused_of(client, bucket, piece, refusal, every_line=every_line)
        return rejections
    except SinkUnavailable:
        # InfluxDB 2 answers 500 to bytes that it cannot unpack, which would hold the queue for good.
        sound = [piece for piece in pieces if _damage(piece) is None]
        if len(sound) == len(pieces):
            raise
        damaged = [damaged_piece(piece, error) for piece in pieces if (error := _damage(piece)) is not None]
        return damaged + (await deliver(client, bucket, sound) if sound else [])
    return []


async def _refused_of(
    client: Writer, bucket: str, piece: Piece, refusal: SinkRejected, *, every_line: bool
) -> list[Rejection]:
    try:
        lines = unpack(piece.lines)
    except Damaged as error:
        return [damaged_piece(piece, error)]
    if every_line:
        return [refused_line(piece.source, line, refusal.refused) for line in lines]
    refused = await _narrow(client, bucket, lines, refusal)
    return [refused_line(piece.source, line, sentence) for line, sentence in refused]


async def _narrow(client: Writer, bucket: str, lines: list[bytes], refusal: SinkRejected) -> list[tuple[bytes, str]]:
    """The lines of a refused request that are refused alone, each with the database's sentence."""
    if len(lines) == 1 or refusal.dropped == len(lines):
        return [(line, refusal.refused) for line in lines]
    refused: list[tuple[bytes, str]] = []
    half = len(lines) // 2
    for part in (lines[:half], lines[half:]):
        try:
            await client.write(bucket, pack(part))
        except SinkRejected as error:
            refused += await _narrow(client, bucket, part, error)
    return refused


def _damage(piece: Piece) -> Damaged | None:
    try:
        unpack(piece.lines)
    except Damaged as error:
        return error
    return None
