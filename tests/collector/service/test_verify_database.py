"""What the database lacks, has otherwise or has beside it is found against the image, queued, and put right."""

from pathlib import Path

from collector.config.settings import Settings
from collector.entries.database_image import IMAGED, queue_again, verify_table
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import outbox
from models.tables.image_difference import ImageDifference
from models.works.table import Row, RowKey
from tests.collector.service.real_databases import RealDatabase, SentItem, database, server
from tests.collector.service.steel_works import opened_parts

__all__ = ["database", "server"]


async def _differences(entries: EntryFile, database: RealDatabase) -> dict[str, ImageDifference]:
    found = {table: await verify_table(entries, table, database.read, lambda _: None) for table in IMAGED}
    assert found["output_hour"].rows > 0
    return {table: each.difference for table, each in found.items() if each.difference.keys}


async def test_what_the_database_lacks_has_otherwise_or_has_too_much_is_put_right(
    tmp_path: Path, settings: Settings, database: RealDatabase
) -> None:
    entries = EntryFile(settings)
    async with opened_parts(settings.data_dir, settings.plant, telemetry=True) as parts:
        sending = database.sending(parts)
        await sending.check()
        await parts.produce()
        await sending.drain()
        assert await _differences(entries, database) == {}, "every field of every table is read as it was sent"

        hours = [row for row in parts.ledger.read(lambda c: outbox.published(c, "output_hour", 0, 2**62)) if row.fields]
        gone, changed = hours[0], hours[1]
        long_ago_ns = changed.key.time_ns - 400 * 86_400 * 10**9
        stranger = Row(RowKey("output_hour", changed.key.tags, long_ago_ns), {"actual_t": 7.0})
        await database.apply(
            [
                SentItem(gone.key, None),
                SentItem(changed.key, Row(changed.key, {**changed.fields, "actual_t": 404.661})),
                SentItem(stranger.key, stranger),
            ]
        )
        found = await _differences(entries, database)
        assert found == {"output_hour": ImageDifference((gone.key,), (changed.key,), (stranger.key,))}

        verified = await verify_table(entries, "output_hour", database.read, lambda _: None)
        assert queue_again(entries, verified) == 3
        waiting = await verify_table(entries, "output_hour", database.read, lambda _: None)
        assert waiting.difference.keys == (), "what waits to be sent is not told twice"
        await sending.drain()
        assert await _differences(entries, database) == {}
        await sending.close()


async def test_rows_of_another_works_in_the_same_database_are_not_ours_to_judge(
    tmp_path: Path, settings: Settings, database: RealDatabase
) -> None:
    async with opened_parts(settings.data_dir, settings.plant, telemetry=True) as parts:
        sending = database.sending(parts)
        await sending.check()
        await parts.produce()
        await sending.drain()
        tags = {"site": "elsewhere", "shop": "bf", "unit": "bf1", "product": "pig_iron", "level": "unit"}
        foreign = Row(RowKey.of("output_hour", 1_790_000_000 * 10**9, tags), {"actual_t": 1.0})
        await database.apply([SentItem(foreign.key, foreign)])
        assert await _differences(EntryFile(settings), database) == {}
        await sending.close()
