"""Output drops on the first page: those that last, and those that ended lately, in one language. Pure."""

from dataclasses import dataclass

from dashboards.panels.texts import Language
from dashboards.web.lamps import is_fresh, unit_name
from dashboards.web.numbers import duration, moment
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from models.alerts.texts import WHAT
from models.calendar import NS
from models.detection.standstill import OutputDrop


@dataclass(frozen=True, slots=True)
class DropView:
    """One drop. `severity` is P1 to P3; `when` its span, `lasted` how long; `cause` the unit that it follows from.

    `evidence` is the sentence that led to it.
    """

    unit: str
    name: str
    severity: str
    lasts: bool
    what: str
    when: str
    lasted: str
    cause: str
    evidence: str


def drop_views(snapshot: Snapshot, language: Language) -> tuple[DropView, ...]:
    """Those that last, the gravest first, then those that ended, the newest first."""
    lasting = (drop for drop in snapshot.drops if drop.end_s is None)
    ended = (drop for drop in snapshot.drops if drop.end_s is not None)
    gravest_first = sorted(lasting, key=lambda it: (it.severity, it.start_s, it.unit))
    newest_first = sorted(ended, key=lambda it: (it.end_s or 0, it.unit), reverse=True)
    return tuple(_drop(snapshot, drop, language) for drop in (*gravest_first, *newest_first))


def no_drops_text(snapshot: Snapshot, language: Language) -> str:
    """What stands where there is no drop: nothing dropped only where the collector looks."""
    looked = any(is_fresh(state, snapshot.now_ns) for state in snapshot.states)
    return text("no_drops" if looked else "drops_unknown", language)


def _drop(snapshot: Snapshot, drop: OutputDrop, language: Language) -> DropView:
    plant, now_ns = snapshot.plant, snapshot.now_ns
    begin = moment(drop.start_s * NS, now_ns, plant.zone)
    if drop.end_s is None:
        until_s = _known_until_s(snapshot, drop.unit)
        when = text("since", language).format(since=begin)
    else:
        until_s = drop.end_s
        when = f"{begin} - {moment(drop.end_s * NS, drop.start_s * NS, plant.zone)}"
    return DropView(
        unit=drop.unit,
        name=_name(snapshot, drop.unit, language),
        severity=f"P{drop.severity}",
        lasts=drop.end_s is None,
        what=WHAT[drop.kind][language],
        when=when,
        lasted=duration(max(until_s - drop.start_s, 0), language),
        cause=_name(snapshot, drop.cause_unit, language) if drop.cause_unit else "",
        evidence=drop.evidence.get(language) or drop.evidence.get("en", ""),
    )


def _known_until_s(snapshot: Snapshot, code: str) -> int:
    """Until when a drop that lasts is known to last."""
    told = next((state for state in snapshot.states if state.unit == code), None)
    now_s = snapshot.now_ns // NS
    return now_s if told is None or is_fresh(told, snapshot.now_ns) else told.at_s


def _name(snapshot: Snapshot, code: str, language: Language) -> str:
    unit = snapshot.plant.units.get(code)
    return code if unit is None else unit_name(unit, language)
