"""What a renamed or removed unit made stays made: its own under the new name, or unclaimed until somebody decides."""

from dataclasses import replace
from datetime import date

import pytest

from models.books.book import Book
from models.books.claims import Claims, FormerUnit
from models.counting.output_plan import BucketSum
from models.stated.adjustment import Adjustment
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.hour_rows import hour_rows
from models.tables.month_rows import month_rows
from models.works.calendar import HOUR_NS, stamp_ns
from models.works.place import Place
from models.works.plant import Plant, Reported
from models.works.table import FieldValue, Row
from tests.models.books.paper_book import claimed_book_of
from tests.models.books.test_book import counted
from tests.models.tables.test_hour_rows import ALMATY, PLANT

JUNE = date(2026, 6, 1)
DAY = date(2026, 6, 10)
NOW_NS = stamp_ns(ALMATY, date(2026, 7, 5))
FORMER = {"dp2": FormerUnit("iron")}


def of_unit(sums: list[BucketSum], unit: str, signal: str = "taps") -> list[BucketSum]:
    return [replace(item, unit=unit, tag=f"{unit}.{signal}") for item in sums]


JUNE_SUMS = [
    item
    for day in range(30)
    for item in (
        *counted(date.fromordinal(JUNE.toordinal() + day), 2_400),
        *of_unit(counted(date.fromordinal(JUNE.toordinal() + day), 24), "dp2"),
    )
]
"""bf3 makes 2,400 t a day, and dp2, which the plant does not have, 24."""


def renamed(*former: str, **more: object) -> Plant:
    unit = replace(PLANT.units["bf2"], renamed_from=former, **more)  # type: ignore[arg-type]
    return replace(PLANT, units={**PLANT.units, "bf2": unit})


def read(plant: Plant, sums: list[BucketSum], *figures: Figure, former: object = FORMER, **facts: object) -> Book:
    recorded = frozenset((item.tag, item.unit, item.product) for item in sums)
    claims = Claims(plant, recorded, former)  # type: ignore[arg-type]
    return claimed_book_of(claims, 2026, NOW_NS, sums, Facts(all_figures=figures, **facts))  # type: ignore[arg-type]


def by_unit(rows: list[Row]) -> dict[str, dict[str, FieldValue]]:
    return {
        (tags["unit"] if tags["level"] == "unit" else tags["level"]): dict(row.fields)
        for row in rows
        if (tags := dict(row.key.tags))["product"] == "pig_iron"
    }


def day(found: Book, at: date = DAY) -> dict[str, dict[str, FieldValue]]:
    number = at.toordinal()
    return by_unit(day_rows(found, Forecasts(found, number, number + 1), number))


def test_a_renamed_unit_has_what_was_counted_and_stated_under_its_former_code() -> None:
    stated = Figure(
        start_ns=stamp_ns(ALMATY, date(2026, 5, 1)),
        end_ns=stamp_ns(ALMATY, JUNE),
        shop="iron",
        unit="dp2",
        product="pig_iron",
        grams=700_000_000,
    )
    correction = Adjustment(
        day=DAY.toordinal(),
        booked_month=JUNE.toordinal(),
        shop="iron",
        unit="dp2",
        product="pig_iron",
        grams=1_000_000,
        author="planner",
        reason="survey",
    )
    found = read(renamed("dp2"), JUNE_SUMS, stated, adjustments=[correction])
    assert day(found)["bf2"]["actual_t"] == 25
    assert "unclaimed" not in day(found)
    june = by_unit(month_rows(found, JUNE.toordinal()))
    assert (june["bf2"]["actual_t"], june["bf2"]["mom_pct"]) == (721, 3.0)


