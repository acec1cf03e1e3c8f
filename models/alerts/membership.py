"""Opens, extends, merges, reopens and clears incidents by the findings that hold. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from models.alerts.assign_incidents import assign_incidents, most_severe, own_key
from models.alerts.incident import AuditEvent, EventKind, Incident, IncidentState, severity_of, weight_of
from models.detection.finding import Episode, Finding


@dataclass(slots=True)
class Membership:
    """What becomes of the incidents at `now_s` (UTC seconds). `incidents`: those open and just closed, by id.

    `reopen_within_s`: for so long after an event, and after people last heard of it, the same trouble is no news.
    `unseen_since_s`: by key of a finding that nobody saw end, since when it may be over.
    """

    now_s: int
    next_id: int
    reopen_within_s: int
    incidents: dict[int, Incident] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    unseen_since_s: Mapping[str, int] = field(default_factory=dict)

    def take(
        self,
        open_incidents: Sequence[Incident],
        ended: Sequence[Incident],
        findings: Sequence[Finding],
        *,
        certain: bool,
    ) -> None:
        """Put each finding into its incident. `ended`: those that may be reopened.

        If it is not `certain`, nothing ends in an incident but what is seen in another one.
        """
        assigned = assign_incidents(open_incidents, findings)
        members: dict[str, list[Finding]] = {}
        for finding in sorted(findings, key=lambda finding: finding.key):
            members.setdefault(assigned.of_finding[finding.key], []).append(finding)
        by_key = {incident.key: incident for incident in open_incidents}
        # In order of keys, so that ids do not depend on the order in which detection lists its findings.
        for key in sorted(members.keys() - by_key.keys()):
            by_key[key] = self._begun(key, members[key], ended)
        joined: dict[str, list[Incident]] = {}
        for key, target in sorted(assigned.merged.items()):
            joined.setdefault(target, []).append(by_key.pop(key))
        for key, incident in by_key.items():
            held = members.get(key, [])
            for other in joined.get(key, ()):
                incident = self._merged(incident, other)
            gone = None if certain else assigned.of_finding.keys()
            self.incidents[incident.id] = self._cleared(self._held(incident, held, gone))

    def _begun(self, key: str, held: Sequence[Finding], ended: Sequence[Incident]) -> Incident:
        root = most_severe([finding for finding in held if own_key(finding) == key] or held)
        before = max(
            (incident for incident in ended if incident.key == key),
            key=lambda incident: (incident.cleared_s or 0, incident.id),
            default=None,
        )
        if before is None:
            incident = Incident(
                id=self.next_id, key=key, root=Episode(root, None), weight=weight_of(root), opened_s=self.now_s
            )
            self.next_id += 1
            self._note(incident, EventKind.RAISED, f"P{root.severity} {root.key}")
            return incident
        self._note(before, EventKind.REOPENED, f"P{root.severity} {root.key}")
        return replace(
            _waiting_anew(before),
            root=Episode(root, None),
            cleared_s=None,
            merged_into=None,
            reopened=before.reopened + 1,
            notified_weight=None if self._is_news(before, root) else before.notified_weight,
        )

    def _is_news(self, before: Incident, root: Finding) -> bool:
        """Whether people must hear of an incident that comes back: another trouble hides behind the same name, or the
        event is long over, or they heard of it so long ago that a trouble which comes and goes would be silent all day.
        """
        told_s = before.opened_s if before.last_message_s is None else before.last_message_s
        ended = (before.root.unseen_since_s, before.root.cleared_s, before.cleared_s)
        ended_s = next((at_s for at_s in ended if at_s is not None), told_s)
        long_ago_s = root.since_s - min(told_s, ended_s)
        return _trouble(root) != _trouble(before.root.finding) or long_ago_s > self.reopen_within_s

    def _held(self, incident: Incident, held: Sequence[Finding], gone: Set[str] | None) -> Incident:
        """The incident with its findings as they hold now. `gone`: the keys that may end in it (None: all)."""
        now = {finding.key: finding for finding in held}
        episodes = {}
        for episode in incident.episodes():
            key = episode.finding.key
            if key in now:
                episode = Episode(now[key], None)
            elif episode.cleared_s is None and (gone is None or key in gone):
                episode = Episode(episode.finding, self.now_s, self.unseen_since_s.get(key))
            episodes[key] = episode
        for key, finding in now.items():
            if key not in episodes:
                self._note(incident, EventKind.CONSEQUENCE_ADDED, key)
                episodes[key] = Episode(finding, None)
        # The root stays with its unit while that holds: the name of an incident must not jump among equals.
        own = [finding for finding in held if own_key(finding) == incident.key]
        same_unit = [finding for finding in own if finding.unit == incident.root.finding.unit]
        root = episodes.pop(most_severe(same_unit or own).key if own else incident.root.finding.key)
        return self._graver(replace(incident, root=root, consequences=tuple(episodes.values())))

    def _graver(self, incident: Incident) -> Incident:
        weight = incident.weight_now()
        if weight >= incident.weight:
            return incident
        was, now = incident.severity, severity_of(weight)
        worst = most_severe(incident.holding())
        self._note(incident, EventKind.SEVERITY_RAISED, f"P{was} -> P{now} {worst.kind.value}:{worst.unit}")
        return replace(_waiting_anew(incident), weight=weight)

    def _merged(self, incident: Incident, other: Incident) -> Incident:
        """`incident` with all that `other` held, and those whom it had notified."""
        self._note(other, EventKind.MERGED, f"into {incident.id}")
        self.incidents[other.id] = replace(
            other,
            state=IncidentState.CLEARED,
            cleared_s=self.now_s,
            merged_into=incident.id,
            notified=frozenset(),
            counted_s=None,
        )
        known = {episode.finding.key for episode in incident.episodes()}
        moved = tuple(episode for episode in other.episodes() if episode.finding.key not in known)
        for episode in moved:
            self._note(incident, EventKind.CONSEQUENCE_ADDED, f"{episode.finding.key} of {other.id}")
        return replace(
            incident, consequences=(*incident.consequences, *moved), notified=incident.notified | other.notified
        )

    def _cleared(self, incident: Incident) -> Incident:
        if any(True for _ in incident.holding()):
            return incident
        self._note(incident, EventKind.CLEARED)
        # A clock that is set back by seconds lets nothing end before it began.
        return replace(incident, state=IncidentState.CLEARED, cleared_s=max(self.now_s, incident.opened_s))

    def _note(self, incident: Incident, kind: EventKind, detail: str = "") -> None:
        self.events.append(AuditEvent(incident.id, kind, detail))


def _trouble(finding: Finding) -> tuple[str, str, str]:
    """What is the matter, in a form that is equal while it is the same: a slow-down and a stop are one trouble of a
    unit, a lost source and a unit's silence after our own restart are two."""
    own = finding.kind.value if finding.kind.is_data else finding.key
    return own, finding.cause_unit, finding.source


def _waiting_anew(incident: Incident) -> Incident:
    """The incident as if nobody had seen it yet: what was acknowledged was less severe, or is over."""
    return replace(
        incident,
        state=IncidentState.RAISED,
        acknowledged_by="",
        acknowledged_s=None,
        escalated=(),
        waited_s=0,
        counted_s=None,
    )
