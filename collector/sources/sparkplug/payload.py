"""What a message of Sparkplug B holds: its time, its number, and metrics with their values as they were sent."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from google.protobuf.message import DecodeError

from collector.sources.mqtt.payload import UnreadablePayload
from collector.sources.sparkplug.schema import PayloadMessage
from models.works.codes import Quality

MOST_BYTES = 4 * 1024 * 1024
"""Of a message. The birth of an edge node with 30,000 metrics and their properties has three megabytes."""
_MOST_METRICS = 100_000
_LONGEST_TEXT = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Raw = int | float | bool | str | None
_VALUES = ("int_value", "long_value", "float_value", "double_value", "boolean_value", "string_value")
_SIGNED = {1: 8, 2: 16, 3: 32, 4: 64}
_UNSIGNED = {5: 8, 6: 16, 7: 32, 8: 64}
_FLOATS = (9, 10)
_BOOLEAN, _DATE_TIME = 11, 13
_TEXTS = (12, 14, 15)
_GOOD_FROM, _GOOD_TO, _UNCERTAIN_FROM = 192, 255, 64
"""Quality, where a metric has that property, is a code of OPC DA: from 192 good, from 64 uncertain; 500 is stale."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One value. `raw`: the field that was set, before its type is known (None: none that is read).

    `datatype`: its code, 0 if the message does not say it. `unit`: "" if it says none.
    """

    name: str
    alias: int | None
    at: datetime | None
    datatype: int
    is_historical: bool
    is_null: bool
    raw: Raw
    quality: Quality
    unit: str


@dataclass(frozen=True, slots=True)
class SparkplugPayload:
    """`seq`: the running number of 0 to 255, None where there is none."""

    at: datetime | None
    seq: int | None
    metrics: tuple[Metric, ...]

    @property
    def bd_seq(self) -> int | None:
        """The number that a death shares with its birth."""
        found = [metric.raw for metric in self.metrics if metric.name == "bdSeq"]
        return found[0] if found and isinstance(found[0], int) else None


def payload_of(payload: bytes) -> SparkplugPayload:
    """Raises UnreadablePayload."""
    message = PayloadMessage()
    try:
        message.ParseFromString(payload)
    except (DecodeError, ValueError, RecursionError) as error:
        raise UnreadablePayload(f"{payload[:40]!r} is no message of Sparkplug B") from error
    if message.uuid == "SPBV1.0_COMPRESSED":
        raise UnreadablePayload("it is compressed, which is not read; turn compression off in the edge node")
    if len(message.metrics) > _MOST_METRICS:
        raise UnreadablePayload(f"it holds {len(message.metrics)} metrics, over {_MOST_METRICS}")
    at = _instant(message.timestamp)
    if message.HasField("seq") and message.seq > 255:
        raise UnreadablePayload(f"its seq is {message.seq}, over 255")
    metrics = tuple(_metric(one, at) for one in message.metrics)
    return SparkplugPayload(at, message.seq if message.HasField("seq") else None, metrics)


def rebirth_request(now_ms: int) -> bytes:
    """The command by which an edge node is asked for its birth."""
    message = PayloadMessage(timestamp=now_ms)
    message.metrics.add(name="Node Control/Rebirth", timestamp=now_ms, datatype=_BOOLEAN, boolean_value=True)
    return bytes(message.SerializeToString())


def typed(raw: Raw, datatype: int) -> Raw:
    """The value that `raw` is by its type; None if it has none that is read. A number of 64 bits is exact."""
    if isinstance(raw, bool) or raw is None:
        return raw
    if isinstance(raw, int):
        if datatype in _SIGNED:
            bits = _SIGNED[datatype]
            low = raw & ((1 << bits) - 1)
            return low - (1 << bits) if low >> (bits - 1) else low
        if datatype in _UNSIGNED:
            return raw & ((1 << _UNSIGNED[datatype]) - 1)
        if datatype == _BOOLEAN:
            return raw != 0
        return raw if datatype == _DATE_TIME or datatype in _FLOATS else None
    if isinstance(raw, float):
        return raw if datatype in _FLOATS or datatype == 0 else None
    return raw if datatype in _TEXTS or datatype == 0 else None


def is_told(raw: Raw, datatype: int) -> bool:
    """Whether the type of a value is known: a whole number without its type may have a sign or none."""
    return datatype != 0 or not isinstance(raw, int) or isinstance(raw, bool)


def _metric(one: Any, at: datetime | None) -> Metric:  # noqa: ANN401 - the library makes the class at run time
    quality, unit = Quality.GOOD, ""
    if one.HasField("properties"):
        quality, unit = _properties(one.properties)
    raw: Raw = next((getattr(one, name) for name in _VALUES if one.HasField(name)), None)
    return Metric(
        one.name[:_LONGEST_TEXT],
        one.alias if one.HasField("alias") else None,
        _instant(one.timestamp) if one.HasField("timestamp") else at,
        one.datatype,
        one.is_historical,
        one.is_null,
        raw[:_LONGEST_TEXT] if isinstance(raw, str) else raw,
        quality,
        unit,
    )


def _properties(properties: Any) -> tuple[Quality, str]:  # noqa: ANN401 - as above
    quality, unit = Quality.GOOD, ""
    for key, value in zip(properties.keys, properties.values, strict=False):
        if key == "Quality" and (value.HasField("int_value") or value.HasField("long_value")):
            code = value.int_value or value.long_value
            is_good = _GOOD_FROM <= code <= _GOOD_TO
            is_uncertain = _UNCERTAIN_FROM <= code < _GOOD_FROM
            quality = Quality.GOOD if is_good else Quality.UNCERTAIN if is_uncertain else Quality.BAD
        elif key.lower() in ("engunit", "engineeringunits", "unit"):
            unit = value.string_value.strip()[:40]
    return quality, unit


def _instant(stamp_ms: int) -> datetime | None:
    """Of milliseconds since 1970; None for 0 and what no calendar has."""
    try:
        return _EPOCH + timedelta(milliseconds=stamp_ms) if stamp_ms else None
    except OverflowError:
        return None
