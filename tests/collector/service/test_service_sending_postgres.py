"""The way out to PostgreSQL: figures, telemetry, a database that is away, one that is new, and one beside InfluxDB."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from collector.errors import CannotStart
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.postgres.settings import PostgresSettings
from collector.service.publishing import Publishing
from collector.service.sending import Sending
from collector.storage.ledger import outbox
from models.counting.increment import Increment
from models.works.plant import Plant
from tests.collector.service.steel_works import WorksParts, opened_parts, running, soon
from tests.collector.service.works_document import COAL, NOON_NS, NS
from tests.support.influxd import influx_server
from tests.support.ledger_calls import post
from tests.support.postgres import PostgresServer, postgres_server

NOON_S = NOON_NS // NS
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Stand:
    server: PostgresServer

    async def settings(self) -> PostgresSettings:
        """A new database, which keeps everything: the readings of these tests are of another year."""
        if self.server.down:
            self.server.start()
        settings = self.server.settings(f"sending_{next(_numbers)}", raw_retention_days=None)
        set_up = PostgresSetUp(settings, self.server.administrator, dry_run=False, report=lambda _: None)
        await set_up.run([DatabaseRole(settings.user, writes=True, password=settings.password)])
        return settings

    def tonnes(self, settings: PostgresSettings) -> float:
        query = "SELECT coalesce(sum(actual_t), 0) AS t FROM tundish.output_hour WHERE level = 'unit'"
        return float(self.server.rows(settings.database, query)[0]["t"])

    def readings(self, settings: PostgresSettings) -> int:
        return int(self.server.rows(settings.database, "SELECT count(*) AS n FROM tundish.telemetry")[0]["n"])


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    with postgres_server() as server:
        yield Stand(server)


def _sending(parts: WorksParts, settings: PostgresSettings, *, simulated: bool = False) -> Sending:
    return Sending.of(None, parts.journal, parts.ledger, site="works", simulated=simulated, postgres=settings)


def _waits(parts: WorksParts) -> int:
    return parts.journal.depth().rows + parts.ledger.read(outbox.size)


async def test_telemetry_and_figures_arrive_and_nothing_waits_any_more(
    plant: Plant, tmp_path: Path, stand: Stand
) -> None:
    settings = await stand.settings()
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        sending = _sending(parts, settings)
        await sending.check()
        await parts.produce()
        async with running(sending.run()):
            await soon(lambda: _waits(parts) == 0)
        assert (stand.tonnes(settings), stand.readings(settings)) == (5.0, 2)
        await sending.close()


async def test_a_database_that_is_away_at_the_start_gets_everything_when_it_comes(
    plant: Plant, tmp_path: Path, stand: Stand
) -> None:
    settings = await stand.settings()
    stand.server.kill()
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        sending = _sending(parts, settings)
        await sending.check()
        await parts.produce()
        await sending.drain()
        assert parts.journal.depth().rows == 2, "nothing is sent before the database is known to be the right one"
        async with running(sending.run()):
            stand.server.start()
            await soon(lambda: _waits(parts) == 0)
        assert (stand.tonnes(settings), stand.readings(settings)) == (5.0, 2)
        await sending.close()


async def test_a_real_works_is_refused_the_database_of_a_demo(plant: Plant, tmp_path: Path, stand: Stand) -> None:
    settings = await stand.settings()
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        demo, real = _sending(parts, settings, simulated=True), _sending(parts, settings)
        await demo.check()
        with pytest.raises(CannotStart, match="simulated works"):
            await real.check()
        await demo.close()
        await real.close()


async def test_another_database_than_before_gets_every_figure_that_was_ever_published(
    plant: Plant, tmp_path: Path, stand: Stand
) -> None:
    first, second = await stand.settings(), await stand.settings()
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        await post(parts.ledger, [Increment(COAL, "mine1", "coal_raw", NOON_S, NOON_S + 300, 5_000_000, 30)])
        parts.roll_up.publishing = Publishing(to_outbox=True)
        await parts.roll_up.run()
        for settings in (first, second):
            sending = _sending(parts, settings)
            async with running(sending.run()):
                await soon(lambda at=settings: _waits(parts) == 0 and stand.tonnes(at) == 5.0)
            await sending.close()
        again = _sending(parts, second)
        await again.check()
        assert not again.databases.new
        await again.close()


async def test_beside_influxdb_telemetry_goes_there_and_figures_to_postgresql(
    plant: Plant, tmp_path: Path, stand: Stand
) -> None:
    settings = await stand.settings()
    with influx_server("v1", tmp_path / "influx") as influx:
        influx.make_bucket("works_raw")  # of calculated tables nothing is asked there
        raw = influx.settings("works", raw_retention_days=None)
        async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
            sending = Sending.of(raw, parts.journal, parts.ledger, site="works", simulated=True, postgres=settings)
            await sending.check()
            await parts.produce()
            async with running(sending.run()):
                await soon(lambda: _waits(parts) == 0)
            await sending.close()
        assert (stand.tonnes(settings), stand.readings(settings)) == (5.0, 0)
        assert sum(row["count"] for row in influx.rows("works_raw", 'SELECT count("value") FROM "telemetry"')) == 2
