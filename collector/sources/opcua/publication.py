"""PublishResponses as columns: one pass over all changes of a notification, without an object for each value.

What else may stand in it (a subscription that ended, events) is stepped over by the walk, and decoded by the library
only where it is of use. A message that is not what it claims to be ends its connection, for it is not said again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import extensionobject_from_binary, nodeid_from_binary, struct_from_binary
from numpy.typing import NDArray

from collector.sources.opcua.decode import DecodedColumns, ValueReader, joined_columns
from collector.sources.opcua.records import TimePart
from collector.sources.opcua.walk import Fixed, Undecodable, Walk, array, node_id
from collector.sources.opcua.walk_values import diagnostic_info, extension_object

_HAS_BODY = 1
_LEAST_CHANGE_BYTES = 5  # the number of an item, and a value that holds nothing
_NUMBERS = array(lambda: Fixed(4, numbers=True))
_STATUS_CODES = array(lambda: Fixed(4))
_DIAGNOSTICS = array(lambda: diagnostic_info)


@dataclass(frozen=True, slots=True)
class Changes:
    """What items changed to, in the order of the message. `handles`: uint32, the numbers of the monitored items."""

    handles: NDArray[np.uint32]
    columns: DecodedColumns

    @staticmethod
    def none() -> "Changes":
        """Nothing changed."""
        return Changes(np.zeros(0, dtype=np.uint32), DecodedColumns.empty(0))


@dataclass(frozen=True, slots=True)
class Published:
    """One PublishResponse. `more`: the server has more to say than it put into it, and says it next. `keep_alive`: it
    holds no notification. `ended`: the subscription is no more, and why. `events`: lists of events, neither
    walked over nor decoded."""

    subscription: int
    sequence: int
    more: bool
    keep_alive: bool
    changes: Changes
    ended: ua.StatusCode | None = None
    events: tuple[bytes, ...] = ()


def decode_publication(answer: Buffer, time: TimePart | None) -> Published:
    """Decode a PublishResponse of which the header was walked over. `time`: the stamp that is wanted.

    Raises:
        UaStatusCodeError: the service as a whole failed, or there is more in it than we take at once.
        Undecodable: its bytes are not what they claim to be.
    """
    nodeid_from_binary(answer)
    struct_from_binary(ua.ResponseHeader, answer).ServiceResult.check()
    body = bytes(answer)
    walk = Walk(body)
    subscription = _number(walk, 0)
    at = _NUMBERS(walk, 4)  # sequence numbers that could be asked for again
    more, sequence = bool(walk.byte(at)), _number(walk, at + 1)
    at = walk.skip(at, 1 + 4 + 8)  # and when it was published
    found, events, ended = [], [], None
    count, at = max(0, walk.length(at)), at + 4
    walk.count(count)
    for _ in range(count):
        kind = ua.extension_objects_by_typeid.get(nodeid_from_binary(Buffer(body, at, node_id(walk, at) - at)))
        if kind is ua.DataChangeNotification:
            changes, at = _changes(walk, at, time)
            found.append(changes)
            continue
        if kind is ua.EventNotificationList:
            some, at = _events(walk, at)
            events.append(some)
            continue
        after = extension_object(walk, at)
        if kind is ua.StatusChangeNotification:
            ended = extensionobject_from_binary(Buffer(body, at, after - at)).Status
        at = after
    _DIAGNOSTICS(walk, _STATUS_CODES(walk, at))
    return Published(subscription, sequence, more, not count, joined_changes(found), ended, tuple(events))


def _events(walk: Walk, at: int) -> tuple[bytes, int]:
    """The bytes of the list of events that begins at `at`, and the offset behind it. A storm of them may be more
    than we take at once: who wants them bounds them one by one."""
    behind_kind = node_id(walk, at)
    if not walk.byte(behind_kind) & _HAS_BODY:
        return b"", behind_kind + 1
    length, begin = walk.length(behind_kind + 1), behind_kind + 5
    after = extension_object(walk, at) if length == -1 else walk.skip(begin, length)  # left out by old servers
    return walk.body[begin:after], after


def _number(walk: Walk, at: int) -> int:
    return int.from_bytes(walk.body[at : walk.skip(at, 4)], "little")


def _changes(walk: Walk, at: int, time: TimePart | None) -> tuple[Changes, int]:
    """The changes of the notification that begins at `at`, and the offset behind it."""
    at = node_id(walk, at)
    if not walk.byte(at) & _HAS_BODY:
        raise Undecodable("a notification of changes without its parts")
    length, at = walk.length(at + 1), at + 5
    end = walk.end if length == -1 else walk.skip(at, length)  # left out by old servers
    part = Walk(walk.body[at:end], parts=walk.parts)
    count = max(0, part.length(0))
    if count * _LEAST_CHANGE_BYTES > part.end:
        raise Undecodable(f"{count} changes are claimed in {part.end} bytes")
    part.count(count)
    changes = Changes(np.zeros(count, dtype=np.uint32), DecodedColumns.empty(count))
    behind = ValueReader(part, changes.columns, time, changes.handles).read(4, 0, count)
    behind = _DIAGNOSTICS(part, behind)
    walk.parts = part.parts
    return changes, at + behind if length == -1 else end


def joined_changes(found: Sequence[Changes]) -> Changes:
    """As one, in their order."""
    if len(found) <= 1:
        return found[0] if found else Changes.none()
    columns = joined_columns(*(changes.columns for changes in found))
    return Changes(np.concatenate([changes.handles for changes in found]), columns)
