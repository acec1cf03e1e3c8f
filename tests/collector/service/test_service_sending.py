"""The way out, on a real database: what is refused before anything is sent, and what waits until it is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from collector.errors import CannotStart
from collector.influx.settings import InfluxSettings
from collector.service.metrics.sending_families import sending_families
from collector.service.publishing import Publishing
from collector.service.sending import Sending
from collector.storage.ledger import outbox
from models.counting.increment import Increment
from models.works.plant import Plant
from tests.collector.service.steel_works import WorksParts, opened_parts, running, soon
from tests.collector.service.works_document import COAL, NOON_NS, NS
from tests.support.faulty_disk import faulty_disk
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.ledger_calls import post, published

NOON_S = NOON_NS // NS


@pytest.fixture(scope="module", params=dialects())
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InfluxServer]:
    with influx_server(request.param, tmp_path_factory.mktemp("influx")) as server:
        yield server


def _settings(database: InfluxServer, name: str) -> InfluxSettings:
    if database.down:
        database.start()
    for bucket in (name, f"{name}_raw"):
        database.make_bucket(bucket)
    return database.settings(name, raw_retention_days=None)


def _sending(parts: WorksParts, settings: InfluxSettings, *, simulated: bool = False) -> Sending:
    return Sending.of(settings, parts.journal, parts.ledger, site="works", simulated=simulated)


def _sum(database: InfluxServer, bucket: str) -> float:
    rows = database.rows(bucket, 'SELECT "actual_t" FROM "output_hour" WHERE "level" = \'unit\' GROUP BY "unit"')
    return float(sum(row["actual_t"] for row in rows))


def _up(sending: Sending) -> dict[str, float]:
    (family,) = (each for each in sending_families(sending) if each.name == "tundish_database_up")
    return {sample.labels["sender"]: sample.value for sample in family.samples}


def _points(database: InfluxServer, bucket: str) -> int:
    return sum(row["count"] for row in database.rows(bucket, 'SELECT count("value") FROM "telemetry"'))


async def test_telemetry_and_figures_arrive_and_nothing_waits_any_more(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        sending = _sending(parts, _settings(database, "arrive"))
        assert _up(sending) == {"telemetry": 0, "outbox": 0}, "nobody asked it yet"
        await sending.check()
        assert _up(sending) == {}, "it knows us, and has taken nothing yet"
        await parts.produce()
        async with running(sending.run()):
            await soon(lambda: parts.journal.depth().rows == 0 and parts.ledger.read(outbox.size) == 0)
        assert _up(sending) == {"telemetry": 1, "outbox": 1}
        assert (_sum(database, "arrive"), _points(database, "arrive_raw")) == (5.0, 2)
        await sending.close()


async def test_a_real_works_is_refused_a_bucket_of_a_demo_before_the_start(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    settings = _settings(database, "of_a_demo")
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        demo = _sending(parts, settings, simulated=True)
        await demo.check()
        real = _sending(parts, settings)
        with pytest.raises(CannotStart, match="simulated works"):
            await real.check()
        await demo.close()
        await real.close()


async def test_a_demo_is_refused_a_bucket_that_holds_figures(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    settings = _settings(database, "of_a_works")
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        real = _sending(parts, settings)
        await real.check()
        await parts.produce()
        await real.drain()
        demo = _sending(parts, settings, simulated=True)
        with pytest.raises(CannotStart, match="empty bucket of its own"):
            await demo.check()
        await real.close()
        await demo.close()


async def test_a_database_that_is_away_at_the_start_gets_everything_when_it_comes(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    settings = _settings(database, "comes_later")
    database.kill()
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        sending = _sending(parts, settings)
        await sending.check()
        await parts.produce()
        await sending.drain()
        assert _up(sending) == {"telemetry": 0, "outbox": 0}
        assert parts.journal.depth().rows == 2, "nothing is sent before the bucket is known to be the right one"
        async with running(sending.run()):
            database.start()
            await soon(lambda: parts.journal.depth().rows == 0 and parts.ledger.read(outbox.size) == 0)
        assert (_sum(database, "comes_later"), _points(database, "comes_later_raw")) == (5.0, 2)
        await sending.close()


async def test_a_wrong_bucket_that_appears_later_stops_the_sending_and_not_the_collecting(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    settings = _settings(database, "wrong_later")
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        demo = _sending(parts, settings, simulated=True)
        await demo.check()
        await demo.close()
        sending = _sending(parts, settings)
        await parts.produce()
        with structlog.testing.capture_logs() as logs:
            await sending.run()
        assert "simulated works" in sending.refused
        assert [entry["event"] for entry in logs].count("sending_refused") == 1
        assert parts.journal.depth().rows == 2
        await sending.close()


async def test_figures_from_before_there_was_a_database_are_sent_too(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await post(parts.ledger, [Increment(COAL, "mine1", "coal_raw", NOON_S, NOON_S + 300, 5_000_000, 30)])
        await parts.roll_up.run()
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        sending = _sending(parts, _settings(database, "from_before"))
        async with running(sending.run()):
            await soon(
                lambda: published(parts.ledger, "output_hour", 0, 2**62) and _sum(database, "from_before") == 5.0
            )
        await sending.close()


async def test_another_bucket_than_before_gets_every_figure_that_was_ever_published(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        await post(parts.ledger, [Increment(COAL, "mine1", "coal_raw", NOON_S, NOON_S + 300, 5_000_000, 30)])
        parts.roll_up.publishing = Publishing(to_outbox=True)
        await parts.roll_up.run()
        for bucket in ("before", "after"):
            sending = _sending(parts, _settings(database, bucket))
            async with running(sending.run()):
                await soon(lambda at=bucket: parts.ledger.read(outbox.size) == 0 and _sum(database, at) == 5.0)
            await sending.close()


async def test_a_disk_that_is_full_as_sending_begins_makes_it_wait_and_not_break(
    plant: Plant, tmp_path: Path, database: InfluxServer
) -> None:
    with faulty_disk("full-sending") as disk:
        async with opened_parts(tmp_path / "data", plant, telemetry=True, vfs="full-sending") as parts:
            await post(parts.ledger, [Increment(COAL, "mine1", "coal_raw", NOON_S, NOON_S + 300, 5_000_000, 30)])
            parts.roll_up.publishing = Publishing()
            await parts.roll_up.run()
            sending = _sending(parts, _settings(database, "full_disk"))
            disk.full = True
            try:
                async with running(sending.run()) as tasks:
                    await soon(lambda: tasks[0].done() or not sending.disk.up)
                    assert not tasks[0].done()
                    disk.full = False
                    await soon(lambda: _sum(database, "full_disk") == 5.0)
            finally:
                disk.full = False
            await sending.close()
