"""What a receipt shows of one figure: how it comes about, the rows of the ledger behind it, and when it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from models.books.receipt import FigureReceipt
from models.counting.increment import EventRevision, IncrementFlag
from models.counting.tag_gap import TagGap
from models.stated.adjustment import Adjustment
from models.stated.closed_month import MonthClose
from models.stated.plan import PlanEntry
from models.works.place import Place
from models.works.plant import Plant

MOST_DAYS = 1100
"""A figure of three years is read in seconds; a longer one would hold a reader up for longer than anybody waits."""


@dataclass(frozen=True, slots=True)
class AskedReceipt:
    """The figure of a place over the production dates [first, end) (ordinals), as known at `known_ns` (None: now)."""

    place: Place
    first: int
    end: int
    known_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRows:
    """What the ledger has of one counter in a line: rows (`increments`), readings and grams over [start_ns, end_ns).

    `tag`: as it was called when it counted. `source`: "" if the plant has no such tag any more.
    """

    tag: str
    source: str
    increments: int
    readings: int
    grams: int
    start_ns: int
    end_ns: int
    flags: IncrementFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWord:
    """One revision of a stated figure; `grams` None: it was taken back. `origin`: who stated it, and the file.
    `import_number`: None if it did not come by a file."""

    grams: int | None
    origin: str
    recorded_ns: int
    import_number: int | None


class ChangeKind(StrEnum):
    """What changed a figure."""

    COUNTED = "counted"
    STATED = "stated"
    CORRECTED = "corrected"
    SIGNED = "signed"
    REOPENED = "reopened"
    CONFIGURED = "configured"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """From `at_ns` on the figure was `grams` (None: not known). `who`: "" for counters and the configuration."""

    at_ns: int
    kind: ChangeKind
    who: str
    grams: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecord:
    """A receipt, read at `read_ns`, by the configuration of the time that was asked for.

    `counters`: by number of the line, what was counted in it. `words`: by number of the line, the revisions of its
    figure, the newest last. `corrections`: by name, those that the receipt names. `plans`: the newest word on what was
    planned. `events`: of a single day, the heats, taps or coils in it. `changes`: by time; `more_changes`: whether
    there were earlier ones that are not listed.
    """

    asked: AskedReceipt
    plant: Plant
    read_ns: int
    receipt: FigureReceipt
    counters: Mapping[int, Sequence[CounterRows]] = field(default_factory=dict)
    words: Mapping[int, Sequence[FigureWord]] = field(default_factory=dict)
    corrections: Mapping[str, Adjustment] = field(default_factory=dict)
    closings: Sequence[MonthClose] = ()
    plans: Sequence[PlanEntry] = ()
    gaps: Sequence[TagGap] = ()
    events: Sequence[EventRevision] = ()
    changes: Sequence[FigureChange] = ()
    more_changes: bool = False
