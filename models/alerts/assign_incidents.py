"""Which incident each finding belongs to: one cause, one incident. Pure; the order of the findings changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.alerts.incident import Incident, weight_of
from models.detection.finding import Finding, FindingKind

DROPS = frozenset({FindingKind.STOP, FindingKind.SLOW, FindingKind.OVERRUN})
"""Output that drops now and may follow from another unit. The other kinds look back over a shift, days or a month."""


def own_key(finding: Finding) -> str:
    """The key of the incident that has this finding as its root, if it belongs to no other."""
    if finding.kind is FindingKind.CLOCK:
        return f"clock:{finding.source}"
    # A scale that errs is no part of the silence of its unit: another person mends it, in another month.
    if finding.kind in (FindingKind.KEY_REUSED, FindingKind.GAP, FindingKind.METER):
        return finding.key
    if finding.kind.is_data:
        return f"data:{finding.source}" if finding.source else f"data_of_unit:{finding.unit}"
    return finding.key


def most_severe(findings: Iterable[Finding]) -> Finding:
    """The one to name of several that hold: the most severe, then the first, then by key."""
    return min(findings, key=lambda finding: (weight_of(finding), finding.since_s, finding.key))


@dataclass(frozen=True, slots=True)
class Assignment:
    """`of_finding`: by key of a finding, the key of its incident. `merged`: by key of an open incident, the key of the
    one that it turned out to follow from."""

    of_finding: Mapping[str, str]
    merged: Mapping[str, str]


def assign_incidents(open_incidents: Sequence[Incident], findings: Sequence[Finding]) -> Assignment:
    """Where each of `findings` belongs.

    A drop belongs to the incident of the unit that it follows from, over any number of steps. It stays there while it
    holds, even when that unit works again. But if that unit still stands and the drop no longer has a cause, it becomes
    an incident of its own. An open incident whose root turns out to follow from another unit is merged into that
    unit's. Units that follow from each other are one incident, that of the first by name.
    """
    return _Search.of(open_incidents, findings).result(open_incidents, findings)


@dataclass(frozen=True, slots=True)
class _Search:
    """`drops`: by unit, its most severe drop. `owned`: by unit, the open incident of its drop. `followed`: by unit, one
    that it is a consequence in. `member`: by finding key, the open incident that holds it. `rooted`: the open incidents
    whose root holds now."""

    drops: dict[str, Finding]
    owned: dict[str, str] = field(default_factory=dict)
    followed: dict[str, str] = field(default_factory=dict)
    member: dict[str, str] = field(default_factory=dict)
    rooted: set[str] = field(default_factory=set)

    @staticmethod
    def of(open_incidents: Sequence[Incident], findings: Sequence[Finding]) -> "_Search":
        by_unit: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.kind in DROPS:
                by_unit.setdefault(finding.unit, []).append(finding)
        search = _Search({unit: most_severe(of_unit) for unit, of_unit in by_unit.items()})
        seen = {finding.key for finding in findings}
        for incident in open_incidents:
            root = incident.root.finding
            if root.key in seen:
                search.rooted.add(incident.key)
            if root.kind in DROPS:
                search.owned[root.unit] = incident.key
            for finding in incident.holding():
                search.member[finding.key] = incident.key
                if finding.kind in DROPS and finding.unit != root.unit:
                    search.followed[finding.unit] = incident.key
        return search

    def result(self, open_incidents: Sequence[Incident], findings: Sequence[Finding]) -> Assignment:
        merged = {}
        by_key = {finding.key: finding for finding in findings}
        for incident in open_incidents:
            root = incident.root.finding
            now = by_key.get(root.key)
            if root.unit in self.drops and self.owned.get(root.unit) == incident.key:
                merged[incident.key] = self._of_unit(root.unit)
            elif root.kind.is_data and not root.source and now is not None:
                merged[incident.key] = own_key(now)
        # An incident may be merged into one that is merged itself in the same step: all go to the last.
        known = {incident.key: _unmerged(incident.key, merged) for incident in open_incidents}
        merged = {key: target for key, target in known.items() if target != key}
        found = {finding.key: self._of(finding) for finding in findings}
        return Assignment({key: _unmerged(home, merged) for key, home in found.items()}, merged)

    def _of(self, finding: Finding) -> str:
        if finding.kind in DROPS:
            return self._kept(finding) or self._of_unit(finding.unit)
        if finding.kind is FindingKind.SHIFT_SHORT:
            kept = self.member.get(finding.key)
            if kept is not None:
                return kept
            for unit in (finding.unit, finding.cause_unit):
                if self._there(unit):
                    return self._of_unit(unit)
        return own_key(finding)

    def _kept(self, drop: Finding) -> str | None:
        """The incident in which a drop is a consequence already; None if it has to be looked for."""
        kept = self.member.get(drop.key)
        if kept == self.owned.get(drop.unit) or (not drop.cause_unit and kept in self.rooted):
            return None
        return kept

    def _of_unit(self, unit: str) -> str:
        # Causes are found one by one, so at times two units are named as each other's: the path ends such a circle.
        path: list[str] = []
        while True:
            if unit in path:
                return self._own(min(path[path.index(unit) :]))
            path.append(unit)
            drop = self.drops.get(unit)
            if drop is None:
                return self.owned.get(unit) or self.followed[unit]
            kept = self._kept(drop)
            if kept is not None:
                return kept
            if not self._there(drop.cause_unit):
                return self._own(unit)
            unit = drop.cause_unit

    def _there(self, unit: str) -> bool:
        return unit in self.drops or unit in self.owned or unit in self.followed

    def _own(self, unit: str) -> str:
        return self.owned.get(unit) or own_key(self.drops[unit])


def _unmerged(key: str, merged: Mapping[str, str]) -> str:
    """Where a chain of merges ends; if it is a circle, the first by name."""
    path = [key]
    while (target := merged.get(path[-1])) is not None:
        if target in path:
            return min(path[path.index(target) :])
        path.append(target)
    return path[-1]
