"""Output drops on the first page: those that last, and those that ended lately, in one language. Pure."""

from dataclasses import dataclass

from dashboards.web.lamps import is_fresh, unit_name
from dashboards.web.numbers import duration, moment
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from models.alerts.assign_incidents import DROPS
from models.alerts.losses import Loss, downstream_loss, own_loss
from models.alerts.texts import WHAT
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.works.calendar import NS
from models.works.localize import Language

ENDS_WITHIN_S = 300
"""A drop and what was found of it end within this: after a start of the service nothing found is over for a while."""


@dataclass(frozen=True, slots=True)
class DropView:
    """One drop. `severity` is P1 to P3; `when` its span, `lasted` how long; `cause` the unit that it follows from.

    `evidence`: the sentence of what holds now; of a drop that is over, the one that is kept. `losses`: what is short
    by it, and what will be downstream; the latter not where the line of its cause says so.
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
    losses: tuple[Loss, ...]


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
    found = _found(snapshot, drop)
    evidence = found.finding.evidence if found is not None and drop.end_s is None else drop.evidence
    return DropView(
        unit=drop.unit,
        name=_name(snapshot, drop.unit, language),
        severity=f"P{drop.severity}",
        lasts=drop.end_s is None,
        what=WHAT[drop.kind][language],
        when=when,
        lasted=duration(max(until_s - drop.start_s, 0), language),
        cause=_name(snapshot, drop.cause_unit, language) if drop.cause_unit else "",
        evidence=evidence.get(language) or evidence.get("en", ""),
        losses=() if found is None else _losses(snapshot, drop, found, language),
    )


def _found(snapshot: Snapshot, drop: OutputDrop) -> Episode | None:
    """What was found of the drop, as it holds or as it ended. None where it is not known for this drop alone."""
    end_s = drop.end_s
    of_unit = [it for it in snapshot.episodes if it.finding.kind in DROPS and it.finding.unit == drop.unit]
    if end_s is None:
        return next((it for it in of_unit if it.cleared_s is None), None)
    of_one = (it for it in snapshot.drops if it.unit == drop.unit)
    if any(it.end_s == drop.start_s or it.start_s == end_s for it in of_one):
        return None  # a slow-down that became a stop, or the reverse: what was found is of both
    ended = [
        (abs(it.cleared_s - end_s), it)
        for it in of_unit
        if it.cleared_s is not None and it.finding.since_s < end_s and abs(it.cleared_s - end_s) <= ENDS_WITHIN_S
    ]
    return min(ended, key=lambda pair: pair[0])[1] if ended else None


def _losses(snapshot: Snapshot, drop: OutputDrop, found: Episode, language: Language) -> tuple[Loss, ...]:
    plant, finding, over = snapshot.plant, found.finding, drop.end_s is not None
    own = own_loss(plant, finding, language, over=over)
    told = any(it.unit == drop.cause_unit and (over or it.end_s is None) for it in snapshot.drops)
    return tuple(own) if told else (*own, *downstream_loss(plant, finding, language, over=over))


def _known_until_s(snapshot: Snapshot, code: str) -> int:
    """Until when a drop that lasts is known to last."""
    told = next((state for state in snapshot.states if state.unit == code), None)
    now_s = snapshot.now_ns // NS
    return now_s if told is None or is_fresh(told, snapshot.now_ns) else told.at_s


def _name(snapshot: Snapshot, code: str, language: Language) -> str:
    unit = snapshot.plant.units.get(code)
    return code if unit is None else unit_name(unit, language)
