"""What kind of gap it is, by the cause that the ledger keeps of it: the sentence holds values, and is English. Pure."""

from enum import StrEnum

from models.counting.planned_reset import AS_PLANNED
from models.counting.rate import ANOTHER_RATE, HUNG, NOT_READ
from models.counting.tag_gap import RING_LOST
from models.counting.totalizer import ANOTHER_COUNTER


class GapKind(StrEnum):
    """Why nothing certain is known of a counter for a while."""

    ADDRESS_CHANGED = "address_changed"
    NOT_READ = "not_read"
    STOOD_STILL = "stood_still"
    EVENTS_LOST = "events_lost"
    RESET = "reset"
    PLANNED_RESET = "planned_reset"
    LONG_UNREAD = "long_unread"
    DAMAGE = "damage"
    OTHER = "other"


ANOTHER_RING = "another ring is read since: its address was changed"
_BEGINNINGS = (
    (ANOTHER_COUNTER, GapKind.ADDRESS_CHANGED),
    (ANOTHER_RATE, GapKind.ADDRESS_CHANGED),
    (ANOTHER_RING, GapKind.ADDRESS_CHANGED),
    (NOT_READ, GapKind.NOT_READ),
    (HUNG[: HUNG.index("{")], GapKind.STOOD_STILL),
    (RING_LOST, GapKind.EVENTS_LOST),
    (AS_PLANNED, GapKind.PLANNED_RESET),
    ("so long unread", GapKind.LONG_UNREAD),
    ("counter was reset", GapKind.RESET),
    ("counter fell", GapKind.RESET),
    ("journal entry ", GapKind.DAMAGE),
)


def gap_kind(cause: str) -> GapKind:
    """The kind of `UncertainGap.cause`; what a person or an older version wrote there is OTHER."""
    return next((kind for begins, kind in _BEGINNINGS if cause.startswith(begins)), GapKind.OTHER)
