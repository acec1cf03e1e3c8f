"""Whether the clock of this host can be right, told from what is certain without another clock."""

from datetime import UTC, datetime

from collector.errors import CannotStart

MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""This version did not exist before: a host whose battery is empty begins in 1970, 2000 or the year of its board."""

_NS = 1_000_000_000
EARLIEST_NS = int(MADE.timestamp()) * _NS
AHEAD_NS = 3600 * _NS
"""So far a record may be ahead of the clock before it is told: a clock that is disciplined steps by seconds, and one
that was set by hand by minutes. `recorded_at` waits for the clock meanwhile, which hides nothing for longer."""


def check_host_clock(now_ns: int) -> None:
    """Raises CannotStart where the clock says a time at which this version did not exist."""
    if fault := clock_fault(now_ns):
        raise CannotStart(f"{fault}, then start again")


def clock_fault(now_ns: int) -> str:
    """What is wrong where the clock says a time at which this version did not exist; "" where it does not."""
    if now_ns >= EARLIEST_NS:
        return ""
    return (
        f"this host's clock says {_text(now_ns)} UTC, and that is over: the clock is wrong, and every figure would "
        "be booked by it; set it (timedatectl set-ntp true, or date --set)"
    )


def record_ahead(recorded_ns: int, now_ns: int) -> str:
    """What is wrong where the newest record is far ahead of the clock; "" where it is not."""
    if recorded_ns - now_ns <= AHEAD_NS:
        return ""
    return (
        f"the newest record is of {_text(recorded_ns)} UTC and this host's clock says {_text(now_ns)}: the clock is "
        "wrong, or was; see docs/troubleshooting.md"
    )


def _text(at_ns: int) -> str:
    return f"{datetime.fromtimestamp(at_ns // _NS, UTC):%Y-%m-%d %H:%M}"
