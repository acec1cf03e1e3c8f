"""A history that a test's OPC UA server keeps in SQLite, and what a source handed on of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asyncua import Server, ua
from asyncua.server.history_sql import HistorySQLite

from models.works.codes import TagKind
from tests.support.opcua_works import Running, Works

NS = 1_000_000_000
COUNTER: dict[str, Any] = {"kind": TagKind.TOTALIZER, "unit_of_measure": "t", "grams_per_unit": 1e6, "product": "ore"}
HISTORY = {"reach": "1d"}


def node(name: str) -> str:
    return f"nsu=urn:test:plant;s={name}"


class NamedHistory(HistorySQLite):
    """The library's history, which takes no names of nodes that are texts: its tables are named after them."""

    def _get_table_name(self, node_id: ua.NodeId) -> str:
        return f"{node_id.NamespaceIndex}_{node_id.Identifier}"


async def keep_history(works: Works, folder: Path, **values: object) -> NamedHistory:
    """Start the server with a history in SQLite of all its nodes."""
    storage = NamedHistory(str(folder / "history.db"))

    async def prepare(server: Server) -> None:
        await storage.init()
        server.iserver.history_manager.set_storage(storage)

    works.prepare = prepare
    await works.start(**values)
    for one in works.nodes.values():
        await works.server.historize_node_data_change(one, period=None, count=0)
    return storage


async def remember(works: Works, storage: NamedHistory, name: str, rows: list[tuple[datetime, float]]) -> None:
    """Enter values into the history of a node, in this order."""
    for at, value in rows:
        data = ua.DataValue(ua.Variant(value), ua.StatusCode(0), at, at)
        await storage.save_node_value(works.nodes[name].nodeid, data)


def past(running: Running) -> list[tuple[int, float, int]]:
    """(tag, value, ns) of what was backfilled, as it came."""
    return [
        row
        for delivery in running.deliveries
        if delivery.backfilled and delivery.readings is not None
        for row in zip(
            delivery.readings.tags.tolist(),
            delivery.readings.values.tolist(),
            delivery.readings.times_ns.tolist(),
            strict=True,
        )
    ]


def ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)
