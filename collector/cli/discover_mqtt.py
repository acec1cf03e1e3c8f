"""Listens to topics of an MQTT broker, in a session of its own: what the service is given stays the service's."""

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collector.cli.proposal import WatchedNumber, proposal
from collector.cli.watching import EVERY_S, watch
from models.counting.shape_watch import WHOLE_NUMBER, NumberShape, ProposedShape, Sureness, WatchedShape, proposed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.config.settings import ConfiguredSource
    from collector.sources.mqtt.config import MqttConfig

MOST_NUMBERS = 20_000
"""Keys of all topics together: some 20 MB. A broker of a works has more; who watches them all learns little."""
_LONGEST_NAME = 1024
"""As plant.yaml takes a topic."""
_NEAR_NOW_S = 86_400
"""A number within a day of now, in seconds or milliseconds since 1970, is a time: it would pass for a counter."""
_UNEVEN, _LONG_GAP_S = 3, 3
"""Times between messages that differ by more tell of events; we look once a second, so short ones tell nothing."""
_WAIT_S = 0.05
"""For the next message of a burst."""
_WRITTEN_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


@dataclass(slots=True)
class HeardTopics:
    """What was heard. `shapes` by (topic, key); `times`: the key of a topic's time; `gaps`: shortest, longest, last.

    `beyond`: numbers that found no room; `unread`: a topic whose messages are no JSON; `kept_only`: topics of which
    only what the broker keeps came so far.
    """

    kept: dict[str, WatchedShape]
    shapes: dict[tuple[str, str], WatchedShape] = field(default_factory=dict)
    types: dict[tuple[str, str], str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    gaps: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    beyond: int = 0
    unread: str = ""
    kept_only: set[str] = field(default_factory=set)

    def take(self, topic: str, payload: bytes, retained: bool, at_s: float) -> None:
        """Take up one message that came at `at_s`."""
        from collector.sources.mqtt.config import RECEIVED
        from collector.sources.mqtt.payload import UnreadablePayload, payload_rows

        if retained:  # of an unknown time: its next value would show a rise of any speed
            if len(self.kept_only) < MOST_NUMBERS:
                self.kept_only.add(topic)
            return
        self.kept_only.discard(topic)
        try:
            rows = payload_rows(payload, round(at_s * 1e9))
        except UnreadablePayload:
            self.unread = topic
            return
        for row in rows:
            for key, value in row.items():
                if key != RECEIVED:
                    self._look(topic, key, value, at_s)
        if topic in self.gaps:
            shortest, longest, last_s = self.gaps[topic]
            self.gaps[topic] = (min(shortest, at_s - last_s), max(longest, at_s - last_s), at_s)
        elif len(self.gaps) < MOST_NUMBERS:
            self.gaps[topic] = (float("inf"), 0.0, at_s)

    def _look(self, topic: str, key: str, value: object, at_s: float) -> None:
        if _is_time(value, at_s):
            if len(self.times) < MOST_NUMBERS:
                self.times.setdefault(topic, key)
            return
        if not isinstance(value, int | float) or len(topic) + len(key) > _LONGEST_NAME:
            return
        place = (topic, key)
        if place not in self.shapes:
            if len(self.shapes) >= MOST_NUMBERS:
                self.beyond += 1
                return
            self.shapes[place] = self.kept.setdefault(f"{topic} {key}", WatchedShape())
        kind = "Boolean" if isinstance(value, bool) else WHOLE_NUMBER if isinstance(value, int) else "Double"
        self.types[place] = kind if self.types.get(place, kind) == kind else "Double"
        self.shapes[place].look(at_s, value)

    def remarks(self) -> list[str]:
        """What a person has to know beside the numbers."""
        said = [f"topic {topic!r}: {key!r} looks like the time of its values" for topic, key in self.times.items()][:50]
        if self.beyond:
            said.append(f"{MOST_NUMBERS} numbers were watched, and more came: give narrower --topics")
        if self.unread:
            said.append(
                f"messages of {self.unread!r}, and perhaps others, are no JSON: Sparkplug has a source of its own"
            )
        if self.kept_only:
            topic = min(self.kept_only)
            said.append(
                f"{len(self.kept_only)} topics, such as {topic!r}, gave only what the broker keeps: watch longer"
            )
        return said


async def discover_mqtt(
    source: "ConfiguredSource",
    config: "MqttConfig",
    folder: Path,
    topics: list[str],
    heard: HeardTopics,
    seconds: float,
) -> str:
    """Listen for so many seconds, and propose. Raises SourceUnavailable or SourceRefused."""
    import time

    from collector.sources.mqtt.payload import MOST_BYTES
    from collector.sources.mqtt.session import MOST_UNACKNOWLEDGED, BrokerSession

    session = BrokerSession(config.beside(), folder, MOST_BYTES)

    async def look(at_s: float) -> None:
        until_s = time.monotonic() + EVERY_S
        while time.monotonic() < until_s and (messages := await session.next(_WAIT_S, MOST_UNACKNOWLEDGED)):
            for message in messages:
                heard.take(message.topic, message.payload, message.retained, at_s)
            session.acknowledge(messages)  # of our own session: the service's keeps its own

    try:
        await session.open(topics)
        await watch(look, heard.shapes.values, seconds)
    finally:
        with suppress(Exception):
            await session.close()
    known = {(address.topic, address.value or address.tonnes): tag.name for _, tag, address in source.tags}
    return proposal(mqtt_numbers(heard, config.name, known), seconds, heard.remarks())


def mqtt_numbers(heard: HeardTopics, source: str, known: "Mapping[tuple[str, str | None], str]") -> list[WatchedNumber]:
    """The numbers with the drafts of tags. `known`: tags by topic and key."""
    numbers: list[WatchedNumber] = []
    for (topic, key), seen in heard.shapes.items():
        data_type = heard.types[topic, key]
        found = _by_pace(proposed(seen, data_type), heard.gaps.get(topic))
        place = {"topic": topic} | ({"value": key} if key != "value" else {})
        place |= {"time": heard.times[topic]} if topic in heard.times else {}
        entry: dict[str, Any] = {}
        if found.shape is NumberShape.COUNTER:
            entry = {"signal": f"total_{len(numbers) + 1}", "source": source, **place, "unit_of_measure": "1"}
            entry |= found.keys
        address = ", ".join(f"{name}: {text!r}" for name, text in place.items())
        numbers.append(
            WatchedNumber(f"{topic} {key}", address, data_type, seen, found, entry, known.get((topic, key), ""))
        )
    return numbers


def _by_pace(found: ProposedShape, gaps: tuple[float, float, float] | None) -> ProposedShape:
    """A level is published at a steady pace; what comes at uneven times, each with another value, is of events."""
    if found.shape is not NumberShape.RATE or gaps is None:
        return found
    shortest, longest, _ = gaps
    if longest <= max(_UNEVEN * shortest, _LONG_GAP_S):
        return found
    reason = f"its messages come at uneven times, {shortest:.0f} to {longest:.0f} s: each of an event of its own?"
    shape = NumberShape.LAST_VALUE
    return replace(found, shape=shape, sureness=Sureness.PERHAPS, reasons=(*found.reasons, reason), keys={})


def _is_time(value: object, now_s: float) -> bool:
    if isinstance(value, str):
        if not _WRITTEN_TIME.fullmatch(value):
            return False
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return False
        return True
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return any(abs(value / scale - now_s) < _NEAR_NOW_S for scale in (1, 1000) if abs(value) < 2**63)
