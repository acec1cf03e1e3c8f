"""What every source provides: a configuration class, a health record, and a task that hands on deliveries.

A module or package in this folder is a source type when it has the module attribute `SOURCE`, a `SourceType`.
"""

import builtins
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints

from collector.config.fields import Names
from collector.sources.set_aside import SetAsideSince
from models.counting.reading import Backfill, EventReading, ReadingBatch, Rejection
from models.detection.alarm import AlarmNotice
from models.tables.loss_cause import Answer
from models.tables.source_error import SourceError
from models.works.plant import Tag
from models.works.strict import StrictModel

if TYPE_CHECKING:
    from models.works.localize import Language

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,62}$")]
"""Codes become tags of tables, names of files and parts of keys, which none of them has to escape. 63 characters are
far more than a code needs, and leave room for the rest of a name. A judgement."""
TimeFrom = Literal["source", "server", "receive"]
Clock = Literal["correct", "refuse", "trust"]


class SourceConfig(StrictModel):
    """The keys that every source has in `plant.yaml`; a source type adds its own."""

    name: Code
    type: str
    names: Names | None = Field(default=None, description="the name of the source, as alerts about it use it")
    time_from: TimeFrom = Field(
        default="source",
        description="whose clock stamps a reading: source (the device's), server, or receive (this host's, on arrival)",
    )
    clock: Clock = Field(
        default="correct",
        description="what is done with stamps that are off by more than collector.future_tolerance: correct (a steady "
        "offset is taken away, and marked), refuse, or trust",
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one poll or publication gave: readings in the tag's unit, events, and what could not be read.

    `coverage` of an event tag counts the successful reads of its ring, so that completeness knows that a quiet
    converter was watched. `coverage` of any other tag counts the cadences for which a source that sends only changes
    has confirmed the value. `gaps` are (event tag, start_ns, end_ns) spans in which a ring was overrun. `addresses`:
    where tags are read, by name, in the first delivery of each connection; the same text is the same counter or ring.
    `alarms`: what the source said of its alarms; `standing_alarms`: all that it said are active when it was asked for
    all of them, with this delivery as the last of the answer (None: it is not).
    """

    source: str
    received_ns: int
    readings: ReadingBatch | None = None
    events: tuple[EventReading, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    coverage: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[tuple[str, int, int], ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    backfilled: Backfill = Backfill.NONE
    alarms: tuple[AlarmNotice, ...] = ()
    standing_alarms: tuple[str, ...] | None = None


Accept = Callable[[Delivery], Awaitable[None]]
"""Returns only when the delivery is synced to disk. A source acknowledges to its peer, or moves on, only after that."""


@dataclass(slots=True)
class SourceHealth:
    """What a source says of itself; written by its own task only, read by the service.

    `connected`: its peer took a connection since the start. `last_success_ns`: host UTC clock at the last successful
    read, publish or keep-alive with Good status (0: never). `cert_expires_ns`: when our own certificate expires.
    `clock_offset_s`: server clock minus host clock.
    `overflows`: server-side queue overflows seen.
    """

    up: bool = False
    connected: bool = False
    last_success_ns: int = 0
    poll_s: float = 0.0
    readings: int = 0
    overflows: int = 0
    reconnects: int = 0
    clock_offset_s: float | None = None
    cert_expires_ns: int | None = None
    bad_nodes: dict[str, str] = field(default_factory=dict)
    last_error: str = ""
    error_kind: SourceError | None = None


TakeForm = Callable[[Path, str, "Language"], str]
"""Enters the figures of a file that a source of that name found, and gives what is told of it in that language; synced
when it returns. Blocks. Raises CollectorError."""


class Source(Protocol):
    """A running source. `run` owns its connection: connecting, backing off and closing happen there and only there."""

    name: str
    health: SourceHealth

    async def run(self, accept: Accept) -> None:
        """Hand on deliveries until cancelled. Never ends because its peer is away."""


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What the service hands to a source when it builds it.

    `tags` are the source's own tags as (index into Plant.tags, tag, that tag's `address` from the configuration).
    `resume` is, by event tag, the sequence number of the last event known to be durable, and `known` where each tag was
    read then: of a ring that is read elsewhere, `resume` says nothing. `events`: by event tag and sequence, (key,
    tonnes, end_ns) of its last events, for a ring may be corrected while nobody reads it.
    `newest_ns`: by tag that counts, up to when the ledger has something of it; `watched_ns`: up to when it was read,
    also while its value stood, and `last_read` what a counter showed last, as (UTC ns, value). `folder` resolves
    relative paths (certificates, secrets), and `zone` is the site's.
    `only_looks`: a person tries the source beside the running service; it acknowledges and moves nothing. `take_form`:
    enters the stated figures of a file, and `set_aside_since` tells what was not believed, if there is a ledger.
    """

    tags: Sequence[tuple[int, Tag, Any]]
    folder: Path
    resume: Mapping[str, int]
    clock_ns: Callable[[], int]
    known: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, Mapping[int, tuple[str, float, int]]] = field(default_factory=dict)
    newest_ns: Mapping[str, int] = field(default_factory=dict)
    watched_ns: Mapping[str, int] = field(default_factory=dict)
    last_read: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    only_looks: bool = False
    take_form: TakeForm | None = None
    set_aside_since: SetAsideSince | None = None


def address_text(tag: Tag, place: str) -> str:
    """The address of a tag that is read at `place`. Values of a counter in another scale are those of another one."""
    if not tag.is_metered:
        return place
    factor, offset = tag.conversion.factor, tag.conversion.offset
    scale = f" x {factor!r}" if factor != 1 else ""
    scale += f" + {offset!r}" if offset else ""
    return f"{place} in {tag.unit_of_measure}{scale}"


def _unknown_place(_config: object, _address: object) -> str | None:
    return None


def _never(_config: object) -> bool:
    return False


def _no_complaint(_address: object, _kind: str) -> str | None:
    return None


def _names_nothing(_config: object, _address: object) -> tuple[str, str, list[str]] | None:
    return None


@dataclass(frozen=True, slots=True)
class SourceType:
    """Registration of a source type.

    `config` parses the source's entry; `address` parses the `address` of each of its tags (a pydantic model);
    `build` makes the source from its parsed entry and context. `place`: where a tag of a parsed entry and address is
    read, as deliveries will say it (None: only the peer knows). `resumes_by_time`: it wants
    `SourceContext.newest_ns`, for which all events of the ledger are looked through.
    `asks_history`: a source of that parsed entry wants `SourceContext.watched_ns` and `last_read`.
    `answer`: what it does where all is well, as completeness tells of it.
    `complaint`: what is wrong with an address for a tag of that kind (None: nothing). `named`: what a parsed address
    names of the parsed entry (None: nothing): the key of the tag, the name, and the names that the entry has.
    """

    type: str
    config: builtins.type[SourceConfig]
    address: builtins.type[StrictModel]
    build: Callable[[Any, SourceContext], Source]
    place: Callable[[Any, Any], str | None] = _unknown_place
    resumes_by_time: bool = False
    answer: Answer = Answer.VALUES
    asks_history: Callable[[Any], bool] = _never
    complaint: Callable[[Any, str], str | None] = _no_complaint
    named: Callable[[Any, Any], tuple[str, str, list[str]] | None] = _names_nothing
