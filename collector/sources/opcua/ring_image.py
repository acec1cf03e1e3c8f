"""What the nodes of a ring gave in one read, and whether it can be a ring at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from asyncua import ua

from collector.sources.opcua.short_text import short_repr
from collector.sources.opcua.status_quality import StatusQuality, status_name
from models.works.codes import Quality

_LARGEST_HEAD = 2**53
"""The head is watched as a Double, which tells larger numbers no longer apart. At an event a second that takes 285
million years."""
_LONGEST_KEY = 200
"""Heats and coils have numbers of ten signs. A judgement."""


class RingUnreadable(ValueError):
    """The nodes of a ring, or of a newest event, do not give what it needs; they are read again later."""


@dataclass(frozen=True, slots=True)
class RingImage:
    """What the nodes of a ring gave in one read. Lists of one length, slot by slot; `quality` is the worst of them."""

    head: int
    sequences: Sequence[object]
    keys: Sequence[object]
    tonnes: Sequence[object]
    ends: Sequence[object]
    quality: Quality


def is_key(key: object) -> bool:
    """Whether it can name a heat or a coil."""
    return key is not None and key != "" and (not isinstance(key, str | bytes) or len(key) <= _LONGEST_KEY)


def ring_image(values: Sequence[ua.DataValue], quality: StatusQuality) -> RingImage:
    """The image of a ring from the values of head, sequence, key, tonnes and end.

    Raises:
        RingUnreadable: one is Bad, or the head is not a whole number.
    """
    worst = Quality.GOOD
    for data, name in zip(values, ("head", "sequence", "key", "tonnes", "end"), strict=True):
        status = int(data.StatusCode.value) if data.StatusCode is not None else 0
        judged = quality.of(status)
        if judged == Quality.BAD:
            raise RingUnreadable(f"ring.{name}: {status_name(status)}")
        worst = min(worst, judged)
    head = values[0].Value.Value if values[0].Value is not None else None
    if isinstance(head, bool) or not isinstance(head, int) or not 0 <= head <= _LARGEST_HEAD:
        raise RingUnreadable(f"ring.head: a whole number is needed, the server gives {short_repr(head)}")
    sequences, keys, tonnes, ends = (ring_list(data) for data in values[1:])
    return RingImage(head, sequences, keys, tonnes, ends, worst)


def ring_list(data: ua.DataValue) -> Sequence[object]:
    """The slots of one node; a scalar is a ring of one slot."""
    value = data.Value.Value if data.Value is not None else None
    return value if isinstance(value, list) else [value]
