"""Many Doubles that change each second, to load a collector with: `Load.D00000`, `Load.D00001`, ..."""

from asyncua import ua

from collector.simulation.address_space import AddressSpace

LOAD_TAG = "d{:05d}"


def load_node(index: int) -> str:
    """The string identifier of a load variable."""
    return f"Load.D{index:05d}"


class LoadGenerator:
    """`count` variables, each with a value of its own that is new at every step."""

    def __init__(self, nodes: AddressSpace, count: int) -> None:
        self._nodes = nodes
        self._count = count
        self._ids: list[ua.NodeId] = []
        self._steps = 0

    async def create(self) -> None:
        """Make the variables."""
        self._ids = [
            await self._nodes.add("Load", load_node(index), 0.0, ua.VariantType.Double) for index in range(self._count)
        ]

    async def step(self, time: ua.DateTime) -> None:
        """Write all of them as of `time`."""
        self._steps += 1
        base = (self._steps % 1000) * 0.125
        for index, node_id in enumerate(self._ids):
            await self._nodes.write(node_id, base + index * 0.01, ua.VariantType.Double, time, time)
