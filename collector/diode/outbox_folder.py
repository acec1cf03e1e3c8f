"""Puts numbered files into the outbox folder. What was put there is synced before it leaves the queue.

A number is noted before its file is made. If the power fails between, nobody knows whether the file was there and was
taken away: a void file of the same number then tells the other side not to wait for it.
"""

import asyncio
import json
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from collector.diode.diode_file import SUFFIX, DiodeFile, Kind, encode_file
from collector.diode.settings import DiodeSettings
from collector.errors import CannotStart, SinkUnavailable
from collector.host import sync_file, sync_folder
from collector.influx.outbox_sender import Applied, T
from collector.influx.point_tables import PointTables
from collector.influx.stored_lines import unpack
from models.works.table import RowKey


@dataclass(frozen=True, slots=True)
class _Count:
    """`given`: the number that was given last; `made`: whether its file is surely there."""

    series: str
    began_ns: int
    given: int = 0
    made: bool = True


class OutboxFolder:
    """The only writer of one folder. `state`: the file of its count, in the data folder: others empty the outbox."""

    def __init__(
        self,
        settings: DiodeSettings,
        state: Path,
        site: str,
        *,
        simulated: bool,
        clock_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._settings = settings
        self._state = state
        self._site = site
        self._simulated = simulated
        self._clock_ns = clock_ns
        self._count: _Count | None = None
        self._lock = asyncio.Lock()
        self.is_new = False

    async def open(self) -> None:
        """Take up the count. Raises CannotStart if it cannot be read, SinkUnavailable if the folder cannot be used."""
        async with self._lock:
            if self._count is None:
                self._count = await asyncio.to_thread(self._opened)

    async def put(self, kind: Kind, lines: bytes, withdrawn: Sequence[RowKey] = ()) -> None:
        """Make one file; synced when this returns. Raises SinkUnavailable."""
        await self.open()
        async with self._lock:
            await asyncio.to_thread(self._put, kind, lines, withdrawn)

    async def write(self, _bucket: str, body: bytes) -> None:
        """Telemetry: gzip-compressed lines. Raises SinkUnavailable."""
        lines = await asyncio.to_thread(unpack, body)
        await self.put("telemetry", b"\n".join(lines) + b"\n")

    def _opened(self) -> _Count:
        try:
            self._settings.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SinkUnavailable(f"outbox {self._settings.folder}: {error.strerror}") from error
        try:
            count = _Count(**json.loads(self._state.read_text(encoding="utf-8")))
        except FileNotFoundError:
            self.is_new = True
            return _Count(uuid.uuid4().hex, self._clock_ns())
        except (OSError, ValueError, TypeError) as error:
            raise CannotStart(
                f"{self._state} cannot be read; remove it, and everything is sent anew under a new series"
            ) from error
        if not count.made and not any(self._settings.folder.glob(f"{count.given:010d}-*{SUFFIX}")):
            try:
                self._make(count, "void", b"", ())
            except OSError as error:
                raise SinkUnavailable(f"outbox {self._settings.folder}: {error.strerror or error}") from error
        return replace(count, made=True)

    def _put(self, kind: Kind, lines: bytes, withdrawn: Sequence[RowKey]) -> None:
        folder, most = self._settings.folder, self._settings.max_bytes
        try:
            held = sum(path.stat().st_size for path in folder.glob(f"*{SUFFIX}"))
            if held + len(lines) > most:
                raise SinkUnavailable(
                    f"outbox {folder} holds {held / 1e6:.0f} MB of {most / 1e6:.0f} MB: nobody takes files away; see "
                    "the diode's program, or give diode.max_bytes"
                )
            given = replace(self._count_now(), given=self._count_now().given + 1, made=False)
            self._note(given)
            self._count = given
            self._make(given, kind, lines, withdrawn)
            self._count = replace(given, made=True)
            self._note(self._count)
        except OSError as error:
            raise SinkUnavailable(f"outbox {folder}: {error.strerror or error}") from error

    def _count_now(self) -> _Count:
        if self._count is None:
            raise RuntimeError("the outbox is not open")
        return self._count

    def _make(self, count: _Count, kind: Kind, lines: bytes, withdrawn: Sequence[RowKey]) -> None:
        file = DiodeFile(
            self._site, self._simulated, count.series, count.began_ns, count.given, kind, lines, tuple(withdrawn)
        )
        name, content = encode_file(file)
        self._replace(self._settings.folder / name, content)

    def _note(self, count: _Count) -> None:
        self._replace(self._state, json.dumps(asdict(count)).encode())

    @staticmethod
    def _replace(path: Path, content: bytes) -> None:
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        sync_file(part)
        part.replace(path)
        sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class DiodeTables:
    """Calculated rows: a file for each round."""

    outbox: OutboxFolder

    async def apply(self, items: Sequence[T]) -> Applied[T]:
        """One round. Raises SinkUnavailable: then all is to be repeated."""
        gathered = _Gathered()
        applied = await PointTables(gathered, "rows").apply(items)
        await self.outbox.put("rows", b"\n".join(gathered.lines) + b"\n", gathered.withdrawn)
        return applied


class _Gathered:
    """What a database would have been told."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.withdrawn: list[RowKey] = []

    async def write(self, _bucket: str, body: bytes) -> None:
        self.lines += unpack(body)

    async def delete_point(self, _bucket: str, key: RowKey) -> None:
        self.withdrawn.append(key)
