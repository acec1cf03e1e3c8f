"""The daily list of trends: when it is due and what is in it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from models.alerts.incident import Incident, MessageKind, Role
from models.alerts.messages import Draft
from models.alerts.policy import Policy
from models.works.localize import Language

P3 = 3


@dataclass(frozen=True, slots=True)
class DigestReader:
    """One way on which the digest goes: its name, and the addresses if it is e-mail."""

    name: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPreview:
    """The next digest as it would be if nothing changed until then. Instants are UTC seconds.

    `overdue`: it goes as soon as the service runs. `since_s`: of the last digest (None: none yet). `sends`: whether
    Tundish notifies people; else `notifier` says who does. `subject` and `body` "": there is nothing to tell, so
    nothing is sent.
    """

    due_s: int
    overdue: bool
    since_s: int | None
    sends: bool
    notifier: str
    language: Language
    readers: tuple[DigestReader, ...]
    subject: str
    body: str


def due_day(policy: Policy, clock_s: int) -> int:
    """The ordinal of the last day whose digest is due by now, in the time of the works."""
    local = datetime.fromtimestamp(clock_s, UTC).astimezone(policy.zone)
    return date(local.year, local.month, local.day).toordinal() - (local.time() < policy.digest_at)


def digest(policy: Policy, incidents: Iterable[Incident], clock_s: int) -> Draft | None:
    """The message about trends that hold or ended since the last digest; None if there are none."""
    recipient = policy.recipient(Role.DIGEST, "")
    trends = tuple(
        incident
        for incident in sorted(
            incidents, key=lambda incident: (incident.cleared_s is not None, incident.opened_s, incident.id)
        )
        if incident.severity == P3
        and not incident.is_data
        and incident.merged_into is None
        and (incident.muted_until_s or 0) <= clock_s
    )
    if recipient is None or not trends or not policy.sends:
        return None
    return Draft(kind=MessageKind.DIGEST, recipient=recipient, trends=trends)
