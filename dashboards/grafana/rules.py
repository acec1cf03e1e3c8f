"""Alert rules as Grafana keeps them, over the tables of figures, states and health. The limits are those of the panels.

How long a condition has to hold is a judgement: minutes for faults of data, so that a reconnection raises nothing; an
hour for a forecast, which moves only with the books. How far back a rule reads is a little more than its span.
"""

from collections.abc import Iterator

from dashboards.grafana import look
from dashboards.grafana.influxql import conditions, here, of_units, pace_query
from dashboards.grafana.rule import Rule
from dashboards.grafana.state_rules import evidence_query, output_is_its_own, state_rules
from dashboards.grafana.uids import calculated_uid, raw_uid
from dashboards.panels.places import units_by_limit
from models.works.plant import Plant

FROM_DAY_SHARE = 4.5 / 31
"""A month's forecast is judged from day 5 on: four and a half days in, about this share of its target is due. The share
stands for the date, because InfluxQL cannot compare a field with the calendar. Day 5 is a judgement: in the first days
one stop alone moves the forecast by more than the limit."""
SILENT_S = 180
"""Eighteen rows of source_health that did not come: longer than a usual restart of the collector."""


def rules(plant: Plant) -> list[Rule]:
    """All rules of a plant."""
    return [
        *_paces(plant),
        *state_rules(plant),
        Rule(
            key="month_short",
            query='SELECT last("pct") FROM (SELECT 100 * "forecast_month_t" / "month_target_t" AS "pct" '
            f'FROM "output_day" WHERE "level" = \'site\' AND {_here(plant)} AND time >= now() - 3d '
            f'AND "month_to_date_target_t" / "month_target_t" > {FROM_DAY_SHARE:.6f} GROUP BY "product") '
            'WHERE time >= now() - 3d GROUP BY "product"',
            amount='SELECT last("short_t") FROM (SELECT "month_target_t" - "forecast_month_t" AS "short_t" '
            f'FROM "output_day" WHERE "level" = \'site\' AND {_here(plant)} AND time >= now() - 3d '
            'GROUP BY "product") WHERE time >= now() - 3d GROUP BY "product"',
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
            query=f'SELECT last("age_s") FROM "source_health" WHERE {_here(plant)} AND time >= now() - 5m '
            'GROUP BY "source"',
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
            query=f'SELECT last("queue_age_s") FROM "source_health" WHERE {_here(plant)} AND time >= now() - 5m '
            'GROUP BY "collector"',
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
            query=f'SELECT count("up") FROM "source_health" WHERE {_here(plant)} AND time >= now() - {SILENT_S}s '
            'GROUP BY "collector"',
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


def _paces(plant: Plant) -> Iterator[Rule]:
    """Output below pace: one rule for the units that are low below the same share over the same hours."""
    alike: dict[tuple[int, float], list[str]] = {}
    for limit, codes in units_by_limit(plant):
        alike.setdefault((limit.window_h, limit.raise_pct), []).extend(codes)
    for (window_h, raise_pct), units in alike.items():
        query = pace_query(here(plant.site, [("level", "unit")]), window_h, split=("shop", "unit", "product"))
        yield Rule(
            key="below_pace",
            precondition=output_is_its_own(plant),
            why=evidence_query(plant, "product"),
            suffix=f"{window_h}h-{raise_pct:g}",
            query=of_units(query, units),
            condition=("lt", (raise_pct,)),
            source_uid=calculated_uid(plant),
            severity=2,
            # Rows of an hour change when readings come late: ten minutes let the last ones arrive.
            hold="10m",
            where_label="unit",
            lookback_s=(window_h + 2) * 3600,
            values={"hours": str(window_h), "limit": f"{raise_pct:g}"},
        )


def _here(plant: Plant) -> str:
    return " AND ".join(conditions(here(plant.site)))
