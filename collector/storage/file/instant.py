"""Instants as a person reads them."""

from datetime import UTC, datetime


def utc_text(time_ns: int) -> str:
    """To the second, in UTC; the bare number where no calendar reaches (a source may stamp anything)."""
    try:
        return datetime.fromtimestamp(time_ns // 1_000_000_000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"{time_ns} ns"
