"""A running works and its group over a real broker: rows arrive, and a broker that died loses and doubles nothing."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.group import sent_mark
from collector.group.message import ANSWER_TOPIC, FIGURES_TOPIC
from collector.service.service import Service, opened
from collector.storage.file.backup import back_up, restore
from collector.storage.ledger.group_queue import PUBLISHED_TABLES
from models.counting.increment import GRAMS_PER_TONNE
from models.works.table import FieldValue, RowKey
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import works_settings, works_yaml
from tests.support.group_peer import GroupPeer
from tests.support.kafka_broker import KafkaBroker
from tests.support.ledger_calls import published

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    one = KafkaBroker(tmp_path_factory.mktemp("kafka"))
    one.topic(FIGURES_TOPIC)
    one.topic(ANSWER_TOPIC)
    yield one
    one.stop()


@pytest.fixture
def settings(tmp_path: Path, cluster: KafkaBroker, request: pytest.FixtureRequest) -> Settings:
    """A furnace whose taps a laboratory's database has. Each test is a site of its own, for they share the topics."""
    document = works_yaml()
    taps = {"signal": "taps", "kind": "event", "source": "lab", "product": "pig_iron", "unit_of_measure": "t"}
    taps |= {"cadence": "1s", "query": "taps", "key": "number", "tonnes": "weight", "end": "ended"}
    furnaces = next(shop for shop in document["shops"] if shop["code"] == "furnaces")
    furnaces["units"] = [{**unit, "tags": [taps]} for unit in furnaces["units"] if unit["code"] == "bf3"]
    query = "SELECT number, weight, ended FROM taps WHERE ended >= :since ORDER BY ended"
    lab = {"name": "lab", "type": "sql", "driver": "sqlite", "database": "lab.db", "queries": {"taps": query}}
    put(tmp_path, 1, 30, 400.25)
    return works_settings(
        tmp_path,
        sources=[{**lab, "poll": "100ms"}],
        metrics={"port": 0},
        shops=[furnaces],
        site={**document["site"], "code": request.function.__name__[:60]},
        group={"bootstrap": [cluster.server], "timeout": "5s"},
    )


def put(folder: Path, number: int, minutes: int, tonnes: float) -> None:
    ended = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(" ", "seconds")
    with sqlite3.connect(folder / "lab.db") as file:
        file.execute("CREATE TABLE IF NOT EXISTS taps (number, weight, ended)")
        file.execute("INSERT INTO taps VALUES (?, ?, ?)", (number, tonnes, ended))


def image(service: Service) -> dict[RowKey, Mapping[str, FieldValue]]:
    ledger = service.collecting.ledger
    return {row.key: row.fields for table in PUBLISHED_TABLES for row in published(ledger, table)}


def grams(rows: Mapping[RowKey, Mapping[str, FieldValue]]) -> int:
    """Of the works' pig iron in all months."""
    wanted = {("level", "site"), ("product", "pig_iron")}
    made = [
        fields.get("actual_t", 0.0)
        for key, fields in rows.items()
        if key.table == "output_month" and wanted <= {*key.tags}
    ]
    return sum(round(float(tonnes) * GRAMS_PER_TONNE) for tonnes in made)


async def test_rows_of_a_running_works_arrive_to_the_gram(
    settings: Settings, cluster: KafkaBroker, tmp_path: Path
) -> None:
    group = GroupPeer(cluster, settings.plant.site)
    async with opened(settings) as service:
        await group.until(lambda: grams(group.reader.rows) == 400_250_000)
        put(tmp_path, 2, 20, 410.5)
        await group.until(lambda: grams(group.reader.rows) == 810_750_000)
        await group.until(lambda: group.reader.rows == image(service))
    assert group.reader.applied == list(range(1, group.reader.taken + 1))
    group.close()


async def test_a_broker_that_died_and_came_back_loses_and_doubles_nothing(
    settings: Settings, cluster: KafkaBroker, tmp_path: Path
) -> None:
    group = GroupPeer(cluster, settings.plant.site)
    async with opened(settings) as service:
        await group.until(lambda: grams(group.reader.rows) == 400_250_000)
        cluster.stop()
        put(tmp_path, 2, 20, 410.5)
        put(tmp_path, 3, 10, 99.000001)
        await soon(lambda: grams(image(service)) == 909_750_001, 60.0)
        cluster.start()
        await group.until(lambda: grams(group.reader.rows) == 909_750_001, 120.0)
        await group.until(lambda: group.reader.rows == image(service))
    assert group.reader.applied == list(range(1, group.reader.taken + 1))
    group.close()


async def test_a_works_that_ends_with_the_group_silent_sends_again_at_its_start(
    settings: Settings, cluster: KafkaBroker, tmp_path: Path
) -> None:
    group = GroupPeer(cluster, settings.plant.site)
    group.answers = False
    async with opened(settings):
        await group.until(lambda: grams(group.reader.rows) == 400_250_000)
    stream = group.reader.stream
    group.answers = True
    put(tmp_path, 2, 20, 410.5)
    async with opened(settings) as service:
        await group.until(lambda: grams(group.reader.rows) == 810_750_000)
        await group.until(lambda: group.reader.rows == image(service))
    assert group.reader.stream == stream
    assert len(group.numbers) > group.reader.taken, "some came twice"
    assert group.reader.applied == list(range(1, group.reader.taken + 1))
    group.close()


async def test_a_restored_ledger_begins_a_new_stream_and_its_rows_take_the_place_of_the_old_ones(
    settings: Settings, cluster: KafkaBroker, tmp_path: Path
) -> None:
    group = GroupPeer(cluster, settings.plant.site)
    async with opened(settings):
        await group.until(lambda: grams(group.reader.rows) == 400_250_000)
    back_up(settings.data_dir, tmp_path / "copy")
    put(tmp_path, 2, 20, 410.5)
    async with opened(settings):
        await group.until(lambda: grams(group.reader.rows) == 810_750_000)
    before = group.reader.stream
    shutil.rmtree(settings.data_dir)
    restore(tmp_path / "copy", settings.data_dir)
    assert not (settings.data_dir / sent_mark.FILE).exists()
    with sqlite3.connect(tmp_path / "lab.db") as file:
        file.execute("UPDATE taps SET number = 3, weight = 100.0 WHERE number = 2")
    async with opened(settings) as service:
        await group.until(lambda: group.reader.stream != before and grams(group.reader.rows) == 500_250_000)
        await group.until(lambda: group.reader.rows == image(service))
    assert group.reader.applied == list(range(1, group.reader.taken + 1))
    group.close()
