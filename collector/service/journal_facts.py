"""What the ledger needs of a delivery, as it stands in the journal: counter readings, events, looks at rings, overruns.

Tags are written by name, for an index into the plant's tags means nothing after the configuration has changed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Annotated

from pydantic import Field, TypeAdapter

from models.counting.event import MOST_TONNES
from models.counting.reading import Backfill, EventReading
from models.detection.alarm import AlarmNotice
from models.works.codes import Quality
from models.works.strict import StrictModel

Nanoseconds = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class JournalFacts:
    """`counters`: (tag, time_ns, value, quality) in the order they came; `coverage`: looks at a ring, by event tag;
    `gaps`: (event tag, start_ns, end_ns) in which a ring was overrun; `idle`: (tag, time_ns, value) of counters that
    count nothing until then; `resets`: (tag, time_ns) of counter readings with which a reset was announced;
    `addresses`: where tags are read from here on, with the scale of their values; `backfilled`: the counters are of a
    history that was asked for afterwards; `alarms`: what the source said of its alarms; `standing`: those that it said
    are active when it was asked for all (None: it was not).
    """

    counters: Sequence[tuple[str, int, float, Quality]] = ()
    events: Sequence[EventReading] = ()
    coverage: Mapping[str, int] = field(default_factory=dict)
    gaps: Sequence[tuple[str, int, int]] = ()
    idle: Sequence[tuple[str, int, float]] = ()
    resets: Sequence[tuple[str, int]] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    backfilled: Backfill = Backfill.NONE
    alarms: Sequence[AlarmNotice] = ()
    standing: Sequence[str] | None = None


class _StoredEvent(StrictModel):
    tag: str
    key: str
    sequence: int
    tonnes: Annotated[float, Field(ge=-MOST_TONNES, le=MOST_TONNES)]
    end_ns: Nanoseconds
    received_ns: Nanoseconds
    quality: Annotated[int, Field(ge=0, le=2)]


class _StoredFacts(StrictModel):
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


_ADAPTER = TypeAdapter(_StoredFacts)


def encode_facts(facts: JournalFacts) -> bytes:
    """JSON, floats written so that they read back the same. b"" when there is nothing to tell."""
    told = facts.counters or facts.events or facts.coverage or facts.gaps or facts.idle or facts.addresses
    if not (told or facts.alarms or facts.standing is not None):
        return b""
    parts: dict[str, object] = {
        "counters": [list(counter) for counter in facts.counters],
        "events": [asdict(event) for event in facts.events],
        "coverage": dict(facts.coverage),
        "gaps": [list(gap) for gap in facts.gaps],
        "idle": [list(reading) for reading in facts.idle],
        "resets": [list(reading) for reading in facts.resets],
        "addresses": dict(facts.addresses),
        "backfilled": int(facts.backfilled),
        "alarms": [asdict(notice) for notice in facts.alarms],
    }
    kept = {name: part for name, part in parts.items() if part}
    if facts.standing is not None:  # none that is active is an answer too
        kept["standing"] = list(facts.standing)
    return json.dumps(kept, separators=(",", ":")).encode()


def decode_facts(data: bytes) -> JournalFacts:
    """The inverse of `encode_facts`. Raises pydantic.ValidationError on bytes that are no facts."""
    if not data:
        return JournalFacts()
    parsed = _ADAPTER.validate_json(data)
    return JournalFacts(
        counters=tuple((tag, time_ns, value, Quality(quality)) for tag, time_ns, value, quality in parsed.counters),
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
        idle=tuple(parsed.idle),
        resets=tuple(parsed.resets),
        addresses=parsed.addresses,
        backfilled=Backfill(parsed.backfilled),
        alarms=tuple(parsed.alarms),
        standing=parsed.standing,
    )
