"""How far a works is with its group, as one line of `tundish status`."""

from collector.storage.file.instant import utc_text
from collector.storage.ledger.group_queue import GroupWaiting


def group_line(waiting: GroupWaiting | None) -> str:
    """None: the collector did not begin to send yet."""
    if waiting is None:
        return "group: nothing was sent yet"
    stream = waiting.stream
    text = f"group: has {stream.taken} of {stream.number} messages of stream {stream.id[:8]}; {waiting.items} rows wait"
    return text if waiting.since_ns is None else f"{text}; the oldest message waits since {utc_text(waiting.since_ns)}"
