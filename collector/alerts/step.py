"""One step of alerting in the ledger: incidents, their audit and the messages about them, in one transaction."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import apsw

from collector.alerts.next_digest import LAST_DIGEST_S, digest_draft, last_digest_s
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger import messages as ledger_messages
from collector.storage.ledger.changes import recording_time, set_number
from collector.storage.ledger.messages import NewMessage
from models.alerts.advance import AlertState, advance
from models.alerts.digest import due_day
from models.alerts.document import PERSON, message_document
from models.alerts.incident import Incident, Recipient
from models.alerts.messages import Draft
from models.alerts.policy import HOUR_S, Policy
from models.alerts.wording import words
from models.detection.finding import Finding, Watching
from models.works.calendar import NS
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class StepCounts:
    """After a step: open incidents by severity, messages that the step held back, and messages that wait."""

    open_by_severity: Mapping[int, int]
    held: int
    waiting: int


def _nobody(_duty: Recipient, _clock_s: int) -> str:
    return ""


@dataclass(slots=True)
class Memory:
    """What one process remembers of its steps. `before_s`: what the clock showed at the last one (None: none yet).

    `away_since_s`: see `Watching`; `seen`: the keys of the findings that held since then.
    """

    before_s: int | None = None
    away_since_s: int | None = None
    seen: set[str] = field(default_factory=set)

    def watches(self, findings: Sequence[Finding], watching: Watching) -> None:
        """Take what holds now."""
        if watching.away_since_s != self.away_since_s:
            self.away_since_s = watching.away_since_s
            self.seen.clear()
        self.seen.update(finding.key for finding in findings)

    def unseen_since_s(self, incidents: Sequence[Incident]) -> dict[str, int]:
        """By key of a finding of `incidents` that did not hold since the service watches again, when it did last."""
        if self.away_since_s is None:
            return {}
        keys = {finding.key for incident in incidents for finding in incident.holding()}
        return dict.fromkeys(keys - self.seen, self.away_since_s)


@dataclass(frozen=True, slots=True)
class AlertStep:
    """`channels`: by recipient, how many channels a message goes over; `personal`: by person. `on_duty`: whose a
    message to a duty is that is queued at an instant (UTC seconds), "" for the recipient's. `earliest_s`: see
    `AlertState`."""

    plant: Plant
    policy: Policy
    channels: Mapping[Recipient, int] = field(default_factory=dict)
    earliest_s: int = 0
    personal: Mapping[str, int] = field(default_factory=dict)
    on_duty: Callable[[Recipient, int], str] = _nobody

    def run(
        self,
        connection: apsw.Connection,
        findings: Sequence[Finding],
        *,
        clock_ns: int,
        memory: Memory,
        certain: bool,
    ) -> StepCounts:
        """Take what holds at `clock_ns` (UTC ns), in the current transaction. See `advance`."""
        clock_s = clock_ns // NS
        state = self._state(connection, clock_s, memory)
        decided = advance(state, findings, self.policy, clock_s=clock_s, certain=certain)
        # If nothing changes, nothing is written, so nothing has to be synced: most steps are like that.
        if decided.incidents or decided.events:
            recorded_ns = recording_time(connection, clock_ns)
            ledger_alerts.put(connection, decided.incidents)
            ledger_alerts.add_events(connection, decided.events, recorded_ns)
        drafts = [*decided.messages, *self._digest(connection, clock_s)]
        ledger_messages.add(connection, [self._message(draft, clock_s) for draft in drafts], clock_s)
        return StepCounts(
            _by_severity(ledger_alerts.open_incidents(connection)),
            sum(draft.held for draft in drafts),
            ledger_messages.waiting(connection),
        )

    def _state(self, connection: apsw.Connection, clock_s: int, memory: Memory) -> AlertState:
        open_incidents = ledger_alerts.open_incidents(connection)
        return AlertState(
            open=open_incidents,
            ended=ledger_alerts.ended_since(connection, clock_s - self.policy.reopen_within_s),
            next_id=ledger_alerts.next_id(connection),
            unit_mutes=ledger_alerts.unit_mutes(connection, clock_s),
            queued=ledger_messages.queued_since(connection, clock_s - HOUR_S),
            held=ledger_messages.held(connection),
            before_s=memory.before_s,
            unseen_since_s=memory.unseen_since_s(open_incidents),
            earliest_s=self.earliest_s,
        )

    def _digest(self, connection: apsw.Connection, clock_s: int) -> list[Draft]:
        last_s = last_digest_s(connection, clock_s)
        if last_s and due_day(self.policy, clock_s) <= due_day(self.policy, last_s):
            return []
        set_number(connection, LAST_DIGEST_S, clock_s)
        if not last_s:
            return []  # the first start of all: there is no "since the last digest"
        draft = digest_draft(connection, self.policy, last_s, clock_s)
        return [] if draft is None else [draft]

    def _message(self, draft: Draft, clock_s: int) -> NewMessage:
        message = words(draft, self.plant, self.policy, clock_s)
        # What is held back is told of in a summary, which goes to who has the duty then.
        person = "" if draft.held else self.on_duty(draft.recipient, clock_s)
        document = message_document(draft, message, self.plant, clock_s)
        if person:
            document[PERSON] = person
        return NewMessage(
            incident=None if draft.incident is None else draft.incident.id,
            kind=draft.kind,
            recipient=draft.recipient,
            channels=self.personal.get(person) or self.channels.get(draft.recipient, 0),
            urgent=draft.urgent,
            held=draft.held,
            subject=message.subject,
            body=message.body,
            document=json.dumps(document, ensure_ascii=False, allow_nan=False),
        )


def _by_severity(incidents: Sequence[Incident]) -> dict[int, int]:
    return {severity: sum(incident.severity == severity for incident in incidents) for severity in (1, 2, 3, 4)}
