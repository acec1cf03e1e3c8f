"""Alert rules as Grafana keeps them, over the tables of figures, states and health. Limits are those of the panels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboards.grafana import look
from dashboards.grafana.influxql import of_units, pace_query
from dashboards.grafana.rule_texts import RULE_TEXTS
from dashboards.grafana.uids import APP_LABEL, calculated_uid, raw_uid, rules_folder_uid, uid
from dashboards.panels.places import units_by_limit
from dashboards.panels.texts import LANGUAGES, Language
from models.influxql import identifier
from models.plant import Plant

STOPPED = 2
"""The code of unit_state for a unit that stands without a plan."""
FROM_DAY_SHARE = 4.5 / 31
"""A month's forecast is judged from day 5 on: until then, about this share of its target is due (a field cannot be
compared with the calendar in InfluxQL)."""
SILENT_S = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: fires for each series of `query` whose newest value is `condition` (an evaluator of Grafana).

    `key` names its texts and, with `suffix`, its uid. `severity` as in docs/tables.md: 1 the gravest, 4 data.
    `where_label` is the tag whose value says where. `no_data` is the state where the query gives nothing.
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


def rules(plant: Plant) -> list[Rule]:
    """All rules of a plant."""
    return [
        *_paces(plant),
        Rule(
            key="unit_stopped",
            query=f'SELECT last("state") FROM "unit_state" WHERE {_here(plant)} AND time >= now() - 5m '
            'GROUP BY "shop", "unit"',
            condition=("within_range", (STOPPED - 0.5, STOPPED + 0.5)),
            source_uid=calculated_uid(plant),
            severity=1,
            hold="1m",
            where_label="unit",
            lookback_s=600,
        ),
        Rule(
            key="month_short",
            query='SELECT last("pct") FROM (SELECT 100 * "forecast_month_t" / "month_target_t" AS "pct" '
            f'FROM "output_day" WHERE "level" = \'site\' AND {_here(plant)} AND time >= now() - 3d '
            f'AND "month_to_date_target_t" / "month_target_t" > {FROM_DAY_SHARE:.6f} GROUP BY "product") '
            'WHERE time >= now() - 3d GROUP BY "product"',
            condition=("lt", (plant.limits.forecast_warn_pct,)),
            source_uid=calculated_uid(plant),
            severity=3,
            hold="1h",
            where_label="product",
            lookback_s=3 * 86_400,
            values={"limit": f"{plant.limits.forecast_warn_pct:g}"},
        ),
        Rule(
            key="source_stale",
            query='SELECT last("age_s") FROM "source_health" WHERE time >= now() - 5m GROUP BY "source"',
            condition=("gt", (look.STALE_S,)),
            source_uid=raw_uid(plant),
            severity=4,
            hold="1m",
            where_label="source",
            lookback_s=600,
            values={"limit": f"{look.STALE_S:g}"},
        ),
        Rule(
            key="data_quality",
            query='SELECT mean("completeness_pct") FROM "output_hour" WHERE "level" = \'unit\' '
            f'AND {_here(plant)} AND time >= now() - 5h AND time < now() - 1h GROUP BY "shop", "unit"',
            condition=("lt", (90.0,)),
            source_uid=calculated_uid(plant),
            severity=4,
            hold="15m",
            where_label="unit",
            lookback_s=6 * 3600,
            values={"limit": "90"},
        ),
        Rule(
            key="queue_growing",
            query='SELECT last("queue_age_s") FROM "source_health" WHERE time >= now() - 5m GROUP BY "collector"',
            condition=("gt", (look.QUEUE_S,)),
            source_uid=raw_uid(plant),
            severity=4,
            hold="5m",
            where_label="collector",
            lookback_s=600,
            values={"limit": f"{look.QUEUE_S:g}"},
        ),
        Rule(
            key="collector_silent",
            query=f'SELECT count("up") FROM "source_health" WHERE time >= now() - {SILENT_S}s GROUP BY "collector"',
            condition=("lt", (1.0,)),
            source_uid=raw_uid(plant),
            severity=4,
            hold="1m",
            where_label="collector",
            no_data="Alerting",
            lookback_s=600,
        ),
    ]


def _paces(plant: Plant) -> Iterator[Rule]:
    """Output below pace: one rule for the units that are low below the same share over the same hours."""
    alike: dict[tuple[int, float], list[str]] = {}
    for limit, codes in units_by_limit(plant):
        alike.setdefault((limit.window_h, limit.raise_pct), []).extend(codes)
    for (window_h, raise_pct), units in alike.items():
        query = pace_query([("level", "unit"), ("site", plant.site)], window_h, split=("shop", "unit", "product"))
        yield Rule(
            key="below_pace",
            suffix=f"{window_h}h-{raise_pct:g}",
            query=of_units(query, units),
            condition=("lt", (raise_pct,)),
            source_uid=calculated_uid(plant),
            severity=2,
            hold="10m",
            where_label="unit",
            lookback_s=(window_h + 2) * 3600,
            values={"hours": str(window_h), "limit": f"{raise_pct:g}"},
        )


def _here(plant: Plant) -> str:
    return f"{identifier('site')} = '{plant.site}'"


def rule_document(plant: Plant, rule: Rule, language: Language) -> dict[str, object]:
    """A rule as the provisioning API takes it, its title in `language` and its texts in all three."""
    words = RULE_TEXTS[rule.key]
    values = {"hours": "", "limit": "", **rule.values}
    where = f"{{{{ $labels.{rule.where_label} }}}}"
    value = '{{ with index $values "B" }}{{ printf "%.1f" .Value }}{{ end }}'
    said = {f"text_{code}": words[code].format(where=where, value=value, **values) for code in LANGUAGES}
    kind, parameters = rule.condition
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
        "execErrState": "Error",
        "annotations": {"summary": said[f"text_{language}"], **said},
        "labels": {
            APP_LABEL[0]: APP_LABEL[1],
            "site": plant.site,
            "rule": rule.key,
            "severity": f"P{rule.severity}",
            **({"simulated": "true"} if plant.simulated else {}),
        },
        "data": _stages(rule, kind, list(parameters)),
    }


def _words(rule: Rule) -> Sequence[str]:
    return [part for part in (rule.key.replace("_", "-"), rule.suffix) if part]


def _stages(rule: Rule, kind: str, parameters: list[float]) -> list[dict[str, object]]:
    """The query, its newest value, and the comparison."""
    nothing = {"from": 0, "to": 0}
    expression = {"type": "__expr__", "uid": "__expr__"}
    return [
        {
            "refId": "A",
            "queryType": "",
            "relativeTimeRange": {"from": rule.lookback_s, "to": 0},
            "datasourceUid": rule.source_uid,
            "model": {
                "refId": "A",
                "query": rule.query,
                "rawQuery": True,
                "resultFormat": "time_series",
                "intervalMs": 1000,
                "maxDataPoints": 43200,
            },
        },
        {
            "refId": "B",
            "queryType": "",
            "relativeTimeRange": nothing,
            "datasourceUid": "__expr__",
            "model": {
                "refId": "B",
                "type": "reduce",
                "datasource": expression,
                "expression": "A",
                "reducer": "last",
                "intervalMs": 1000,
                "maxDataPoints": 43200,
            },
        },
        {
            "refId": "C",
            "queryType": "",
            "relativeTimeRange": nothing,
            "datasourceUid": "__expr__",
            "model": {
                "refId": "C",
                "type": "threshold",
                "datasource": expression,
                "expression": "B",
                "conditions": [{"evaluator": {"type": kind, "params": parameters}}],
                "intervalMs": 1000,
                "maxDataPoints": 43200,
            },
        },
    ]