def test_a_removed_unit_stays_in_every_total_as_unclaimed() -> None:
    found = read(PLANT, JUNE_SUMS)
    assert day(found)["unclaimed"]["actual_t"] == 24
    assert day(found)["unclaimed"]["codes"] == "dp2"
    assert day(found)["shop"]["actual_t"] == day(found)["site"]["actual_t"] == 2_424
    june = by_unit(month_rows(found, JUNE.toordinal()))
    assert (june["unclaimed"]["actual_t"], june["site"]["actual_t"]) == (720, 72_720)
    hour = (stamp_ns(ALMATY, DAY), stamp_ns(ALMATY, DAY) + HOUR_NS)
    hours = by_unit(hour_rows(found, JUNE_SUMS, hour))
    assert (hours["unclaimed"]["actual_t"], hours["site"]["actual_t"]) == (1, 101)


def test_a_removed_unit_leaves_later_days_and_forecasts_to_those_that_are_there() -> None:
    sums = [item for item in JUNE_SUMS if item.unit == "bf3" or item.start_s * 10**9 < stamp_ns(ALMATY, DAY)]
    found = read(PLANT, sums)
    later = day(found, date(2026, 6, 20))
    assert later["site"]["month_to_date_t"] == 20 * 2_400 + 9 * 24
    assert "unclaimed" not in later
    assert later["site"]["forecast_month_t"] == 30 * 2_400 + 9 * 24
    assert "forecast_lacks" not in later["site"]


def test_the_zero_of_a_removed_unit_makes_no_silent_total_known() -> None:
    sums = of_unit(counted(date(2026, 6, 1), 24), "dp2")
    found = read(PLANT, sums)
    assert "site" not in day(found)
    site = Place("site", "all", "all", "pig_iron")
    assert found.total(site, DAY.toordinal(), DAY.toordinal() + 1).grams is None


def test_a_counter_that_was_replaced_is_unclaimed_until_its_unit_names_it() -> None:
    old = of_unit(counted(DAY, 240), "bf2", "old_taps")
    sums = [*counted(DAY, 2_400), *old]
    found = read(PLANT, sums)
    assert (day(found)["unclaimed"]["actual_t"], day(found)["unclaimed"]["codes"]) == (240, "bf2.old_taps")
    named = read(renamed(former_signals=("old_taps",)), sums)
    assert day(named)["bf2"]["actual_t"] == 240
    assert day(named)["bf2"]["completeness_pct"] == 100, "the counter that came later was not silent"
    assert "unclaimed" not in day(named)


@pytest.mark.parametrize("name", ["dp2", "dp2.taps"])
def test_what_is_disowned_is_in_no_total(name: str) -> None:
    found = read(replace(PLANT, disowned=(name,)), JUNE_SUMS)
    assert day(found)["site"]["actual_t"] == 2_400
    assert "unclaimed" not in day(found)


def test_a_removed_unit_whose_shop_nobody_knows_is_a_part_of_the_works() -> None:
    found = read(PLANT, JUNE_SUMS, former={})
    assert day(found)["shop"]["actual_t"] == 2_400
    assert day(found)["site"]["actual_t"] == 2_424
    assert day(found)["unclaimed"]["actual_t"] == 24


def test_a_removed_unit_that_the_works_did_not_count_is_in_its_shop_alone() -> None:
    former = {"dp2": FormerUnit("iron", frozenset({"pig_iron"}))}
    plant = replace(PLANT, reported=(Reported(name="iron", product="pig_iron", counted_at=("bf3",)),))
    found = read(plant, JUNE_SUMS, former=former)
    assert (day(found)["shop"]["actual_t"], day(found)["site"]["actual_t"]) == (2_424, 2_400)


def test_a_renamed_shop_keeps_its_figures() -> None:
    shops = {**PLANT.shops, "iron": replace(PLANT.shops["iron"], renamed_from=("dp",))}
    stated = Figure(
        start_ns=stamp_ns(ALMATY, JUNE),
        end_ns=stamp_ns(ALMATY, date(2026, 7, 1)),
        shop="dp",
        unit="all",
        product="pig_iron",
        grams=900_000_000,
    )
    found = read(replace(PLANT, shops=shops), [], stated)
    assert by_unit(month_rows(found, JUNE.toordinal()))["shop"]["actual_t"] == 900
