"""The forecast and the growth of a total are those of its units, however unequal they are."""

from collections.abc import Mapping
from datetime import date

import pytest

from models.books.book import Book
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.month_rows import month_rows
from models.works.calendar import HOUR_NS, stamp_ns
from models.works.month import length, month_of, shifted
from models.works.table import FieldValue
from tests.models.books.paper_book import book_of
from tests.models.tables.test_hour_rows import ALMATY, PLANT

OCTOBER = date(2026, 10, 1)
LARGE_T, SMALL_T = 10_000.0, 1_000.0
Days = Mapping[str, Mapping[int, float]]


def furnaces(days: Days) -> list[Figure]:
    """A figure a day; by unit ("all" is the shop) and ordinal."""
    return [
        Figure(
            start_ns=stamp_ns(ALMATY, date.fromordinal(day)),
            end_ns=stamp_ns(ALMATY, date.fromordinal(day + 1)),
            shop="iron",
            unit=unit,
            product="pig_iron",
            grams=round(tonnes * 1e6),
        )
        for unit, by_day in days.items()
        for day, tonnes in by_day.items()
    ]


def days_of(start: date, count: int, tonnes: float) -> dict[int, float]:
    return {start.toordinal() + day: tonnes for day in range(count)}


def repair(start: date, end: date, unit: str = "bf3") -> Repair:
    return Repair(
        name="R1",
        unit=unit,
        start_ns=stamp_ns(ALMATY, start),
        end_ns=stamp_ns(ALMATY, end),
        kind=RepairKind.CURRENT,
        approved_by="chief",
    )


def last_day(
    days: Days, *, repairs: list[Repair], plans: list[PlanEntry] | None = None
) -> dict[str, Mapping[str, FieldValue]]:
    """By unit, "shop" and "site": the row of the last day that is stated."""
    end = max(day for by_day in days.values() for day in by_day)
    book = read(days, end + 1, repairs, plans)
    rows = day_rows(book, Forecasts(book, end, end + 1), end)
    return {
        (tags["unit"] if tags["level"] == "unit" else tags["level"]): row.fields
        for row in rows
        if (tags := dict(row.key.tags))["product"] == "pig_iron"
    }


def read(days: Days, now: int, repairs: list[Repair], plans: list[PlanEntry] | None = None) -> Book:
    facts = Facts(all_figures=furnaces(days), all_repairs=repairs, all_plans=plans or [])
    return book_of(
        PLANT, date.fromordinal(now - 1).year, stamp_ns(ALMATY, date.fromordinal(now)) + HOUR_NS, facts=facts
    )


@pytest.mark.parametrize("planned", [True, False])
def test_a_large_furnace_in_repair_takes_its_own_tonnes_out_of_the_total(planned: bool) -> None:
    plans = [
        PlanEntry(month=OCTOBER.toordinal(), shop="iron", unit=unit, product="pig_iron", grams=round(tonnes * 1e6))
        for unit, tonnes in (("bf3", 200_000), ("bf2", 31_000))
    ]
    days = {"bf3": days_of(OCTOBER, 20, LARGE_T), "bf2": days_of(OCTOBER, 20, SMALL_T)}
    found = last_day(days, repairs=[repair(date(2026, 10, 21), date(2026, 11, 1))], plans=plans if planned else None)
    forecasts = {unit: fields["forecast_month_t"] for unit, fields in found.items()}
    assert forecasts == {"bf3": 200_000, "bf2": 31_000, "shop": 231_000, "site": 231_000}


def test_a_furnace_comes_back_from_a_long_repair_at_the_rate_that_it_had() -> None:
    start = date(2026, 8, 1)
    days = {
        "bf3": {**days_of(start, 31, LARGE_T), **days_of(date(2026, 9, 1), 40, 0)},
        "bf2": days_of(start, 71, SMALL_T),
    }
    found = last_day(days, repairs=[repair(date(2026, 9, 1), date(2026, 10, 22))])
    assert found["bf3"]["forecast_month_t"] == 100_000, "ten days of October are left after the repair"
    assert found["site"]["forecast_month_t"] == 131_000


def test_a_total_without_a_unit_that_has_not_reported_has_no_forecast_and_names_it() -> None:
    start = date(2026, 9, 1)
    days = {"bf3": days_of(start, 49, LARGE_T), "bf2": days_of(start, 50, SMALL_T)}
    found = last_day(days, repairs=[])
    assert "forecast_month_t" not in found["site"]
    assert found["site"]["forecast_lacks"] == found["shop"]["forecast_lacks"] == "bf3"
    assert found["bf2"]["forecast_month_t"] == 31_000
    assert "forecast_lacks" not in found["bf2"]


def test_it_is_missed_on_the_first_day_of_a_month_too() -> None:
    days = {"bf3": days_of(date(2026, 9, 1), 30, LARGE_T), "bf2": days_of(date(2026, 9, 1), 31, SMALL_T)}
    found = last_day(days, repairs=[])
    assert "forecast_month_t" not in found["site"]
    assert found["site"]["forecast_lacks"] == "bf3"


def test_a_furnace_that_nobody_reports_in_two_months_is_not_there() -> None:
    days = {"bf3": days_of(date(2026, 8, 1), 31, LARGE_T), "bf2": days_of(date(2026, 8, 1), 71, SMALL_T)}
    found = last_day(days, repairs=[])
    assert found["site"]["forecast_month_t"] == 31_000


