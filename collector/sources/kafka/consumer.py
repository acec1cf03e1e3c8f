"""Asks a cluster through librdkafka, in a thread of its own. Which partitions are read, and from where, we say.

No group rebalances: a collector reads every partition itself, and the group only keeps its offsets. librdkafka is the
client that is released most often beside Apache's own, and decodes what brokers send within bounds that are set here.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from collector.config.secret import SecretError, read_secret, variable
from collector.errors import SourceRefused, SourceUnavailable
from collector.sources.kafka.config import KafkaConfig
from collector.sources.kafka.library import REFUSALS, error_line, quiet_logger

Found = TypeVar("Found")
Place = tuple[str, int]
"""A topic and the number of a partition."""

MOST_RECORDS = 1_000
"""Of one delivery: a megabyte or less where a record is a reading."""
_HELD_KB = 16_384
"""What the library may fetch ahead of us."""
_LOOK_S = 0.5
"""How long a look waits for the first record."""
_CLOSE_S = 1.0
"""A cluster that is there takes the last offsets within it; of one that is away nothing is to be had."""
_NEVER = -1


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `at_ms`: its own time, None if it has none."""

    place: Place
    offset: int
    payload: bytes
    key: str
    at_ms: int | None


class RetentionPassed(Exception):
    """The cluster does not have the record any more that was to be read next."""


