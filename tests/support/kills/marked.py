"""`tundish run` that marks what it is at: `python -m tests.support.kills.marked MARKS run plant.yaml ...`."""

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.support.kills.marks import Marks


def main(marks: Marks) -> None:
    """Mark, and be `tundish`."""
    marks.enter("loading")
    _mark_collecting(marks)
    from collector.cli.main import main as tundish

    tundish()


def around(marks: Marks, what: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, marked as long as it runs."""

    @functools.wraps(call)
    def marked(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as it is
        marks.enter(what)
        try:
            return call(*arguments, **options)
        finally:
            marks.leave(what)

    return marked


def around_async(marks: Marks, what: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """As `around`."""

    @functools.wraps(call)
    async def marked(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        marks.enter(what)
        try:
            return await call(*arguments, **options)
        finally:
            marks.leave(what)

    return marked


def _mark_collecting(marks: Marks) -> None:
    from collector.service import service
    from collector.service.collecting import Collecting
    from collector.service.intake import Intake
    from collector.service.ledger_consumer import LedgerConsumer
    from collector.storage.file import opening
    from collector.storage.file.writer_thread import WriterThread
    from collector.storage.journal.journal import Journal
    from collector.storage.ledger.ledger import Ledger

    Ledger.open = staticmethod(around(marks, "opening the ledger", Ledger.open))  # type: ignore[method-assign]
    Journal.open = staticmethod(around(marks, "opening the journal", Journal.open))  # type: ignore[method-assign]
    opening._migrate = _migrating(marks, opening._migrate)
    LedgerConsumer._step = around_async(marks, "counting", LedgerConsumer._step)  # type: ignore[method-assign]
    commit, open_it, start, accept = WriterThread._commit, Collecting.open, Collecting.start, Intake._take

    def committed(self: Any, group: Any) -> Any:  # noqa: ANN401
        return around(marks, f"committing to the {self._path.stem}", commit)(self, group)

    async def opened(self: Any, stack: Any) -> None:  # noqa: ANN401
        marks.leave("loading")
        await open_it(self, stack)

    async def started(self: Any) -> None:  # noqa: ANN401
        await around_async(marks, "catching up", start)(self)
        marks.enter("connecting")

    async def taken(self: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        done = await accept(self, *arguments, **options)
        if "connecting" in marks.under_way():
            marks.enter("collecting")
            marks.leave("connecting")
        return done

    WriterThread._commit, Collecting.open = committed, opened  # type: ignore[method-assign]
    Collecting.start, Intake._take = started, taken  # type: ignore[method-assign]
    service.importlib = SimpleNamespace(import_module=functools.partial(_load, marks))  # type: ignore[assignment]


def _migrating(marks: Marks, call: Callable[..., Any]) -> Callable[..., Any]:
    from collector.storage.file.sql import pragma

    marked = around(marks, "migrating the ledger", call)

    def migrate(connection: Any, path: Any, kind: Any, vfs: Any) -> Any:  # noqa: ANN401
        older = pragma(connection, "user_version") != kind.version
        return (marked if older else call)(connection, path, kind, vfs)

    return migrate


def _load(marks: Marks, name: str) -> Any:  # noqa: ANN401
    """The part of the service that is loaded while sources connect."""
    module = import_module(name)
    from collector.influx.client import InfluxClient
    from collector.influx.point_tables import PointTables
    from collector.service.alerting import Alerting
    from collector.service.detection import Detection
    from collector.service.roll_up import RollUp

    RollUp._do = around_async(marks, "rolling up", RollUp._do)  # type: ignore[method-assign]
    Detection.run = around_async(marks, "detecting", Detection.run)  # type: ignore[method-assign]
    Alerting.update = around_async(marks, "alerting", Alerting.update)  # type: ignore[method-assign]
    PointTables.apply = around_async(marks, "sending rows", PointTables.apply)  # type: ignore[method-assign]
    write = InfluxClient.write
    telemetry = around_async(marks, "sending telemetry", write)

    async def written(self: Any, bucket: str, body: bytes) -> None:  # noqa: ANN401
        await (telemetry if bucket.endswith("_raw") else write)(self, bucket, body)

    InfluxClient.write = written  # type: ignore[method-assign]
    return module


if __name__ == "__main__":
    file = Path(sys.argv.pop(1))
    main(Marks(file))
