"""Peers that hold what they were given: an edge node at its broker, a historian, a cluster."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.collector.sources.sparkplug.edge_bytes import birth, death, payload
from tests.support.influxd import PASSWORD, USER, influx_server
from tests.support.kafka_broker import KafkaBroker
from tests.support.mosquitto import Broker

Step = Mapping[str, Any]
TYPES = {
    "int32": (3, "int_value"),
    "uint32": (7, "int_value"),
    "uint64": (8, "long_value"),
    "double": (10, "double_value"),
    "string": (12, "string_value"),
}


class EdgePeer:
    """The edge node `mine3/belts` with its device `scale`. `says`: NBIRTH or NDEATH (with `bd_seq`), DBIRTH, DDATA or
    DDEATH; `seq`; `metrics`, each with `name`, `alias` and its value under its type's name; `bytes`: in their place."""

    steady, listens = False, True

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.broker = Broker(folder)
        await asyncio.to_thread(self.broker.start)
        self.keys = {"host": "127.0.0.1", "port": self.broker.port, "tls": False, "timeout": "2s"}

    async def play(self, step: Step, at_ns: int) -> None:
        if "says" not in step:
            return
        kind, at_ms = step["says"], at_ns // 10**6
        topic = f"spBv1.0/mine3/{kind}/belts" + ("/scale" if kind.startswith("D") else "")
        if "bytes" in step:
            raw = step["bytes"].encode()
        elif kind in ("NBIRTH", "NDEATH"):
            raw = (birth if kind == "NBIRTH" else death)(step.get("bd_seq", 1))
        else:
            raw = payload(step["seq"], *(_metric(one, at_ms) for one in step.get("metrics", ())), at_ms=at_ms)
        await asyncio.to_thread(self.broker.publish, topic, raw)

    async def stop(self) -> None:
        await asyncio.to_thread(self.broker.stop)


def _metric(given: Step, at_ms: int) -> dict[str, Any]:
    fields = {key: given[key] for key in ("name", "alias", "is_null", "is_historical", "properties") if key in given}
    for name, (datatype, field) in TYPES.items():
        if name in given:
            fields |= {field: given[name]} | ({"datatype": datatype} if "name" in given else {})
    return {**fields, "timestamp": at_ms - given.get("ago_s", 0) * 1000}


class HistorianPeer:
    """InfluxDB 1.x with the database `plant`. `lines`: of line protocol without times, which are of the step, or
    `ago_s` before; `database: stop` and `start`."""

    steady = listens = False

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.opened = influx_server("v1", folder / "influx")
        self.server = await asyncio.to_thread(self.opened.__enter__)
        await asyncio.to_thread(self.server.make_bucket, "plant")
        secret = folder / "influx.secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o600)
        self.keys = {"url": self.server.url, "database": "plant", "user": USER, "password_file": str(secret)}

    async def play(self, step: Step, at_ns: int) -> None:
        if "database" in step:
            await asyncio.to_thread(self.server.start if step["database"] == "start" else self.server.kill)
        at_ns -= step.get("ago_s", 0) * 10**9
        lines = "\n".join(f"{line} {at_ns}" for line in step.get("lines", ()))
        if lines:
            await asyncio.to_thread(self.server.request, "POST", "/write?db=plant", body=lines.encode())

    async def stop(self) -> None:
        await asyncio.to_thread(self.opened.__exit__, None, None, None)


class ClusterPeer:
    """Kafka with the topics `bridge` and `level`. `topic` with `json` or `text`, and `ago_s`; `cluster: stop` and
    `start`."""

    steady = listens = False

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.cluster = await asyncio.to_thread(KafkaBroker, folder)
        for topic in ("bridge", "level"):
            await asyncio.to_thread(self.cluster.topic, topic)
        self.keys = {"servers": [self.cluster.server], "tls": False, "timeout": "5s"}

    async def play(self, step: Step, at_ns: int) -> None:
        if "cluster" in step:
            await asyncio.to_thread(self.cluster.start if step["cluster"] == "start" else self.cluster.stop)
        if "json" in step or "text" in step:
            record = json.dumps(step["json"]) if "json" in step else step["text"].encode("utf-8", "surrogateescape")
            at_ms = at_ns // 10**6 - step.get("ago_s", 0) * 1000
            await asyncio.to_thread(self.cluster.produce, step["topic"], record, at_ms=at_ms)

    async def stop(self) -> None:
        await asyncio.to_thread(self.cluster.stop)
