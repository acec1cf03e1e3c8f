"""A site that sends through a real cluster, and does what the group answers. For tests."""

import random
import time
from dataclasses import dataclass, field

from confluent_kafka import Consumer, Producer, TopicPartition

from collector.group.message import ANSWER_TOPIC, FIGURES_TOPIC, decode_answer, encode_message
from tests.collector.group.site_sender import SiteSender, site_row


@dataclass
class SiteOnKafka:
    """`resent`: how many messages were sent once more because they were asked for."""

    server: str
    sender: SiteSender
    chance: random.Random
    taken: int = 0
    resent: int = 0
    _sent: int = 0
    _producer: Producer = field(init=False)
    _answers: Consumer = field(init=False)

    def __post_init__(self) -> None:
        settings = {"bootstrap.servers": self.server, "log_level": 0}
        self._producer = Producer({**settings, "enable.idempotence": True, "message.timeout.ms": 60_000})
        self._answers = Consumer({**settings, "group.id": f"site-{self.sender.site}", "enable.auto.commit": False})
        self._answers.assign([TopicPartition(ANSWER_TOPIC, 0, 0)])

    def publish(self, rows: int = 5) -> None:
        """Change some rows, now and then withdraw one."""
        site = self.sender
        new = [site_row(site.site, self.chance.randrange(200), self.chance.randrange(10**13)) for _ in range(rows)]
        unique = {row.key: row for row in new}
        gone = [key for key in site.image if key not in unique and self.chance.random() < 0.01]
        site.publish(time.time_ns(), list(unique.values()), gone)

    def exchange(self) -> None:
        """Send what was not sent yet, and do what was answered."""
        for message in self.sender.sent[self._sent :]:
            self._producer.produce(FIGURES_TOPIC, encode_message(message), self.sender.site)
        self._sent = len(self.sender.sent)
        self._producer.poll(0)
        for found in self._answers.consume(100, 0.02):
            if found.error() is not None or found.key() != self.sender.site.encode():
                continue
            answer = decode_answer(found.value() or b"")
            if answer.stream != self.sender.stream:
                continue
            self.taken = max(self.taken, answer.taken)
            if answer.resend:
                self.resent += self._sent - answer.taken
                self._sent = answer.taken

    def flush(self) -> None:
        """What was sent is in the topic."""
        assert self._producer.flush(30) == 0

    @property
    def all_taken(self) -> bool:
        """Whether the group has answered all of it."""
        return self.taken == len(self.sender.sent)

    def close(self) -> None:
        self._answers.close()
