"""What must hold for the sections about drops of output, detection and limits, and what they resolve to."""

import difflib
from collections.abc import Iterable, Mapping
from datetime import time
from itertools import pairwise

from collector.config.detection_document import DetectionEntry, LimitsEntry, PaceEntry, UnitRulesEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean
from collector.config.unit_document import UnitEntry
from models.works.detection_rules import BY_KIND, CHAIN, DEFAULT, ActivityLimit, Follows, RuleSet, UnitRules
from models.works.limits import PACE_BY_KIND, OutputLimits, PaceLimit
from models.works.plant import RepairShift

HOUR_S = 3600.0
NEAR_KIND = 0.75
"""How alike a kind must be to one that rules know: mien and mine are, sinter_strand and caster are not."""
DAY_MINUTES = 24 * 60
_FIELD = {
    "stop_after": "stop_after_s",
    "resume_after": "resume_after_s",
    "no_event_after": "no_event_s",
    "ramp_up": "ramp_up_s",
}
"""The keys of a file that have another name in UnitRules."""
_OPTIONAL = ("no_event_after", "no_event_intervals", "activity", "shift_pct")
_OF_ALL_TOGETHER = ("no_event_after", "no_event_intervals")
Kinds = Mapping[str, str | None]
"""By code of every unit of the plant, its kind; None where its entry has a fault."""


def check_limits(kinds: Kinds, entry: LimitsEntry, problems: Problems) -> None:
    """Limits of units and kinds that the plant has and that cannot cross, over windows of whole hours."""
    for kind, pace in entry.pace.items():
        _known_kind(kind, ("limits", "pace", kind), kinds, problems)
        _check_pace(pace, ("limits", "pace", kind), problems)
    for unit, pace in entry.units.items():
        _known_unit(unit, ("limits", "units", unit), kinds, problems)
        _check_pace(pace, ("limits", "units", unit), problems)
    if entry.forecast_warn_pct < entry.forecast_major_pct:
        problems.add(
            ("limits", "forecast_warn_pct"),
            f"{entry.forecast_warn_pct:g} is below forecast_major_pct {entry.forecast_major_pct:g}; give that or more",
        )


def check_kinds(
    units: Iterable[tuple[Path, UnitEntry]], detection: DetectionEntry, limits: LimitsEntry, problems: Problems
) -> None:
    """A kind that no rule knows is a works' own, unless it is nearly one that rules know: then its rules are missed."""
    known = {*BY_KIND, *PACE_BY_KIND, *(kind for link in CHAIN for kind in (link.upstream, link.downstream))}
    own = {*detection.kinds, *limits.pace}
    for path, unit in units:
        near = difflib.get_close_matches(unit.kind, sorted(known), n=1, cutoff=NEAR_KIND)
        if unit.kind not in known | own and near:
            problems.add(
                (*path, "kind"),
                f"no rules are for '{unit.kind}'; did you mean {near[0]}? A kind of your own needs its rules in "
                f"detection.kinds.{unit.kind}",
            )


def resolved_limits(entry: LimitsEntry) -> OutputLimits:
    """The limits of the file over the built-in ones."""
    own = {kind: _pace_limit(pace) for kind, pace in entry.pace.items()}
    units = {unit: _pace_limit(pace) for unit, pace in entry.units.items()}
    return OutputLimits({**PACE_BY_KIND, **own}, entry.forecast_warn_pct, entry.forecast_major_pct, units)


def check_detection(kinds: Kinds, entry: DetectionEntry, limits: LimitsEntry | None, problems: Problems) -> None:
    """Rules of units and kinds that the plant has and whose thresholds cannot cross; shifts that leave time to work."""
    for kind, rules in entry.kinds.items():
        at: Path = ("detection", "kinds", kind)
        _known_kind(kind, at, kinds, problems)
        _check_rules(rules, _of_kind(entry, kind), at, problems)
    for unit, own in entry.units.items():
        at = ("detection", "units", unit)
        if _known_unit(unit, at, kinds, problems):
            _check_rules(own, _over(_of_kind(entry, kinds[unit]), own), at, problems)
    _check_shared(kinds, entry, limits, problems)
    for index, link in enumerate(entry.chain or ()):
        _check_link(kinds, index, link.upstream, link.downstream, problems)
        if (link.lag.least or 0.0) > link.lag.most:
            problems.add(
                ("detection", "chain", index, "lag", "least"), "it is longer than the key most; give that time or less"
            )
    _check_shifts(kinds, entry, problems)


