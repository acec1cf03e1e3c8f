"""A rehearsal as plain data, for `--json`. Instants are UTC seconds, and a value that is not known is null."""

from collections.abc import Iterable
from typing import Any

from models.rehearsal.alert import Alert
from models.rehearsal.comparison import Comparison, Counts
from models.rehearsal.rehearsal import Rehearsal


def rehearsal_data(rehearsal: Rehearsal, rules: str) -> dict[str, Any]:
    """Everything but the curves."""
    comparison = rehearsal.comparison
    data: dict[str, Any] = {
        "site": rehearsal.plant.site,
        "simulated": rehearsal.plant.simulated,
        "rules": rules,
        "start_s": rehearsal.start_s,
        "end_s": rehearsal.end_s,
        "unheard_h": {code: round(hours, 3) for code, hours in rehearsal.unheard_h.items()},
        "data": {"present": rehearsal.data[0], "proposed": rehearsal.data[1]},
        "follow": {"present": len(comparison.follow[0]), "proposed": len(comparison.follow[1])},
        **_comparison(comparison, rehearsal.days),
        "by_unit": {code: _comparison(comparison.of_unit(code), rehearsal.days) for code in comparison.units},
        "alerts": {
            "present": _alerts(comparison.present),
            "proposed": _alerts(comparison.proposed),
            "lost": _alerts(comparison.lost),
            "gained": _alerts(comparison.gained),
        },
    }
    if rehearsal.happened is not None:
        data |= {"title": rehearsal.title, "source": rehearsal.source}
        data["happened"] = [
            {
                "units": list(happened.label.units),
                "what": happened.label.what,
                "start_s": happened.label.start_s,
                "end_s": happened.label.end_s,
                "present_s": happened.present_s,
                "proposed_s": happened.proposed_s,
            }
            for happened in rehearsal.happened
        ]
    return data


def _comparison(comparison: Comparison, days: float) -> dict[str, Any]:
    return {
        "kept": comparison.kept,
        "lost": len(comparison.lost),
        "gained": len(comparison.gained),
        "minutes_earlier": comparison.minutes_earlier(),
        "present": _counts(Counts.of(comparison.present), days),
        "proposed": _counts(Counts.of(comparison.proposed), days),
    }


def _counts(counts: Counts, days: float) -> dict[str, Any]:
    return {
        "alerts": counts.alerts,
        "borne_out": counts.borne_out,
        "not_borne_out": counts.not_borne_out,
        "not_known": counts.not_known,
        "false_a_month": round(counts.false_a_month(days), 3),
        "false_p1_a_month": round(counts.false_p1_a_month(days), 3),
    }


def _alerts(found: Iterable[Alert]) -> list[dict[str, Any]]:
    return [
        {
            "unit": alert.unit,
            "kind": alert.kind.value,
            "severity": alert.severity,
            "since_s": alert.since_s,
            "found_s": alert.found_s,
            "end_s": alert.end_s,
            "cause_unit": alert.cause_unit,
            "lost_t": None if alert.lost_t is None else round(alert.lost_t, 1),
            "verdict": alert.verdict.value,
        }
        for alert in found
    ]
