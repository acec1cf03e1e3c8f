"""The topic of figures, read through librdkafka, and the topic of answers. Everything here blocks: call it in a thread.

From where each partition is read, the group's own ledger says, and never the cluster: what is in the ledger is taken,
and nothing else is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from confluent_kafka import (
    Consumer,
    KafkaError,
    KafkaException,
    Message,
    Producer,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient

from collector.errors import SourceUnavailable
from collector.group.group_take import HeardMessage
from collector.group.kafka_settings import KafkaSettings
from collector.group.message import ANSWER_TOPIC, FIGURES_TOPIC, GroupAnswer, encode_answer
from collector.sources.kafka.library import quiet_logger

Found = TypeVar("Found")
_NAME = "tundish-group"
_MOST_MESSAGES = 100
"""Of one transaction. Of 900,000 bytes each: what a start after a cut may hold at once stays below 100 MB."""
_LOOK_S = 0.5
"""How long a look waits for the first message: a stop waits no longer."""
_HELD_KB = 16_384
"""What the library may fetch ahead of us."""
_ANSWER_LIMIT_S = 3.0
"""For the cluster to take answers. One that is not taken is given again, with the next ones. Whoever ends the program
waits for it, and for the one below."""
_STATE_LIMIT_S = 3.0
"""For one answer of the cluster about itself."""


class TopicLost(Exception):
    """The topic does not have what was to be read next; or it is another one of the same name."""


@dataclass(frozen=True, slots=True)
class TopicState:
    """`identity`: that of the topic, which one of the same name that is made anew has not. `spans`: by partition, the
    first offset that is kept, and the one that comes next."""

    identity: str
    spans: Mapping[int, tuple[int, int]]


class FiguresTopic:
    """One connection to the cluster."""

    def __init__(self, kafka: KafkaSettings) -> None:
        self._kafka = kafka
        self._said: KafkaError | None = None
        self._is_down = False
        common = {**kafka.for_client(_NAME), "error_cb": self._note}
        reading: dict[str, Any] = {
            **common,
            "group.id": _NAME,
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "auto.offset.reset": "error",
            "queued.max.messages.kbytes": _HELD_KB,
            "fetch.max.bytes": _HELD_KB * 1024,
            "receive.message.max.bytes": _HELD_KB * 4096,
        }
        writing: dict[str, Any] = {
            **common,
            "enable.idempotence": True,
            "message.timeout.ms": round(_ANSWER_LIMIT_S * 1000),
        }
        self._consumer = Consumer(reading, logger=quiet_logger())
        self._producer = Producer(writing, logger=quiet_logger())
        self._admin = AdminClient({**kafka.for_client(_NAME)}, logger=quiet_logger())

    def look(self) -> TopicState:
        """How the topic stands. Raises SourceUnavailable, also if there is no such topic."""
        return self._asked(self._look)

    def read_from(self, offsets: Mapping[int, int]) -> None:
        """From now on these partitions are read, from there."""
        self._asked(lambda: self._consumer.assign([TopicPartition(FIGURES_TOPIC, *each) for each in offsets.items()]))

    def next(self) -> list[HeardMessage]:
        """Messages that came, or none. Raises TopicLost and SourceUnavailable."""
        return self._asked(self._next)

    def answer(self, answers: Iterable[GroupAnswer]) -> list[GroupAnswer]:
        """Tell the sites; what the cluster did not take is given back."""
        left: list[GroupAnswer] = []
        asked = list(answers)

        def report(answer: GroupAnswer) -> Callable[[KafkaError | None, Message], None]:
            return lambda error, _message: left.append(answer) if error is not None else None

        for answer in asked:
            try:
                self._producer.produce(ANSWER_TOPIC, encode_answer(answer), answer.site, on_delivery=report(answer))
            except (BufferError, KafkaException):
                left.append(answer)
        self._producer.flush(_ANSWER_LIMIT_S + 1)
        return left

    def close(self) -> None:
        """End the connection."""
        self._consumer.close()
        self._producer.purge()

    def _asked(self, call: Callable[[], Found]) -> Found:
        try:
            return call()
        except KafkaException as error:
            # Why a broker is not reached is told aside, to a callback that only a poll serves.
            self._consumer.poll(0)
            raise self._in_our_words(error) from error

    def _look(self) -> TopicState:
        limit_s = min(self._kafka.timeout_s, _STATE_LIMIT_S)
        held = self._consumer.list_topics(FIGURES_TOPIC, timeout=limit_s).topics.get(FIGURES_TOPIC)
        if held is None or held.error is not None:
            raise KafkaException(held.error if held is not None else KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART))
        spans = {
            partition: self._consumer.get_watermark_offsets(
                TopicPartition(FIGURES_TOPIC, partition), limit_s, cached=False
            )
            for partition in sorted(held.partitions)
        }
        told = self._admin.describe_topics(TopicCollection([FIGURES_TOPIC]), request_timeout=limit_s)
        identity = str(told[FIGURES_TOPIC].result(limit_s).topic_id)
        self._said, self._is_down = None, False
        return TopicState(identity, spans)

    def _next(self) -> list[HeardMessage]:
        found = []
        for message in self._consumer.consume(_MOST_MESSAGES, _LOOK_S):
            error = message.error()
            if error is None:
                found.append(_heard(message))
            elif error.code() in (KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE):
                raise TopicLost
            elif not error.retriable():
                raise KafkaException(error)
        if self._is_down and not found:
            raise KafkaException(self._said or KafkaError(KafkaError._ALL_BROKERS_DOWN))
        return found

    def _note(self, error: KafkaError) -> None:
        """What is wrong with the line itself, as the library tells it aside. It goes on trying by itself."""
        if error.code() == KafkaError._ALL_BROKERS_DOWN:
            self._is_down = True
        else:
            self._said = error

    def _in_our_words(self, error: KafkaException) -> SourceUnavailable:
        told = error.args[0] if error.args else None
        if isinstance(told, KafkaError) and told.code() == KafkaError.UNKNOWN_TOPIC_OR_PART:
            return SourceUnavailable(f"{self._kafka.where}: there is no topic {FIGURES_TOPIC}; make it (docs/group.md)")
        said = self._said if self._said is not None else told
        text = said.str() if isinstance(said, KafkaError) else str(error)
        return SourceUnavailable(f"{self._kafka.where}: {next(iter(text.splitlines()), '')[:200]}")


def _heard(message: Message) -> HeardMessage:
    key, data = message.key(), message.value()
    return HeardMessage(
        message.partition() or 0,
        message.offset() or 0,
        key if isinstance(key, bytes) else b"",
        data if isinstance(data, bytes) else b"",
    )