def test_the_forecast_of_some_units_is_never_set_beside_the_target_of_all() -> None:
    plans = [
        PlanEntry(month=OCTOBER.toordinal(), shop="iron", unit=unit, product="pig_iron", grams=10**12)
        for unit in ("bf2", "bf3")
    ]
    found = last_day({"bf2": days_of(date(2026, 8, 1), 71, SMALL_T)}, repairs=[], plans=plans)
    assert "forecast_month_t" not in found["site"]
    assert found["site"]["forecast_lacks"] == "bf3", "it has a target, and nobody ever reported it"


def test_a_stated_total_speaks_for_the_unit_that_has_not_reported() -> None:
    start = date(2026, 9, 1)
    days = {
        "bf3": days_of(start, 40, LARGE_T),
        "bf2": days_of(start, 50, SMALL_T),
        "all": days_of(date(2026, 10, 11), 10, 12_000),
    }
    found = last_day(days, repairs=[])
    # 10 days of 11,000 and 10 of 12,000; the last 21 days are these and one of September.
    assert found["shop"]["forecast_month_t"] == round(230_000 + 11 * 241_000 / 21, 1)
    assert "forecast_lacks" not in found["shop"]


def test_what_no_unit_has_of_a_stated_total_is_forecast_beside_the_units() -> None:
    start = date(2026, 9, 1)
    days = {
        "bf3": days_of(start, 50, LARGE_T),
        "bf2": days_of(start, 50, SMALL_T),
        "all": days_of(start, 50, 11_500),
    }
    found = last_day(days, repairs=[repair(date(2026, 10, 21), date(2026, 11, 1))])
    # The small furnace and the 500 t beside the two go on; of the 500 t it is not known that they stand.
    assert found["shop"]["forecast_month_t"] == pytest.approx(200_000 + 31_000 + 20 * 500 + rest_of_the_shop(), abs=0.1)


def rest_of_the_shop() -> float:
    """500 t a day over the days that are left to the shop: without targets both furnaces weigh the same."""
    return 500 * 11 / 2


def test_the_days_of_a_year_have_the_forecasts_that_each_had_alone() -> None:
    """A row computed in its night and one computed when all are built anew must not differ."""
    start = date(2025, 3, 1)
    wave = {"bf3": {}, "bf2": {}, "all": {}}
    for number in range(600):
        day = start.toordinal() + number
        wave["bf3"][day] = LARGE_T + 37 * (number * 7 % 11)
        if number % 97:
            wave["bf2"][day] = SMALL_T + 13 * (number * 5 % 7)
        if number % 140 > 130:
            wave["all"][day] = LARGE_T + 2_000
    repairs = [repair(date(2026, 5, 3), date(2026, 5, 20), "bf2")]
    end = start.toordinal() + 600
    book = read(wave, end, repairs)
    together = Forecasts(book, date(2026, 1, 1).toordinal(), end)
    for day in range(date(2026, 4, 1).toordinal(), end, 9):
        alone = day_rows(book, Forecasts(book, day, day + 1), day)
        for one, other in zip(alone, day_rows(book, together, day), strict=True):
            assert one.fields == other.fields, (date.fromordinal(day), one.key)


def test_growth_per_repair_free_day_of_a_total_is_that_of_its_units() -> None:
    """Both furnaces make the same a day in both years; the large one stood for 20 days of last October."""
    october, last = OCTOBER.toordinal(), date(2025, 10, 1).toordinal()
    assert (length(october), month_of(last), shifted(october, -12)) == (31, last, last)
    days = {
        "bf3": {
            **days_of(OCTOBER, 31, LARGE_T),
            **days_of(date(2025, 10, 1), 11, LARGE_T),
            **days_of(date(2025, 10, 12), 20, 0),
        },
        "bf2": {**days_of(OCTOBER, 31, SMALL_T), **days_of(date(2025, 10, 1), 31, SMALL_T)},
    }
    book = read(days, october + 31, [repair(date(2025, 10, 12), date(2025, 11, 1))])
    found = {dict(row.key.tags)["level"]: row.fields for row in month_rows(book, october) if row.fields.get("actual_t")}
    assert found["site"]["yoy_repair_free_pct"] == 0.0
    assert found["site"]["yoy_pct"] == pytest.approx(141.8), "341,000 t after 141,000"


def test_a_furnace_that_stood_all_of_last_years_month_is_left_out_of_that_growth() -> None:
    days = {
        "bf3": {**days_of(OCTOBER, 31, LARGE_T), **days_of(date(2025, 10, 1), 31, 0)},
        "bf2": {**days_of(OCTOBER, 31, 1_100.0), **days_of(date(2025, 10, 1), 31, SMALL_T)},
    }
    book = read(days, OCTOBER.toordinal() + 31, [repair(date(2025, 10, 1), date(2025, 11, 1))])
    rows = month_rows(book, OCTOBER.toordinal())
    site = next(row.fields for row in rows if dict(row.key.tags)["level"] == "site")
    assert site["yoy_repair_free_pct"] == 10.0


def test_no_month_is_forecast_to_come_to_less_than_it_has_made() -> None:
    last = date(2026, 10, 31).toordinal()
    book = read({"bf3": days_of(OCTOBER, 30, LARGE_T) | {last: 3 * LARGE_T}}, last, [])
    (fields,) = (
        row.fields
        for row in day_rows(book, Forecasts(book, last, last + 1), last)
        if (tags := dict(row.key.tags))["unit"] == "bf3" and tags["product"] == "pig_iron"
    )
    assert fields["month_to_date_t"] == 330_000, "the day runs, and has made three times what the days before it made"
    assert fields["forecast_month_t"] == 330_000
