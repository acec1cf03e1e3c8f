"""One alert rule, and how Grafana keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboards.grafana.plain_names import in_template
from dashboards.grafana.query import sql_model
from dashboards.grafana.rule_texts import RULE_TEXTS
from dashboards.grafana.sources import INFLUX, Sources
from dashboards.grafana.uids import APP_LABEL, board_uid, raw_uid, rules_folder_uid, uid
from dashboards.grafana.zone import fixed_offset
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
    A `precondition` goes with the evaluator "lt". `amount` is a query whose newest value the text tells, and `why` one
    that gives the sentences of evidence.
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
    amount: str = ""
    amount_decimals: int = 1
    why: str = ""


FIRST_WITH_EVIDENCE = (11, 0)
"""From here on a rule can read a text from the database, as was seen in 11.6: a table without times, in which Grafana
takes texts for labels."""
BOARDS = {"unit": "unit", "product": "plan", "source": "health", "collector": "health"}
"""The board that shows what a rule found, by the label that says where."""


def rule_document(
    plant: Plant, rule: Rule, language: Language, version: tuple[int, int], sources: Sources = INFLUX
) -> dict[str, object]:
    """A rule as the provisioning API of this version takes it, its title in `language` and its texts in all three."""
    with_evidence = version >= FIRST_WITH_EVIDENCE
    in_sql = sources.sql_raw if rule.source_uid == raw_uid(plant) else sources.sql_calculated
    said = {}
    for code in LANGUAGES:
        said[f"text_{code}"] = _sentence(plant, rule, code, with_evidence=with_evidence)
        # Without figures: what was read before the alarm ended is no news of how things are now.
        said[f"cleared_{code}"] = f"{_where(plant, rule, code)}: {_title(rule, code)}"
    site = plant.site_names.get(language) or plant.site_names["en"]
    return {
        "uid": uid(plant, "rule", *_words(rule)),
        "folderUID": rules_folder_uid(plant),
        "ruleGroup": "tundish",
        "title": f"{site}: {_title(rule, language)}",
        "condition": "C",
        "for": rule.hold,
        "noDataState": rule.no_data,
        # A database that does not answer is an error of its own name, and no alarm about every unit.
        "execErrState": "Error",
        "annotations": {
            "summary": said[f"text_{language}"],
            **said,
            "zone": plant.zone.key,
            "offset": fixed_offset(plant.zone),
            # The board that shows it: Grafana makes a link of these two, and takes neither without the other.
            "__dashboardUid__": board_uid(plant, BOARDS[rule.where_label], language),
            "__panelId__": "1",
        },
        "labels": {
            APP_LABEL[0]: APP_LABEL[1],
            "site": plant.site,
            "rule": rule.key,
            "severity": f"P{rule.severity}",
            **({"simulated": "true"} if plant.simulated else {}),
        },
        "data": _stages(rule, in_sql=in_sql, with_evidence=with_evidence),
    }


def _title(rule: Rule, language: Language) -> str:
    return RULE_TEXTS[rule.key][f"title_{language}"].format(**_said(rule, language))


def _sentence(plant: Plant, rule: Rule, language: Language, *, with_evidence: bool) -> str:
    """The text of an alert: a template of Grafana, over the labels and values of one series."""
    words = RULE_TEXTS[rule.key]
    amount = ""
    if rule.amount:
        told = words[f"amount_{language}"].format(value=_value("G", language, rule.amount_decimals))
        amount = f"{{{{ if {_has('G')} }}}}{told}{{{{ end }}}}"
    said = words[language].format(
        where=_where(plant, rule, language), value=_value("B", language), amount=amount, **_said(rule, language)
    )
    if not rule.why:
        return said
    where_to_look = RULE_TEXTS["evidence"][language]
    if not with_evidence:
        return said + where_to_look
    # It says of its unit since when, by how much, and by what it is known.
    evidence = f"{{{{ {_has('H')}.evidence_{language} }}}}"
    return f"{said}{{{{ if {_has('H')} }}}}. {evidence}{{{{ else }}}}{where_to_look}{{{{ end }}}}"


def _said(rule: Rule, language: Language) -> dict[str, str]:
    """What provisioning fills in. Figures have the decimal mark of the language."""
    values = {"hours": "", "limit": "", **rule.values}
    if language != "en":
        values = {name: value.replace(".", ",") for name, value in values.items()}
    return {**values, "severity": f"P{rule.severity}"}


def _value(ref_id: str, language: Language, decimals: int = 1) -> str:
    """The reduced value of a stage; nothing if the alert speaks of no data."""
    shown = f'printf "%.{decimals}f" .Value'
    if language != "en":
        shown = f'reReplaceAll "[.]" "," ({shown})'
    return (
        f'{{{{ if {_has(ref_id)} }}}}{{{{ with index $values "{ref_id}" }}}}{{{{ {shown} }}}}{{{{ end }}}}{{{{ end }}}}'
    )


def _has(ref_id: str) -> str:
    """Whether a stage has a value for the alert. One that is not there would read as 0."""
    return f'(index $values "{ref_id}").Labels'


def _where(plant: Plant, rule: Rule, language: Language) -> str:
    """The name of the unit, product or source that a label has the code of; a collector is called as its host is."""
    label = f"$labels.{rule.where_label}"
    named = [
        f'{"else if" if index else "if"} eq {label} "{code}" }}}}{in_template(names.get(language) or names["en"])}'
        for index, (code, names) in enumerate(_names(plant, rule.where_label).items())
    ]
    if not named:
        return f"{{{{ {label} }}}}"
    return "".join(f"{{{{ {part}" for part in named) + f"{{{{ else }}}}{{{{ {label} }}}}{{{{ end }}}}"


def _names(plant: Plant, label: str) -> Mapping[str, Mapping[str, str]]:
    match label:
        case "unit":
            return {unit.code: unit.names for unit in plant.units.values()}
        case "source":
            return plant.source_names
        case "product":
            return {reported.product: plant.products[reported.product].names for reported in plant.reported}
        case _:
            return {}


def _words(rule: Rule) -> Sequence[str]:
    return [part for part in (rule.key.replace("_", "-"), rule.suffix) if part]


def _stages(rule: Rule, *, in_sql: bool, with_evidence: bool) -> list[dict[str, object]]:
    """The query and its newest value, the same of the precondition, and the comparison.

    With a precondition the comparison is an expression of Grafana over both values: a threshold can read one only.
    """
    stages = [_query("A", rule.query, rule, in_sql=in_sql), _newest("B", "A")]
    if rule.amount:
        stages += [_query("F", rule.amount, rule, in_sql=in_sql), _newest("G", "F")]
    if rule.why and with_evidence:
        stages.append(_query("H", rule.why, rule, in_sql=in_sql, as_table=True))
    kind, parameters = rule.condition
    if rule.precondition is not None:
        below = f"$B < {parameters[0]:g} && ({rule.precondition.holds.replace('E', '$E')})"
        return [
            *stages,
            _query("D", rule.precondition.query, rule, in_sql=in_sql),
            _newest("E", "D"),
            _expression("C", {"type": "math", "expression": below}),
        ]
    compared = {"type": "threshold", "expression": "B"}
    return [
        *stages,
        _expression("C", {**compared, "conditions": [{"evaluator": {"type": kind, "params": list(parameters)}}]}),
    ]


def _query(ref_id: str, query: str, rule: Rule, *, in_sql: bool, as_table: bool = False) -> dict[str, object]:
    shape = "table" if as_table else "time_series"
    influxql: dict[str, object] = {"query": query, "rawQuery": True, "resultFormat": shape}
    return {
        "refId": ref_id,
        "queryType": "",
        "relativeTimeRange": {"from": rule.lookback_s, "to": 0},
        "datasourceUid": rule.source_uid,
        "model": {
            "refId": ref_id,
            **(sql_model(query, table=True) if in_sql else influxql),
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
