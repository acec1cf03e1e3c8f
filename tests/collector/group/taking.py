"""The group's ledger in memory, given messages one by one. For tests."""

from dataclasses import dataclass, field

import apsw

from collector.group.group_image import site_rows
from collector.group.group_schema import GROUP_LEDGER
from collector.group.group_take import HeardMessage, TakenMessage, take
from collector.group.message import FiguresMessage, encode_message
from models.works.table import RowKey

ALL_TIME = (-(2**63), 2**63 - 1)


def _empty() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.execute(GROUP_LEDGER.schema)
    return connection


@dataclass
class TakingGroup:
    """`now_ns`: its clock, which a test sets."""

    sites: tuple[str, ...] = ("north", "south")
    now_ns: int = 1_000
    connection: apsw.Connection = field(default_factory=_empty)
    _offset: int = 0

    def take(self, message: FiguresMessage, key: str | None = None) -> TakenMessage:
        """As if it came next in the topic."""
        return self.take_bytes(encode_message(message), message.site if key is None else key)

    def take_bytes(self, data: bytes, key: str) -> TakenMessage:
        """The same for what may be no message."""
        self._offset += 1
        with self.connection:
            return take(self.connection, self.sites, HeardMessage(0, self._offset, key.encode(), data), self.now_ns)

    def image(self, site: str) -> dict[RowKey, dict[str, float | int | str]]:
        """What counts of a site."""
        return {
            row.key: dict(row.fields)
            for table in ("output_day", "output_month")
            for row in site_rows(self.connection, site, table, ALL_TIME)
        }
