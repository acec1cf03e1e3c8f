"""The real peers of sources, which do what the steps of a case say."""

import asyncio
import sqlite3
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web
from asyncua import ua

from tests.collector.files.workbooks import workbook_file
from tests.support.json_service import JsonService, json_service
from tests.support.modbus_device import Device
from tests.support.mosquitto import Broker
from tests.support.opcua_alarms import Condition, answers_what_stands, happen
from tests.support.opcua_works import Works
from tests.support.source_cases.broker_peers import ClusterPeer, EdgePeer, HistorianPeer

Step = Mapping[str, Any]


class Peer(Protocol):
    """`keys` of the source in plant.yaml: where the peer is. `steady`: it is read again and again, so that a step lasts
    until it was read twice. `listens`: it gives only while the source is there."""

    steady: bool
    listens: bool
    keys: dict[str, Any]

    async def start(self, folder: Path, first: Step, at_ns: int) -> None: ...

    async def play(self, step: Step, at_ns: int) -> None: ...

    async def stop(self) -> None: ...


class FolderPeer:
    """`file`: a name, with `text` (and `encoding`), `sheets`, `sparse_bytes` or `bomb`; `append`: text behind it."""

    steady = listens = False

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.folder = folder / "drop"
        self.folder.mkdir()
        self.keys = {"folder": str(self.folder), "settle": "60ms", "give_up": "400ms"}

    async def play(self, step: Step, at_ns: int) -> None:
        if "file" not in step:
            return
        path, made = self.folder / step["file"], self.folder.parent / f"made-{step['file']}"
        if "append" in step:
            with path.open("a", encoding="utf-8") as file:
                file.write(step["append"])
            return
        if "sheets" in step:
            workbook_file(made, step)
        elif "sparse_bytes" in step:
            with made.open("wb") as file:
                file.truncate(step["sparse_bytes"])
        elif step.get("bomb"):
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
        else:
            made.write_bytes(step["text"].encode(step.get("encoding", "utf-8"), "surrogateescape"))
        if "cut_to" in step:
            made.write_bytes(made.read_bytes()[: step["cut_to"]])
        made.rename(path)

    async def stop(self) -> None: ...


class DatabasePeer:
    """A file of SQLite. `sql`: statements; `locked`: whether another program keeps the file to itself."""

    steady, listens = True, False

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.path = folder / "lab.db"
        self.keys = {"driver": "sqlite", "database": str(self.path), "timeout": "300ms"}
        self.connection = sqlite3.connect(self.path, isolation_level=None)

    async def play(self, step: Step, at_ns: int) -> None:
        for statement in step.get("sql", ()):
            self.connection.execute(statement)
        if "locked" in step:
            self.connection.execute("BEGIN EXCLUSIVE" if step["locked"] else "ROLLBACK")

    async def stop(self) -> None:
        self.connection.close()


class WebPeer:
    """What it answers from now on: `json` or `text`, with `status`, `headers` and `hang_s`; `pages`: one after the
    other, by `next`; `endless`: such pages without end."""

    steady, listens = True, False

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.step: Step = {"json": []}
        self.opened = json_service(self.answer)
        self.service: JsonService = await self.opened.__aenter__()
        self.keys = {"url": self.service.url, "timeout": "300ms"}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        step, number = self.step, int(request.query.get("p", "0"))
        await asyncio.sleep(step.get("hang_s", 0))
        if step.get("endless"):
            return web.json_response({"rows": [], "count": number, "next": f"?p={number + 1}"})
        if "pages" in step:
            pages = step["pages"]
            more = f"?p={number + 1}" if number + 1 < len(pages) else None
            return web.json_response({"rows": pages[number], "next": more})
        status, headers = step.get("status", 200), step.get("headers")
        if "json" in step:
            return web.json_response(step["json"], status=status, headers=headers)
        return web.Response(text=step.get("text", ""), status=status, headers=headers)

    async def play(self, step: Step, at_ns: int) -> None:
        self.step = step if {"json", "text", "pages", "endless", "status", "hang_s"} & step.keys() else self.step

    async def stop(self) -> None:
        await self.opened.__aexit__(None, None, None)


