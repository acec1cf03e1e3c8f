"""One alert rule, and how Grafana keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboards.grafana.rule_texts import RULE_TEXTS
from dashboards.grafana.uids import APP_LABEL, rules_folder_uid, uid
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Precondition:
    """A rule fires only for places whose newest value of `query` fulfils `holds`, in which E stands for that value."""

    query: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: fires for each series of `query` whose newest value is `condition` (an evaluator of Grafana).

    `key` names its texts and, with `suffix`, its uid. `severity` as in docs/tables.md: 1 the most severe, 4 data.
    `where_label` is the tag whose value says where. `no_data` is the state if the query gives nothing.
    A `precondition` goes with the evaluator "lt".
    """

    key: str
    query: str
    condition: tuple[str, tuple[float, ...]]
    source_uid: str
    severity: int
    hold: str
    where_label: str
    suffix: str = ""
    no_data: str = "OK"
    lookback_s: int = 86_400
    values: Mapping[str, str] = field(default_factory=dict)
    precondition: Precondition | None = None


def rule_document(plant: Plant, rule: Rule, language: Language) -> dict[str, object]:
    """A rule as the provisioning API takes it, its title in `language` and its texts in all three."""
    words = RULE_TEXTS[rule.key]
    values = {"hours": "", "limit": "", "severity": f"P{rule.severity}", **rule.values}
    where = f"{{{{ $labels.{rule.where_label} }}}}"
    # The templates of Grafana: $values "B" is the reduced value, absent if the alert speaks of no data.
    value = '{{ with index $values "B" }}{{ printf "%.1f" .Value }}{{ end }}'
    said = {f"text_{code}": words[code].format(where=where, value=value, **values) for code in LANGUAGES}
    title = f"{plant.site}: {words[f'title_{language}'].format(**values)}"
    return {
        "uid": uid(plant, "rule", *_words(rule)),
        "orgID": 1,
        "folderUID": rules_folder_uid(plant),
        "ruleGroup": "tundish",
        "title": title,
        "condition": "C",
        "for": rule.hold,
        "noDataState": rule.no_data,
        # A database that does not answer is an error of its own name, and no alarm about every unit.
        "execErrState": "Error",
        "annotations": {"summary": said[f"text_{language}"], **said},
        "labels": {
            APP_LABEL[0]: APP_LABEL[1],
            "site": plant.site,
            "rule": rule.key,
            "severity": f"P{rule.severity}",
            **({"simulated": "true"} if plant.simulated else {}),
        },
        "data": _stages(rule),
    }


def _words(rule: Rule) -> Sequence[str]:
    return [part for part in (rule.key.replace("_", "-"), rule.suffix) if part]


def _stages(rule: Rule) -> list[dict[str, object]]:
    """The query and its newest value, the same of the precondition, and the comparison.

    With a precondition the comparison is an expression of Grafana over both values: a threshold can read one only.
    """
    stages = [_query("A", rule.query, rule), _newest("B", "A")]
    kind, parameters = rule.condition
    if rule.precondition is not None:
        below = f"$B < {parameters[0]:g} && ({rule.precondition.holds.replace('E', '$E')})"
        return [
            *stages,
            _query("D", rule.precondition.query, rule),
            _newest("E", "D"),
            _expression("C", {"type": "math", "expression": below}),
        ]
    compared = {"type": "threshold", "expression": "B"}
    return [
        *stages,
        _expression("C", {**compared, "conditions": [{"evaluator": {"type": kind, "params": list(parameters)}}]}),
    ]


def _query(ref_id: str, query: str, rule: Rule) -> dict[str, object]:
    return {
        "refId": ref_id,
        "queryType": "",
        "relativeTimeRange": {"from": rule.lookback_s, "to": 0},
        "datasourceUid": rule.source_uid,
        "model": {
            "refId": ref_id,
            "query": query,
            "rawQuery": True,
            "resultFormat": "time_series",
            # Both are what Grafana adds itself: written here, so that a second run sees no difference.
            "intervalMs": 1000,
            "maxDataPoints": 43200,
        },
    }


def _newest(ref_id: str, of: str) -> dict[str, object]:
    return _expression(ref_id, {"type": "reduce", "expression": of, "reducer": "last"})


def _expression(ref_id: str, model: dict[str, object]) -> dict[str, object]:
    """What Grafana computes of other stages."""
    return {
        "refId": ref_id,
        "queryType": "",
        "relativeTimeRange": {"from": 0, "to": 0},
        "datasourceUid": "__expr__",
        "model": {
            "refId": ref_id,
            "datasource": {"type": "__expr__", "uid": "__expr__"},
            **model,
            "intervalMs": 1000,
            "maxDataPoints": 43200,
        },
    }
