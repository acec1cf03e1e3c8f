"""InfluxDB 3: telemetry by its documented API, and no calculated table. On a local server that speaks that API."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace

import pytest

from collector.errors import CannotStart, SinkUnavailable
from collector.influx.client import InfluxClient
from collector.influx.demo_mark import check_mark
from collector.influx.retry import Retry
from collector.influx.sink import TelemetrySink
from collector.service.databases import Databases
from tests.collector.influx.queues import ListQueue
from tests.support.influx3 import Influx3, influx3_server

START = "telemetry,shop=bf,signal=blast,site=temirtau,unit=bf3 quality=2i,value="


@pytest.fixture
async def server() -> AsyncIterator[Influx3]:
    async with influx3_server() as running:
        yield running


@pytest.fixture
async def client(server: Influx3) -> AsyncIterator[InfluxClient]:
    made = InfluxClient(server.settings("works"))
    yield made
    await made.close()


async def test_telemetry_arrives_through_an_outage_and_what_is_refused_is_set_aside_alone(
    server: Influx3, client: InfluxClient
) -> None:
    now_ns, queue = time.time_ns(), ListQueue()
    server.away = True
    sink = TelemetrySink(queue, client, client.settings, retry=Retry("telemetry", 0.01, 0.02))
    running = asyncio.create_task(sink.run())
    for number in range(20):
        lines = [f"{START}{number * 10 + at}.0 {now_ns + number * 10 + at}" for at in range(10)]
        if number == 13:
            lines[4] = lines[4].replace("134.0", "134i")
        queue.put(lines)
    await asyncio.sleep(0.1)
    assert len(queue.waiting) == 20
    server.away = False
    async with asyncio.timeout(10):
        while queue.waiting:  # noqa: ASYNC110 - the list has no event to wait for
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    values = sorted(row.fields["value"] for row in server.rows["works_raw"].values())
    assert values == [float(value) for value in range(200) if value != 134]
    (refused,) = queue.set_aside
    assert refused.detail == "parsing failed for write_lp endpoint: invalid column type for column 'value'"
    assert list(server.rows) == ["works_raw"]


async def test_a_wrong_token_only_makes_it_wait_and_says_which_key(server: Influx3) -> None:
    wrong = InfluxClient(replace(server.settings("works"), token="wrong"))
    with pytest.raises(
        SinkUnavailable, match=r"not authenticated \(status 401\); the rows are kept: give influxdb token_file"
    ):
        await wrong.write("works_raw", b"")
    await wrong.close()


async def test_a_demo_marks_the_database_that_its_first_write_makes(server: Influx3, client: InfluxClient) -> None:
    buckets = (client.settings.raw_bucket,)
    await check_mark(client, client.settings, "temirtau", simulated=True, buckets=buckets)
    await check_mark(client, client.settings, "temirtau", simulated=True, buckets=buckets)
    with pytest.raises(CannotStart, match="figures of a simulated works"):
        await check_mark(client, client.settings, "temirtau", simulated=False, buckets=buckets)


async def test_a_server_of_version_3_is_refused_the_calculated_tables_by_name(server: Influx3) -> None:
    # As a user has it who only exchanged the server.
    for dialect in ("v2", "v3"):
        databases = Databases.of(
            replace(server.settings("works"), dialect=dialect), None, site="works", simulated=False
        )
        if dialect == "v2":
            databases._influx._api.default_headers["Authorization"] = "Bearer apiv3_of-the-test"
        with pytest.raises(
            CannotStart, match=r"is version 3\.2\.0: InfluxDB 3 cannot keep the calculated tables"
        ) as told:
            await databases.check()
        assert "rows cannot be deleted; add the section postgres" in str(told.value)
        await databases.close()
    assert server.writes == 0