class BrokerPeer:
    """`topic` with `json` or `text`, and `retain`; `broker: stop` and `broker: start`."""

    steady, listens = False, True

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.broker = Broker(folder)
        await asyncio.to_thread(self.broker.start)
        self.keys = {"host": "127.0.0.1", "port": self.broker.port, "tls": False, "timeout": "2s"}

    async def play(self, step: Step, at_ns: int) -> None:
        if "broker" in step:
            await asyncio.to_thread(self.broker.start if step["broker"] == "start" else self.broker.stop)
        if "topic" in step:
            payload = step["json"] if "json" in step else step["text"].encode("utf-8", "surrogateescape")
            await asyncio.to_thread(self.broker.publish, step["topic"], payload, retain=step.get("retain", False))

    async def stop(self) -> None:
        await asyncio.to_thread(self.broker.stop)


class DevicePeer:
    """Holding registers 100 to 159: `words`, `uint32`, `uint64`, `float32` by register; `device: stop` and `start`."""

    steady, listens = True, False

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.device = Device()
        await self.device.start()
        self.keys = {"host": "127.0.0.1", "port": self.device.port, "timeout": "500ms"}
        await self.play(first, at_ns)

    async def play(self, step: Step, at_ns: int) -> None:
        if step.get("device") == "stop":
            await self.device.stop()
        elif step.get("device") == "start":
            await self.device.start()
        for register, words in step.get("words", {}).items():
            await self.device.put(register, words)
        for kind, form in (("uint32", ">I"), ("uint64", ">Q"), ("float32", ">f")):
            for register, value in step.get(kind, {}).items():
                data = struct.pack(form, value)
                await self.device.put(register, list(struct.unpack(f">{len(data) // 2}H", data)))

    async def stop(self) -> None:
        await self.device.stop()


class ServerPeer:
    """`values` by node, and those of UInt64 (`uint64`), with the time of the step, or with that of the device
    (`stamped_ns`); `status`: 0 is good; `server: stop` and `server: start`. `alarms`: by name, true while it is active;
    `event`: a text."""

    steady, listens = True, False

    async def start(self, folder: Path, first: Step, at_ns: int) -> None:
        self.works = Works()
        self.held = _values(first)
        await self.works.start(**self.held)
        self.alarms: dict[str, Condition] = {}
        await answers_what_stands(self.works)
        self.keys = {
            "url": self.works.url,
            "security": {"policy": "None"},
            "timeout": "1s",
            "limits": {"requests_per_s": 1000},
        }
        await self.play(first, at_ns)

    async def play(self, step: Step, at_ns: int) -> None:
        if step.get("server") == "stop":
            await self.works.stop()
        elif step.get("server") == "start":
            await self.works.start(**(self.held | _values(step)))
        at = datetime.fromtimestamp(step.get("stamped_ns", at_ns) / 1e9, UTC).replace(tzinfo=None)
        for node, value in _values(step).items():
            self.held[node] = value
            await self.works.write(node, value, step.get("status", 0), at)
        for name, active in step.get("alarms", {}).items():
            if name not in self.alarms:
                self.alarms[name] = await Condition.of(self.works, name)
            await self.alarms[name].tell(active=active, at=at.replace(tzinfo=UTC))
        if "event" in step:
            await happen(self.works, step["event"])

    async def stop(self) -> None:
        await self.works.stop()


def _values(step: Step) -> dict[str, Any]:
    """By node, what stands in it from a step on."""
    unsigned = {node: ua.Variant(value, ua.VariantType.UInt64) for node, value in step.get("uint64", {}).items()}
    return {**step.get("values", {}), **unsigned}


PEERS: dict[str, type[Peer]] = {
    "files": FolderPeer,
    "sql": DatabasePeer,
    "http": WebPeer,
    "mqtt": BrokerPeer,
    "modbus": DevicePeer,
    "opcua": ServerPeer,
    "sparkplug": EdgePeer,
    "influx": HistorianPeer,
    "kafka": ClusterPeer,
}
