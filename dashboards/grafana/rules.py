"""Alert rules as Grafana keeps them, over the tables of figures, states and health. The limits are those of the panels.

How long a condition has to hold is a judgement: minutes for faults of data, so that a reconnection raises nothing; an
hour for a forecast, which moves only with the books. How far back a rule reads is a little more than its span.
"""

from collections.abc import Iterator

from dashboards.grafana import look
from dashboards.grafana.rule import Rule
from dashboards.grafana.rule_queries import InfluxqlRules, RuleQueries
from dashboards.grafana.sources import INFLUX, Sources
from dashboards.grafana.sql_rules import SqlRules
from dashboards.grafana.state_rules import KEPT, output_is_its_own, state_rules
from dashboards.grafana.uids import calculated_uid, raw_uid
from dashboards.panels.places import units_by_limit
from models.works.plant import Plant

FROM_DAY_SHARE = 4.5 / 31
"""A month's forecast is judged from day 5 on: four and a half days in, about this share of its target is due. The share
stands for the date, because InfluxQL cannot compare a field with the calendar. Day 5 is a judgement: in the first days
one stop alone moves the forecast by more than the limit."""
SILENT_S = 180
"""Eighteen rows of source_health that did not come: longer than a usual restart of the collector."""


def rules(plant: Plant, sources: Sources = INFLUX) -> list[Rule]:
    """All rules of a plant."""
    calculated: RuleQueries = SqlRules(plant) if sources.sql_calculated else InfluxqlRules(plant)
    raw: RuleQueries = SqlRules(plant) if sources.sql_raw else InfluxqlRules(plant)
    return [
        *_paces(plant, calculated),
        *state_rules(plant, calculated),
        Rule(
            key="month_short",
            query=calculated.month_forecast(FROM_DAY_SHARE),
            amount=calculated.month_shortage(),
            amount_decimals=0,
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
            query=raw.newest_health("age_s", "source"),
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
            query=calculated.completeness(),
            condition=("lt", (look.INCOMPLETE_PCT,)),
            source_uid=calculated_uid(plant),
            severity=4,
            hold="15m",
            where_label="unit",
            lookback_s=6 * 3600,
            values={"limit": f"{look.INCOMPLETE_PCT:g}"},
        ),
        Rule(
            key="queue_growing",
            query=raw.newest_health("queue_age_s", "collector"),
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
            query=raw.reports(SILENT_S),
            condition=("lt", (1.0,)),
            source_uid=raw_uid(plant),
            severity=4,
            hold="1m",
            where_label="collector",
            # A collector that never wrote has no row to count: no data is the fault itself here.
            no_data="Alerting",
            lookback_s=600,
        ),
    ]


def _paces(plant: Plant, queries: RuleQueries) -> Iterator[Rule]:
    """Output below pace: one rule for the units that are low below the same share over the same hours."""
    alike: dict[tuple[int, float], list[str]] = {}
    for limit, codes in units_by_limit(plant):
        alike.setdefault((limit.window_h, limit.raise_pct), []).extend(codes)
    for (window_h, raise_pct), units in alike.items():
        yield Rule(
            key="below_pace",
            precondition=output_is_its_own(queries),
            why=queries.evidence(KEPT, "product"),
            suffix=f"{window_h}h-{raise_pct:g}",
            query=queries.pace(window_h, units),
            condition=("lt", (raise_pct,)),
            source_uid=calculated_uid(plant),
            severity=2,
            # Rows of an hour change when readings come late: ten minutes let the last ones arrive.
            hold="10m",
            where_label="unit",
            lookback_s=(window_h + 2) * 3600,
            values={"hours": str(window_h), "limit": f"{raise_pct:g}"},
        )
