"""Buckets, retention and logins of least right, on real databases: made once, found again, and no right too many."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from collector.errors import SinkUnavailable
from collector.influx.client import InfluxClient
from collector.influx.set_up import READER, InfluxSetUp, Login, as_administrator
from collector.influx.settings import InfluxSettings
from tests.support.influxd import PASSWORD, TOKEN, USER, InfluxServer, dialects, influx_server

LINE = b"output_day,level=site,product=pig_iron actual_t=1\n"


@pytest.fixture(scope="module", params=dialects())
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InfluxServer]:
    with influx_server(request.param, tmp_path_factory.mktemp("influx")) as server:
        yield server


def set_up(
    database: InfluxServer, bucket: str, folder: Path, *, days: float = 90, dry_run: bool = False
) -> list[tuple[str, str]]:
    """What was told: (deed, what) of every step."""
    told: list[tuple[str, str]] = []

    async def run() -> None:
        settings = replace(database.settings(bucket), raw_retention_days=days)
        admin = as_administrator(settings, USER, PASSWORD if database.dialect == "v1" else TOKEN)
        work = InfluxSetUp(admin, dry_run=dry_run, report=lambda step: told.append((step.deed, step.what)))
        try:
            await work.buckets()
            await work.login(Login(f"{bucket} collector", folder / "collector", writes=True))
            await work.login(Login(READER, folder / "deep" / "reader", writes=False))
        finally:
            await work.close()

    asyncio.run(run())
    return told


def with_login(database: InfluxServer, bucket: str, user: str, file: Path) -> InfluxSettings:
    secret = file.read_text(encoding="utf-8").strip()
    return as_administrator(database.settings(bucket), user, secret)


async def allowed(settings: InfluxSettings, bucket: str, *, write: bool) -> bool:
    from collector.influx.packing import gzip_member

    client = InfluxClient(settings)
    try:
        if write:
            await client.write(bucket, gzip_member(LINE))
        else:
            await client.query(bucket, 'SELECT * FROM "output_day" LIMIT 1')
    except SinkUnavailable:
        return False
    finally:
        await client.close()
    return True


def deeds(told: list[tuple[str, str]]) -> list[str]:
    return [deed for deed, _ in told]


def test_a_second_run_changes_nothing_and_a_dry_one_never_does(database: InfluxServer, tmp_path: Path) -> None:
    assert deeds(set_up(database, "twice", tmp_path, dry_run=True))[:2] == ["made", "made"]
    assert not (tmp_path / "collector").exists()
    assert deeds(set_up(database, "twice", tmp_path)) == ["made"] * 4
    assert deeds(set_up(database, "twice", tmp_path)) == ["unchanged"] * 4
    assert (tmp_path / "collector").stat().st_mode & 0o777 == 0o600


def test_another_retention_is_brought_to_the_bucket_of_telemetry_alone(database: InfluxServer, tmp_path: Path) -> None:
    set_up(database, "kept", tmp_path)
    assert deeds(set_up(database, "kept", tmp_path, days=30))[:2] == ["unchanged", "changed"]
    assert deeds(set_up(database, "kept", tmp_path, days=30))[:2] == ["unchanged", "unchanged"]


async def test_the_collector_may_write_and_grafana_only_read_and_both_only_their_buckets(
    database: InfluxServer, tmp_path: Path
) -> None:
    await asyncio.to_thread(set_up, database, "least", tmp_path)
    database.make_bucket("strange")
    collector = with_login(database, "least", "least collector", tmp_path / "collector")
    reader = with_login(database, "least", READER, tmp_path / "deep" / "reader")
    assert await allowed(collector, "least", write=True)
    assert await allowed(collector, "least_raw", write=True)
    assert await allowed(collector, "least", write=False)
    assert not await allowed(collector, "strange", write=True)
    assert await allowed(reader, "least", write=False)
    assert not await allowed(reader, "least", write=True)
    assert not await allowed(reader, "strange", write=False)


async def test_a_lost_secret_is_replaced_and_the_old_one_is_good_for_nothing(
    database: InfluxServer, tmp_path: Path
) -> None:
    await asyncio.to_thread(set_up, database, "lost", tmp_path)
    old = with_login(database, "lost", "lost collector", tmp_path / "collector")
    (tmp_path / "collector").unlink()
    assert deeds(await asyncio.to_thread(set_up, database, "lost", tmp_path)) == ["unchanged"] * 2 + [
        "changed",
        "unchanged",
    ]
    new = with_login(database, "lost", "lost collector", tmp_path / "collector")
    assert await allowed(new, "lost", write=True)
    assert not await allowed(old, "lost", write=True)
