import os
import signal

import pytest

from collector.errors import CannotStart, SinkUnavailable
from collector.influx.packing import gzip_member
from collector.postgres.client import PostgresClient
from collector.postgres.demo_mark import check_database, has_figures
from collector.postgres.raw_tables import RawTables
from collector.postgres.settings import PostgresSettings
from tests.support.postgres import PostgresServer


async def fill(client: PostgresClient) -> None:
    line = b"telemetry,shop=bf,signal=blast,site=temirtau,unit=bf3 quality=2i,value=1.0 1700000000000000000\n"
    await RawTables(client).write("", gzip_member(line))


async def test_a_simulated_works_marks_an_empty_database_and_may_start_again(client: PostgresClient) -> None:
    await check_database(client, "temirtau", simulated=True)
    await fill(client)
    await check_database(client, "temirtau", simulated=True)
    with pytest.raises(CannotStart, match="figures of a simulated works"):
        await check_database(client, "temirtau", simulated=False)


async def test_a_simulated_works_refuses_a_database_with_figures_and_leaves_no_mark(client: PostgresClient) -> None:
    await fill(client)
    with pytest.raises(CannotStart, match="empty database of its own"):
        await check_database(client, "temirtau", simulated=True)
    await check_database(client, "temirtau", simulated=False)


async def test_missing_tables_are_not_taken_for_empty_ones(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    server.change(settings.database, "DROP TABLE tundish.tundish_simulated")
    with pytest.raises(SinkUnavailable, match="run `tundish provision`"):
        await check_database(client, "temirtau", simulated=True)


async def test_a_database_is_new_to_a_works_until_it_has_figures_of_that_one(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    assert not await has_figures(client, "temirtau", ("output_day", "output_month"))
    row = "INSERT INTO tundish.output_month VALUES ('temirtau', now(), 'all', 'all', 'coal', 'site', 0)"
    server.change(settings.database, row)
    assert await has_figures(client, "temirtau", ("output_day", "output_month"))
    assert not await has_figures(client, "elsewhere", ("output_day", "output_month"))


async def test_a_server_that_hangs_at_the_look_is_given_up_before_it_holds_the_start(
    server: PostgresServer, settings: PostgresSettings, client: PostgresClient
) -> None:
    await check_database(client, "temirtau", simulated=False)
    (backend,) = server.rows(settings.database, "SELECT pid FROM pg_stat_activity WHERE usename = %s", settings.user)
    os.kill(backend["pid"], signal.SIGSTOP)
    try:
        with pytest.raises(SinkUnavailable, match="did not answer within 2 s"):
            await check_database(client, "temirtau", simulated=False)
    finally:
        os.kill(backend["pid"], signal.SIGCONT)
