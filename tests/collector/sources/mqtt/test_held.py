"""What a broker sends faster than it is synced waits in the line and not in our memory."""

import asyncio
import threading
import time
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from collector.sources.mqtt import SOURCE
from collector.sources.mqtt.held import HeldBytes
from collector.sources.mqtt.payload import MOST_BYTES
from collector.sources.mqtt.session import MOST_HELD_MESSAGES, BrokerSession
from tests.support.mosquitto import broker_in


def test_who_brings_more_than_there_is_room_for_waits_until_some_is_taken() -> None:
    held, brought = HeldBytes(100), []

    def bring() -> None:
        for number in range(6):
            held.take(40)
            brought.append(number)

    thread = threading.Thread(target=bring)
    thread.start()
    time.sleep(0.2)
    assert brought == [0, 1]
    held.release(40)
    time.sleep(0.2)
    assert brought == [0, 1, 2]
    held.open()
    thread.join(5)
    assert brought == [0, 1, 2, 3, 4, 5], "nobody waits at the end of a session"


def test_one_message_always_has_room() -> None:
    held = HeldBytes(100)
    held.take(1_000)
    held.release(1_000)


async def test_a_flood_without_acknowledgement_is_held_up_in_the_line(tmp_path: Path) -> None:
    size = 200 * 1024
    with broker_in(tmp_path) as broker:
        broker.start()
        given = {"name": "line", "type": "mqtt", "host": "127.0.0.1", "port": broker.port, "tls": False}
        session = BrokerSession(SOURCE.config.model_validate(given), tmp_path, MOST_BYTES)
        await session.open(["flood"])
        client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        client.connect("127.0.0.1", broker.port)
        client.loop_start()
        for _ in range(300):
            client.publish("flood", b"7" * size, qos=0)
        await asyncio.sleep(2.0)
        held = await session.next(1.0, 10_000)
        assert 0 < sum(len(message.payload) for message in held) <= MOST_HELD_MESSAGES * MOST_BYTES
        assert await session.next(5.0, 10_000), "and goes on when there is room"
        client.disconnect()
        client.loop_stop()
        await session.close()
