"""Months that are forecast to fall short of their plan, by the published figures of the days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.detection.finding import Finding, FindingKind
from models.works.limits import OutputLimits
from models.works.place import ALL
from models.works.table import Row

FROM_DAY = 5
NS = 1_000_000_000
WARN_SEVERITY, MAJOR_SEVERITY = 3, 2


@dataclass(frozen=True, slots=True)
class MonthForecast:
    """What a month is forecast to give, and its plan, in tonnes; `since_s`: the day of it (UTC seconds)."""

    product: str
    since_s: int
    forecast_t: float
    target_t: float


def newest_forecasts(rows: Iterable[Row], zone: ZoneInfo) -> list[MonthForecast]:
    """Of each product the forecast of the newest site row that has one, from FROM_DAY of the month on."""
    found: dict[str, MonthForecast] = {}
    for row in sorted(rows, key=lambda row: row.key.time_ns):
        tags, fields = dict(row.key.tags), row.fields
        forecast, target = fields.get("forecast_month_t"), fields.get("month_target_t")
        if tags.get("level") != "site" or forecast is None or not target:
            continue
        day = datetime.fromtimestamp(row.key.time_ns // NS, UTC).astimezone(zone).day
        found.pop(tags["product"], None)
        if day >= FROM_DAY:
            found[tags["product"]] = MonthForecast(
                tags["product"], row.key.time_ns // NS, float(forecast), float(target)
            )
    return list(found.values())


def month_findings(forecasts: Iterable[MonthForecast], limits: OutputLimits, reported: Iterable[str]) -> list[Finding]:
    """The months of reported products that are forecast below the limits: far below is graver."""
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
