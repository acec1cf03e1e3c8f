"""An incident with all that was recorded of it: who did what, and who was told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from models.alerts.document import PERSON
from models.alerts.incident import AuditEvent, Incident, MessageKind, Recipient


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event of the audit with the instant of its recording (UTC ns)."""

    recorded_ns: int
    event: AuditEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """One message on its way over one channel. `reason`: why the last try failed ("": it has not)."""

    id: int
    incident: int | None
    kind: MessageKind
    recipient: Recipient
    channel: int
    urgent: bool
    subject: str
    body: str
    document: str
    queued_s: int
    state: str
    tries: int
    reason: str

    @property
    def person(self) -> str:
        """The code of the person who had the duty; "": it goes to the receivers of the configuration."""
        # Lists read many of these every two seconds, and most name nobody.
        return str(json.loads(self.document).get(PERSON, "")) if f'"{PERSON}"' in self.document else ""


@dataclass(frozen=True, slots=True)
class ListedIncident:
    """An incident with its audit and its messages."""

    incident: Incident
    events: Sequence[RecordedEvent]
    messages: Sequence[StoredMessage]
