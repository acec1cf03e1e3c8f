"""Output drops on the first page: those that last, and those that ended lately, in one language. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.report.ran_between import ran_between
from dashboards.web.numbers import duration, moment
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from models.alerts.assign_incidents import DROPS
from models.alerts.losses import Loss, downstream_loss, own_loss
from models.alerts.not_known import collector_silent_since_s, is_fresh, not_known_lines
from models.alerts.texts import WHAT
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.tables.reasoned_stop import ReasonedStop
from models.works.calendar import NS
from models.works.localize import Language

ENDS_WITHIN_S = 300
"""A drop and the episode of it end at most this far apart: after a start of the service no finding is over for a
while, so the episode may end minutes after the drop."""


@dataclass(frozen=True, slots=True)
class DropView:
    """One drop. `severity` is P1 to P3, `when` its span, `lasted` how long, `cause` the unit that it follows from.

    `evidence`: the sentence of what holds now, or the kept one if the drop is over. `losses`: what is short by it, and
    what will be short downstream; the latter is left out if the line of its cause says it.
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


def drop_views(snapshot: Snapshot, language: Language, counted: Sequence[ReasonedStop] = ()) -> tuple[DropView, ...]:
    """The drops that last, the most severe first, then those that ended, the newest first. `counted`: such of them as
    people counted several stops as one."""
    lasting = (drop for drop in snapshot.drops if drop.end_s is None)
    ended = (drop for drop in snapshot.drops if drop.end_s is not None)
    most_severe_first = sorted(lasting, key=lambda drop: (drop.severity, drop.start_s, drop.unit))
    newest_first = sorted(ended, key=lambda drop: (drop.end_s or 0, drop.unit), reverse=True)
    joined = {(stop.drop.unit, stop.drop.start_s): stop for stop in counted if stop.more}
    return tuple(
        _drop(snapshot, drop, joined.get((drop.unit, drop.start_s)), language)
        for drop in (*most_severe_first, *newest_first)
    )


def not_known_text(snapshot: Snapshot, language: Language) -> str:
    """What cannot be said of this moment; "" if all is known. Old figures say nothing of it either."""
    lines = not_known_lines(snapshot.plant, snapshot.sources, snapshot.states, snapshot.now_ns, language)
    return " ".join(lines)


def no_drops_text(snapshot: Snapshot, language: Language) -> str:
    """What stands in place of drops if there are none: calm only of what is known to work."""
    if collector_silent_since_s(snapshot.sources, snapshot.now_ns) is not None:
        return ""
    if not any(is_fresh(state, snapshot.now_ns) for state in snapshot.states):
        return ""
    return text("none_of_the_known" if not_known_text(snapshot, language) else "no_drops", language)


def _drop(snapshot: Snapshot, drop: OutputDrop, joined: ReasonedStop | None, language: Language) -> DropView:
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
    said = evidence.get(language) or evidence.get("en", "")
    ran_s = 0
    if joined is not None:
        said = f"{said} ({ran_between(joined, plant, language)})"
        ran_s = sum(end_s - start_s for start_s, end_s in joined.ran())
    return DropView(
        unit=drop.unit,
        name=_name(snapshot, drop.unit, language),
        severity=f"P{drop.severity}",
        lasts=drop.end_s is None,
        what=WHAT[drop.kind][language],
        when=when,
        lasted=duration(max(until_s - drop.start_s - ran_s, 0), language),
        cause=_name(snapshot, drop.cause_unit, language) if drop.cause_unit else "",
        evidence=said,
        losses=() if found is None else _losses(snapshot, drop, found, language),
    )


def _found(snapshot: Snapshot, drop: OutputDrop) -> Episode | None:
    """The episode of the drop, as it holds or as it ended. None if it is not known for this drop alone."""
    end_s = drop.end_s
    of_unit = [
        episode for episode in snapshot.episodes if episode.finding.kind in DROPS and episode.finding.unit == drop.unit
    ]
    if end_s is None:
        return next((episode for episode in of_unit if episode.cleared_s is None), None)
    same_unit = (other for other in snapshot.drops if other.unit == drop.unit)
    if any(other.end_s == drop.start_s or other.start_s == end_s for other in same_unit):
        return None  # a slow-down that became a stop, or the reverse: what was found is of both
    ended = [
        (abs(episode.cleared_s - end_s), episode)
        for episode in of_unit
        if episode.cleared_s is not None
        and episode.finding.since_s < end_s
        and abs(episode.cleared_s - end_s) <= ENDS_WITHIN_S
    ]
    return min(ended, key=lambda pair: pair[0])[1] if ended else None


def _losses(snapshot: Snapshot, drop: OutputDrop, found: Episode, language: Language) -> tuple[Loss, ...]:
    plant, finding, over = snapshot.plant, found.finding, drop.end_s is not None
    own = own_loss(plant, finding, language, over=over)
    cause_is_shown = any(other.unit == drop.cause_unit and (over or other.end_s is None) for other in snapshot.drops)
    return tuple(own) if cause_is_shown else (*own, *downstream_loss(plant, finding, language, over=over))


def _known_until_s(snapshot: Snapshot, code: str) -> int:
    """Until when a drop that lasts is known to last: not past the last word of a collector that fell silent."""
    latest = next((state for state in snapshot.states if state.unit == code), None)
    now_s = snapshot.now_ns // NS
    return now_s if latest is None or is_fresh(latest, snapshot.now_ns) else latest.at_s


def _name(snapshot: Snapshot, code: str, language: Language) -> str:
    unit = snapshot.plant.units.get(code)
    return code if unit is None else unit.name(language)