def resolved_rules(kinds: Kinds, entry: DetectionEntry) -> RuleSet:
    """The rules of the file over the built-in ones."""
    by_kind = {**BY_KIND, **{kind: _of_kind(entry, kind) for kind in entry.kinds}}
    by_unit = {unit: _over(by_kind.get(kinds[unit] or "", DEFAULT), own) for unit, own in entry.units.items()}
    if entry.chain is None:
        return RuleSet(by_kind, by_unit, CHAIN)
    chain = (
        Follows(link.upstream, link.downstream, (round(link.lag.least or 0.0), round(link.lag.most)))
        for link in entry.chain
    )
    return RuleSet(by_kind, by_unit, tuple(chain))


def repair_shifts(entry: DetectionEntry, unit: str) -> tuple[RepairShift, ...]:
    """The planned standstills of every day of one unit, by start."""
    found = [
        RepairShift(time.fromisoformat(shift.start), time.fromisoformat(shift.end))
        for shift in entry.repair_shifts
        if unit in shift.units
    ]
    return tuple(sorted(found, key=lambda shift: shift.start))


def _of_kind(entry: DetectionEntry, kind: str | None) -> UnitRules:
    built_in = BY_KIND.get(kind or "", DEFAULT)
    own = entry.kinds.get(kind or "")
    return built_in if own is None else _over(built_in, own)


def _over(rules: UnitRules, entry: UnitRulesEntry) -> UnitRules:
    """`rules` with what the entry gives."""
    fields: dict[str, object] = {name: getattr(rules, name) for name in UnitRules.__dataclass_fields__}
    for key in entry.model_fields_set:
        value = getattr(entry, key)
        if value is None and key not in _OPTIONAL:
            continue
        if key == "activity" and entry.activity is not None:
            value = ActivityLimit(round(entry.activity.hold), entry.activity.raise_pct, entry.activity.clear_pct)
        elif key == "ramp_up" and entry.ramp_up is not None:
            value = (round(entry.ramp_up.least), round(entry.ramp_up.most))
        elif key in _FIELD and value is not None:
            value = round(value)
        fields[_FIELD.get(key, key)] = value
    return UnitRules(**fields)  # type: ignore[arg-type] # every value has the type of its field


def _pace_limit(pace: PaceEntry) -> PaceLimit:
    return PaceLimit(round(pace.window / HOUR_S), pace.raise_pct, pace.clear_pct)


def _known_unit(unit: str, at: Path, kinds: Kinds, problems: Problems) -> bool:
    if unit not in kinds:
        problems.add(at, f"'{unit}' is not a unit of this plant; {did_you_mean(unit, kinds)}")
    return unit in kinds


def _known_kind(kind: str, at: Path, kinds: Kinds, problems: Problems) -> None:
    known = {other for other in kinds.values() if other is not None}
    if kind not in known and None not in kinds.values():
        problems.add(at, f"no unit of this plant is of the kind '{kind}'; {did_you_mean(kind, known)}")


def _check_pace(pace: PaceEntry, at: Path, problems: Problems) -> None:
    _check_order(pace.raise_pct, pace.clear_pct, at, problems)
    # Hours are the smallest rows of output; a month is the longest target.
    if pace.window % HOUR_S or not HOUR_S <= pace.window <= 31 * 24 * HOUR_S:
        problems.add((*at, "window"), "output is added up by hours; give 1h to 744h, in whole hours")


def _check_order(raise_pct: float, clear_pct: float, at: Path, problems: Problems) -> None:
    if clear_pct < raise_pct:
        problems.add((*at, "clear_pct"), f"{clear_pct:g} is below raise_pct {raise_pct:g}; give that much or more")


