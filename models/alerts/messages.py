"""Which messages an incident calls for, and when nobody answered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from models.alerts.budget import Budget
from models.alerts.incident import (
    AuditEvent,
    EventKind,
    Incident,
    IncidentState,
    MessageKind,
    Recipient,
    Role,
    severity_of,
)
from models.alerts.mute import is_muted, mute_is_over, unmuted
from models.alerts.policy import AT_ONCE, Policy

P1 = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message before it has words. `held`: the limit of the hour holds it back. `count`: for a summary.

    `incident`: as it is now (None: a summary or a digest). `trends`: for a digest. `waited_s`: for an escalation.
    """

    kind: MessageKind
    recipient: Recipient
    incident: Incident | None = None
    urgent: bool = False
    held: bool = False
    waited_s: int = 0
    count: int = 0
    trends: tuple[Incident, ...] = ()


@dataclass(slots=True)
class Messages:
    """`clock_s`: what the clock shows (UTC seconds); `before_s`: what it showed the last time (None: not known).

    The time that an incident waits is added up from what the clock gained. So a clock that is set back escalates
    neither early nor late. `unit_mutes`: by unit, until when (UTC seconds) nothing is sent about it.
    """

    policy: Policy
    budget: Budget
    clock_s: int
    before_s: int | None
    unit_mutes: Mapping[str, int]
    drafts: list[Draft] = field(default_factory=list)
    events: list[AuditEvent] = field(default_factory=list)

    def take(self, incident: Incident) -> Incident:
        """The incident after its messages: who was notified, and since when it waits."""
        if mute_is_over(incident, self.clock_s):
            self.events.append(AuditEvent(incident.id, EventKind.UNMUTED, "its time is over"))
            incident = unmuted(incident)
        if not self.policy.sends or is_muted(incident, self.unit_mutes, self.clock_s):
            return self._waiting(incident, waits=False)
        if not incident.is_open:
            return self._over(self._waiting(incident, waits=False))
        if self._is_news(incident):
            incident = self._notify(incident)
        incident = self._waiting(incident, waits=self._waits(incident))
        return self._escalated(incident)

    @staticmethod
    def _is_news(incident: Incident) -> bool:
        return incident.notified_weight is None or incident.weight < incident.notified_weight

    def _notify(self, incident: Incident) -> Incident:
        kind = MessageKind.RAISED if incident.notified_weight is None else MessageKind.WORSE
        role = self._first(incident)
        incident = replace(incident, notified_weight=incident.weight)
        return incident if role is None else self._send(incident, kind, role, urgent=incident.severity == P1)

    def _first(self, incident: Incident) -> Role | None:
        finding = incident.root.finding
        if finding.kind.is_safety:
            # Who answers for the people below ground comes first; where nobody is named, the dispatcher.
            named = self.policy.recipient(Role.MINE_SAFETY, finding.shop) is not None
            return Role.MINE_SAFETY if named else Role.DISPATCHER
        return Role.INSTRUMENTS if incident.is_data else AT_ONCE.get(incident.severity)

    def _waits(self, incident: Incident) -> bool:
        return incident.state is IncidentState.RAISED and severity_of(incident.weight_now()) == P1

    def _waiting(self, incident: Incident, *, waits: bool) -> Incident:
        """Begin, continue or end the wait for somebody to acknowledge."""
        if incident.counted_s is None:
            return replace(incident, counted_s=self.clock_s) if waits else incident
        last_s = incident.counted_s if self.before_s is None else self.before_s
        set_back = self.clock_s < last_s
        if waits and not set_back:
            return incident
        gained_s = max(0, (last_s if set_back else self.clock_s) - incident.counted_s)
        counted_s = self.clock_s if waits else None
        return replace(incident, waited_s=incident.waited_s + gained_s, counted_s=counted_s)

    def _escalated(self, incident: Incident) -> Incident:
        if incident.counted_s is None:
            return incident
        waited_s = incident.waited_s + max(0, self.clock_s - incident.counted_s)
        steps = sorted(self.policy.escalate_after_s.items(), key=lambda step: step[1])
        for role, after_s in steps:
            if waited_s < after_s or role in incident.escalated:
                continue
            self.events.append(AuditEvent(incident.id, EventKind.ESCALATED, f"to {role.value} after {after_s} s"))
            incident = replace(incident, escalated=(*incident.escalated, role))
            # An incident that came back without a message may be news to the dispatcher as well.
            first = AT_ONCE[P1]
            others = () if self._was_notified(incident, first) else (first,)
            for each in (*others, role):
                incident = self._send(incident, MessageKind.ESCALATED, each, urgent=True, waited_s=after_s)
        return incident

    def _was_notified(self, incident: Incident, role: Role) -> bool:
        recipient = self.policy.recipient(role, incident.root.finding.shop)
        return recipient is None or recipient in incident.notified

    def _over(self, incident: Incident) -> Incident:
        # Not urgent: good news must not use up the messages that raise the next P1.
        for recipient in sorted(incident.notified):
            incident = self._put(incident, MessageKind.CLEARED, recipient, urgent=False)
        return replace(incident, notified=frozenset())

    def _send(self, incident: Incident, kind: MessageKind, role: Role, *, urgent: bool, waited_s: int = 0) -> Incident:
        recipient = self.policy.recipient(role, incident.root.finding.shop)
        if recipient is None:
            detail = f"{kind.value}: nobody is configured as {role.value}"
            self.events.append(AuditEvent(incident.id, EventKind.MESSAGE_FAILED, detail))
            return incident
        return self._put(incident, kind, recipient, urgent=urgent, waited_s=waited_s)

    def _put(
        self, incident: Incident, kind: MessageKind, recipient: Recipient, *, urgent: bool, waited_s: int = 0
    ) -> Incident:
        held = not self.budget.take(recipient, urgent=urgent)
        if held:
            self.events.append(
                AuditEvent(incident.id, EventKind.MESSAGE_HELD, f"{kind.value} to {recipient.role.value}")
            )
        else:
            incident = replace(
                incident, notified=incident.notified | {recipient}, last_message=kind, last_message_s=self.clock_s
            )
        self.drafts.append(
            Draft(kind=kind, recipient=recipient, incident=incident, urgent=urgent, held=held, waited_s=waited_s)
        )
        return incident
