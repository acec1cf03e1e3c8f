"""States, stops and alerts as the API gives them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboards.report.reason_name import reason_name
from dashboards.web.api.documents import AlertRow, StateRow, StopRow
from dashboards.web.api.named import WorksNames
from dashboards.web.texts import text
from models.alerts.incident_record import ListedIncident
from models.alerts.not_known import NotKnown, is_fresh
from models.alerts.wording import headline
from models.detection.finding import Finding
from models.detection.state_row import UnitNow
from models.stated.stop_reason import StopReason
from models.tables.reasoned_stop import ReasonedStop


def state_rows(names: WorksNames, states: Sequence[UnitNow], not_known: NotKnown, now_ns: int) -> Iterator[StateRow]:
    """A row for each unit that is watched or was, in the order of the plant."""
    latest = {state.unit: state for state in states}
    for code, unit in names.plant.units.items():
        state = latest.get(code)
        if state is None and code not in not_known.units:
            continue  # nothing of it is watched
        fresh = state is not None and not_known.silent_since_s is None and is_fresh(state, now_ns)
        shown = state if fresh else None
        since_s = not_known.units.get(code)
        yield StateRow.model_validate(
            {
                "shop": unit.shop,
                "shop_name": names.shop(unit.shop),
                "unit": code,
                "unit_name": names.unit(code),
                "state": shown and shown.state.name.lower(),
                "state_name": text("no_data" if shown is None else f"state_{int(shown.state)}", names.language),
                "since": names.at_s(shown.since_s if shown else None),
                "judged": names.at_s(state.at_s if state else None),
                "not_known_since": names.at_s(since_s or None),
                "product": shown.product if shown else "",
                "product_name": names.product(shown.product) if shown and shown.product else "",
                "severity": shown and shown.severity,
                "expected_tonnes_per_hour": shown and shown.expected_t_per_h,
                "actual_tonnes_per_hour": shown and shown.actual_t_per_h,
                "drop_pct": shown and shown.drop_pct,
                "cause_unit": shown.cause_unit if shown else "",
                "evidence": _told(shown.evidence, names) if shown else "",
            }
        )


@dataclass(frozen=True, slots=True)
class StopSpan:
    """The asked instants [start_s, end_s), looked at from `now_s` (UTC seconds), and the reasons of the works."""

    start_s: int
    end_s: int
    now_s: int
    reasons: Sequence[StopReason]


def stop_rows(names: WorksNames, stops: Sequence[ReasonedStop], asked: StopSpan) -> Iterator[StopRow]:
    """The parts that lie in the asked span, of the newest stop first."""
    for stop in stops:
        drop = stop.whole
        unit = names.plant.units.get(drop.unit)
        for part in stop.spans(asked.now_s):
            first, last = max(part.start_s, asked.start_s), min(part.end_s, asked.end_s)
            if first >= last:
                continue
            lasts = drop.end_s is None and part.end_s >= asked.now_s
            yield StopRow.model_validate(
                {
                    "shop": unit.shop if unit else "",
                    "shop_name": names.shop(unit.shop) if unit else "",
                    "unit": drop.unit,
                    "unit_name": names.unit(drop.unit),
                    "product": drop.product,
                    "kind": drop.kind.value,
                    "stop_start": names.at_s(drop.start_s),
                    "stop_end": names.at_s(drop.end_s),
                    "start": names.at_s(part.start_s),
                    "end": None if lasts else names.at_s(part.end_s),
                    "hours": (last - first) / 3600,
                    "reason": part.reason,
                    "reason_name": reason_name(asked.reasons, part.reason, names.language),
                    "comment": part.comment,
                    "author": "" if stop.statement is None else stop.statement.author,
                    "waits": stop.waits,
                    "cause_unit": drop.cause_unit,
                    "evidence": _told(drop.evidence, names),
                }
            )


def alert_row(names: WorksNames, record: ListedIncident, shops: Sequence[str]) -> AlertRow:
    """An incident. `shops`: of which the consequences are named; empty: all."""
    incident, plant = record.incident, names.plant
    finding = incident.root.finding
    shop = _shop_of(names, finding)
    followed = [episode.finding for episode in incident.consequences]
    return AlertRow.model_validate(
        {
            "id": incident.id,
            "severity": f"P{incident.severity}",
            "state": incident.state.value,
            "kind": finding.kind.value,
            "shop": shop,
            "shop_name": names.shop(shop),
            "unit": finding.unit,
            "unit_name": names.unit(finding.unit),
            "product": finding.product,
            "headline": headline(plant, incident, names.language),
            "evidence": _told(finding.evidence, names),
            "since": names.at_s(finding.since_s),
            "opened": names.at_s(incident.opened_s),
            "cleared": names.at_s(incident.cleared_s),
            "acknowledged": names.at_s(incident.acknowledged_s),
            "acknowledged_by": incident.acknowledged_by,
            "muted_until": names.at_s(incident.muted_until_s),
            "muted_by": incident.muted_by,
            "lost_tonnes": finding.lost_t,
            "cause_unit": finding.cause_unit,
            "consequences": tuple(
                dict.fromkeys(each.unit for each in followed if not shops or _shop_of(names, each) in shops)
            ),
            "merged_into": incident.merged_into,
        }
    )


def _shop_of(names: WorksNames, finding: Finding) -> str:
    """The shop of its unit; of what is about a product of the works or a unit that is gone, the one it was found in."""
    unit = names.plant.units.get(finding.unit)
    return finding.shop if unit is None else unit.shop


def _told(evidence: Mapping[str, str], names: WorksNames) -> str:
    return evidence.get(names.language) or evidence.get("en", "")
