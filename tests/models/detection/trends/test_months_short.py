"""Months that are forecast below their plan: from day 5 on, more severe if far below, for reported products."""

from datetime import datetime

import pytest

from models.detection.finding import FindingKind
from models.detection.trends.month_watch import MonthForecast, month_findings, newest_forecasts
from models.works.limits import OutputLimits
from models.works.table import Row, RowKey
from tests.models.detection.small_works import ZONE


def site_day(day: int, forecast: float | None, *, target: float = 300_000.0, level: str = "site") -> Row:
    """What is published for pig iron on a day of November 2026."""
    time_ns = int(datetime(2026, 11, day, tzinfo=ZONE).timestamp()) * 1_000_000_000
    tags = {"level": level, "product": "pig_iron", "shop": "all", "unit": "all"}
    fields = {"month_target_t": target} | ({} if forecast is None else {"forecast_month_t": forecast})
    return Row(RowKey.of("output_day", time_ns, tags), fields)


def found(pct: float, reported: tuple[str, ...] = ("pig_iron",)) -> list[tuple[FindingKind, str, int]]:
    forecasts = [MonthForecast("pig_iron", 0, 3_000.0 * pct, 300_000.0)]
    return [
        (finding.kind, finding.product, finding.severity)
        for finding in month_findings(forecasts, OutputLimits(), reported)
    ]


@pytest.mark.parametrize(("pct", "severity"), [(97.0, None), (96.9, 3), (95.0, 3), (94.9, 2), (0.0, 2)])
def test_below_97_percent_of_the_plan_is_told_and_below_95_to_the_shop(pct: float, severity: int | None) -> None:
    assert found(pct) == ([] if severity is None else [(FindingKind.MONTH_SHORT, "pig_iron", severity)])


def test_a_product_that_is_not_reported_is_not_told() -> None:
    assert found(90.0, reported=("coal_raw",)) == []


def test_a_finding_says_how_much_will_be_missing() -> None:
    (finding,) = month_findings([MonthForecast("pig_iron", 0, 270_000.0, 300_000.0)], OutputLimits(), ["pig_iron"])
    assert finding.lost_t == 30_000.0
    assert finding.facts == {"forecast_t": 270_000.0, "target_t": 300_000.0, "pct": 90.0}


def test_the_newest_forecast_of_the_site_counts_and_none_before_the_fifth_day() -> None:
    rows = [site_day(6, 280_000.0), site_day(5, 250_000.0), site_day(7, None), site_day(6, 1.0, level="unit")]
    assert [forecast.forecast_t for forecast in newest_forecasts(rows, ZONE)] == [280_000.0]
    assert newest_forecasts([site_day(4, 250_000.0)], ZONE) == []
    assert newest_forecasts([site_day(6, 250_000.0, target=0.0)], ZONE) == []


def test_the_first_days_of_a_month_end_what_was_said_of_the_month_before() -> None:
    october_last = site_day(30, 250_000.0)
    december_first = int(datetime(2026, 12, 1, tzinfo=ZONE).timestamp()) * 1_000_000_000
    first = Row(RowKey("output_day", october_last.key.tags, december_first), october_last.fields)
    assert newest_forecasts([october_last, first], ZONE) == []
