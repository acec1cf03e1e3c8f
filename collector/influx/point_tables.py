"""Calculated tables in InfluxDB: points are deleted first, then rows are written as lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from collector.errors import SinkRejected
from collector.influx.delivery import Writer
from collector.influx.line_protocol import CannotWrite, encode_row
from collector.influx.narrowing import check_doubtful, once_more, send_or_narrow
from collector.influx.outbox_sender import Applied, T
from collector.influx.packing import gzip_member
from models.works.table import RowKey


class PointClient(Writer, Protocol):
    """What is used of InfluxClient."""

    async def delete_point(self, bucket: str, key: RowKey) -> None:
        """Deletes one point."""
        ...


@dataclass(frozen=True, slots=True)
class PointTables:
    """The tables in one bucket."""

    client: PointClient
    bucket: str

    async def apply(self, items: Sequence[T]) -> Applied[T]:
        """One round. Raises SinkUnavailable: then all is to be repeated."""
        # Deletes first: a row whose fields shrank is written anew only after the old point is gone.
        refused = await self._delete([item for item in items if item.delete_first])
        withdrawn = {item.key for item, _ in refused}
        encoded, unwritable = _encode([item for item in items if item.key not in withdrawn])
        unaccepted = await self._write(encoded) if encoded else []
        return Applied(len(encoded) - len(unaccepted), refused + unwritable + unaccepted)

    async def _delete(self, items: Sequence[T]) -> list[tuple[T, str]]:
        refused: list[tuple[T, str]] = []
        for item in items:
            try:
                await self.client.delete_point(self.bucket, item.key)
            except SinkRejected as error:
                refused.append((item, error.refused))
        return refused

    async def _write(self, encoded: Sequence[tuple[T, bytes]]) -> list[tuple[T, str]]:
        """Writes the lines; the items that are refused even alone, with the database's sentence."""

        async def send(some: Sequence[tuple[T, bytes]]) -> None:
            await self.client.write(self.bucket, gzip_member(b"".join([line for _, line in some])))

        found = await send_or_narrow(encoded, send)
        check_doubtful([refusal for _, refusal in found], len(encoded))
        found = await once_more(found, send)
        return [(item, refusal.refused) for (item, _), refusal in found]


def _encode(items: Sequence[T]) -> tuple[list[tuple[T, bytes]], list[tuple[T, str]]]:
    encoded: list[tuple[T, bytes]] = []
    unwritable: list[tuple[T, str]] = []
    for item in items:
        if item.row is None:
            continue
        try:
            line = encode_row(item.row)
        except CannotWrite as error:
            unwritable.append((item, str(error)))
            continue
        if line is not None:  # a row without fields says nothing: it is done without being written
            encoded.append((item, line))
    return encoded, unwritable
