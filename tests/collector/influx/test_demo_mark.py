import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from collector.errors import CannotStart, SinkUnavailable
from collector.influx.client import InfluxClient
from collector.influx.demo_mark import check_mark
from collector.influx.packing import gzip_member
from collector.influx.settings import InfluxSettings
from tests.support.influxd import InfluxServer


@pytest.fixture
async def client(settings: InfluxSettings) -> AsyncIterator[InfluxClient]:
    made = InfluxClient(settings)
    yield made
    await made.close()


async def fill(client: InfluxClient, bucket: str) -> None:
    await client.write(bucket, gzip_member(b"telemetry,unit=bf3 value=1.0 %d\n" % time.time_ns()))


async def test_a_simulated_works_marks_empty_buckets_and_may_start_again(
    settings: InfluxSettings, client: InfluxClient
) -> None:
    await check_mark(client, settings, "temirtau", simulated=True)
    for bucket in (settings.bucket, settings.raw_bucket):
        await fill(client, bucket)
    await check_mark(client, settings, "temirtau", simulated=True)


@pytest.mark.parametrize("full", ["bucket", "raw_bucket"])
async def test_a_simulated_works_refuses_a_bucket_with_figures_and_leaves_no_mark(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient, full: str
) -> None:
    await fill(client, getattr(settings, full))
    with pytest.raises(CannotStart, match="empty bucket of its own"):
        await check_mark(client, settings, "temirtau", simulated=True)
    await check_mark(client, settings, "temirtau", simulated=False)


async def test_a_real_works_refuses_a_marked_bucket(settings: InfluxSettings, client: InfluxClient) -> None:
    await check_mark(client, settings, "temirtau", simulated=True)
    with pytest.raises(CannotStart, match="figures of a simulated works"):
        await check_mark(client, settings, "temirtau", simulated=False)


async def test_a_real_works_may_use_a_bucket_with_figures(settings: InfluxSettings, client: InfluxClient) -> None:
    await fill(client, settings.bucket)
    await check_mark(client, settings, "temirtau", simulated=False)


async def test_the_mark_survives_the_retention_of_the_raw_bucket(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    short = replace(settings, raw_bucket=f"{settings.bucket}_short")
    server.make_bucket(short.raw_bucket, retention_days=2)
    await check_mark(client, short, "temirtau", simulated=True)
    with pytest.raises(CannotStart):
        await check_mark(client, replace(short, bucket=short.raw_bucket), "temirtau", simulated=False)


async def test_a_missing_bucket_is_not_taken_for_an_empty_one(settings: InfluxSettings, client: InfluxClient) -> None:
    with pytest.raises(SinkUnavailable, match="not found"):
        await check_mark(client, replace(settings, bucket="nowhere"), "temirtau", simulated=True)
