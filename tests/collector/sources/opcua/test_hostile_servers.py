"""A server whose channel is sound and whose bytes lie, beside an honest one, which goes on."""

import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from asyncua import ua

from collector.sources.opcua.ceilings import MOST_CHUNK_BYTES, MOST_MESSAGE_BYTES
from tests.support.hostile.cost import LONGEST_STAND_S, MOST_MB, Watched, watched
from tests.support.hostile.line import Change, SpoilingLine, body_of, holding, numbered, sequence_of, with_body
from tests.support.opcua_works import RING_ADDRESS, URI, Running, RunSource, Works

MARK = 666.5
_MARK = b"\x0b" + struct.pack("<d", MARK)
TAGS = {f"u.{name}": f"nsu={URI};s={name}" for name in ("belt", "marked", "flow")}


def length(number: int) -> bytes:
    return struct.pack("<i", number)


VALUES = {
    "an array of 2^31-1 Nulls": b"\x80" + length(2**31 - 1),
    "a text of length -4": b"\x0c" + length(-4),
    "an array of texts of length -4": b"\x8c" + length(1_000_000) + length(-4),
    "an array of 2^31-1 numbers": b"\x8b" + length(2**31 - 1),
    "an array of length -2": b"\x8b" + length(-2),
    "dimensions of a billion": b"\xc6" + length(1) + b"\0\0\0\0" + length(2) + length(0) + length(1_000_000),
    "bytes of 2^31-1": b"\x0f" + length(2**31 - 1),
    "a thousand values within values": (b"\x98" + length(1)) * 1000 + b"\0",
    "a structure of length -7": b"\x16\x01\x00\x79\x03\x01" + length(-7),
    "a NodeId of no kind": b"\x11\x3f",
}


@asynccontextmanager
async def beside_an_honest_one(
    works: Works, change: Change, run_source: RunSource, mode: str = "poll", **keys: object
) -> AsyncIterator[tuple[Running, Running, Watched]]:
    """(the source of the server that lies, that of the honest one, what both cost)."""
    await works.start(belt=1.5, marked=MARK, flow=3.5)
    async with (
        SpoilingLine(works.port, change) as line,
        run_source(works.url, {"u.belt": f"nsu={URI};s=belt"}) as honest,
        watched() as cost,
        run_source(line.url, TAGS, mode=mode, publishing_interval="50ms", **keys) as lied_to,
    ):
        await honest.until(lambda: len(honest.deliveries) > 2)
        yield lied_to, honest, cost
        polls = len(honest.deliveries)
        await honest.until(lambda: len(honest.deliveries) > polls + 5)
    assert honest.source.health.up
    assert honest.source.health.reconnects == 0
    assert cost.stood_s < LONGEST_STAND_S
    assert cost.grown_mb < MOST_MB


@pytest.mark.parametrize("value", VALUES)
async def test_a_polled_value_that_lies_of_its_length_costs_itself_alone(
    works: Works, run_source: RunSource, value: str
) -> None:
    async with beside_an_honest_one(works, holding(_MARK, VALUES[value]), run_source) as (lied_to, _, _):
        await lied_to.until(lambda: "u.marked" in lied_to.source.health.bad_nodes)
        assert "it cannot be read" in lied_to.source.health.bad_nodes["u.marked"]
        await lied_to.until(lambda: lied_to.latest().keys() >= {0, 2})
        assert (lied_to.latest()[0], lied_to.latest()[2]) == (1.5, 3.5)


@pytest.mark.parametrize("value", VALUES)
async def test_a_published_value_that_lies_of_its_length_ends_its_connection_and_is_told(
    works: Works, run_source: RunSource, value: str
) -> None:
    change = holding(_MARK, VALUES[value])
    async with beside_an_honest_one(works, change, run_source, mode="subscribe") as (lied_to, _, _):
        await lied_to.until(lambda: "PublishResponse" in lied_to.source.health.last_error)
        assert "no OPC UA" in lied_to.source.health.last_error


@pytest.mark.parametrize("value", VALUES)
async def test_a_ring_that_lies_of_its_length_is_read_again_later(
    works: Works, run_source: RunSource, value: str
) -> None:
    ring = {"ring_head": 1, "ring_sequence": [0, 1], "ring_key": ["", "H1"], "ring_tonnes": [0.0, MARK]}
    await works.start(belt=1.5, ring_end=[ua.DateTime(2026, 1, 1), ua.DateTime(2026, 1, 1)], **ring)
    marked = b"\x8b" + length(2) + struct.pack("<dd", 0.0, MARK)
    nodes = {"u.belt": f"nsu={URI};s=belt", "u.taps": RING_ADDRESS}
    async with (
        SpoilingLine(works.port, holding(marked, VALUES[value])) as line,
        watched() as cost,
        run_source(line.url, nodes) as running,
    ):
        await running.until(lambda: "u.taps" in running.source.health.bad_nodes)
        await running.until(lambda: running.latest().get(0) == 1.5)
        assert running.events() == []
    assert cost.stood_s < LONGEST_STAND_S
    assert cost.grown_mb < MOST_MB


def endless(chunk: bytes) -> bytes:
    """An answer that holds the mark goes on for 13 MB and does not end. (The line itself holds them twice.)"""
    if not chunk.startswith(b"MSG") or _MARK not in chunk:
        return chunk
    piece, first = b"\0" * (MOST_CHUNK_BYTES - 24), sequence_of(chunk)
    return b"".join(numbered(with_body(chunk, piece, b"C"), first + number) for number in range(200))


