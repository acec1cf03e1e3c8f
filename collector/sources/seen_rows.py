"""Which rows of an overlap were handed on already, so that asking again for the last hour fills no disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collector.sources.rows import RowsRead
from models.works.exact_number import Number

_Row = tuple[object, str | int]


@dataclass(slots=True)
class SeenRows:
    """By tag and key (or time), the newest word of each row. `in_order`: by index of a rate, up to when it is
    integrated: what is before that cannot be counted any more."""

    in_order: Mapping[int, int] = field(default_factory=dict)
    _seen: dict[_Row, tuple[Number, int]] = field(default_factory=dict)

    def new(self, read: RowsRead) -> RowsRead:
        """Of what rows said, what was not handed on yet, or is said otherwise now."""
        return RowsRead(
            [
                row
                for row in read.readings
                if row[2] > self.in_order.get(row[0], 0) and self._seen.get((row[0], row[2])) != (row[1], row[2])
            ],
            [item for item in read.events if self._seen.get((item.tag, item.key)) != (item.tonnes, item.end_ns)],
            [item for item in read.rejections if (item.tag, f"!{item.value}") not in self._seen],
            read.missing,
            read.newest_ns,
        )

    def take(self, read: RowsRead) -> None:
        """These are synced now."""
        self._seen |= {(index, time_ns): (value, time_ns) for index, value, time_ns, _ in read.readings}
        self._seen |= {(item.tag, item.key): (item.tonnes, item.end_ns) for item in read.events}
        self._seen |= {(item.tag, f"!{item.value}"): (0.0, item.time_ns) for item in read.rejections}

    def forget(self, before_ns: int) -> None:
        """Rows that are not asked for any more."""
        self._seen = {row: said for row, said in self._seen.items() if said[1] >= before_ns}
