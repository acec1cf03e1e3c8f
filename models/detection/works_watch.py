"""All units of a works together: states with causes and severities, and the findings that become alerts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from models.detection.causes import Drop, cause_of, missing_downstream
from models.detection.expected.expected import Expected
from models.detection.felt import Felt
from models.detection.finding import Finding, FindingKind
from models.detection.group_watch import GroupWatch
from models.detection.judgement import Basis, Judgement
from models.detection.lost_sources import lost_source
from models.detection.minutes.observed import UnitSample
from models.detection.sequences import Neighbours
from models.detection.unit_status import UnitStatus
from models.detection.unit_watch import UnitWatch
from models.detection.watched import watched_units
from models.works.codes import UnitState
from models.works.detection_rules import HOUR, RuleSet
from models.works.plant import Plant

TREND_SEVERITY = 3
"""A drop that only a window longer than the limit's shows is a trend: it has gone on for a day or more, so it can wait
for the daily digest."""
KEEPS_DROPS_S = 96 * HOUR
"""A drop that ended is remembered as a cause for four days: the longest lag of the default chain is three (caster to
mill), and the window over which the consequence was seen may be another."""
WORKS_FOR_S = 900
"""A sibling works if it has without a break for a quarter of an hour: one that is just starting up may itself have
waited, and then both waited together."""
MISSING_AFTER_S = 120
"""At a start a unit is missing after two minutes at the earliest: sources need a while to connect, and that is no
fault."""
_DATA = {UnitState.STALE: FindingKind.STALE, UnitState.BAD: FindingKind.BAD, UnitState.MISSING: FindingKind.MISSING}
_NOTHING = UnitSample(heard=False, moved=False)
"""A unit without a sample was not heard: that is no standstill."""


@dataclass(slots=True)
class _Open:
    """An output drop that holds, with the last judgement of output and its severity, and its cause. Lost data and a
    repair shift leave these as they were: nothing newer is known of output.
    """

    drop: Drop
    judgement: Judgement
    severity: int
    cause: str = ""


@dataclass(slots=True)
class WorksWatch:
    """Feed it with `step`, in order of time. It remembers nothing but what the samples say, so a replay of the same
    minutes finds the same."""

    plant: Plant
    rules: RuleSet
    units: dict[str, UnitWatch] = field(init=False)
    statuses: dict[str, UnitStatus] = field(default_factory=dict)
    at_s: int = 0
    _groups: dict[tuple[str, str], GroupWatch] = field(default_factory=dict)
    _felt: dict[str, Felt] = field(default_factory=dict)
    _suppliers: dict[str, list[UnitWatch]] = field(default_factory=dict)
    _siblings: dict[str, list[UnitWatch]] = field(default_factory=dict)
    _open: dict[str, _Open] = field(default_factory=dict)
    _ended: list[Drop] = field(default_factory=list)
    _entered_s: dict[str, tuple[UnitState, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = {code: UnitWatch(unit) for code, unit in watched_units(self.plant, self.rules).items()}
        watches = self.units.values()
        kind_of = {code: watch.unit.kind for code, watch in self.units.items()}
        for code, watch in self.units.items():
            unit = watch.unit
            self._felt[code] = Felt.of(self.rules.chain, unit.kind, kind_of)
            kinds = [link.upstream for link in self.rules.chain if link.downstream == unit.kind]
            self._suppliers[code] = [other for other in watches if other.unit.kind in kinds[:1]]
            self._siblings[code] = [
                other
                for other in watches
                if other is not watch and (other.unit.kind, other.unit.shop) == (unit.kind, unit.shop)
            ]
            if unit.rules.together:
                key = (unit.shop, unit.kind)
                if key not in self._groups:
                    same = [other for other in watches if (other.unit.shop, other.unit.kind) == key]
                    self._groups[key] = GroupWatch(same)

    def step(self, at_s: int, samples: Mapping[str, UnitSample], expected: Expected) -> None:
        """Take what was seen in the span that ends at `at_s` (UTC seconds) and judge every unit."""
        if at_s <= self.at_s:
            return
        span_s = min(at_s - self.at_s, HOUR) if self.at_s else 60
        self.at_s = at_s
        for code, watch in self.units.items():
            near = self._near(code)
            rate, window = expected.t_per_h(code, at_s), expected.window(code, at_s)
            watch.step(at_s, samples.get(code, _NOTHING), rate, window, near)
        for group in self._groups.values():
            suppliers = self._suppliers[group.members[0].unit.code]
            supplied_t = sum(other.evidence.output.made_t for other in suppliers) if suppliers else None
            group.step(at_s, [samples.get(member.unit.code) for member in group.members], span_s, supplied_t)
        judged = {code: self._of_group(code, watch) for code, watch in self.units.items()}
        self._follow(judged)
        self.statuses = {code: self._status(code, judgement) for code, judgement in judged.items()}
        for code, judgement in judged.items():
            if self._entered_s.get(code, (None, 0))[0] is not judgement.state:
                self._entered_s[code] = (judgement.state, at_s)

    def was_away(self, from_s: int, until_s: int) -> None:
        """Nothing was watched in [from_s, until_s) (UTC seconds): the service was down, or its machine slept."""
        for watch in self.units.values():
            watch.was_away(from_s, until_s)

    def findings(self) -> list[Finding]:
        """What holds now. Without words: `models.detection.sentences` adds them."""
        return [*self._output_findings(), *self._data_findings()]

    def _near(self, code: str) -> Neighbours:
        since_s = self.at_s - WORKS_FOR_S
        worked_since_s = [other.evidence.work.since_s for other in self._siblings[code]]
        works = any(began_s is not None and began_s <= since_s for began_s in worked_since_s)
        return Neighbours(works, tuple(other.evidence.output.recent_ends for other in self._suppliers[code]))

    def _of_group(self, code: str, watch: UnitWatch) -> Judgement:
        """The judgement of a unit; its group's if it is judged together with others and is not at rest or faulty."""
        group = self._groups.get((watch.unit.shop, watch.unit.kind))
        own = watch.judgement
        if (
            group is None
            or group.judgement is None
            or own.state not in (UnitState.OK, UnitState.SLOW, UnitState.STOPPED)
        ):
            return own
        if group.judgement.state is UnitState.STOPPED:
            return group.judgement
        alone = group.alone(self.at_s)
        if alone is None:
            return group.judgement
        if alone is watch:
            since_s = watch.evidence.idle_since_s()
            return Judgement(UnitState.STOPPED, Basis.ALONE, since_s, group.judgement.facts, 0.0)
        return own

    def _follow(self, judged: Mapping[str, Judgement]) -> None:
        """Bring the open drops up to date, and give each its cause.

        A cause, once found, stays: the upstream unit may be back long before its consequence is.
        """
        for code, judgement in judged.items():
            known = self._open.get(code)
            if judgement.state in (UnitState.STOPPED, UnitState.SLOW):
                drop = self._drop(code, judgement, None if known is None else known.drop)
                severity = self._severity(code, judgement)
                if known is None:
                    self._open[code] = _Open(drop, judgement, severity)
                else:
                    known.drop, known.judgement, known.severity = drop, judgement, severity
            elif known is not None and not self._holds(code, judgement):
                self._ended.append(replace(known.drop, ended_s=self.at_s, root=known.cause))
                del self._open[code]
        if self._ended and self._ended[0].ended_s is not None and self._ended[0].ended_s < self.at_s - KEEPS_DROPS_S:
            self._ended = [drop for drop in self._ended if (drop.ended_s or 0) >= self.at_s - KEEPS_DROPS_S]
        if not self._open:
            return
        others = [
            *(replace(item.drop, root=item.cause) for item in self._open.values()),
            *self._ended,
            *self._repairs(judged),
        ]
        low = {drop.unit for drop in others} | {code for code, it in judged.items() if it.state is not UnitState.OK}
        for code, item in self._open.items():
            if not item.cause:
                item.cause = cause_of(item.drop, others, self._felt[code].now(low), self._rates(code)) or ""

    def _holds(self, code: str, judgement: Judgement) -> bool:
        """Whether a drop lasts though output is not judged now: the data fail, or a repair shift came between."""
        watch = self.units[code]
        if judgement.state >= UnitState.STALE:
            return judgement.basis is not Basis.DISAGREES
        return watch.output is not None and watch.judgement.state is UnitState.PLANNED

    def _drop(self, code: str, judgement: Judgement, known: Drop | None) -> Drop:
        watch = self.units[code]
        paced = judgement.basis in (Basis.PACE, Basis.NO_EVENT, Basis.ALONE)
        return Drop(
            unit=code,
            kind=watch.unit.kind,
            since_s=judgement.since_s if known is None else min(known.since_s, judgement.since_s),
            found_s=self.at_s if known is None else known.found_s,
            share=max(0.0, 1.0 - (judgement.actual_pct or 0.0) / 100.0),
            expected_t_per_h=watch.rate_t_per_h or 0.0,
            window_s=watch.unit.limit.window_h * HOUR if paced else 0,
            exact=not paced,
        )

    def _repairs(self, judged: Mapping[str, Judgement]) -> Iterator[Drop]:
        """Planned standstills as drops: what follows from them is a consequence too.

        Repair shifts of every day are in everyone's targets. One of several units that take turns is relined without
        the others making less.
        """
        for code, judgement in judged.items():
            watch = self.units[code]
            window = watch.window
            if (
                judgement.basis is Basis.REPAIR
                and window is not None
                and not (window.daily or watch.unit.rules.together)
            ):
                usual = self.plant.units[code].daily_target_t.get(watch.unit.product, 0.0) / 24
                yield Drop(
                    unit=code, kind=watch.unit.kind, since_s=judgement.since_s, found_s=judgement.since_s, share=1.0,
                    expected_t_per_h=usual,
                )  # fmt: skip

    def _rates(self, code: str) -> dict[str, float]:
        rates: dict[str, float] = {}
        for watch in self.units.values():
            if watch.unit.kind in self._felt[code].lags:
                usual = self.plant.units[watch.unit.code].daily_target_t.get(watch.unit.product, 0.0) / 24
                rates[watch.unit.kind] = rates.get(watch.unit.kind, 0.0) + (watch.rate_t_per_h or usual)
        return rates

    def _severity(self, code: str, judgement: Judgement) -> int:
        watch = self.units[code]
        if judgement.state >= UnitState.STALE:
            return 4
        group = self._groups.get((watch.unit.shop, watch.unit.kind))
        if group is not None and group.major and judgement is group.judgement:
            return 1
        if judgement.state is UnitState.SLOW:
            trend = judgement.facts.get("share", 1.0) > 1.0
            return TREND_SEVERITY if trend else watch.unit.rules.severity_slow
        if judgement.state is not UnitState.STOPPED:
            return 0
        return watch.unit.rules.severity_stop

    def _status(self, code: str, judgement: Judgement) -> UnitStatus:
        watch, known = self.units[code], self._open.get(code)
        rate, pct = watch.rate_t_per_h, judgement.actual_pct
        return UnitStatus(
            unit=watch.unit,
            judgement=judgement,
            severity=self._severity(code, judgement),
            cause_unit="" if known is None else known.cause,
            expected_t_per_h=rate,
            actual_t_per_h=None if rate is None or pct is None else rate * pct / 100.0,
        )

    def _output_findings(self) -> Iterator[Finding]:
        for code, item in self._open.items():
            watch = self.units[code]
            basis = item.judgement.basis
            kind = FindingKind.SLOW if basis in (Basis.PACE, Basis.ACTIVITY_SLOW) else FindingKind.STOP
            if basis is Basis.OVERRUN:
                kind = FindingKind.OVERRUN
            missing = item.drop.share * item.drop.expected_t_per_h
            yield Finding(
                kind=kind,
                shop=watch.unit.shop,
                unit=code,
                product=watch.unit.product,
                severity=item.severity or watch.unit.rules.severity_stop,
                since_s=item.drop.since_s,
                found_s=item.drop.found_s,
                cause_unit=item.cause,
                lost_t=missing * (self.at_s - item.drop.since_s) / HOUR,
                ahead_t=missing_downstream(self.plant, watch.unit.product, missing),
            )

    def _data_findings(self) -> Iterator[Finding]:
        for code, status in self.statuses.items():
            kind = _DATA.get(status.judgement.state)
            if kind is None or (kind is FindingKind.MISSING and not self._missing_for_long(status)):
                continue
            silent = self.units[code].evidence.is_silent(self.at_s)
            source = lost_source(status.unit, self.units, self.at_s) if silent else ""
            if source is None:
                continue
            yield Finding(
                kind=kind,
                shop=status.unit.shop,
                unit=code,
                product=status.unit.product,
                severity=4,
                since_s=status.judgement.since_s,
                found_s=self._entered_s[code][1],
                source=source,
            )

    def _missing_for_long(self, status: UnitStatus) -> bool:
        """Whether a unit has been unheard since the start for too long. For a while that is no fault."""
        return self.at_s - status.judgement.since_s > max(MISSING_AFTER_S, status.unit.stale_s)
