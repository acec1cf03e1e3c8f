"""What a broker sends faster than it is synced waits in the line and not in our memory."""

import threading
import time

from collector.sources.mqtt.held import HeldBytes


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
