"""One cause with all that follows from it, from when it is raised to its end, and what is recorded about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.detection.finding import Episode, Finding, FindingKind


class IncidentState(StrEnum):
    """The state of an incident. CLEARED: nothing of it holds any more."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    CLEARED = "cleared"


class Role(StrEnum):
    """Who is notified, by what they do. DIGEST: who reads the daily list of trends."""

    DISPATCHER = "dispatcher"
    SHOP_CHIEF = "shop_chief"
    PRODUCTION_DIRECTOR = "production_director"
    SHOP = "shop"
    DIGEST = "digest"
    INSTRUMENTS = "instruments"
    MINE_SAFETY = "mine_safety"


class EventKind(StrEnum):
    """What happened to an incident; the audit is a list of these."""

    RAISED = "raised"
    CONSEQUENCE_ADDED = "consequence_added"
    SEVERITY_RAISED = "severity_raised"
    REOPENED = "reopened"
    MERGED = "merged"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    MUTED = "muted"
    UNMUTED = "unmuted"
    CLEARED = "cleared"
    MESSAGE_HELD = "message_held"
    MESSAGE_SENT = "message_sent"
    MESSAGE_FAILED = "message_failed"


class MessageKind(StrEnum):
    """What a message reports. WORSE: an incident that was reported has become more severe."""

    RAISED = "raised"
    WORSE = "worse"
    ESCALATED = "escalated"
    CLEARED = "cleared"
    SUMMARY = "summary"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """A role; of one shop if that shop has people of its own for it ("": of the works)."""

    role: Role
    shop: str = ""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """`incident` None: the event is about a unit alone. `author`: a person's name, or the service's."""

    incident: int | None
    kind: EventKind
    detail: str = ""
    author: str = "tundish"


def weight_of(finding: Finding) -> int:
    """How severe it is, 1 the most: by severity, and within a severity a stop comes first."""
    return 2 * finding.severity - (finding.kind is FindingKind.STOP)


def severity_of(weight: int) -> int:
    """The severity, 1 to 4, of a weight."""
    return (weight + 1) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """All instants are UTC seconds. `root`: the cause; it may have ended while `consequences` hold.

    `weight`: the most severe that it ever had (see `weight_of`); `notified_weight`: the one that people were notified
    of (None: none yet). `notified`: who was, since it was last reported to be over. `escalated`: who was because
    nobody acknowledged it. `waited_s`: how long it has waited for that, besides the time since the clock showed
    `counted_s` (None: it does not wait). `merged_into`: the incident that it turned out to belong to.
    """

    id: int
    key: str
    root: Episode
    consequences: tuple[Episode, ...] = ()
    weight: int
    state: IncidentState = IncidentState.RAISED
    opened_s: int
    cleared_s: int | None = None
    acknowledged_by: str = ""
    acknowledged_s: int | None = None
    muted_until_s: int | None = None
    muted_by: str = ""
    reopened: int = 0
    merged_into: int | None = None
    notified_weight: int | None = None
    notified: frozenset[Recipient] = frozenset()
    escalated: tuple[Role, ...] = ()
    waited_s: int = 0
    counted_s: int | None = None
    last_message: MessageKind | None = None
    last_message_s: int | None = None

    @property
    def severity(self) -> int:
        """The most severe that it ever was, 1 (P1) to 4 (P4)."""
        return severity_of(self.weight)

    @property
    def is_open(self) -> bool:
        """Whether anything of it holds."""
        return self.state is not IncidentState.CLEARED

    @property
    def is_data(self) -> bool:
        """Whether it is about data, and never about output."""
        return self.root.finding.kind.is_data

    def episodes(self) -> Iterator[Episode]:
        """The root, then the consequences."""
        yield self.root
        yield from self.consequences

    def holding(self) -> Iterator[Finding]:
        """The findings that still hold."""
        return (episode.finding for episode in self.episodes() if episode.cleared_s is None)

    def weight_now(self) -> int:
        """The weight of the most severe finding that holds; beyond all weights if none does."""
        return min(map(weight_of, self.holding()), default=99)
