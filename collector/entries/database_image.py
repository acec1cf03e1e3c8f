"""Whether the database has what was published: compared week by week, and what differs is queued again."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import apsw

from collector.entries.entry_file import EntryFile
from collector.storage.file.sql import one
from collector.storage.ledger import outbox
from models.tables.image_difference import ImageDifference, Stored, image_difference
from models.tables.shapes import CALCULATED
from models.works.calendar import NS
from models.works.table import Row, RowKey

OF_AN_INSTANT = "unit_state"
"""What was at an instant is sent once and has no image: nothing says what the database should have of it."""
IMAGED = tuple(shape.name for shape in CALCULATED if shape.name != OF_AN_INSTANT)
SPAN_NS = 7 * 86_400 * NS
"""A week of output_hour of sixty units is some 20,000 rows, 3 MB as JSON: read within a second."""
_EARLIEST_NS, _LATEST_NS = 0, 9_000_000_000 * NS

ReadStored = Callable[[str, int, int], Awaitable[Stored]]
"""Of a table and a span [start_ns, end_ns), the rows that the database has."""


@dataclass(frozen=True, slots=True)
class TableVerified:
    """One table: how many rows were published, and what differs. What still waits to be sent is not looked at."""

    table: str
    rows: int
    difference: ImageDifference


async def verify_table(
    entries: EntryFile, table: str, read_stored: ReadStored, progress: Callable[[float], None]
) -> TableVerified:
    """Compare one table. Raises SinkUnavailable while the database does not answer."""
    spans = list(_spans(entries.read(lambda connection: _ends(connection, table))))
    rows, found = 0, ImageDifference()
    for number, (start_ns, end_ns) in enumerate(spans, start=1):
        # The database first: what is published meanwhile waits in the outbox, and is left out below.
        stored = await read_stored(table, start_ns, end_ns)
        image, waiting = entries.read(lambda connection: _image(connection, table, start_ns, end_ns))  # noqa: B023
        rows += len(image)
        new = image_difference(image, stored)
        found = ImageDifference(
            *(
                (*known, *(key for key in keys if key not in waiting))
                for known, keys in zip(
                    (found.missing, found.other, found.extra), (new.missing, new.other, new.extra), strict=True
                )
            )
        )
        progress(number / len(spans))
    return TableVerified(table, rows, found)


def queue_again(entries: EntryFile, verified: TableVerified) -> int:
    """Queue what differs, for the service to send; how many. Raises StorageFull: nothing was queued."""
    keys = verified.difference.keys
    if keys:
        entries.write(lambda connection: outbox.send_keys_again(connection, keys))
    return len(keys)


def _ends(connection: apsw.Connection, table: str) -> tuple[int, int] | None:
    found = one(connection, "SELECT min(time_ns), max(time_ns) FROM published WHERE row_table = ?", (table,))
    return None if found is None or found[0] is None else (found[0], found[1])


def _spans(ends: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Weeks from the first row to the last, and what lies before and after them: nothing should be there."""
    if ends is None:
        yield _EARLIEST_NS, _LATEST_NS
        return
    first_ns = ends[0] // SPAN_NS * SPAN_NS
    yield _EARLIEST_NS, first_ns
    for start_ns in range(first_ns, ends[1] + 1, SPAN_NS):
        yield start_ns, start_ns + SPAN_NS
    yield (ends[1] // SPAN_NS + 1) * SPAN_NS, _LATEST_NS


def _image(connection: apsw.Connection, table: str, start_ns: int, end_ns: int) -> tuple[list[Row], frozenset[RowKey]]:
    return outbox.published(connection, table, start_ns, end_ns), outbox.waiting(connection, table, start_ns, end_ns)
