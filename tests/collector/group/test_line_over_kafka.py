"""The line of a works to its group, over a real broker whose topics come and go."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from confluent_kafka.admin import AdminClient

from collector.group import line
from collector.group.kafka_settings import KafkaSettings
from collector.group.line import GroupLine
from collector.group.message import ANSWER_TOPIC, GroupAnswer, encode_answer
from tests.support.kafka_broker import KafkaBroker

pytestmark = pytest.mark.slow
STREAM = "0" * 32
LIMIT_S = 60.0


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    one = KafkaBroker(tmp_path_factory.mktemp("kafka"))
    one.topic(ANSWER_TOPIC)
    yield one
    one.stop()


def answered(cluster: KafkaBroker, taken: int) -> None:
    said = GroupAnswer(site="north", stream=STREAM, taken=taken, resend=False)
    cluster.produce(ANSWER_TOPIC, encode_answer(said), key="north")


async def heard(one: GroupLine, taken: int) -> float:
    """Seconds until the answer came."""
    began_s = time.monotonic()
    while time.monotonic() - began_s < LIMIT_S:
        said = await one.answer()
        if said is not None and said.taken == taken:
            return time.monotonic() - began_s
        await asyncio.sleep(0.2)
    pytest.fail(f"the answer {taken} was not heard")


async def test_a_works_that_sends_nothing_hears_its_group_after_the_topics_were_made_anew(
    cluster: KafkaBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_SILENT_S", 5.0)
    one = GroupLine(KafkaSettings(bootstrap=(cluster.server,), tls=False, timeout_s=5.0), "north")
    try:
        for taken in range(1, 8):
            answered(cluster, taken)
        await heard(one, 7)
        admin = AdminClient({"bootstrap.servers": cluster.server})
        admin.delete_topics([ANSWER_TOPIC])[ANSWER_TOPIC].result(20)
        await asyncio.sleep(1)
        cluster.topic(ANSWER_TOPIC)
        answered(cluster, 9)
        await heard(one, 9)
    finally:
        await one.close()


async def test_after_a_silence_the_newest_answer_is_read_anew(
    cluster: KafkaBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A works was deaf for minutes after topics were made anew: whatever the library holds to, it is begun again."""
    one = GroupLine(KafkaSettings(bootstrap=(cluster.server,), tls=False, timeout_s=5.0), "north")
    try:
        answered(cluster, 7)
        await heard(one, 7)
        assert await one.answer() is None
        monkeypatch.setattr(line, "_SILENT_S", 0.0)
        await heard(one, 7)
    finally:
        await one.close()
