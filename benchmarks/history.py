"""HistoryRead of a day of 5,000 tags, beside plain asyncua on the same server in the same run.

python -m benchmarks.history [--tags 5000] [--every 300]

The server is asyncua's in a process of its own; its history is made beforehand and answered from memory, a value every
`--every` seconds. Tundish is its source as it runs after an outage, up to what it hands to the intake, in units of tags
and in order. Plain is `read_raw_history` node by node, as asyncua's documentation shows it. Each is a process of its
own; CPU is user and system time of that process, memory its peak. Both count what they got, and the sums are compared.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asyncua import Client, Server, ua
from rich.console import Console
from rich.table import Table

from collector.sources.base import Delivery, SourceContext
from collector.sources.opcua import SOURCE
from collector.sources.opcua.source import OpcUaSource
from models.works.codes import TagKind
from models.works.plant import Tag

URI = "urn:tundish:history"
DAY_S = 86_400
TUNDISH, PLAIN = "Tundish's source", "asyncua read_raw_history"


def _node(index: int) -> str:
    return f"D{index:05d}"


async def serve(tags: int, every_s: int, folder: Path) -> None:
    """Answer until ended; every node has the same values."""
    server = Server()
    await server.init()
    server.set_endpoint("opc.tcp://127.0.0.1:0")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    space = await server.register_namespace(URI)
    now = datetime.now(UTC).replace(microsecond=0)
    times = [now - timedelta(seconds=DAY_S - every_s * number) for number in range(DAY_S // every_s)]
    values = [
        ua.DataValue(ua.Variant(float(number), ua.VariantType.Double), ua.StatusCode(ua.UInt32(0)), at, at)
        for number, at in enumerate(times)
    ]
    for index in range(tags):
        node = await server.nodes.objects.add_variable(ua.NodeId(_node(index), ua.Int16(space)), _node(index), 0.0)
        await node.set_attr_bit(ua.AttributeIds.AccessLevel, ua.AccessLevel.HistoryRead)
        await node.set_attr_bit(ua.AttributeIds.UserAccessLevel, ua.AccessLevel.HistoryRead)

    async def read(params: ua.HistoryReadParameters) -> list[ua.HistoryReadResult]:
        details: Any = params.HistoryReadDetails
        within = [value for value, at in zip(values, times, strict=True) if details.StartTime <= at <= details.EndTime]
        return [
            ua.HistoryReadResult(HistoryData=ua.HistoryData(DataValues=within))  # type: ignore[arg-type]
            for _ in params.NodesToRead
        ]

    server.iserver.history_manager.read_history = read  # type: ignore[method-assign]
    async with server:
        assert server.bserver is not None  # noqa: S101 - it listens
        port = server.bserver._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        (folder / "url").write_text(f"opc.tcp://127.0.0.1:{port}")
        await asyncio.Event().wait()


async def plain(url: str, tags: int) -> tuple[int, float]:
    """Every value of the last day as asyncua gives it: how many, and their sum."""
    count, total = 0, 0.0
    async with Client(url, timeout=60) as client:
        space = await client.get_namespace_index(URI)
        now = datetime.now(UTC)
        for index in range(tags):
            node = client.get_node(ua.NodeId(_node(index), ua.Int16(space)))
            for value in await node.read_raw_history(now - timedelta(days=1, minutes=2), now):
                count += 1
                total += value.Value.Value if value.Value is not None else 0.0
    return count, total


async def ours(url: str, tags: int) -> tuple[int, float]:
    """The same by the source, as after an outage of a day."""
    config = SOURCE.config.model_validate(
        {
            "name": "plc",
            "type": "opcua",
            "url": url,
            "security": {"policy": "None"},
            "timeout": "60s",
            "stale_after": "2m",
            "history": {"reach": "2d"},
        }
    )
    keys: dict[str, Any] = {"site": "works", "shop": "shop", "source": "plc", "unit_of_measure": "t", "cadence_s": 10.0}
    counting: dict[str, Any] = {"kind": TagKind.TOTALIZER, "product": "ore", "grams_per_unit": 1e6}
    entries = [
        (
            index,
            Tag(name=f"u.{_node(index)}", signal=_node(index), unit="u", **keys, **counting),
            SOURCE.address.model_validate({"node": f"nsu={URI};s={_node(index)}"}),
        )
        for index in range(tags)
    ]
    away_ns = time.time_ns() - DAY_S * 1_000_000_000
    watched = {tag.name: away_ns for _, tag, _ in entries}
    count, total, live = 0, 0.0, asyncio.Event()

    async def accept(delivery: Delivery) -> None:
        nonlocal count, total
        if not delivery.backfilled:
            live.set()
        elif delivery.readings is not None:
            count += len(delivery.readings)
            total += float(delivery.readings.values.sum())

    context = SourceContext(entries, Path(), {}, time.time_ns, watched_ns=watched)
    task = asyncio.create_task(OpcUaSource(config, context).run(accept))
    await live.wait()
    task.cancel()
    return count, total


def _measured(contender: str, url: str, tags: int) -> None:
    began_s = time.monotonic()
    count, total = asyncio.run((ours if contender == TUNDISH else plain)(url, tags))
    used = resource.getrusage(resource.RUSAGE_SELF)
    said = {"count": count, "total": total, "wall_s": time.monotonic() - began_s}
    said |= {"cpu_s": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}
    print(json.dumps(said))


def _run(tags: int, every_s: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        module = [sys.executable, "-m", "benchmarks.history", "--tags", str(tags), "--every", str(every_s)]
        server = subprocess.Popen([*module, "--serve", folder])
        try:
            url_file = Path(folder) / "url"
            while not url_file.exists():
                time.sleep(0.1)
            url = url_file.read_text()
            table = Table("contender", "values", "values/s", "wall, s", "CPU, s", "peak, MB")
            for column in table.columns[1:]:
                column.justify = "right"
            totals = set()
            for contender in (PLAIN, TUNDISH):
                done = subprocess.run(
                    [*module, "--contender", contender, "--url", url], check=True, capture_output=True, text=True
                )
                said = json.loads(done.stdout.splitlines()[-1])
                totals.add((said["count"], said["total"]))
                rate = said["count"] / said["wall_s"]
                cells = (f"{said['count']:,}", f"{rate:,.0f}", f"{said['wall_s']:.1f}", f"{said['cpu_s']:.1f}")
                table.add_row(contender, *cells, f"{said['peak_mb']:.0f}")
        finally:
            server.kill()
            server.wait()
    Console().print(table)
    if len(totals) > 1:
        raise SystemExit(f"the contenders got other values: {sorted(totals)}")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tags", type=int, default=5000)
    parser.add_argument("--every", type=int, default=300)
    parser.add_argument("--serve")
    parser.add_argument("--contender")
    parser.add_argument("--url")
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(serve(asked.tags, asked.every, Path(asked.serve)))
    elif asked.contender:
        _measured(asked.contender, asked.url, asked.tags)
    else:
        _run(asked.tags, asked.every)


if __name__ == "__main__":
    main()
