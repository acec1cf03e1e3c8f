"""Rows of a works' totals as it publishes them, made of tonnes a day. For tests."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from models.works.calendar import MS_NS, stamp_ns
from models.works.month import month_of, period_text, shifted, year_start
from models.works.table import Row, RowKey

ZONE = ZoneInfo("Asia/Almaty")


def month_days(site: str, product: str, month: int, grams_a_day: int, ytd_grams: int = 0) -> list[Row]:
    """A month that is over: every day and the month itself. `ytd_grams`: what the year had before it."""
    found = []
    end = shifted(month, 1)
    for day in range(month, end):
        days = day - month + 1
        found.append(
            _row(
                "output_day",
                site,
                product,
                day,
                day + 1,
                {
                    "actual_t": grams_a_day / 1e6,
                    "target_t": 1000.0,
                    "month_to_date_t": grams_a_day * days / 1e6,
                    "month_to_date_target_t": 1000.0 * days,
                    "month_target_t": 1000.0 * (end - month),
                    "year_to_date_t": (ytd_grams + grams_a_day * days) / 1e6,
                },
            )
        )
    made = grams_a_day * (end - month)
    total = {"actual_t": made / 1e6, "ytd_t": (ytd_grams + made) / 1e6, "period": period_text(month)}
    return [*found, _row("output_month", site, product, month, end, total)]


def two_years(site: str, product: str, month: int, grams_a_day: Mapping[int, int]) -> list[Row]:
    """What growth of `month` compares: it, the month before and the year before. `grams_a_day`: by 0, -1 and -12."""
    found = []
    for back, grams in grams_a_day.items():
        at = shifted(month, back)
        before = sum(grams for _ in range(year_start(at), at))
        found += month_days(site, product, at, grams, before)
    return found


def last_month(today: int) -> int:
    """The one before that of a date."""
    return month_of(month_of(today) - 1)


def _row(table: str, site: str, product: str, day: int, end: int, fields: dict[str, float | int | str]) -> Row:
    tags = {"level": "site", "product": product, "shop": "all", "site": site, "unit": "all"}
    end_ms = stamp_ns(ZONE, date.fromordinal(end)) // MS_NS
    whole = {**fields, "status": 1, "completeness_pct": 100.0, "end_ms": end_ms}
    return Row(RowKey.of(table, stamp_ns(ZONE, date.fromordinal(day)), tags), whole)
