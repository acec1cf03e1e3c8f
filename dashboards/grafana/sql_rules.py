"""What alert rules ask a PostgreSQL for: the sibling of the InfluxQL in rule_queries.py.

Each row is a place and its value now, without a time: Grafana takes the texts for labels and the number for the value.
Series would be laid side by side, so that a place whose row is older than that of another had no newest value; and
Grafana 9.3 takes a series without rows for an error.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.grafana.influxql import of_units
from dashboards.grafana.rule_queries import SENTENCES
from dashboards.grafana.sql import conditions, identifier, newest_each, pace_query, table_name
from models.detection.state_row import STATE_TABLE
from models.works.plant import Plant

_INTERVALS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@dataclass(frozen=True, slots=True)
class SqlRules:
    """In SQL."""

    plant: Plant

    def pace(self, window_h: int, units: Iterable[str]) -> str:
        """As in RuleQueries."""
        where = conditions({"site": self.plant.site, "level": "unit"})
        return of_units(pace_query(where, window_h, '"shop", "unit", "product"', timed=False), units)

    def month_forecast(self, from_share: float) -> str:
        """As in RuleQueries."""
        due = f'"month_to_date_target_t" / nullif("month_target_t", 0) > {from_share:.6f}'
        rows = self._rows("output_day", [*conditions({"level": "site"}), due, _within("3d"), '"forecast_month_t" >= 0'])
        pct = '"product", 100 * "forecast_month_t" / "month_target_t" AS "pct"'
        each = newest_each(pct, rows, '"product"')
        return f'SELECT "product", "pct" FROM ({each}) AS newest'

    def month_shortage(self) -> str:
        """As in RuleQueries."""
        known = '"month_target_t" - "forecast_month_t" IS NOT NULL'
        rows = self._rows("output_day", [*conditions({"level": "site"}), known, _within("3d")])
        short = newest_each('"product", "month_target_t" - "forecast_month_t" AS "short_t"', rows, '"product"')
        return f'SELECT "product", "short_t" FROM ({short}) AS newest'

    def newest_health(self, field: str, by: str) -> str:
        """As in RuleQueries."""
        rows = self._rows("source_health", [_within("5m"), f'"{field}" IS NOT NULL'])
        each = newest_each(f'"{by}", "{field}"', rows, f'"{by}"')
        return f'SELECT "{by}", "{field}" FROM ({each}) AS newest'

    def completeness(self) -> str:
        """As in RuleQueries."""
        over = "\"time\" < now() - interval '1 hour'"
        known = '"completeness_pct" IS NOT NULL'
        rows = self._rows("output_hour", [*conditions({"level": "unit"}), _within("5h"), over, known])
        return f'SELECT "shop", "unit", avg("completeness_pct") AS "pct" FROM {rows} GROUP BY "shop", "unit"'

    def reports(self, within_s: int) -> str:
        """As in RuleQueries."""
        rows = self._rows("source_health", [_within(f"{within_s}s"), '"up" IS NOT NULL'])
        return f'SELECT "collector", count("up") AS "rows" FROM {rows} GROUP BY "collector"'

    def newest_state(self, what: str, where: Sequence[str], kept: str) -> str:
        """As in RuleQueries."""
        rows = self._rows(STATE_TABLE, [*where, _within(kept), f"({what}) IS NOT NULL"])
        each = newest_each(f'"shop", "unit", {what} AS "code"', rows, '"shop", "unit"')
        return f'SELECT "shop", "unit", "code" FROM ({each}) AS newest'

    def evidence(self, kept: str, *also: str) -> str:
        """As in RuleQueries."""
        texts = ", ".join(map(identifier, [*also, *SENTENCES]))
        at = 'extract(epoch FROM "time")::double precision AS "at"'
        return newest_each(f'{at}, "shop", "unit", {texts}', self._rows(STATE_TABLE, [_within(kept)]), '"shop", "unit"')

    def _rows(self, table: str, where: Sequence[str]) -> str:
        return f"{table_name(table)} WHERE {' AND '.join([*conditions({'site': self.plant.site}), *where])}"


def _within(span: str) -> str:
    """Rows no older than a span such as "5m"."""
    return f"\"time\" >= now() - interval '{span[:-1]} {_INTERVALS[span[-1]]}'"
