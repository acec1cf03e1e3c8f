"""What the ledger needs of a delivery, as it stands in the journal: counter readings, events, looks at rings, overruns.

Tags are written by name, for an index into the plant's tags means nothing after the configuration has changed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Annotated

from pydantic import Field, TypeAdapter

from models.counting.event import MOST_TONNES
from models.counting.reading import Backfill, EventReading, residues_of
from models.detection.alarm import AlarmNotice
from models.works.codes import Quality
from models.works.exact_number import Number, exact
from models.works.strict import StrictModel

Nanoseconds = Annotated[int, Field(ge=0)]
CounterReading = tuple[str, int, Number, Quality]
"""(tag, UTC ns, value in the tag's unit, quality)."""


@dataclass(frozen=True, slots=True)
class JournalFacts:
    """`counters`: (tag, time_ns, value, quality) in the order they came; `coverage`: looks at a ring, by event tag;
    `gaps`: (event tag, start_ns, end_ns) in which a ring was overrun; `idle`: (tag, time_ns, value) of counters that
    count nothing until then; `resets`: (tag, time_ns) of counter readings with which a reset was announced;
    `addresses`: where tags are read from here on, with the scale of their values; `backfilled`: the counters are of a
    history that was asked for afterwards; `alarms`: what the source said of its alarms; `standing`: those that it said
    are active when it was asked for all (None: it was not); `measured`: (tag, time_ns, value) of gauges whose hours are
    kept.
    """

    counters: Sequence[CounterReading] = ()
    events: Sequence[EventReading] = ()
    coverage: Mapping[str, int] = field(default_factory=dict)
    gaps: Sequence[tuple[str, int, int]] = ()
    idle: Sequence[tuple[str, int, Number]] = ()
    resets: Sequence[tuple[str, int]] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    backfilled: Backfill = Backfill.NONE
    alarms: Sequence[AlarmNotice] = ()
    standing: Sequence[str] | None = None
    measured: Sequence[tuple[str, int, float]] = ()


class _StoredEvent(StrictModel):
    tag: str
    key: str
    sequence: int
    tonnes: Annotated[float, Field(ge=-MOST_TONNES, le=MOST_TONNES)]
    end_ns: Nanoseconds
    received_ns: Nanoseconds
    quality: Annotated[int, Field(ge=0, le=2)]


class _StoredFacts(StrictModel):
    """`exact`: by place among the counters, and behind them the idle ones, what the value there lacks of a number that
    a float does not hold. Entries of older versions have floats alone."""

    counters: list[tuple[str, Nanoseconds, float, Annotated[int, Field(ge=0, le=2)]]] = Field(default=[])
    events: list[_StoredEvent] = Field(default=[])
    coverage: dict[str, int] = Field(default={})
    gaps: list[tuple[str, Nanoseconds, Nanoseconds]] = Field(default=[])
    idle: list[tuple[str, Nanoseconds, float]] = Field(default=[])
    resets: list[tuple[str, Nanoseconds]] = Field(default=[])
    addresses: dict[str, str] = Field(default={})
    backfilled: Annotated[int, Field(ge=0, le=2)] = Field(default=0)
    alarms: list[AlarmNotice] = Field(default=[])
    standing: list[str] | None = Field(default=None)
    exact: list[tuple[int, float]] = Field(default=[])
    measured: list[tuple[str, Nanoseconds, float]] = Field(default=[])


_ADAPTER = TypeAdapter(_StoredFacts)


def _residues(facts: JournalFacts) -> list[tuple[int, float]]:
    numbers = [value for _, _, value, _ in facts.counters]
    numbers += [value for _, _, value in facts.idle]
    return list(residues_of(numbers).items())


def encode_facts(facts: JournalFacts) -> bytes:
    """JSON, numbers written so that they read back the same. b"" when there is nothing to tell."""
    told = facts.counters or facts.events or facts.coverage or facts.gaps or facts.idle or facts.addresses
    if not (told or facts.measured or facts.alarms or facts.standing is not None):
        return b""
    parts: dict[str, object] = {
        "counters": [[tag, time_ns, float(value), quality] for tag, time_ns, value, quality in facts.counters],
        "events": [asdict(event) for event in facts.events],
        "coverage": dict(facts.coverage),
        "gaps": [list(gap) for gap in facts.gaps],
        "idle": [[tag, time_ns, float(value)] for tag, time_ns, value in facts.idle],
        "exact": _residues(facts),
        "resets": [list(reading) for reading in facts.resets],
        "addresses": dict(facts.addresses),
        "backfilled": int(facts.backfilled),
        "alarms": [asdict(notice) for notice in facts.alarms],
        "measured": [list(reading) for reading in facts.measured],
    }
    kept = {name: part for name, part in parts.items() if part}
    if facts.standing is not None:  # none that is active is an answer too
        kept["standing"] = list(facts.standing)
    return json.dumps(kept, separators=(",", ":")).encode()


def _numbers(
    parsed: _StoredFacts,
) -> tuple[Sequence[tuple[str, int, Number, int]], Sequence[tuple[str, int, Number]]]:
    """Its counters and idle ones, with the exact number where there is one."""
    if not parsed.exact:
        return parsed.counters, parsed.idle
    lacking, idle_from = dict(parsed.exact), len(parsed.counters)
    return (
        [
            (tag, time_ns, exact(value, lacking.get(place)), quality)
            for place, (tag, time_ns, value, quality) in enumerate(parsed.counters)
        ],
        [
            (tag, time_ns, exact(value, lacking.get(place)))
            for place, (tag, time_ns, value) in enumerate(parsed.idle, idle_from)
        ],
    )


def decode_facts(data: bytes) -> JournalFacts:
    """The inverse of `encode_facts`. Raises pydantic.ValidationError on bytes that are no facts."""
    if not data:
        return JournalFacts()
    parsed = _ADAPTER.validate_json(data)
    counters, idle = _numbers(parsed)
    return JournalFacts(
        counters=tuple((tag, time_ns, value, Quality(quality)) for tag, time_ns, value, quality in counters),
        events=tuple(
            EventReading(
                tag=event.tag,
                key=event.key,
                sequence=event.sequence,
                tonnes=event.tonnes,
                end_ns=event.end_ns,
                received_ns=event.received_ns,
                quality=Quality(event.quality),
            )
            for event in parsed.events
        ),
        coverage=parsed.coverage,
        gaps=tuple(parsed.gaps),
        idle=tuple(idle),
        resets=tuple(parsed.resets),
        addresses=parsed.addresses,
        backfilled=Backfill(parsed.backfilled),
        alarms=tuple(parsed.alarms),
        standing=parsed.standing,
        measured=tuple(parsed.measured),
    )
