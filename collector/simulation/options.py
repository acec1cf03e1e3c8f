"""What a simulated works is started with."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from collector.config.duration import DurationOutside, parse_duration
from collector.config.fields import LOOPBACK
from collector.errors import ConfigurationError

EARLIEST, LATEST_YEAR = datetime(2000, 1, 1, tzinfo=UTC), 2200
"""A works of the simulator is one of today; a year of other digits is a slip of the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationOptions:
    """`start_ns`: where simulated time starts (None: now). `speed`: how many times faster than real it runs until it
    has caught up. `port` 0 picks a free one. `faults`: texts as `collector.simulation.fault` describes them. `book`:
    file for the book, which must not exist yet. `tick_s`: host time between two publications. `ring_slots`: events
    that each ring keeps. `extra_doubles`: variables of the load generator. `forms`: folder
    into which the surveys of stocks come, a file for each day that ended. `waits_for_reader`: time starts when a value
    of the works is read for the first time. `beside`: folder for what stands beside the PLC (files, a database), with a
    weighbridge on `modbus_port`.

    Raises ConfigurationError for a host that is not this one: the server knows no passwords.
    """

    seed: int = 1
    start_ns: int | None = None
    speed: float = 1.0
    host: str = "127.0.0.1"
    port: int = 0
    book: Path | None = None
    faults: tuple[str, ...] = ()
    # Twice in the second of a usual poll, so that each poll finds the newest step.
    tick_s: float = 0.5
    # The mill ends a coil every three minutes: an outage of half a day loses none.
    ring_slots: int = 256
    extra_doubles: int = 0
    forms: Path | None = None
    waits_for_reader: bool = False
    beside: Path | None = None
    modbus_port: int = 0

    def __post_init__(self) -> None:
        if self.host not in LOOPBACK:
            raise ConfigurationError(
                f"the simulated works has no sign-in, so it does not listen on {self.host}; "
                f"use one of {', '.join(LOOPBACK)}"
            )


def parse_start(text: str, now_ns: int) -> int:
    """UTC nanoseconds of a start: a duration ("6h" is six hours before now), or a time of ISO 8601 with its zone.

    Raises ConfigurationError for anything else, and for a time before `EARLIEST`.
    """
    start = _moment(text)
    if start is None:
        try:
            start_ns = now_ns - int(parse_duration(text) * 1e9)
        except DurationOutside as error:
            raise ConfigurationError(f"start {text!r} {error}") from None
        except ValueError:
            raise ConfigurationError(
                f"start {text!r} is neither a duration nor a time with its zone; write 6h or 2025-11-23T00:00+05:00"
            ) from None
    else:
        # The year first: what lies at an end of the calendar cannot be turned to another zone.
        start_ns = int(start.timestamp()) * 1_000_000_000 if EARLIEST.year <= start.year < LATEST_YEAR else 0
    if start_ns < int(EARLIEST.timestamp()) * 1_000_000_000:
        raise ConfigurationError(f"start {text!r} is not between {EARLIEST:%Y-%m-%d} and now; give a later one")
    return start_ns


def _moment(text: str) -> datetime | None:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return None
    return start if start.tzinfo is not None else None
