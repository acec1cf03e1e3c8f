"""Whether drops, incidents and messages have a cause in the simulator's book, and end with it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from dashboards.web.drops import DropView
from models.alerts.assign_incidents import DROPS
from models.alerts.incident import Incident
from models.detection.finding import FindingKind
from models.works.detection_rules import HOUR, MINUTE
from models.works.plant import Plant
from tests.support.soak.book import SoakBook
from tests.support.soak.causes import (
    BAD_S,
    FROZEN_S,
    LOSES_SIGHT_S,
    PROMISED_SLOW_S,
    PROMISED_STOP_S,
    SETTLES_S,
    STALE_S,
    TOLD_S,
    bad_spans,
    low_spans,
)

LOOKS_BACK = frozenset({FindingKind.SHIFT_SHORT, FindingKind.DRIFT, FindingKind.MONTH_SHORT})
SHORT_MONTH = 0.985
"""A month is told to be short below 97 %; the forecast does not know that the rest goes as planned."""
ENDS_WITHIN_S = 20 * MINUTE
"""Five minutes of work and three of certainty end a stop; a slow-down takes half its window, which starts with it."""


def false_drops(drops: Iterable[DropView], book: SoakBook, now_s: int) -> Iterator[str]:
    """Drops on the page without a cause, up to a day back."""
    for drop in drops:
        if not any(start_s <= now_s <= end_s + 24 * HOUR for start_s, end_s in low_spans(book, drop.unit, now_s)):
            yield f"the page has a drop of {drop.unit} ({drop.what}, {drop.when}) without a cause"


def false_incidents(incidents: Iterable[Incident], book: SoakBook, now_s: int) -> Iterator[str]:
    """Incidents whose root no fault explains."""
    for incident in incidents:
        finding = incident.root.finding
        if finding.kind is FindingKind.MONTH_SHORT:
            share = month_share(book, finding.product, finding.unit, incident.opened_s)
            if share > SHORT_MONTH:
                yield f"incident {incident.id}: {finding.product} is told to be short, and comes to {share:.3f}"
            continue
        what = f"incident {incident.id} ({finding.kind.value} of {finding.unit or finding.source}, P{finding.severity})"
        if finding.kind in DROPS or finding.kind in LOOKS_BACK:
            causes = list(low_spans(book, finding.unit, now_s))
        elif finding.source:
            causes = book.spans(now_s, "opcua-cut")
        else:
            causes = [*book.unheard(finding.unit, now_s), *bad_spans(book, finding.unit, now_s)]
            causes += [(start_s, end_s + LOSES_SIGHT_S) for start_s, end_s in causes]
        if not any(start_s <= incident.opened_s <= end_s + TOLD_S for start_s, end_s in causes):
            yield f"{what} opened at {incident.opened_s} has no cause"


def month_share(book: SoakBook, product: str, unit: str, at_s: int) -> float:
    """What a month comes to, against its plan, if it goes on as usual from `at_s` on; 1 for a month without a plan."""
    plant = book.plant
    now = datetime.fromtimestamp(at_s, UTC).astimezone(plant.zone)
    start = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (start + timedelta(days=32)).replace(day=1)
    units = [code for code in plant.units if unit in (code, "all") and plant.units[code].daily_target_t.get(product)]
    per_s = sum(plant.units[code].daily_target_t[product] for code in units) / 86_400
    made = sum(book.made_g(code, product, start.timestamp(), at_s) for code in units) / 1e6
    month = start.date().toordinal()
    plan = sum(
        each.grams or 0 for each in book.plans if each.unit in units and (each.product, each.month) == (product, month)
    )
    return (made + per_s * (end.timestamp() - at_s)) * 1e6 / plan if plan else 1.0


def untold(incidents: Sequence[Incident], book: SoakBook, now_s: int) -> Iterator[str]:
    """Faults of which no incident tells after the time that is promised, and those that an incident outlasts."""
    for fault in book.faults:
        start_s, end_s = fault.start_ns // 10**9, None if fault.end_ns is None else fault.end_ns // 10**9
        promised_s = promised_of(book.plant, fault.name)
        if promised_s is None:
            continue
        due_s = start_s + promised_s + TOLD_S
        lasted_s = (now_s if end_s is None else end_s) - start_s
        unit = fault.name.partition("-")[0]
        of_it = [
            incident
            for incident in incidents
            if start_s - TOLD_S <= incident.opened_s <= due_s + TOLD_S
            and (unit == "opcua" or unit in _units(incident))
            and (unit != "opcua" or incident.root.finding.source)
        ]
        # Who stands by a plan shows nothing that could hang: a fault is told if it goes on after that.
        by_plan = any(book.stands_by_plan(unit, at_s) for at_s in range(start_s, start_s + lasted_s, 60))
        if not of_it and now_s > due_s and lasted_s > promised_s + TOLD_S and not by_plan:
            yield f"{fault.name} since {start_s} is told by no incident"
        if end_s is not None and now_s > end_s + ENDS_WITHIN_S + SETTLES_S:
            yield from (
                f"incident {incident.id} of {fault.name} outlasts it, which ended {now_s - end_s} s ago"
                for incident in of_it
                if incident.is_open and unit in ("opcua", incident.root.finding.unit) and fault.name.endswith(STOPS)
            )


def promised_of(plant: Plant, fault: str) -> int | None:
    """Within what time an incident tells of a fault; None where docs/detection.md names no time."""
    unit, _, what = fault.partition("-")
    kind = plant.units[unit].kind if unit in plant.units else ""
    if what == "stop":
        return PROMISED_STOP_S.get(kind)
    if what.startswith("slow"):
        return PROMISED_SLOW_S.get(kind)
    return {"cut": STALE_S + 2 * MINUTE, "freeze": FROZEN_S}.get(what, BAD_S if what.endswith("-bad") else None)


STOPS = ("-stop", "-cut", "-freeze", "-bad")
"""Faults whose end is seen at once; a pace needs its window."""


def _units(incident: Incident) -> set[str]:
    return {incident.root.finding.unit, *(each.finding.unit for each in incident.consequences)}
