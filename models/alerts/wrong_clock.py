"""Times that cannot be by the clock that holds now: a wrong clock found or raised something. Pure.

Nothing is found of what is not over yet, nor of a time before the works was watched at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models.alerts.incident import AuditEvent, EventKind, Incident
from models.detection.finding import Episode, Finding

TOLERANCE_S = 60
"""A clock that is disciplined steps by seconds; detection waits for one that is set back by less than a minute."""
WHY = "this host's clock was wrong when it was raised"


@dataclass(frozen=True, slots=True)
class RightTimes:
    """Which times can be (UTC seconds): from `earliest_s` to `clock_s`, which is now."""

    clock_s: int
    earliest_s: int

    def holds(self, *times_s: int) -> bool:
        """Whether all of them can be."""
        return all(self.earliest_s <= at_s <= self.clock_s + TOLERANCE_S for at_s in times_s)

    def raised_wrong(self, incident: Incident) -> bool:
        """Whether a wrong clock raised it, or dated something of it that holds."""
        of_findings = (at_s for found in incident.holding() for at_s in (found.since_s, found.found_s))
        return not self.holds(incident.opened_s, *of_findings)

    def dated(self, findings: Iterable[Finding], known: Iterable[Incident]) -> list[Finding]:
        """The findings; one whose times cannot be holds since it was raised, or since now."""
        since_s = {
            found.key: found.since_s
            for incident in known
            for found in incident.holding()
            if self.holds(found.since_s, found.found_s)
        }
        return [
            found
            if self.holds(found.since_s, found.found_s)
            else replace(
                found, since_s=since_s.get(found.key, self.clock_s), found_s=since_s.get(found.key, self.clock_s)
            )
            for found in findings
        ]

    def reopenable(self, ended: Iterable[Incident]) -> list[Incident]:
        """Those of `ended` incidents whose end is over, and that really were."""
        return [incident for incident in ended if not incident.root.wrong_clock and self.holds(incident.cleared_s or 0)]

    def corrected(self, incident: Incident) -> Incident:
        """An incident that a wrong clock raised, as it is now: what still holds was raised now, at the latest; of what
        is over, nothing happened at the time that its words name."""
        if incident.is_open:
            return incident if self.holds(incident.opened_s) else replace(incident, opened_s=self.clock_s)
        return replace(
            incident,
            root=self._of_wrong_clock(incident.root),
            consequences=tuple(map(self._of_wrong_clock, incident.consequences)),
            cleared_s=self.clock_s,
        )

    def _of_wrong_clock(self, episode: Episode) -> Episode:
        return replace(episode, cleared_s=min(episode.cleared_s or self.clock_s, self.clock_s), wrong_clock=True)


def told(events: Iterable[AuditEvent], wrong: Mapping[int, Incident]) -> list[AuditEvent]:
    """The audit, with the reason at the end of each incident that a wrong clock raised."""
    return [
        replace(event, detail=WHY) if event.kind is EventKind.CLEARED and event.incident in wrong else event
        for event in events
    ]
