"""What waits in the journal to be sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """What waits: rows and bytes in the file, and of lines not dropped but unsent the oldest: its receipt (UTC ns; None
    if nothing waits) and its age."""

    rows: int
    bytes: int
    oldest_unsent_ns: int | None
    oldest_unsent_age_s: float
