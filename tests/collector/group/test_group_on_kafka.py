"""The program of a group on a real broker: whatever is killed or lost, its ledger ends in the images of its sites."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient

from collector.group.group_image import site_rows
from collector.group.group_ledger import read_group
from collector.group.group_load import load_group
from collector.group.group_reads import GroupStatus, group_status
from collector.group.message import ANSWER_TOPIC, FIGURES_TOPIC, encode_message
from models.works.table import RowKey
from tests.collector.group.group_files import GROUP, group_file
from tests.collector.group.site_on_kafka import SiteOnKafka
from tests.collector.group.site_sender import SiteSender
from tests.collector.group.taking import ALL_TIME
from tests.support.collector_process import CollectorProcess
from tests.support.kafka_broker import KafkaBroker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
KILLS = 20
SETTLED_WITHIN_S = 120.0
STOP_LIMIT_S = 10.0


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[KafkaBroker]:
    folder = tmp_path / "kafka"
    folder.mkdir()
    one = KafkaBroker(folder)
    one.topic(FIGURES_TOPIC, 2)
    one.topic(ANSWER_TOPIC)
    yield one
    one.stop()


class Stand:
    """Two sites, a cluster and the group's program."""

    def __init__(self, cluster: KafkaBroker, folder: Path) -> None:
        self.cluster = cluster
        self.file = group_file(folder, GROUP.replace("127.0.0.1:9092", cluster.server))
        self.settings = load_group(self.file, {})
        self.process = CollectorProcess(self.file, folder / "group.log", ("collector", "group"))
        self.sites = []
        for number, site in enumerate(("north", "south")):
            sender = SiteSender(site)
            sender.begin(number, time.time_ns())
            self.sites.append(SiteOnKafka(cluster.server, sender, random.Random(number)))

    async def flow(self, seconds: float) -> None:
        """Messages flow for so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for site in self.sites:
                site.publish()
                await asyncio.to_thread(site.exchange)

    async def settle(self) -> None:
        """Wait until all that was sent is answered; then the ledger is the image of each site, to the gram."""
        deadline = time.monotonic() + SETTLED_WITHIN_S
        while not all(site.all_taken for site in self.sites):
            assert time.monotonic() < deadline, self.process.log_text()[-3000:]
            for site in self.sites:
                await asyncio.to_thread(site.exchange)
        for site in self.sites:
            assert self.image(site.sender.site) == site.sender.image
            assert len(site.sender.image) > 10
        for each in self.status().sites:
            assert each.hole is None
            assert not each.taken.stopped

    def image(self, site: str) -> dict[RowKey, dict[str, float | int | str]]:
        rows = read_group(
            self.settings.data_dir, lambda connection: site_rows(connection, site, "output_day", ALL_TIME)
        )
        return {row.key: dict(row.fields) for row in rows}

    def status(self) -> GroupStatus:
        return read_group(
            self.settings.data_dir, lambda connection: group_status(connection, self.settings, time.time_ns())
        )

    async def until(self, there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SETTLED_WITHIN_S
        while not there():
            assert time.monotonic() < deadline, self.process.log_text()[-3000:]
            await asyncio.sleep(0.1)


@asynccontextmanager
async def running(cluster: KafkaBroker, folder: Path) -> AsyncIterator[Stand]:
    stand = Stand(cluster, folder)
    try:
        await stand.process.start()
        yield stand
        assert await stand.process.stop(STOP_LIMIT_S) < STOP_LIMIT_S
    finally:
        await stand.process.end()
        for site in stand.sites:
            site.close()


async def test_the_group_is_killed_at_random_instants_and_its_sums_are_those_of_the_sites(
    cluster: KafkaBroker, tmp_path: Path
) -> None:
    chance = random.Random(7)
    async with running(cluster, tmp_path) as stand:
        for _ in range(KILLS):
            await stand.flow(chance.uniform(0.2, 2.0))
            await stand.process.kill()
            await stand.flow(chance.uniform(0.0, 0.3))
            await stand.process.start()
            await stand.flow(chance.uniform(0.5, 3.0))
        await stand.settle()


async def test_a_broker_that_goes_and_comes_back_loses_and_doubles_nothing(
    cluster: KafkaBroker, tmp_path: Path
) -> None:
    async with running(cluster, tmp_path) as stand:
        await stand.flow(2.0)
        await stand.settle()
        for _ in range(2):
            await stand.flow(1.0)
            await asyncio.to_thread(cluster.stop)
            await stand.flow(3.0)
            await asyncio.to_thread(cluster.start)
            await stand.flow(1.0)
        await stand.settle()
        assert "cluster_away" in stand.process.log_text()


async def test_what_a_topic_lost_before_it_was_read_is_asked_of_the_sites_and_sent_again(
    cluster: KafkaBroker, tmp_path: Path
) -> None:
    async with running(cluster, tmp_path) as stand:
        await stand.flow(1.0)
        await stand.settle()
        await stand.process.stop(STOP_LIMIT_S)
        await stand.flow(1.0)
        for site in stand.sites:
            await asyncio.to_thread(site.flush)
        for partition in (0, 1):
            cluster.delete_before(FIGURES_TOPIC, -1, partition)
        await stand.process.start()
        await stand.settle()
        assert all(site.resent for site in stand.sites)
        # Made anew under its name, its offsets begin at nothing: what was read of the old one says nothing of it.
        await stand.process.stop(STOP_LIMIT_S)
        admin = AdminClient({"bootstrap.servers": cluster.server})
        admin.delete_topics([FIGURES_TOPIC])[FIGURES_TOPIC].result(20)
        await asyncio.sleep(1.0)
        cluster.topic(FIGURES_TOPIC, 2)
        await stand.flow(1.0)
        await stand.process.start()
        await stand.settle()


async def test_strangers_in_the_topic_are_recorded_and_stop_nobody(cluster: KafkaBroker, tmp_path: Path) -> None:
    async with running(cluster, tmp_path) as stand:
        cluster.produce(FIGURES_TOPIC, b"figures", key="north")
        cluster.produce(FIGURES_TOPIC, encode_message(stand.sites[0].sender.sent[0]), key="south")
        await stand.flow(2.0)
        await stand.settle()
        why = {each.why for each in stand.status().refused}
        assert why == {"it is not packed by gzip", "its key is south, and it says that it is of north"}
        await stand.until(lambda: stand.status().waiting == 0)
