"""The plain alternative: an asyncua loop that reads everything each second and writes it, nothing kept on disk.

python -m benchmarks.plain_loop points|strings OPCUA_URL COUNT EVERY_S DATABASE_URL BUCKET LOGIN

`points` builds an influxdb_client Point a value, `strings` formats lines by hand. LOGIN is user:password for
InfluxDB 1.x, or org:token for InfluxDB 2.
"""

import asyncio
import gzip
import sys
import time
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.node import Node
from asyncua.ua.attribute_ids import AttributeIds
from influxdb_client.client.influxdb_client_async import InfluxDBClientAsync
from influxdb_client.client.write.point import Point
from influxdb_client.service.write_service import WriteService

from benchmarks.load_server import NAMESPACE, node_name

NODES_A_REQUEST = 1000
"""What many servers allow in one read (MaxNodesPerRead)."""
LINES_A_REQUEST = 5000
"""The size that InfluxDB recommends for a batch."""


def stamp_ns(data: ua.DataValue) -> int:
    """The source's time; the library gives naive datetimes in UTC."""
    assert data.SourceTimestamp is not None  # noqa: S101 - our own server sets it
    return round(data.SourceTimestamp.replace(tzinfo=UTC).timestamp() * 1e6) * 1000


def as_points(values: list[ua.DataValue]) -> list[str]:
    """Lines by way of the library's points."""
    lines = []
    for index, data in enumerate(values):
        point: Any = Point("telemetry")  # type: ignore[no-untyped-call]
        point = point.tag("site", "temirtau").tag("shop", "load").tag("unit", "load")
        point = point.tag("signal", f"d{index:05d}").field("value", data.Value.Value).field("quality", 2)  # type: ignore[union-attr]
        lines.append(point.time(stamp_ns(data)).to_line_protocol())
    return lines


def as_strings(values: list[ua.DataValue]) -> list[str]:
    """Lines by hand, each from its parts."""
    return [
        f"telemetry,site=temirtau,shop=load,unit=load,signal=d{index:05d} "
        f"value={data.Value.Value!r},quality=2i {stamp_ns(data)}"  # type: ignore[union-attr]
        for index, data in enumerate(values)
    ]


@dataclass(frozen=True, slots=True)
class Sink:
    """The database that a plain loop writes to; `login` is user:password, or org:token for InfluxDB 2."""

    url: str
    bucket: str
    login: str


async def main(form: str, url: str, count: int, every_s: float, sink: Sink) -> None:
    """Read and write until killed."""
    name, secret = sink.login.split(":", 1)
    v2 = form.endswith("-v2")
    lines_of = as_points if form.startswith("points") else as_strings
    options: dict[str, Any] = {"token": secret, "org": name} if v2 else {"token": sink.login, "auth_basic": True}
    async with Client(url) as server, InfluxDBClientAsync(sink.url, **options) as client:
        index = await server.get_namespace_index(NAMESPACE)
        nodes = [server.get_node(f"ns={index};s={node_name(number)}") for number in range(count)]
        due = time.monotonic()
        while True:
            lines = lines_of(await read(server, nodes))
            for first in range(0, len(lines), LINES_A_REQUEST):
                await write(client, sink.bucket, name, "\n".join(lines[first : first + LINES_A_REQUEST]), v2=v2)
            # After a late poll it goes on from now and does not catch up: that would be another load.
            due = max(due + every_s, time.monotonic())
            await asyncio.sleep(due - time.monotonic())


async def read(server: Client, nodes: list[Node]) -> list[ua.DataValue]:
    """All values, by requests that a usual server accepts."""
    found = []
    for first in range(0, len(nodes), NODES_A_REQUEST):
        found += await server.read_attributes(nodes[first : first + NODES_A_REQUEST], AttributeIds.Value)
    return found


async def write(client: Any, bucket: str, org: str, text: str, *, v2: bool) -> None:  # noqa: ANN401 - untyped library
    """Compressed at level 1, as the collector's own lines are."""
    body = gzip.compress(text.encode(), 1)
    if v2:
        await WriteService(client.api_client).post_write_async(org, bucket, body, content_encoding="gzip")  # type: ignore[no-untyped-call]
        return
    await client.api_client.call_api(
        "/write",
        "POST",
        query_params=[("db", bucket), ("precision", "ns")],
        header_params={"Content-Encoding": "gzip", "Content-Type": "text/plain"},
        body=body,
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), Sink(*sys.argv[5:8])))