class KafkaCluster:
    """One connection. What blocks, blocks in its thread."""

    def __init__(self, config: KafkaConfig, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"kafka-{config.name}")
        self._consumer: Consumer | None = None
        self._said: KafkaError | None = None
        self._is_down = False

    async def partitions(self, topics: Sequence[str]) -> dict[str, Sequence[int]]:
        """By topic, its partitions; a topic that is not there is left out."""
        return await self._in_thread(lambda: self._partitions(topics))

    async def committed(self, places: Sequence[Place]) -> dict[Place, int]:
        """How far our group has read; a place that it never read is left out."""
        return await self._in_thread(lambda: self._committed(places))

    async def span(self, place: Place) -> tuple[int, int]:
        """The first offset that is kept, and the one that comes next."""
        return await self._in_thread(
            lambda: self._open().get_watermark_offsets(TopicPartition(*place), self._config.timeout, cached=False)
        )

    async def since(self, places: Sequence[Place], at_ms: int) -> dict[Place, int]:
        """The first offsets of that time; a place without any is left out."""
        return await self._in_thread(lambda: self._since(places, at_ms))

    async def read_from(self, offsets: Mapping[Place, int]) -> None:
        """From now on these partitions are read, from there."""
        found = [TopicPartition(topic, partition, offset) for (topic, partition), offset in offsets.items()]
        await self._in_thread(lambda: self._open().assign(found))

    async def next(self) -> list[Record]:
        """Records that came, or none. Raises RetentionPassed."""
        return await self._in_thread(self._next)

    async def commit(self, offsets: Mapping[Place, int]) -> None:
        """These are synced here: after a start we go on there. Not waited for: a cluster that is away would hold us
        up for a minute, and what was not committed comes again and is known."""
        found = [TopicPartition(topic, partition, offset) for (topic, partition), offset in offsets.items()]
        await self._in_thread(lambda: self._open().commit(offsets=found, asynchronous=True))

    async def close(self) -> None:
        """End the connection; a call that still waits for the cluster ends in its thread."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, call: Callable[[], Found]) -> Found:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, call)
        except KafkaException as error:
            # Why a broker is not reached is told aside, to a callback that only a poll serves.
            await asyncio.get_running_loop().run_in_executor(self._thread, lambda: self._open().poll(0))
            raise said(self._config, error, self._said) from error

    def _open(self) -> Consumer:
        if self._consumer is None:
            callbacks = {"error_cb": self._note, "on_commit": self._note_commit}
            self._consumer = Consumer({**self._settings(), **callbacks}, logger=quiet_logger())
        return self._consumer

    def _close(self) -> None:
        if self._consumer is not None:
            self._consumer.close()
            self._consumer = None

    def _note(self, error: KafkaError) -> None:
        """What is wrong with the line itself, as the library tells it aside. It goes on trying by itself."""
        if error.code() == KafkaError._ALL_BROKERS_DOWN:
            self._is_down = True
        else:
            self._said = error

    def _note_commit(self, error: KafkaError | None, _offsets: object) -> None:
        """A group that we may not use would have us read everything anew at each start."""
        if error is not None and error.code() in REFUSALS:
            self._said, self._is_down = error, True

    def _partitions(self, topics: Sequence[str]) -> dict[str, Sequence[int]]:
        found: dict[str, Sequence[int]] = {}
        for topic in topics:
            held = self._open().list_topics(topic, timeout=self._config.timeout).topics.get(topic)
            if held is None or (held.error is not None and held.error.code() == KafkaError.UNKNOWN_TOPIC_OR_PART):
                continue
            if held.error is not None:
                raise KafkaException(held.error)
            found[topic] = sorted(held.partitions)
        self._said, self._is_down = None, False
        return found

    def _committed(self, places: Sequence[Place]) -> dict[Place, int]:
        asked = [TopicPartition(*place) for place in places]
        return _offsets(self._open().committed(asked, timeout=self._config.timeout))

    def _since(self, places: Sequence[Place], at_ms: int) -> dict[Place, int]:
        asked = [TopicPartition(topic, partition, at_ms) for topic, partition in places]
        return _offsets(self._open().offsets_for_times(asked, timeout=self._config.timeout))

    def _next(self) -> list[Record]:
        found = []
        for message in self._open().consume(MOST_RECORDS, _LOOK_S):
            error = message.error()
            if error is None:
                found.append(_record(message))
            elif error.code() in (KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE):
                raise RetentionPassed
            elif not error.retriable():
                raise KafkaException(error)
        if self._is_down:
            raise KafkaException(self._said or KafkaError(KafkaError._ALL_BROKERS_DOWN))
        return found

    def _settings(self) -> dict[str, Any]:
        config = self._config
        protocol = ("SASL_" if config.user is not None else "") + ("SSL" if config.tls else "PLAINTEXT")
        settings: dict[str, Any] = {
            "bootstrap.servers": ",".join(config.servers),
            "client.id": "tundish",
            "group.id": config.group or f"tundish-{config.name}",
            "security.protocol": protocol,
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "auto.offset.reset": "error",
            "isolation.level": "read_committed",
            "queued.max.messages.kbytes": _HELD_KB,
            "fetch.max.bytes": _HELD_KB * 512,
            "receive.message.max.bytes": _HELD_KB * 1024,
            "socket.connection.setup.timeout.ms": round(config.timeout * 1000),
            "reconnect.backoff.ms": 500,
            "reconnect.backoff.max.ms": 2_000,
        }
        for name, file in (("ca", config.ca_file), ("certificate", config.cert_file), ("key", config.key_file)):
            if file is not None and config.tls:
                path = self._folder / file
                if not path.is_file():
                    raise SourceRefused(f"source {config.name}: there is no file {path}")
                settings[f"ssl.{name}.location"] = str(path)
        if config.user is not None:
            settings |= {
                "sasl.mechanism": config.mechanism.upper(),
                "sasl.username": config.user,
                "sasl.password": self._password(),
            }
        return settings

    def _password(self) -> str:
        config = self._config
        try:
            found = read_secret(self._folder, config.password_file, variable(config.name, "password"), os.environ)
        except SecretError as error:
            raise SourceRefused(f"source {config.name}, password_file {config.password_file}: {error}") from error
        return found or ""


def said(config: KafkaConfig, error: Exception, aside: KafkaError | None = None) -> SourceUnavailable:
    """What an error of the library means, and where. `aside`: what it told of the connection itself."""
    told = error.args[0] if isinstance(error, KafkaException) and error.args else None
    refused = any(isinstance(each, KafkaError) and each.code() in REFUSALS for each in (told, aside))
    line = error_line(error, aside)
    return (SourceRefused if refused else SourceUnavailable)(f"kafka at {', '.join(config.servers)}: {line}")


def _record(message: Message) -> Record:
    kind, at_ms = message.timestamp()
    key = message.key()
    payload = message.value()
    return Record(
        (message.topic() or "", message.partition() or 0),
        message.offset() or 0,
        payload if isinstance(payload, bytes) else b"",
        key.decode("utf-8", "replace")[:200] if isinstance(key, bytes) else "",
        at_ms if kind and at_ms > 0 else None,
    )


def _offsets(found: Sequence[TopicPartition]) -> dict[Place, int]:
    for each in found:
        if each.error is not None:
            raise KafkaException(each.error)
    return {(each.topic, each.partition): each.offset for each in found if each.offset > _NEVER}
