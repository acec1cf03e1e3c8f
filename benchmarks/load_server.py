"""An OPC UA server of many Doubles that are new whenever they are read, for collectors to be measured on.

python -m benchmarks.load_server COUNT FOLDER

Whatever the rhythm of a poll, it never meets the values of the poll before. What a variable held at an instant can be
computed, and the server counts what it was asked for: what arrived in a database can be compared with both. In FOLDER
it keeps the files `url` (once everything can be read) and `served` (variables read so far, a moment late).
"""

import asyncio
import sys
import time
from datetime import UTC, timedelta
from pathlib import Path

from asyncua import ua
from asyncua.server.server import Server
from asyncua.ua.attribute_ids import AttributeIds

from collector.simulation.address_space import AddressSpace

NAMESPACE = "urn:tundish:load"
GRID_NS = 50_000_000
"""Source times are multiples of this. It is well below any poll, so that each poll meets new values, and a read of all
variables meets few instants."""
STEP = 0.01
"""The difference of one variable to the next: the sum at an instant shows if one is lost or written twice."""
_WRITE_S = 0.02
"""How late the file of the count may be: less than the pause that benchmarks.observed waits for."""


def node_name(index: int) -> str:
    """The string identifier of a variable."""
    return f"Load.D{index:05d}"


def base_value(time_ns: int) -> float:
    """What the first variable holds as of `time_ns` (UTC), a multiple of GRID_NS; each next one holds STEP more."""
    return time_ns // GRID_NS % 1000 * 0.125


class Load:
    """The values of this moment, and how many were asked for."""

    def __init__(self) -> None:
        self.served = 0
        self._good = ua.StatusCode(ua.UInt32(0))
        self._time_ns = 0

    def add(self, space: Server, node_id: ua.NodeId, index: int) -> None:
        """Let a variable that exists hold the `index`-th value."""
        offset = index * STEP

        def read(_node: ua.NodeId, _attribute: AttributeIds) -> ua.DataValue:
            self.served += 1
            self._look_at_clock()
            value = ua.Variant(self._base + offset, ua.VariantType.Double)
            return ua.DataValue(value, self._good, SourceTimestamp=self._stamp, ServerTimestamp=self._stamp)

        space.iserver.aspace[node_id].attributes[AttributeIds.Value].value_callback = read

    def _look_at_clock(self) -> None:
        time_ns = time.time_ns() // GRID_NS * GRID_NS
        if time_ns != self._time_ns:
            self._time_ns, self._base = time_ns, base_value(time_ns)
            self._stamp = ua.DateTime.fromtimestamp(0, UTC) + timedelta(microseconds=time_ns // 1000)


async def serve(count: int, url_file: Path, served_file: Path) -> None:
    """Answer until ended."""
    server = Server()
    await server.init()
    server.set_endpoint("opc.tcp://127.0.0.1:0")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    nodes = AddressSpace(server, await server.register_namespace(NAMESPACE))
    load = Load()
    for index in range(count):
        load.add(server, await nodes.add("Load", node_name(index), 0.0, ua.VariantType.Double), index)
    async with server:
        if server.bserver is None:
            raise RuntimeError("the server does not listen")
        replace_file(served_file, "0")
        replace_file(url_file, f"opc.tcp://127.0.0.1:{server.bserver.port}")
        written = 0
        while True:
            await asyncio.sleep(_WRITE_S)
            if load.served != written:
                written = load.served
                replace_file(served_file, str(written))


def replace_file(file: Path, text: str) -> None:
    """Replace a file whole: a reader never meets half a number."""
    unfinished = file.with_suffix(".new")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(file)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]) / "url", Path(sys.argv[2]) / "served"))
