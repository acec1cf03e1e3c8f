"""Takes the files of a data diode into a database: each once, whatever order they come in."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from collector.diode.diode_file import SUFFIX, DamagedFile, DiodeFile, decode_file, number_of
from collector.diode.taken import TakenFiles
from collector.errors import CannotStart, SinkUnavailable
from collector.host import sync_folder
from collector.influx.delivery import deliver
from collector.influx.packing import gzip_member
from collector.influx.point_tables import PointClient, PointTables
from collector.influx.stored_lines import Piece
from models.works.table import Row, RowKey

TAKEN, DAMAGED = "taken", "damaged"
SETTLED_S = 30.0
"""A file whose hash is wrong may still be on its way: it is judged when nothing was written to it for so long."""
MOST_FILE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DatabaseTarget:
    """The database and its two buckets."""

    client: PointClient
    bucket: str
    raw_bucket: str


@dataclass(frozen=True, slots=True)
class _Said:
    """One row of a file, as the tables of a database are told it."""

    key: RowKey
    delete_first: bool
    row: Row | None


@dataclass(slots=True)
class Ingested:
    """What became of the files: how many were taken, were known already, are still on their way; by name, why a file
    could not be taken; lines and rows that the database refuses, each with its words."""

    taken: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)
    damaged: dict[str, str] = field(default_factory=dict)
    coming: int = 0


class Ingest:
    """Of one folder and one works."""

    def __init__(self, folder: Path, target: DatabaseTarget, taken: TakenFiles, *, site: str, simulated: bool) -> None:
        self._folder = folder
        self._target = target
        self._taken = taken
        self._site = site
        self._simulated = simulated

    async def run(self) -> Ingested:
        """Take what is there, in the order of the numbers. Raises SinkUnavailable, and CannotStart for another works'.

        A file is moved away when the database has it; one that is cut off by a kill is taken once more, which changes
        nothing.
        """
        found = Ingested()
        for path in await asyncio.to_thread(_files, self._folder):
            await self._one(path, found)
        return found

    async def _one(self, path: Path, found: Ingested) -> None:
        try:
            file = await asyncio.to_thread(_read, path)
        except DamagedFile as error:
            if time.time() - await asyncio.to_thread(_written_s, path) < SETTLED_S:
                found.coming += 1
                return
            found.damaged[path.name] = str(error)
            await asyncio.to_thread(_move, path, DAMAGED)
            return
        if file.site != self._site or file.simulated != self._simulated:
            kind = "simulated " if file.simulated else ""
            raise CannotStart(f"{path} is of the {kind}works {file.site}, and the configuration of {self._site}")
        if self._taken.knows(file):
            found.known += 1
        else:
            try:
                keys = await self._put(file, found)
            except DamagedFile as error:
                found.damaged[path.name] = str(error)
                await asyncio.to_thread(_move, path, DAMAGED)
                return
            await asyncio.to_thread(self._taken.take, file, path.name, keys)
            found.taken += 1
        await asyncio.to_thread(_move, path, TAKEN)

    async def _put(self, file: DiodeFile, found: Ingested) -> Sequence[RowKey]:
        """The rows that it says something of."""
        target = self._target
        if file.kind == "telemetry":
            packed = gzip_member(file.lines)
            piece = Piece(file.number, file.series, packed, file.lines.count(b"\n"))
            refused = await deliver(target.client, target.raw_bucket, [piece])
            found.refused += [f"{each.tag}: {each.detail}" for each in refused]
            return ()
        rows = {row.key: row for row in file.rows()}
        withdrawn = set(file.withdrawn)
        keys = [*rows, *(key for key in file.withdrawn if key not in rows)]
        newer = await asyncio.to_thread(self._taken.newer, file, keys)
        said = [_Said(key, key in withdrawn, rows.get(key)) for key in keys if key in newer]
        if said:
            applied = await PointTables(target.client, target.bucket).apply(said)
            found.refused += [f"{item.key.table} {dict(item.key.tags)}: {why}" for item, why in applied.refused]
        return [item.key for item in said]


def _files(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if number_of(path.name) is not None and path.is_file()]
    except OSError as error:
        raise SinkUnavailable(f"folder {folder}: {error.strerror}") from error
    return sorted(found)


def _read(path: Path) -> DiodeFile:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        raise DamagedFile(error.strerror or str(error)) from error
    if len(content) > MOST_FILE_BYTES:
        raise DamagedFile(f"it is over {MOST_FILE_BYTES >> 20} MB")
    return decode_file(path.name, content)


def _written_s(path: Path) -> float:
    return path.stat().st_mtime


def _move(path: Path, where: str) -> None:
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    path.replace(folder / path.name)
    sync_folder(folder)
    sync_folder(path.parent)


def forget_taken(folder: Path, older_than_s: float) -> int:
    """Remove files that were taken so long ago; how many. What is damaged stays, for a person to look at."""
    removed = 0
    for path in (folder / TAKEN).glob(f"*{SUFFIX}"):
        if time.time() - path.stat().st_mtime > older_than_s:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
