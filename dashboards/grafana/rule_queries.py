"""What alert rules ask the tables for: a series for each place, of which the newest value counts; in InfluxQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboards.grafana.influxql import conditions, here, newest_each, of_units, pace_query
from models.detection.state_row import STATE_TABLE
from models.tables.influxql import identifier
from models.works.localize import LANGUAGES
from models.works.plant import Plant

SENTENCES = tuple(f"evidence_{language}" for language in LANGUAGES)
"""The columns of evidence."""


class RuleQueries(Protocol):
    """The questions of all rules about one plant. `what` and `where` are arithmetic and comparisons of fields."""

    def pace(self, window_h: int, units: Iterable[str]) -> str:
        """The output of these units over the last whole hours in percent of its target."""
        ...

    def month_forecast(self, from_share: float) -> str:
        """Each product's forecast of the month in percent of its target, once so much of the month is due."""
        ...

    def month_shortage(self) -> str:
        """How many tonnes each product's forecast of the month is short of its target."""
        ...

    def newest_health(self, field: str, by: str) -> str:
        """The newest value of a field of source_health, no older than five minutes, for each value of the tag."""
        ...

    def completeness(self) -> str:
        """How complete each unit's last whole hours are on average."""
        ...

    def reports(self, within_s: int) -> str:
        """How many rows of source_health each collector wrote of late."""
        ...

    def newest_state(self, what: str, where: Sequence[str], kept: str) -> str:
        """The newest `what` of each unit, made of the fields of one point that is no older than `kept` ("1d")."""
        ...

    def evidence(self, kept: str, *also: str) -> str:
        """The newest sentences of each unit, as texts beside the one number that Grafana wants: the time, under another
        name, for a column of times would make a series of the row. Every row has them: a query that gives nothing would
        end all alerts of its rule. `also`: more texts, which the alerts of the rule have among their labels.
        """
        ...


@dataclass(frozen=True, slots=True)
class InfluxqlRules:
    """In InfluxQL."""

    plant: Plant

    def pace(self, window_h: int, units: Iterable[str]) -> str:
        """As in RuleQueries."""
        query = pace_query(here(self.plant.site, [("level", "unit")]), window_h, split=("shop", "unit", "product"))
        return of_units(query, units)

    def month_forecast(self, from_share: float) -> str:
        """As in RuleQueries."""
        return (
            'SELECT last("pct") FROM (SELECT 100 * "forecast_month_t" / "month_target_t" AS "pct" '
            f'FROM "output_day" WHERE "level" = \'site\' AND {self._here} AND time >= now() - 3d '
            f'AND "month_to_date_target_t" / "month_target_t" > {from_share:.6f} GROUP BY "product") '
            'WHERE time >= now() - 3d GROUP BY "product"'
        )

    def month_shortage(self) -> str:
        """As in RuleQueries."""
        return (
            'SELECT last("short_t") FROM (SELECT "month_target_t" - "forecast_month_t" AS "short_t" '
            f'FROM "output_day" WHERE "level" = \'site\' AND {self._here} AND time >= now() - 3d '
            'GROUP BY "product") WHERE time >= now() - 3d GROUP BY "product"'
        )

    def newest_health(self, field: str, by: str) -> str:
        """As in RuleQueries."""
        return f'SELECT last("{field}") FROM "source_health" WHERE {self._here} AND time >= now() - 5m GROUP BY "{by}"'

    def completeness(self) -> str:
        """As in RuleQueries."""
        return (
            'SELECT mean("completeness_pct") FROM "output_hour" WHERE "level" = \'unit\' '
            f'AND {self._here} AND time >= now() - 5h AND time < now() - 1h GROUP BY "shop", "unit"'
        )

    def reports(self, within_s: int) -> str:
        """As in RuleQueries."""
        return (
            f'SELECT count("up") FROM "source_health" WHERE {self._here} AND time >= now() - {within_s}s '
            'GROUP BY "collector"'
        )

    def newest_state(self, what: str, where: Sequence[str], kept: str) -> str:
        """As in RuleQueries."""
        span = f"time >= now() - {kept}"
        conditioned = " AND ".join([self._here, *where, span])
        each = f'SELECT {what} AS "code" FROM "{STATE_TABLE}" WHERE {conditioned}'
        return newest_each(each, '"code"', span, ('"shop"', '"unit"'))

    def evidence(self, kept: str, *also: str) -> str:
        """As in RuleQueries."""
        texts = ", ".join(map(identifier, [*also, *SENTENCES]))
        return (
            f'SELECT time AS "at", {texts} FROM "{STATE_TABLE}" WHERE {self._here} AND time >= now() - {kept} '
            'GROUP BY "shop", "unit" ORDER BY time DESC LIMIT 1'
        )

    @property
    def _here(self) -> str:
        return " AND ".join(conditions(here(self.plant.site)))
