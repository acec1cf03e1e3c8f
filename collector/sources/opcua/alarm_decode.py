"""Lists of events as the server sent them: counted at once, and decoded one by one within a bound."""

from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import struct_from_binary

from collector.sources.opcua.ceilings import MOST_PARTS
from collector.sources.opcua.walk import Undecodable, Walk
from collector.sources.opcua.walk_values import step_of

_PARTS = 4 * MOST_PARTS
"""Of one list, which is decoded beside the loop: two thousand events of fourteen fields, and as much again."""
_COUNT_BYTES, _LEAST_EVENT_BYTES = 4, 8


def event_count(events: bytes) -> int:
    """How many events a list holds: as it claims, and no more than there are bytes for."""
    try:
        return min(max(0, Walk(events).length(0)), len(events) // _LEAST_EVENT_BYTES)
    except Undecodable:
        return 0


def decoded_events(events: bytes, most: int) -> list[list[ua.Variant]]:
    """The fields of the first events; fewer than there are where one is not what it claims to be, or over the bound."""
    walk, at = Walk(events, parts=_PARTS), _COUNT_BYTES
    found: list[list[ua.Variant]] = []
    try:
        for _ in range(min(most, event_count(events))):
            after = step_of(ua.EventFieldList)(walk, at)
            found.append(struct_from_binary(ua.EventFieldList, Buffer(events, at, after - at)).EventFields or [])
            at = after
    except Exception:  # the library raises many kinds on bytes that it does not understand
        return found
    return found
