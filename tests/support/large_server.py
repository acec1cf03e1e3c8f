"""An OPC UA server of very many variables, a few of which count: `python -m tests.support.large_server COUNT FILE`.

A hundred variables stand in a folder. The first of each counts, the others hold a number that stands still. FILE gets
the address once everything can be read.
"""

import asyncio
import sys
import time
from pathlib import Path

from asyncua import ua
from asyncua.server.server import Server
from asyncua.ua.attribute_ids import AttributeIds

from collector.simulation.address_space import AddressSpace

NAMESPACE = "urn:tundish:large"
IN_A_FOLDER = 100
PER_SECOND = 3
"""What a counter gains a second, in its own unit."""
_GOOD = ua.StatusCode(ua.UInt32(0))


def node_name(index: int) -> str:
    """The string identifier of a variable."""
    return f"V{index:06d}"


def _count(_node: ua.NodeId, _attribute: AttributeIds) -> ua.DataValue:
    value = ua.Variant(int(time.time() * PER_SECOND) % 2**32, ua.VariantType.UInt32)
    return ua.DataValue(value, _GOOD)


async def serve(count: int, file: Path) -> None:
    """Answer until ended."""
    server = Server()
    await server.init()
    server.set_endpoint("opc.tcp://127.0.0.1:0")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    nodes = AddressSpace(server, await server.register_namespace(NAMESPACE))
    for index in range(count):
        # A short folder each: the library looks through all of a folder for each that is added.
        folder, counts = f"F{index // IN_A_FOLDER:04d}", index % IN_A_FOLDER == 0
        kind = ua.VariantType.UInt32 if counts else ua.VariantType.Float
        node = await nodes.add(folder, node_name(index), 0 if counts else float(index), kind)
        if counts:
            server.iserver.aspace[node].attributes[AttributeIds.Value].value_callback = _count
    async with server:
        if server.bserver is None:
            raise RuntimeError("the server does not listen")
        unfinished = file.with_suffix(".new")
        unfinished.write_text(f"opc.tcp://127.0.0.1:{server.bserver.port}", encoding="utf-8")
        unfinished.replace(file)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
