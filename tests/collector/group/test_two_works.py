"""Two running works and the program of their group, over a real broker: it has what their books have."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from collector.cli.group_report import AskedGroup, read_growth
from collector.config.settings import Settings
from collector.group.consumer import serve_group
from collector.group.group_image import site_rows
from collector.group.group_ledger import read_group
from collector.group.group_load import load_group
from collector.group.message import ANSWER_TOPIC, FIGURES_TOPIC
from collector.service.service import Service, opened
from collector.storage.ledger.group_queue import PUBLISHED_TABLES
from models.works.month import month_of
from models.works.table import FieldValue, RowKey
from tests.collector.group.group_files import GROUP, group_file
from tests.collector.group.taking import ALL_TIME
from tests.collector.service.steel_works import soon
from tests.collector.service.test_service_group import grams, image, put
from tests.collector.service.works_document import works_settings, works_yaml
from tests.support.kafka_broker import KafkaBroker

pytestmark = pytest.mark.slow
WITHIN_S = 120.0


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[KafkaBroker]:
    folder = tmp_path / "kafka"
    folder.mkdir()
    one = KafkaBroker(folder)
    one.topic(FIGURES_TOPIC)
    one.topic(ANSWER_TOPIC)
    yield one
    one.stop()


def works(folder: Path, site: str, cluster: KafkaBroker) -> Settings:
    """A furnace whose taps a laboratory's database has."""
    folder.mkdir()
    document = works_yaml()
    taps = {"signal": "taps", "kind": "event", "source": "lab", "product": "pig_iron", "unit_of_measure": "t"}
    taps |= {"cadence": "1s", "query": "taps", "key": "number", "tonnes": "weight", "end": "ended"}
    furnaces = next(shop for shop in document["shops"] if shop["code"] == "furnaces")
    furnaces["units"] = [{**unit, "tags": [taps]} for unit in furnaces["units"] if unit["code"] == "bf3"]
    query = "SELECT number, weight, ended FROM taps WHERE ended >= :since ORDER BY ended"
    lab = {"name": "lab", "type": "sql", "driver": "sqlite", "database": "lab.db", "queries": {"taps": query}}
    return works_settings(
        folder,
        sources=[{**lab, "poll": "100ms"}],
        metrics={"port": 0},
        shops=[furnaces],
        site={**document["site"], "code": site},
        group={"bootstrap": [cluster.server], "timeout": "5s"},
    )


@asynccontextmanager
async def group_running(file: Path) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(serve_group(load_group(file, {}), stop))
    try:
        yield
    finally:
        stop.set()
        await task


def taken(folder: Path, site: str) -> dict[RowKey, Mapping[str, FieldValue]]:
    """The rows of a works as its group has them."""
    found = [
        row
        for table in PUBLISHED_TABLES
        for row in read_group(folder, lambda connection, table=table: site_rows(connection, site, table, ALL_TIME))
    ]
    return {row.key: row.fields for row in found}


async def test_two_running_works_stand_in_their_group_row_for_row(cluster: KafkaBroker, tmp_path: Path) -> None:
    text = GROUP.replace("127.0.0.1:9092", cluster.server).replace("hot_metal", "pig_iron")
    file, data = group_file(tmp_path, text), tmp_path / "data"
    settings = {site: works(tmp_path / site, site, cluster) for site in ("north", "south")}
    for number, site in enumerate(settings, start=1):
        put(tmp_path / site, 1, 30, 400.25 * number)

    def alike(services: dict[str, Service]) -> bool:
        return all(len(image(each)) > 3 and taken(data, site) == image(each) for site, each in services.items())

    async with AsyncExitStack() as stack:
        services = {site: await stack.enter_async_context(opened(each)) for site, each in settings.items()}
        async with group_running(file):
            await soon(lambda: (data / "group.db").exists(), WITHIN_S)
            await soon(lambda: alike(services), WITHIN_S)
        put(tmp_path / "north", 2, 20, 99.000001)
        async with group_running(file):
            await soon(lambda: grams(taken(data, "north")) == 499_250_001, WITHIN_S)
            await soon(lambda: alike(services), WITHIN_S)
    asked = AskedGroup.of(file)
    (iron,) = asked.read(read_growth(month_of(asked.running_day)))
    # The day runs, so that nothing is compared yet, and nothing is made up.
    assert iron.product.code == "iron"
    assert [each.late for each in asked.status.sites] == [None, None]
    assert all(each.known_ns and time.time_ns() - each.known_ns < WITHIN_S * 1e9 for each in asked.status.sites)
