"""The journal and the outbox of these tests: plain lists, so that a test sees exactly what was acknowledged."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from collector.influx.packing import gzip_member
from models.counting.reading import Rejection
from models.works.table import Row, RowKey


@dataclass(frozen=True)
class ListEntry:
    source: str
    lines: bytes | None
    line_count: int
    oldest_ns: int
    newest_ns: int


@dataclass(frozen=True)
class ListStored:
    seq: int
    entry: ListEntry


@dataclass
class ListQueue:
    waiting: dict[int, ListEntry] = field(default_factory=dict)
    set_aside: list[Rejection] = field(default_factory=list)
    seq: int = 0

    def put(self, lines: Sequence[str], source: str = "plc") -> int:
        times = [int(line.rpartition(" ")[2]) for line in lines]
        packed = gzip_member("".join(f"{line}\n" for line in lines).encode())
        return self.put_entry(ListEntry(source, packed, len(lines), min(times), max(times)))

    def put_entry(self, entry: ListEntry) -> int:
        self.seq += 1
        self.waiting[self.seq] = entry
        return self.seq

    @property
    def newest_seq(self) -> int:
        return self.seq

    async def read_sink(self, max_lines: int) -> list[ListStored]:
        found, lines = [], 0
        for seq in sorted(self.waiting, reverse=True):
            if lines >= max_lines:
                break
            found.append(ListStored(seq, self.waiting[seq]))
            lines += self.waiting[seq].line_count
        return found

    async def done(self, consumer: str, seqs: Sequence[int], set_aside: Sequence[Rejection] = ()) -> None:
        assert consumer == "sink"
        for seq in seqs:
            del self.waiting[seq]
        self.set_aside += set_aside

    async def wait_for_more(self, after: int) -> None:
        while self.seq <= after:  # noqa: ASYNC110 - a list has no event to wait for
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class ListItem:
    key: RowKey
    row: Row | None
    delete_first: bool = False


@dataclass
class ListOutbox:
    items: list[ListItem] = field(default_factory=list)
    refused: list[tuple[ListItem, str]] = field(default_factory=list)

    def put(self, key: RowKey, fields: dict[str, float | int | str] | None, *, delete_first: bool = False) -> None:
        self.items.append(ListItem(key, None if fields is None else Row(key, fields), delete_first))

    async def take(self, limit: int) -> list[ListItem]:
        return self.items[:limit]

    async def done(self, items: Sequence[ListItem]) -> None:
        self.items = [item for item in self.items if item not in items]

    async def set_aside(self, item: ListItem, reason: str) -> None:
        self.items.remove(item)
        self.refused.append((item, reason))
