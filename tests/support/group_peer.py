"""The group's end of a real cluster: reads a site's messages, applies each once, and answers."""

import asyncio
import time
from collections.abc import Callable

from confluent_kafka import Consumer, Producer, TopicPartition

from collector.group.message import ANSWER_TOPIC, FIGURES_TOPIC, encode_answer
from tests.support.group_reader import GroupReader
from tests.support.kafka_broker import KafkaBroker


class GroupPeer:
    """Reads from the beginning of the topic. Its reader is its ledger."""

    def __init__(self, cluster: KafkaBroker, site: str) -> None:
        self.reader = GroupReader()
        self.numbers: list[int] = []
        self.answers = True
        self._site = site.encode()
        self._settings = {"bootstrap.servers": cluster.server, "log_level": 0}
        self._consumer = Consumer({**self._settings, "group.id": "peer", "enable.auto.commit": False})
        self._consumer.assign([TopicPartition(FIGURES_TOPIC, 0, 0)])
        self._producer = Producer(self._settings)

    def look(self) -> None:
        """Take what came."""
        for message in self._consumer.consume(100, 0.3):
            body = message.value()
            if message.error() is not None or message.key() != self._site or not isinstance(body, bytes):
                continue
            said = self.reader.take(body)
            self.numbers.append(said.taken)
            if self.answers:
                self._producer.produce(ANSWER_TOPIC, encode_answer(said), key=self._site)
        self._producer.flush(5)

    async def until(self, condition: Callable[[], bool], limit_s: float = 60.0) -> None:
        """Look until it holds."""
        deadline_s = time.monotonic() + limit_s
        while not condition():
            assert time.monotonic() < deadline_s, f"the group has {self.numbers} of {self.reader.stream}"
            await asyncio.to_thread(self.look)

    def close(self) -> None:
        self._consumer.close()
