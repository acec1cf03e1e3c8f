"""Small tables whose rows are all made anew from what people stated, whenever something was stated or a day began.

People state beside the service, so it looks whether the ledger has more; the configuration is another service. What
differs from the published image is queued, and what holds no more is withdrawn.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

import apsw

from collector.service.publishing import Publishing
from collector.storage.ledger import outbox
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.reads import ALWAYS
from models.works.table import Row, RowKey

AT_ONCE = 2000
"""Rows that one commit publishes, as a bound of how long it holds the disk. A judgement."""


@dataclass(frozen=True, slots=True)
class StatedTable:
    """One table. Its calls are given the present (UTC ns).

    `version` is quick, and differs whenever `rows` may, which makes all that hold: thousands, and not millions. Rows of
    instants before `since_ns` are not made any more, and stay as they are published.
    """

    name: str
    version: Callable[[apsw.Connection, int], tuple[int, ...]]
    rows: Callable[[apsw.Connection, int], Sequence[Row]]
    since_ns: Callable[[int], int] = lambda _now_ns: 0


@dataclass(slots=True)
class StatedTables:
    """Publishes these tables. What was interrupted is begun anew."""

    ledger: Ledger
    publishing: Publishing
    tables: Sequence[StatedTable]
    clock_ns: Callable[[], int] = time.time_ns
    _published: dict[str, tuple[int, ...]] = field(default_factory=dict)

    async def run(self) -> None:
        """Publish what changed. Raises StorageFull: nothing is lost, try again."""
        for table in self.tables:
            seen = _Seen(table, self.clock_ns())
            version = await asyncio.to_thread(self.ledger.read, seen.version)
            if version != self._published.get(table.name):
                await self._publish(*await asyncio.to_thread(self.ledger.read, seen.changes))
                self._published[table.name] = version

    async def _publish(self, rows: list[Row], gone: list[RowKey]) -> None:
        changes = iter([*((row, None) for row in rows), *((None, key) for key in gone)])
        while some := list(islice(changes, AT_ONCE)):
            new, withdrawn = [row for row, _ in some if row], [key for _, key in some if key]
            await self.ledger.write(
                partial(outbox.publish, new=new, withdrawn=withdrawn, to_outbox=self.publishing.to_outbox)
            )
            self.publishing.wake()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A table as it is to be at an instant."""

    table: StatedTable
    now_ns: int

    def version(self, connection: apsw.Connection) -> tuple[int, ...]:
        return self.table.version(connection, self.now_ns)

    def changes(self, connection: apsw.Connection) -> tuple[list[Row], list[RowKey]]:
        """Rows that are not published as they are now, and keys of published ones that hold no more."""
        since_ns = self.table.since_ns(self.now_ns)
        published = outbox.published(connection, self.table.name, since_ns, ALWAYS)
        image = {row.key: row.fields for row in published}
        rows = {row.key: row for row in self.table.rows(connection, self.now_ns)}
        changed = [row for key, row in rows.items() if image.get(key) != row.fields]
        return changed, [key for key in image if key not in rows]
