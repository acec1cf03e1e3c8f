"""What tests do to a ledger again and again, through its one door."""

from collections.abc import Iterable, Sequence
from functools import partial

import apsw

from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import messages as ledger_messages
from collector.storage.ledger import outbox
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.detection import DetectionChanges
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.reads import DirtyBucket
from collector.storage.ledger.statements import Statement
from models.alerts.incident_record import StoredMessage
from models.counting.counter_step import Anchor
from models.counting.increment import Increment
from models.counting.output_plan import BucketSum
from models.works.table import Row, RowKey


async def commit(ledger: Ledger, changes: LedgerChanges) -> bool:
    return await ledger.write(partial(ledger_changes.apply, changes=changes, clock_ns=ledger.clock_ns()))


async def post(ledger: Ledger, increments: Sequence[Increment]) -> None:
    await ledger.write(partial(ledger_changes.post, increments=increments, clock_ns=ledger.clock_ns()))


async def record(ledger: Ledger, statements: Sequence[Statement]) -> None:
    await ledger.write(partial(ledger_statements.add, statements=statements, dirty=(), clock_ns=ledger.clock_ns()))


async def publish(ledger: Ledger, rows: Sequence[Row], withdrawn: Iterable[RowKey] = (), *, to_outbox: bool) -> None:
    await ledger.write(partial(outbox.publish, new=rows, withdrawn=withdrawn, to_outbox=to_outbox))


async def note_detection(ledger: Ledger, changes: DetectionChanges, *, to_outbox: bool = False) -> None:
    await ledger.write(partial(ledger_detection.apply, changes=changes, to_outbox=to_outbox))


def published(ledger: Ledger, table: str, start_ns: int = 0, end_ns: int = ledger_reads.ALWAYS) -> list[Row]:
    return ledger.read(partial(outbox.published, table=table, start_ns=start_ns, end_ns=end_ns))


def buckets(
    ledger: Ledger, start_s: int = 0, end_s: int = ledger_reads.ALWAYS, known_ns: int | None = None
) -> list[BucketSum]:
    return ledger.read(partial(ledger_reads.buckets, start_s=start_s, end_s=end_s, known_ns=known_ns))


def dirty(ledger: Ledger, limit: int = 10**6, after: int = 0) -> list[DirtyBucket]:
    return ledger.read(partial(ledger_reads.dirty, limit=limit, after=after))


def anchors_around(ledger: Ledger, tag: str, time_ns: int) -> tuple[Anchor | None, Anchor | None]:
    return ledger.read(partial(ledger_reads.anchors_around, tag=tag, time_ns=time_ns))


def waiting_messages(connection: apsw.Connection) -> list[StoredMessage]:
    """Every message that waits, also for its next try, in the order of queueing."""
    some_day_s, every = 2**40, 10**6
    return sorted(ledger_messages.due(connection, some_day_s, every), key=lambda message: message.id)
