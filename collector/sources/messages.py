"""What a message with JSON or a number in it says of the tags of its topic, whatever broker it came from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from collector.sources.mqtt.payload import UnreadablePayload, payload_rows
from collector.sources.row_times import RowTimes
from collector.sources.rows import RowsRead, RowTag, read_rows
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason


@dataclass(frozen=True, slots=True)
class BrokerMessage:
    """`at_ns`: the time of what says none itself. `more`: columns beside those in the payload."""

    topic: str
    payload: bytes
    received_ns: int
    at_ns: int
    more: tuple[tuple[str, str], ...] = ()


def read_message(message: BrokerMessage, tags: Sequence[RowTag], source: str, times: RowTimes) -> RowsRead:
    """Readings and events; a message that cannot be read is a rejection of each of the tags."""
    if not tags:
        return RowsRead()
    try:
        rows = payload_rows(message.payload, message.at_ns, bare_text=any(each.tag.texts for each in tags))
    except UnreadablePayload as error:
        return RowsRead(rejections=[_refused(source, each, message, str(error)) for each in tags])
    if message.more:
        rows = [{**row, **dict(message.more)} for row in rows]
    read = read_rows(rows, tags, source, message.received_ns, times, comes_again=False)
    for each in tags:
        if each.tag.name in read.missing:
            why = read.missing[each.tag.name].replace("column", "key")
            read.rejections.append(_refused(source, each, message, why))
    return read


def _refused(source: str, each: RowTag, message: BrokerMessage, why: str) -> Rejection:
    at = (repr(message.payload[:40]), message.received_ns, Quality.BAD, Reason.WRONG_TYPE)
    return Rejection(source, each.tag.name, *at, f"{message.topic}: {why}")
