"""A start with ten years behind it does not look through them: by the plan of all that it asks until it collects."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import apsw

from collector.config.settings import Settings
from collector.service.collecting import Collecting
from collector.service.source_context import source_context
from collector.service.tasks import Tasks
from collector.storage.file.sql import rows
from collector.storage.ledger import reads
from collector.storage.ledger.schema import LEDGER
from tests.collector.service.steel_works import Clock, delivery_of, opened_parts, tap
from tests.collector.service.works_document import COAL, TAPS

GROWS = {
    "ledger.db": (
        *("increment", "event", "gap", "anchor", "figure", "published", "outbox", "observed", "output_drop", "seal"),
        *("incident", "incident_event", "alert_message", "quarantine"),
    ),
    "journal.db": ("entry", "quarantine"),
}
"""Tables that have a row for each poll, hour, event or finding of ten years."""
COUNTED = "SCAN entry USING COVERING INDEX entry_unsent"
"""How many entries wait: two bytes a poll, also of a journal that is full."""


@contextmanager
def asked() -> Iterator[dict[str, list[str]]]:
    """Every statement of every connection that is opened meanwhile, by the name of its file."""
    found: dict[str, list[str]] = defaultdict(list)

    def hook(connection: apsw.Connection) -> None:
        name = Path(connection.filename).name

        def note(_cursor: apsw.Cursor, sql: str, _bindings: object) -> bool:
            found[name].append(sql)
            return True

        connection.exec_trace = note

    apsw.connection_hooks.append(hook)
    try:
        yield found
    finally:
        apsw.connection_hooks.remove(hook)


def looked_through(statements: Iterable[str], path: Path) -> set[str]:
    """What of these reads all of a table that grows; and which statements they are."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    found = set()
    for sql in dict.fromkeys(statements):
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            plan = [str(row[3]) for row in rows(connection, f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?"))]
            grown = GROWS[path.name]
            found |= {f"{step}: {sql}" for step in plan if step.startswith("SCAN ") and step.split()[1] in grown}
    connection.close()
    return {step for step in found if not step.startswith(COUNTED)}


async def test_no_question_of_a_start_reads_all_of_a_table_that_grows(settings: Settings) -> None:
    clock = Clock()
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as works:
        await works.produce()
        await works.take(delivery_of(works.batch((COAL, 90, 9.0)), events=(tap("1", 80),), coverage={TAPS: 1}))
        await works.settle()
    with asked() as statements:
        async with AsyncExitStack() as stack:
            collecting = Collecting(settings, clock, Tasks())
            await collecting.open(stack)
            await collecting.consumer.catch_up()
            for name in settings.sources:
                await asyncio.to_thread(source_context, settings, name, collecting.ledger, clock)
            await asyncio.to_thread(collecting.ledger.read, reads.newest_event_ends)
    assert sum(map(len, statements.values())) > 40
    for name in GROWS:
        assert looked_through(statements[name], settings.data_dir / name) == set()


def test_such_a_question_would_be_found(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "ledger.db"))
    connection.execute(LEDGER.schema)
    connection.close()
    bad = ["SELECT tag, max(end_ns) FROM event GROUP BY tag", "SELECT sum(grams) FROM increment"]
    assert len(looked_through(bad, tmp_path / "ledger.db")) == len(bad)