async def test_an_answer_without_end_is_given_up_and_so_is_what_was_gathered(
    works: Works, run_source: RunSource
) -> None:
    async with beside_an_honest_one(works, endless, run_source, timeout="500ms") as (lied_to, _, cost):
        await lied_to.until(lambda: lied_to.source.health.last_error, 15)
        assert cost.grown_mb < MOST_MB


def too_long_once() -> Change:
    """An answer with several values is longer than we take; that of one value is sound."""
    ahead = 0

    def change(chunk: bytes) -> bytes:
        nonlocal ahead
        if not chunk.startswith(b"MSG"):
            return chunk
        first = sequence_of(chunk) + ahead
        if body_of(chunk).count(b"\x0b") < 3 or _MARK not in chunk:
            return numbered(chunk, first)
        pieces = MOST_MESSAGE_BYTES // (MOST_CHUNK_BYTES - 24) + 3
        ahead += pieces
        parts = [with_body(chunk, b"\0" * (MOST_CHUNK_BYTES - 24), b"C")] * pieces + [with_body(chunk, b"")]
        return b"".join(numbered(part, first + number) for number, part in enumerate(parts))

    return change


async def test_an_answer_that_is_too_long_is_asked_for_in_parts_on_the_same_connection(
    works: Works, run_source: RunSource
) -> None:
    async with beside_an_honest_one(works, too_long_once(), run_source) as (lied_to, _, _):
        await lied_to.until(lambda: lied_to.latest().keys() >= {0, 1, 2})
        assert lied_to.source.health.reconnects == 0


CHUNKS = {
    "a chunk of 4 GB": lambda chunk: chunk[:4] + b"\xff\xff\xff\xff" + chunk[8:],
    "a chunk of 3 bytes": lambda chunk: chunk[:4] + b"\x03\0\0\0" + chunk[8:],
    "no message at all": lambda chunk: b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "a chunk of no kind": lambda chunk: chunk[:3] + b"Z" + chunk[4:],
    "an answer to what was not asked": lambda chunk: chunk[:20] + b"\xff\xff\0\0" + chunk[24:],
    "an answer of another kind": lambda chunk: with_body(chunk, b"\x01\0\x10\x02" + body_of(chunk)[4:]),
    "a header of lengths below zero": lambda chunk: with_body(chunk, body_of(chunk)[:21] + length(-4) * 200),
}


@pytest.mark.parametrize("what", CHUNKS)
async def test_a_message_that_lies_of_itself_is_told_and_costs_the_others_nothing(
    works: Works, run_source: RunSource, what: str
) -> None:
    def change(chunk: bytes) -> bytes:
        return CHUNKS[what](chunk) if chunk.startswith(b"MSG") and _MARK in chunk else chunk

    async with beside_an_honest_one(works, change, run_source) as (lied_to, _, _):
        await lied_to.until(lambda: lied_to.source.health.last_error or lied_to.source.health.bad_nodes)
        assert len(lied_to.source.health.last_error) < 600


OPENINGS = {
    "a buffer of 0": (b"ACK", lambda chunk: chunk[:12] + struct.pack("<IIII", 0, 0, 0, 0)),
    "a buffer of 30": (b"ACK", lambda chunk: chunk[:12] + struct.pack("<IIII", 30, 30, 0, 0)),
    "a long greeting": (b"ACK", lambda chunk: chunk[:4] + struct.pack("<I", 2**31 - 1) + chunk[8:]),
    "a policy of length -4": (b"OPN", lambda chunk: chunk[:12] + length(-4) + chunk[16:]),
    "a certificate of 2^31-1": (b"OPN", lambda chunk: chunk[:63] + length(2**31 - 1) + chunk[67:]),
    "much to open": (b"OPN", lambda chunk: b"OPNF" + struct.pack("<I", len(chunk) + 8000) + chunk[8:] + b"\0" * 8000),
}


@pytest.mark.parametrize("what", OPENINGS)
async def test_an_opening_that_lies_is_told_and_costs_the_others_nothing(
    works: Works, run_source: RunSource, what: str
) -> None:
    kind, spoil = OPENINGS[what]

    def change(chunk: bytes) -> bytes:
        return spoil(chunk) if chunk.startswith(kind) else chunk

    async with beside_an_honest_one(works, change, run_source) as (lied_to, _, _):
        await lied_to.until(lambda: "no OPC UA" in lied_to.source.health.last_error)
        assert not lied_to.deliveries


_NAMESPACES = b"\x8c" + length(3) + length(28) + b"http://opcfoundation.org/UA/"


@pytest.mark.parametrize("value", [*VALUES, "a thousand names", "a name without end"])
async def test_namespaces_that_lie_are_told_before_a_tag_is_read(
    works: Works, run_source: RunSource, value: str
) -> None:
    names = {
        "a thousand names": b"\x8c" + length(1_001) + (length(5) + b"urn:a") * 1_001,
        "a name without end": b"\x8c" + length(1) + length(60_000) + b"x" * 60_000,
    }
    change = holding(_NAMESPACES, (VALUES | names)[value])
    async with beside_an_honest_one(works, change, run_source) as (lied_to, _, _):
        await lied_to.until(lambda: lied_to.source.health.last_error)
        assert len(lied_to.source.health.last_error) < 600
        assert not lied_to.deliveries
