"""What it costs to walk over each answer before the library decodes it, beside the library's own connection.

python -m benchmarks.guarded_answers [--values 5000] [--rounds 40]

One answer with so many Doubles, as bytes off the line: received, unpacked and decoded, once by the library's own
connection and once by ours. A polled answer our columns decode in both; a publication the library decodes value by
value, and ours in columns. CPU time of the thread, medians; the two take turns. `largest`: as many references of an
address space as the walk lets through, each of which costs the library as much as few other parts do.
"""

import argparse
import asyncio
import statistics
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from asyncua import ua
from asyncua.client.ua_client import UASocketProtocol
from asyncua.common.connection import SecureConnection, TransportLimits
from asyncua.common.utils import Buffer
from asyncua.crypto.security_policies import SecurityPolicyNone
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary
from rich.console import Console
from rich.table import Table

from collector.sources.opcua.answers import answer_to, check_structure
from collector.sources.opcua.ceilings import MOST_PARTS
from collector.sources.opcua.decode import DecodedColumns, decode_read_response
from collector.sources.opcua.guarded_channel import GuardedProtocol
from collector.sources.opcua.publication import decode_publication

CHANNEL = ua.ChannelSecurityToken(ua.UInt32(1), ua.UInt32(13))


class _NoLine:
    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


def received(protocol: UASocketProtocol, wire: bytes, request: type, *, in_columns: bool) -> Buffer:
    """The body that an answer holds, as the awaiting request gets it."""
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    if isinstance(protocol, GuardedProtocol):
        protocol.expect(1, future, answer_to(request, in_columns=in_columns))
    else:
        protocol._callbackmap[1] = future
    protocol._connection._peer_sequence_number = None
    for at in range(0, len(wire), 65_536):  # as a loop reads it off a socket
        protocol.data_received(wire[at : at + 65_536])
    return cast("Buffer", future.result())


def median_us(work: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians of the CPU time of both, in turn."""
    taken: tuple[list[int], list[int]] = ([], [])
    for _ in range(rounds):
        for times, one in zip(taken, (work, other), strict=True):
            began = time.thread_time_ns()
            one()
            times.append(time.thread_time_ns() - began)
    first, second = (statistics.median(times) / 1000 for times in taken)
    return first, second


def open_protocol(protocol: UASocketProtocol) -> UASocketProtocol:
    """The protocol with its channel open."""
    protocol.connection_made(cast("Any", _NoLine()))
    protocol._connection._open = True
    protocol._connection.security_token = CHANNEL
    return protocol


async def measure(values: int, rounds: int) -> Table:
    """Poll, publication and the largest answer."""
    stamp = datetime(2026, 11, 19, tzinfo=UTC)
    data = [ua.DataValue(ua.Variant(number * 0.5), ua.StatusCode(0), stamp, stamp) for number in range(values)]
    read, published = ua.ReadResponse(), ua.PublishResponse()
    read.Results = data
    items = [ua.MonitoredItemNotification(ua.UInt32(row), value) for row, value in enumerate(data)]
    published.Parameters.NotificationMessage.NotificationData = [ua.DataChangeNotification(MonitoredItems=items)]
    server = SecureConnection(SecurityPolicyNone(), TransportLimits(65_535, 65_535, 0, 0))
    server.security_token = CHANNEL
    library = open_protocol(UASocketProtocol(10.0))
    guarded = open_protocol(GuardedProtocol(10.0, SecurityPolicyNone()))
    table = Table("answer", "the library's connection, us", "ours, us", "ratio")

    def polled(protocol: UASocketProtocol, wire: bytes) -> None:
        columns = DecodedColumns.empty(values)
        body = received(protocol, wire, ua.ReadRequest, in_columns=True)
        decode_read_response(body, columns, 0, values, "source")

    def subscribed(protocol: UASocketProtocol, wire: bytes) -> None:
        body = received(protocol, wire, ua.PublishRequest, in_columns=True)
        if isinstance(protocol, GuardedProtocol):
            decode_publication(body, "source")
        else:
            struct_from_binary(ua.PublishResponse, body)

    for name, answer, work in (("polled", read, polled), ("published", published, subscribed)):
        wire = server.message_to_binary(struct_to_binary(answer), request_id=1)
        theirs, ours = median_us(lambda: work(library, wire), lambda: work(guarded, wire), rounds)  # noqa: B023
        table.add_row(f"{values:,} Doubles, {name}", f"{theirs:,.0f}", f"{ours:,.0f}", f"{ours / theirs:.2f}")
    references = struct_to_binary(ua.BrowseResult(References=[ua.ReferenceDescription()] * (MOST_PARTS // 2 - 20)))
    largest = struct_to_binary(ua.BrowseResponse())[:-8] + struct.pack("<i", 1) + references + struct.pack("<i", 0)
    walked, decoded = median_us(
        lambda: check_structure(largest, ua.BrowseResponse),
        lambda: struct_from_binary(ua.BrowseResponse, Buffer(largest)),
        max(3, rounds // 10),
    )
    table.add_row("largest: decoded; walked", f"{decoded:,.0f}", f"{walked:,.0f}", f"{walked / decoded:.2f}")
    return table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--values", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    Console().print(asyncio.run(measure(options.values, options.rounds)))


if __name__ == "__main__":
    main()
