"""One step of alerting: from what is open and what holds to what changes, is recorded and is sent. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite

from models.alerts.budget import Budget, Held, Queued
from models.alerts.incident import AuditEvent, Incident, MessageKind, weight_of
from models.alerts.membership import Membership
from models.alerts.messages import Draft, Messages
from models.alerts.policy import Policy
from models.alerts.wrong_clock import RightTimes, told
from models.detection.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState:
    """What is known before a step. `ended`: incidents that may be reopened. `next_id`: for the next new incident.

    `unit_mutes`: by unit, until when (UTC seconds) nothing is sent about it. `queued`: the messages of the last hour.
    `held`: those that were held back and are not in a summary yet. `before_s`: what the clock showed at the last step
    of this process (None: this is the first). `unseen_since_s`: by key of a finding that did not hold since the service
    watches again, when it watched last. `earliest_s`: before it (UTC seconds) nothing of the works can have been found.
    """

    open: Sequence[Incident] = ()
    ended: Sequence[Incident] = ()
    next_id: int = 1
    unit_mutes: Mapping[str, int] = field(default_factory=dict)
    queued: Sequence[Queued] = ()
    held: Sequence[Held] = ()
    before_s: int | None = None
    unseen_since_s: Mapping[str, int] = field(default_factory=dict)
    earliest_s: int = 0


@dataclass(frozen=True, slots=True)
class Decisions:
    """`incidents`: those that are new or changed. `messages`: in the order in which to send them, held ones too."""

    incidents: tuple[Incident, ...]
    events: tuple[AuditEvent, ...]
    messages: tuple[Draft, ...]


def advance(
    state: AlertState, findings: Iterable[Finding], policy: Policy, *, clock_s: int, certain: bool = True
) -> Decisions:
    """What becomes of the incidents now that `findings` hold, and nothing else does.

    `clock_s`: what the clock shows (UTC seconds). If it is not `certain`, what is not among the findings may hold all
    the same, so nothing ends.
    """
    times = RightTimes(clock_s, state.earliest_s)
    wrong = {incident.id: incident for incident in state.open if times.raised_wrong(incident)}
    membership = Membership(clock_s, state.next_id, policy.reopen_within_s, unseen_since_s=state.unseen_since_s)
    found = times.dated(_once(findings).values(), state.open)
    membership.take(state.open, times.reopenable(state.ended), found, certain=certain)
    for number in wrong:
        membership.incidents[number] = times.corrected(membership.incidents[number])
    budget = Budget.of(policy.messages_per_hour, clock_s, state.queued, state.held)
    messages = Messages(policy, budget, clock_s, state.before_s, state.unit_mutes)
    before = {incident.id: incident for incident in (*state.open, *state.ended)}
    changed = []
    # The most severe first: if the limit of the hour is reached, it is the lesser ones that are held back.
    for incident in sorted(membership.incidents.values(), key=lambda incident: (incident.weight, incident.id)):
        now = messages.take(incident)
        if now != before.get(now.id):
            changed.append(now)
    for held in budget.summaries() if policy.sends else ():
        messages.drafts.append(
            Draft(kind=MessageKind.SUMMARY, recipient=held.recipient, urgent=held.urgent, count=held.count)
        )
    return Decisions(tuple(changed), (*told(membership.events, wrong), *messages.events), tuple(messages.drafts))


def _once(findings: Iterable[Finding]) -> dict[str, Finding]:
    """By key. If two have one key, the more severe stays."""
    found: dict[str, Finding] = {}
    for finding in sorted(
        findings,
        key=lambda finding: (weight_of(finding), finding.since_s, finding.kind, finding.cause_unit, finding.source),
    ):
        found.setdefault(finding.key, _with_known_tonnes(finding))
    return found


def _with_known_tonnes(finding: Finding) -> Finding:
    """The finding without tonnes that are not a number: JSON has none, and an alert must not fail by them."""
    lost_t = finding.lost_t if finding.lost_t is not None and isfinite(finding.lost_t) else None
    return replace(
        finding, lost_t=lost_t, ahead_t={product: t for product, t in finding.ahead_t.items() if isfinite(t)}
    )
