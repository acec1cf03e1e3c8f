"""Months that are forecast to fall short of their plan, by the published figures of each day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.detection.finding import Finding, FindingKind
from models.works.limits import OutputLimits
from models.works.place import ALL
from models.works.table import Row

FROM_DAY = 5
"""A forecast counts from the fifth day of the month on, as the trade has it: one of a few days swings too widely."""
NS = 1_000_000_000
WARN_SEVERITY, MAJOR_SEVERITY = 3, 2
"""A month that is a little short is for the daily digest; far below, the shop has to hear of it while days are left."""


@dataclass(frozen=True, slots=True)
class MonthForecast:
    """What a month is forecast to give, and its plan, in tonnes; `since_s`: the day of it (UTC seconds)."""

    product: str
    since_s: int
    forecast_t: float
    target_t: float


def newest_forecasts(rows: Iterable[Row], zone: ZoneInfo) -> list[MonthForecast]:
    """For each product the newest forecast in a row of the site, from FROM_DAY of the month on."""
    found: dict[str, MonthForecast] = {}
    for row in sorted(rows, key=lambda row: row.key.time_ns):
        tags, fields = dict(row.key.tags), row.fields
        forecast, target = fields.get("forecast_month_t"), fields.get("month_target_t")
        if tags.get("level") != "site" or forecast is None or not target:
            continue
        day = datetime.fromtimestamp(row.key.time_ns // NS, UTC).astimezone(zone).day
        # A new month begins without a finding: the forecast of the last one is no longer news.
        found.pop(tags["product"], None)
        if day >= FROM_DAY:
            found[tags["product"]] = MonthForecast(
                tags["product"], row.key.time_ns // NS, float(forecast), float(target)
            )
    return list(found.values())


def month_findings(forecasts: Iterable[MonthForecast], limits: OutputLimits, reported: Iterable[str]) -> list[Finding]:
    """The months of reported products that are forecast below the limits. Far below is more severe."""
    wanted = set(reported)
    found = []
    for each in forecasts:
        pct = 100.0 * each.forecast_t / each.target_t
        if each.product not in wanted or pct >= limits.forecast_warn_pct:
            continue
        found.append(
            Finding(
                kind=FindingKind.MONTH_SHORT,
                shop=ALL,
                unit=ALL,
                product=each.product,
                severity=MAJOR_SEVERITY if pct < limits.forecast_major_pct else WARN_SEVERITY,
                since_s=each.since_s,
                found_s=each.since_s,
                lost_t=each.target_t - each.forecast_t,
                facts={"forecast_t": each.forecast_t, "target_t": each.target_t, "pct": pct},
            )
        )
    return found
