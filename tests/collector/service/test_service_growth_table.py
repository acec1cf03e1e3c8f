"""The parts of a month's growth are in the table, sum to what the books differ by, and go when they hold no more."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.service.publishing import Publishing
from collector.service.stated_subjects import stated_tables
from collector.service.stated_tables import StatedTables
from collector.storage.ledger import outbox
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from models.stated.plan import Repair, RepairKind
from models.tables.shapes import CALCULATED, by_name
from models.why.change_part import ChangePart
from models.why.growth_rows import GROWTH_TABLE
from models.works.calendar import HOUR_NS, NS
from models.works.table import Row
from tests.support.why_works import OCTOBER, Changed, end_ns, fill, hour_of, octobers, settings_in, split_in

pytestmark = pytest.mark.long
T = 1_000_000


async def published(ledger: Ledger, settings: Settings, now_ns: int) -> list[Row]:
    """What the table holds after a look at that instant."""
    tables = [table for table in stated_tables(settings) if table.name == GROWTH_TABLE]
    await StatedTables(ledger, Publishing(to_outbox=True), tables, lambda: now_ns).run()
    return ledger.read(lambda connection: outbox.published(connection, GROWTH_TABLE, 0, 2**62))


def tonnes_of(rows: Sequence[Row]) -> dict[str, float]:
    return {dict(row.key.tags)["part"]: float(row.fields["change_t"]) for row in rows}


def test_rows_sum_to_the_change_follow_what_is_stated_and_go_with_their_product(tmp_path: Path) -> None:
    asyncio.run(_lived(tmp_path))


async def _lived(folder: Path) -> None:
    settings = settings_in(folder)
    plant, now_ns = settings.plant, end_ns(settings.plant)
    ledger = Ledger.open(settings.data_dir, clock_ns=lambda: now_ns, demo=True)
    try:
        await fill(ledger, plant, octobers(plant, 7), Changed())
        found = split_in(ledger, plant).found
        rows = await published(ledger, settings, now_ns)
        shape = by_name(CALCULATED)[GROWTH_TABLE]
        for row in rows:
            tags = dict(row.key.tags)
            assert tuple(sorted(tags)) == tuple(sorted(shape.tags))
            assert set(row.fields) <= set(shape.fields)
            assert (tags["product"], tags["base"], row.fields["period"]) == ("pig_iron", "last_year", "2026-10")
            assert (row.fields["days"], row.fields["known"]) == (31, 1)
        # Of the month before and of other products nothing is known: there is no row of them.
        assert tonnes_of(rows) == {part.value: found.parts.get(part, 0) / T for part in ChangePart}
        assert sum(round(each * T) for each in tonnes_of(rows).values()) == found.change_g

        start_ns = hour_of(plant, OCTOBER[0] + 20, 0) * NS
        repair = Repair(
            name="late", unit="bf3", start_ns=start_ns, end_ns=start_ns + 24 * HOUR_NS, kind=RepairKind.CURRENT,
            approved_by="chief",
        )  # fmt: skip
        add = partial(ledger_statements.add, statements=[repair], dirty=(), clock_ns=now_ns)
        await ledger.write(add)
        later = tonnes_of(await published(ledger, settings, now_ns))
        assert later["repairs"] < tonnes_of(rows)["repairs"] - 4_000
        assert sum(round(each * T) for each in later.values()) == found.change_g

        without = replace(settings, plant=replace(plant, reported=()))
        assert await published(ledger, without, now_ns) == []
        gone = ledger.read(lambda connection: outbox.take(connection, 1000))[0]
        assert {item.key.table for item in gone if item.row is None} == {GROWTH_TABLE}
    finally:
        await ledger.close()