def _check_rules(entry: UnitRulesEntry, rules: UnitRules, at: Path, problems: Problems) -> None:
    if entry.activity is not None:
        _check_order(entry.activity.raise_pct, entry.activity.clear_pct, (*at, "activity"), problems)
    if rules.activity is not None and rules.activity.raise_pct <= rules.stop_pct:
        key: Path = ("activity", "raise_pct") if entry.activity is not None else ("stop_pct",)
        problems.add(
            (*at, *key),
            f"the unit counts as slow below {rules.activity.raise_pct:g} % and as stopped below {rules.stop_pct:g} %; "
            "set the limit for slow above the one for stopped",
        )
    if entry.ramp_up is not None and entry.ramp_up.least > entry.ramp_up.most:
        problems.add((*at, "ramp_up", "least"), "it is longer than the key most; give that time or less")


def _check_shared(kinds: Kinds, entry: DetectionEntry, limits: LimitsEntry | None, problems: Problems) -> None:
    """Units that are judged together are judged by the same numbers."""
    for unit, kind in kinds.items():
        if kind is None or not _of_kind(entry, kind).together:
            continue
        rules = entry.units.get(unit)
        for key in _OF_ALL_TOGETHER if rules is not None else ():
            if rules is not None and key in rules.model_fields_set:
                problems.add(
                    ("detection", "units", unit, key),
                    f"units of the kind {kind} are judged together; give it in detection.kinds.{kind}",
                )
        if limits is not None and unit in limits.units:
            problems.add(
                ("limits", "units", unit),
                f"units of the kind {kind} are judged together; give it in limits.pace.{kind}",
            )


def _check_link(kinds: Kinds, index: int, upstream: str, downstream: str, problems: Problems) -> None:
    at: Path = ("detection", "chain", index)
    _known_kind(upstream, (*at, "upstream"), kinds, problems)
    _known_kind(downstream, (*at, "downstream"), kinds, problems)
    if upstream == downstream:
        problems.add(
            (*at, "downstream"), f"'{downstream}' is also the upstream kind; give the kind that feels its drop"
        )


def _check_shifts(kinds: Kinds, entry: DetectionEntry, problems: Problems) -> None:
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for index, shift in enumerate(entry.repair_shifts):
        at: Path = ("detection", "repair_shifts", index)
        start, end = _minute(shift.start), _minute(shift.end)
        if start == end:
            problems.add((*at, "end"), f"'{shift.end}' is also the start, so no time is left to work; give another end")
            continue
        for number, unit in enumerate(shift.units):
            if unit in shift.units[:number]:
                problems.add((*at, "units", number), f"'{unit}' is given twice; keep one")
            elif _known_unit(unit, (*at, "units", number), kinds, problems):
                spans.setdefault(unit, []).append((start, end + DAY_MINUTES * (end < start), index))
    for unit, found in spans.items():
        _check_apart(unit, sorted(found), problems)


def _check_apart(unit: str, spans: Iterable[tuple[int, int, int]], problems: Problems) -> None:
    """Spans of minutes of one unit's day, by start, of which the last may reach into the next day."""
    ordered = list(spans)
    first_again = (ordered[0][0] + DAY_MINUTES, ordered[0][1] + DAY_MINUTES, ordered[0][2])
    for before, after in pairwise([*ordered, first_again]):
        if before[1] > after[0] and before[2] != after[2]:
            later = max(before[2], after[2])
            problems.add(
                ("detection", "repair_shifts", later),
                f"'{unit}' already has a repair shift in part of that time, repair_shifts[{min(before[2], after[2])}]; "
                "remove the overlap",
            )
    if sum(end - start for start, end, _ in ordered) >= DAY_MINUTES:
        problems.add(
            ("detection", "repair_shifts", ordered[-1][2]), f"no time is left for '{unit}' to work; shorten it"
        )


def _minute(clock: str) -> int:
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute
