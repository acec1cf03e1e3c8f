"""A real OPC UA server in the test's own loop that records what it is asked, and a source that is run against it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.server import binary_server_asyncio
from asyncua.server.uaprocessor import ServiceError, UaProcessor
from asyncua.ua.object_ids import ObjectIdNames

from collector.sources.base import Delivery, SourceContext
from collector.sources.opcua import SOURCE
from collector.sources.opcua.source import OpcUaSource
from models.works.codes import TagKind
from tests.support.opcua_works import Proxy, Recorder, Running, RunSource, Works, make_tag


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Records what all servers of this test are asked."""
    record = Recorder()

    class RecordingProcessor(UaProcessor):
        async def _process_message(
            self, typeid: ua.NodeId, requesthdr: ua.RequestHeader, seqhdr: ua.SequenceHeader, body: Buffer
        ) -> bool | None:
            name = ObjectIdNames[typeid.Identifier].removesuffix("_Encoding_DefaultBinary")
            record.requests.append((time.monotonic(), name))
            asked: set[object] = set()
            if name == "ReadRequest":
                parameters = ua.ua_binary.struct_from_binary(ua.ReadParameters, body.copy())
                record.reads.append(len(parameters.NodesToRead))
                asked = {read.NodeId.Identifier for read in parameters.NodesToRead}
            elif name == "CreateMonitoredItemsRequest":
                wanted = ua.ua_binary.struct_from_binary(ua.CreateMonitoredItemsParameters, body.copy())
                asked = {item.ItemToMonitor.NodeId.Identifier for item in wanted.ItemsToCreate}
            fault = record.fault(asked)
            if fault is not None:
                if fault == Recorder.HOLDS_UP_ALL:
                    await asyncio.Event().wait()
                if fault == Recorder.SILENT:
                    return True
                raise ServiceError(fault)
            return await super()._process_message(typeid, requesthdr, seqhdr, body)

    monkeypatch.setattr(binary_server_asyncio, "UaProcessor", RecordingProcessor)
    return record


@pytest.fixture
async def works(recorder: Recorder) -> AsyncIterator[Works]:
    """A server that is not started yet."""
    one = Works()
    yield one
    await one.stop()


@pytest.fixture
def run_source(tmp_path: Path) -> RunSource:
    """Run a source: `async with run_source(url, {"bf3.blast": "nsu=...;s=blast"}, **keys) as running`."""

    @asynccontextmanager
    async def run(
        url: str,
        nodes: dict[str, Any],
        *,
        resume: dict[str, int] | None = None,
        known: dict[str, str] | None = None,
        told: dict[str, dict[int, tuple[str, float]]] | None = None,
        clock_ns: Callable[[], int] = time.time_ns,
        watched: dict[str, int] | None = None,
        tags: dict[str, dict[str, Any]] | None = None,
        injected: dict[str, Any] | None = None,
        refuse: Callable[[Delivery], Awaitable[None]] | None = None,
        **keys: object,
    ) -> AsyncIterator[Running]:
        settings: dict[str, Any] = {
            "name": "plc",
            "type": "opcua",
            "url": url,
            "poll": "50ms",
            "stale_after": "5s",
            "timeout": "2s",
            "security": {"policy": "None"},
            "limits": {"requests_per_s": 1000.0},
        }
        config = SOURCE.config.model_validate(settings | keys)
        entries = []
        for index, (name, address) in enumerate(nodes.items()):
            given = address if isinstance(address, dict) else {"node": address}
            kind = TagKind.EVENT if {"ring", "newest"} & given.keys() else TagKind.GAUGE
            tag = make_tag(name, **({"kind": kind} | (tags or {}).get(name, {})))
            entries.append((index, tag, SOURCE.address.model_validate(given)))
        context = SourceContext(
            entries, tmp_path, resume or {}, clock_ns, known or {}, told or {}, watched_ns=watched or {}
        )
        running = Running()
        running.refuse = refuse
        quick = {"uniform": lambda low, high: min(high, 0.05)}
        running.source = OpcUaSource(config, context, **(quick | (injected or {})))
        running.task = asyncio.create_task(running.source.run(running.accept))
        try:
            yield running
        finally:
            running.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running.task

    return run


@pytest.fixture
async def proxy(works: Works) -> AsyncIterator[Proxy]:
    """A line to `works`, already open for connections."""
    line = Proxy(works.port)
    await line.start()
    yield line
    await line.stop()
