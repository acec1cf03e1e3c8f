"""Real databases as a service writes to them: InfluxDB 1.x, InfluxDB 2 where there is one, and PostgreSQL."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from collector.influx import stored_rows as influx_rows
from collector.influx.client import InfluxClient
from collector.influx.point_tables import PointTables
from collector.postgres import stored_rows as postgres_rows
from collector.postgres.client import PostgresClient
from collector.postgres.row_tables import RowTables
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.service.sending import Sending
from models.tables.image_difference import Stored
from models.works.table import Row, RowKey
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.postgres import PostgresServer, postgres_server

SITE = "works"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class SentItem:
    """An entry of an outbox, made by hand."""

    key: RowKey
    row: Row | None
    delete_first: bool = True
    revision: int = 0


@dataclass(frozen=True)
class RealDatabase:
    """`sending` of parts, `read` of rows, `apply` changes behind our back."""

    sending: Callable[..., Sending]
    read: Callable[[str, int, int], Awaitable[Stored]]
    apply: Callable[[list[SentItem]], Awaitable[object]]


@pytest.fixture(scope="module", params=[*dialects(), "postgres"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    if request.param == "postgres":
        with postgres_server() as running:
            yield running
    else:
        with influx_server(request.param, tmp_path_factory.mktemp("influx")) as running:
            yield running


@pytest.fixture
async def database(server: InfluxServer | PostgresServer) -> AsyncIterator[RealDatabase]:
    if isinstance(server, PostgresServer):
        settings = server.settings(f"verify_{next(_numbers)}", raw_retention_days=None)
        set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
        await set_up.run([DatabaseRole(settings.user, writes=True, password=settings.password)])
        client = PostgresClient(settings)
        read = partial(postgres_rows.stored_rows, client)
        yield RealDatabase(
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
    yield RealDatabase(
        lambda parts: Sending.of(influx_settings, parts.journal, parts.ledger, site=SITE, simulated=False),
        lambda table, start_ns, end_ns: influx_rows.stored_rows(influx, table, SITE, start_ns, end_ns),
        lambda items: PointTables(influx, influx_settings.bucket).apply(items),
    )
    await influx.close()
