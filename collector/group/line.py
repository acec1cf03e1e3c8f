"""The line from a site to its group through Kafka. What blocks, blocks in a thread of its own.

One that failed is closed, and opened anew at the next call: a producer that gave up a message may not go on behind it,
and answers that came meanwhile are read from the end of their topic again.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

import structlog
from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition

from collector.errors import SinkUnavailable
from collector.group.kafka_settings import KafkaSettings
from collector.group.message import ANSWER_TOPIC, FIGURES_TOPIC, GroupAnswer, StrangeMessage, decode_answer
from collector.sources.kafka.library import error_line, quiet_logger

log = structlog.get_logger(__name__)
Found = TypeVar("Found")

_LOOK_S = 1.0
"""How long a look waits for an answer: rows that changed meanwhile leave together."""
_MOST_ANSWERS = 500
_TAIL = 2_000
"""Answers that are read back in a partition at first. Ours is the newest of its key; where it is not among them, the
topic is read from its beginning, which compaction keeps short."""
_GIVE_UP_S = 30.0
"""A message that no broker confirmed within it is sent anew by a new producer."""
_CLOSE_S = 1.0
_SILENT_S = 120.0
"""The group answers each half a minute. Where nothing comes for four times that, the answers are asked for anew: the
library goes on reading a topic that was deleted and made again, and hears nothing of the new one."""


class GroupLine:
    """One connection of one site. `send` and `answers` are called in turn."""

    def __init__(self, settings: KafkaSettings, site: str) -> None:
        self._settings = settings
        self._key = site.encode()
        self._site = site
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="group")
        self._producer: Producer | None = None
        self._consumer: Consumer | None = None
        self._aside: KafkaError | None = None
        self._is_down = False
        self._ended: set[int] = set()
        self._heard_s = time.monotonic()

    async def send(self, bodies: Sequence[bytes]) -> None:
        """In order; every replica that the topic asks for has them when this returns. Raises SinkUnavailable."""
        await self._in_thread(lambda: self._send(bodies))

    async def answer(self) -> GroupAnswer | None:
        """The newest answer to this site that was not given yet, perhaps after a short wait. Raises SinkUnavailable."""
        return await self._in_thread(self._answer)

    async def close(self) -> None:
        """End the connections; a call that still waits for the cluster ends in its thread."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                await asyncio.get_running_loop().run_in_executor(self._thread, self._drop)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, call: Callable[[], Found]) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: self._tried(call))

    def _tried(self, call: Callable[[], Found]) -> Found:
        try:
            return call()
        except (KafkaException, BufferError) as error:
            said = error_line(error, self._aside)
            self._drop()
            raise SinkUnavailable(f"the group over {self._settings.where}: {said}") from error

    def _drop(self) -> None:
        if self._producer is not None:
            self._producer.purge()
            self._producer = None
        if self._consumer is not None:
            self._consumer.close()
            self._consumer = None
        self._aside, self._is_down = None, False

    def _send(self, bodies: Sequence[bytes]) -> None:
        if self._producer is None:
            self._producer = Producer(
                {
                    **self._settings.for_client(f"tundish-{self._site}"),
                    "acks": "all",
                    "enable.idempotence": True,
                    "message.timeout.ms": round(_GIVE_UP_S * 1000),
                    "compression.type": "none",  # a message is packed already
                    "error_cb": self._note,
                },
                logger=quiet_logger(),
            )
        failures: list[KafkaError] = []

        def note(error: KafkaError | None, _message: Message) -> None:
            if error is not None:
                failures.append(error)

        for body in bodies:
            self._producer.produce(FIGURES_TOPIC, body, key=self._key, on_delivery=note)
        left = self._producer.flush(_GIVE_UP_S + self._settings.timeout_s)
        if failures or left:
            raise KafkaException(failures[0] if failures else KafkaError(KafkaError._TIMED_OUT))

    def _answer(self) -> GroupAnswer | None:
        if self._consumer is not None and time.monotonic() - self._heard_s > _SILENT_S:
            self._consumer.close()
            self._consumer = None
        if self._consumer is None:
            self._heard_s = time.monotonic()
            self._consumer = self._opened()
            return self._newest_kept(self._consumer)
        newest = self._newest(self._consumer.consume(_MOST_ANSWERS, _LOOK_S))
        if self._is_down:
            raise KafkaException(self._aside or KafkaError(KafkaError._ALL_BROKERS_DOWN))
        return newest

    def _opened(self) -> Consumer:
        """It belongs to no group of readers, and commits nothing: each site reads all answers, and few are enough."""
        return Consumer(
            {
                **self._settings.for_client(f"tundish-{self._site}"),
                "group.id": f"tundish-{self._site}",
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                "enable.partition.eof": True,
                "isolation.level": "read_committed",
                "queued.max.messages.kbytes": 4_096,
                "receive.message.max.bytes": 16_000_000,
                "error_cb": self._note,
            },
            logger=quiet_logger(),
        )

    def _newest_kept(self, consumer: Consumer) -> GroupAnswer | None:
        """The newest answer that the topic keeps. Older ones before it are not heeded: they hold no more."""
        limit_s = self._settings.timeout_s
        topic = consumer.list_topics(ANSWER_TOPIC, timeout=limit_s).topics[ANSWER_TOPIC]
        if topic.error is not None:
            raise KafkaException(topic.error)
        spans = {
            number: consumer.get_watermark_offsets(TopicPartition(ANSWER_TOPIC, number), limit_s, cached=False)
            for number in sorted(topic.partitions)
        }
        tails = {number: max(first, end - _TAIL) for number, (first, end) in spans.items()}
        newest = self._read_to_the_end(consumer, tails)
        firsts = {number: first for number, (first, _) in spans.items()}
        return newest if newest is not None or tails == firsts else self._read_to_the_end(consumer, firsts)

    def _read_to_the_end(self, consumer: Consumer, begins: Mapping[int, int]) -> GroupAnswer | None:
        """The newest of ours from these offsets on. Reading goes on behind it."""
        consumer.assign([TopicPartition(ANSWER_TOPIC, number, offset) for number, offset in begins.items()])
        self._ended.clear()
        newest: GroupAnswer | None = None
        deadline_s = time.monotonic() + max(_GIVE_UP_S, self._settings.timeout_s)
        while not self._ended >= begins.keys():
            newest = self._newest(consumer.consume(_MOST_ANSWERS, _LOOK_S)) or newest
            if self._is_down or time.monotonic() > deadline_s:
                raise KafkaException(self._aside or KafkaError(KafkaError._TIMED_OUT))
        return newest

    def _newest(self, found: Sequence[Message]) -> GroupAnswer | None:
        newest: GroupAnswer | None = None
        for message in found:
            error, value = message.error(), message.value()
            if error is not None:
                if error.code() == KafkaError._PARTITION_EOF:
                    self._ended.add(message.partition() or 0)
                elif not error.retriable():
                    raise KafkaException(error)
                continue
            if message.key() != self._key or not isinstance(value, bytes):
                continue
            try:
                said = decode_answer(value)
            except StrangeMessage as reason:
                log.warning("strange_answer_of_the_group", offset=message.offset(), error=str(reason))
                continue
            if said.site == self._site:
                newest, self._heard_s = said, time.monotonic()
        return newest

    def _note(self, error: KafkaError) -> None:
        """What is wrong with the line itself, as the library tells it aside."""
        if error.code() == KafkaError._ALL_BROKERS_DOWN:
            self._is_down = True
        else:
            self._aside = error
