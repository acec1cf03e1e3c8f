"""The server's clock against ours: measured, with one warning when it is over 2 s off, and one line when it is back."""

from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger(__name__)

ALARM_S = 2.0
"""Units are judged in slots of ten seconds and output is counted by the minute: two seconds still do no harm, and are
far above what the network adds to the measurement. A judgement."""
EVERY_S = 60.0
"""Clocks drift by seconds a day and jump when somebody sets them: once a minute sees both, for one small request."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def datetime_to_ns(moment: datetime | None) -> int:
    """UTC nanoseconds of a library datetime (naive ones are UTC); 0 if it is missing or not after 1970."""
    if moment is None:
        return 0
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0, (aware - _EPOCH) // timedelta(microseconds=1) * 1000)


def ns_to_datetime(time_ns: int) -> datetime:
    """A library datetime of UTC nanoseconds, to the microsecond before it."""
    return _EPOCH + timedelta(microseconds=time_ns // 1000)


def clock_offset_s(server_ns: int, asked_ns: int, answered_ns: int) -> float:
    """Server clock minus ours, when the server read its clock about halfway between asking and answering."""
    # Half of the way there and back is the best guess without knowing which way is slower.
    return (server_ns - (asked_ns + answered_ns) // 2) / 1e9


class ClockAlarm:
    """Says when the offset crosses 2 s, in either direction, and nothing in between."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._raised = False

    def measure(self, offset_s: float) -> None:
        """Take note of a measured offset."""
        if not self._raised and abs(offset_s) > ALARM_S:
            self._raised = True
            log.warning("clock_offset_high", source=self._source, offset_s=round(offset_s, 3), limit_s=ALARM_S)
        elif self._raised and abs(offset_s) <= ALARM_S:
            self._raised = False
            log.info("clock_offset_normal", source=self._source, offset_s=round(offset_s, 3))
