"""The broker of Apache Kafka on loopback, for slow tests: one node, which keeps what it has over its own restart."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from confluent_kafka import Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic

from tests.support.ports import free_port

JARS = Path(sys.prefix) / "foreign" / "kafka" / "lib"
START_LIMIT_S = 60.0
"""A Java server takes five seconds to start, and several times that on a busy machine."""
USER, PASSWORD = "tundish", "carries-no-metal"


class KafkaBroker:
    """Starts at once. With `keystore` (PEM of key and certificates) it has a listener for SASL over TLS, too."""

    def __init__(self, folder: Path, keystore: Path | None = None) -> None:
        java = shutil.which("java")
        if java is None or not (JARS.parent.parent / "ready").exists():
            pytest.fail("no Kafka on this machine; install it with: sh deploy/setup/foreign-servers.sh")
        self._java = [java, "-Xmx256m", "-cp", f"{JARS}/*"]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port, self.secure_port, controller = free_port(), free_port(), free_port()
        secure = f",SASL_SSL://127.0.0.1:{self.secure_port}" if keystore else ""
        self._settings = folder / "server.properties"
        self._settings.write_text(
            f"""process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{self.port}{secure},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{self.port}{secure}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs={folder}/kafka
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
ssl.keystore.type=PEM
ssl.keystore.location={keystore or ""}
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
""",
            encoding="utf-8",
        )
        scram = f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"
        format_it = ["format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", str(self._settings), "--add-scram", scram]
        subprocess.run([*self._java, "kafka.tools.StorageTool", *format_it], check=True, capture_output=True)
        self.start()

    @property
    def server(self) -> str:
        """As configurations name it."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        with (self._folder / "kafka.log").open("ab") as log:
            self._process = subprocess.Popen([*self._java, "kafka.Kafka", str(self._settings)], stdout=log, stderr=log)
        deadline = time.monotonic() + START_LIMIT_S
        admin = AdminClient({"bootstrap.servers": self.server, "log_level": 0})
        while True:
            try:
                admin.list_topics(timeout=1)
                return
            except Exception:
                assert time.monotonic() < deadline, (self._folder / "kafka.log").read_text()[-2000:]
                assert self._process.poll() is None, (self._folder / "kafka.log").read_text()[-2000:]

    def stop(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def topic(self, name: str, partitions: int = 1) -> None:
        """Make a topic, or give it more partitions."""
        admin = AdminClient({"bootstrap.servers": self.server})
        if name in admin.list_topics(timeout=10).topics:
            admin.create_partitions([NewPartitions(name, partitions)])[name].result(20)
        else:
            admin.create_topics([NewTopic(name, partitions, 1)])[name].result(20)

    def delete_before(self, name: str, offset: int, partition: int = 0) -> None:
        """What retention does."""
        admin = AdminClient({"bootstrap.servers": self.server})
        for future in admin.delete_records([TopicPartition(name, partition, offset)]).values():
            future.result(20)

    def produce(self, name: str, *records: bytes | str, at_ms: int = 0, partition: int = 0, key: str = "") -> None:
        """Records of one time, of now if none is given."""
        producer = Producer({"bootstrap.servers": self.server})
        for record in records:
            value = record.encode() if isinstance(record, str) else record
            producer.produce(
                name, value, key=key or None, partition=partition, timestamp=at_ms or int(time.time() * 1e3)
            )
        assert producer.flush(20) == 0
