"""A real broker of MQTT 5 for tests."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from tests.support.ports import free_port


class Broker:
    """Debian's mosquitto on a free port, which keeps what it has over its own restart."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.more = "allow_anonymous true\n"

    def start(self) -> None:
        found = which("mosquitto") or which("mosquitto", path="/usr/sbin")
        if found is None:
            pytest.fail("no mosquitto on this machine; install with: apt-get install mosquitto")
        path = self._folder / "mosquitto.conf"
        path.write_text(
            f"listener {self.port} 127.0.0.1\n{self.more}persistence true\npersistence_location {self._folder}/\n"
            f"autosave_interval 1\nautosave_on_changes true\nuser {Path.home().owner()}\nlog_dest none\n"
        )
        self._process = subprocess.Popen([found, "-c", str(path)])
        deadline = time.monotonic() + 60
        while True:
            try:
                self.publish("probe", "1")
                return
            except OSError:
                assert time.monotonic() < deadline, "mosquitto does not listen"
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def publish(self, topic: str, payload: object, *, retain: bool = False) -> None:
        text = payload if isinstance(payload, str | bytes) else json.dumps(payload)
        client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        client.connect("127.0.0.1", self.port)
        client.loop_start()
        client.publish(topic, text, qos=1, retain=retain).wait_for_publish(5)
        client.disconnect()
        client.loop_stop()


@contextmanager
def broker_in(folder: Path) -> Iterator[Broker]:
    one = Broker(folder)
    try:
        yield one
    finally:
        one.stop()
