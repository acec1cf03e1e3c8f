"""What the database lacks, has otherwise or has beside it is found against the image, queued, and put right."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.entries.database_image import IMAGED, queue_again, verify_table
from collector.entries.entry_file import EntryFile
from collector.influx import stored_rows as influx_rows
from collector.influx.client import InfluxClient
from collector.influx.point_tables import PointTables
from collector.postgres import stored_rows as postgres_rows
from collector.postgres.client import PostgresClient
from collector.postgres.row_tables import RowTables
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.service.sending import Sending
from collector.storage.ledger import outbox
from models.tables.image_difference import ImageDifference, Stored
from models.works.table import Row, RowKey
from tests.collector.service.steel_works import opened_parts
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.postgres import PostgresServer, postgres_server

SITE = "works"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Item:
    """An entry of an outbox, made by hand."""

    key: RowKey
    row: Row | None
    delete_first: bool = True
    revision: int = 0


@dataclass(frozen=True)
class Database:
    """`sending` of parts, `read` of rows, `apply` changes behind our back."""

    sending: Callable[..., Sending]
    read: Callable[[str, int, int], Awaitable[Stored]]
    apply: Callable[[list[Item]], Awaitable[object]]


@pytest.fixture(scope="module", params=[*dialects(), "postgres"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    if request.param == "postgres":
        with postgres_server() as running:
            yield running
    else:
        with influx_server(request.param, tmp_path_factory.mktemp("influx")) as running:
            yield running


@pytest.fixture
async def database(server: InfluxServer | PostgresServer) -> AsyncIterator[Database]:
    if isinstance(server, PostgresServer):
        settings = server.settings(f"verify_{next(_numbers)}", raw_retention_days=None)
        set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
        await set_up.run([DatabaseRole(settings.user, writes=True, password=settings.password)])
        client = PostgresClient(settings)
        read = partial(postgres_rows.stored_rows, client)
        yield Database(
            lambda parts: Sending.of(None, parts.journal, parts.ledger, site=SITE, simulated=False, postgres=settings),
            lambda table, start_ns, end_ns: read(table, SITE, start_ns, end_ns),
            lambda items: RowTables(client).apply(items),
        )
        await client.close()
        return
    influx_settings = server.settings(f"verify_{next(_numbers)}", raw_retention_days=None)
    server.make_bucket(influx_settings.bucket)
    server.make_bucket(influx_settings.raw_bucket)
    influx = InfluxClient(influx_settings)
    yield Database(
        lambda parts: Sending.of(influx_settings, parts.journal, parts.ledger, site=SITE, simulated=False),
        lambda table, start_ns, end_ns: influx_rows.stored_rows(influx, table, SITE, start_ns, end_ns),
        lambda items: PointTables(influx, influx_settings.bucket).apply(items),
    )
    await influx.close()


async def _differences(entries: EntryFile, database: Database) -> dict[str, ImageDifference]:
    found = {table: await verify_table(entries, table, database.read, lambda _: None) for table in IMAGED}
    assert found["output_hour"].rows > 0
    return {table: each.difference for table, each in found.items() if each.difference.keys}


async def test_what_the_database_lacks_has_otherwise_or_has_too_much_is_put_right(
    tmp_path: Path, settings: Settings, database: Database
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
                Item(gone.key, None),
                Item(changed.key, Row(changed.key, {**changed.fields, "actual_t": 404.661})),
                Item(stranger.key, stranger),
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
    tmp_path: Path, settings: Settings, database: Database
) -> None:
    async with opened_parts(settings.data_dir, settings.plant, telemetry=True) as parts:
        sending = database.sending(parts)
        await sending.check()
        await parts.produce()
        await sending.drain()
        tags = {"site": "elsewhere", "shop": "bf", "unit": "bf1", "product": "pig_iron", "level": "unit"}
        foreign = Row(RowKey.of("output_hour", 1_790_000_000 * 10**9, tags), {"actual_t": 1.0})
        await database.apply([Item(foreign.key, foreign)])
        assert await _differences(EntryFile(settings), database) == {}
        await sending.close()
