"""Plans become targets of days, shifts and hours that sum to the plan to the gram, on odd days too."""

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.books.target_curve import TargetCurve, TargetSpan
from models.stated.availability import Availability
from models.stated.facts import Facts
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.works.calendar import HOUR_NS, hours_between, shifts_of, wall_ns
from models.works.month import length, month_of
from models.works.place import Place
from models.works.plant import Calendar, Plant, RepairShift
from tests.models.books.paper_book import book_of
from tests.models.tables.test_hour_rows import PLANT
from tests.support.budget import examples

MONTHS = [date(2024, 3, 1), date(2024, 2, 1), date(2026, 1, 1), date(2026, 2, 1)]
BF3 = Place("unit", "iron", "bf3", "pig_iron")
MINE = Place("unit", "mines", "mine1", "coal_raw")
SITE = Place("site", "all", "all", "coal_raw")


def plan(month: date, grams: int | None, unit: str = "bf3", product: str = "pig_iron", shop: str = "iron") -> PlanEntry:
    return PlanEntry(month=month.toordinal(), shop=shop, unit=unit, product=product, grams=grams)


def repair(start_ns: int, end_ns: int, unit: str = "bf3", name: str = "R1", withdrawn: bool = False) -> Repair:
    return Repair(
        name=name,
        unit=unit,
        start_ns=start_ns,
        end_ns=end_ns,
        kind=RepairKind.CURRENT,
        approved_by="chief",
        withdrawn=withdrawn,
    )


@settings(max_examples=examples(60))
@given(st.data())
def test_targets_sum_to_the_plan_to_the_gram(data: st.DataObject) -> None:
    month = data.draw(st.sampled_from(MONTHS))
    grams = data.draw(st.integers(0, 10**12))
    place = data.draw(st.sampled_from([BF3, MINE]))
    rest = data.draw(st.sampled_from([REST, RepairShift(time(22), time(3, 30)), None]))
    plant = PLANT if rest is None else resting(place.unit, shift=rest)
    targets = book_of(plant, month.year, 0, facts=Facts()).targets
    bounds = targets.month_days(place, month.toordinal())
    starts_and_hours = st.tuples(st.integers(0, 744), st.integers(1, 400))
    spans = data.draw(st.lists(starts_and_hours.map(lambda drawn: (drawn[0], sum(drawn))), max_size=4))
    repairs = [
        repair(bounds[0][0] + start * HOUR_NS, bounds[0][0] + end * HOUR_NS, place.unit, f"R{number}")
        for number, (start, end) in enumerate(spans)
    ]
    facts = Facts(all_plans=[plan(month, grams, place.unit, place.product, place.shop)], all_repairs=repairs)
    targets = book_of(plant, month.year, 0, facts=facts).targets
    days = targets.of_days(place, month.toordinal())
    assert sum(day or 0 for day in days) == grams == targets.of_month(place, month.toordinal())
    assert all(day is not None and day >= 0 for day in days)
    number = data.draw(st.integers(0, length(month.toordinal()) - 1))
    calendar = place.calendar(PLANT)
    day = date.fromordinal(month.toordinal() + number)
    shifts = [targets.between(place, *shift) or 0 for shift in shifts_of(calendar, day)]
    assert sum(shifts) == days[number]
    start, end = bounds[number]
    hours = [(max(low, start), min(high, end)) for low, high in hours_between(PLANT.zone, start, end)]
    assert sum(targets.between(place, *hour) or 0 for hour in hours) == days[number]


def test_a_day_of_25_hours_has_25_hours_of_target() -> None:
    # Asia/Almaty moved from +06 to +05 on 2024-03-01: 29 February had 25 hours.
    month = date(2024, 2, 1)
    targets = book_of(PLANT, 2024, 0, facts=Facts(all_plans=[plan(month, 697_000_000)])).targets
    days = targets.of_days(BF3, month.toordinal())
    assert days[28] == 25_000_000
    assert set(days[:28]) == {24_000_000}


def test_a_day_of_23_hours_has_23_hours_of_target() -> None:
    zone = ZoneInfo("Europe/Berlin")
    calendar = Calendar(zone=zone)
    shifts = shifts_of(calendar, date(2026, 3, 29))
    assert sum(high - low for low, high in shifts) == 23 * HOUR_NS
    curve = TargetCurve([TargetSpan(shifts[0][0], shifts[-1][1], 23_000, Availability())])
    assert [curve.between(*shift) for shift in shifts] == [11_000, 12_000]


def test_a_repair_takes_its_time_out_and_its_share_goes_to_the_other_days() -> None:
    month = date(2026, 1, 1)
    bounds = book_of(PLANT, 2026, 0).targets.month_days(BF3, month.toordinal())
    facts = Facts(all_plans=[plan(month, 21_000_000)], all_repairs=[repair(bounds[5][0], bounds[14][1])])
    targets = book_of(PLANT, 2026, 0, facts=facts).targets
    days = targets.of_days(BF3, month.toordinal())
    assert days[5:15] == (0,) * 10
    assert set(days[:5]) | set(days[15:]) == {1_000_000}
    assert targets.available_days(BF3, month.toordinal(), month.toordinal() + 31) == 21


def test_a_withdrawn_repair_gives_the_time_back() -> None:
    month = date(2026, 1, 1)
    bounds = book_of(PLANT, 2026, 0).targets.month_days(BF3, month.toordinal())
    window = (bounds[5][0], bounds[14][1])
    facts = Facts(all_plans=[plan(month, 31_000_000)], all_repairs=[repair(*window), repair(*window, withdrawn=True)])
    assert set(book_of(PLANT, 2026, 0, facts=facts).targets.of_days(BF3, month.toordinal())) == {1_000_000}


def test_a_plan_for_a_unit_that_stands_all_month_is_spread_over_the_calendar() -> None:
    month = date(2026, 1, 1)
    bounds = book_of(PLANT, 2026, 0).targets.month_days(BF3, month.toordinal())
    facts = Facts(all_plans=[plan(month, 31_000_000)], all_repairs=[repair(bounds[0][0], bounds[-1][1])])
    assert set(book_of(PLANT, 2026, 0, facts=facts).targets.of_days(BF3, month.toordinal())) == {1_000_000}


REST = RepairShift(time(8), time(14))


def resting(*units: str, shift: RepairShift = REST) -> Plant:
    return replace(
        PLANT, units={**PLANT.units, **{it: replace(PLANT.units[it], repair_shifts=(shift,)) for it in units}}
    )


def hours_of(plant: Plant, place: Place, facts: Facts, day: date) -> list[int | None]:
    targets = book_of(plant, day.year, 0, facts=facts).targets
    start_ns = wall_ns(place.calendar(plant).zone, day)
    return [targets.between(place, start_ns + hour * HOUR_NS, start_ns + (hour + 1) * HOUR_NS) for hour in range(24)]


@pytest.mark.parametrize("planned", [True, False])
def test_a_mine_that_rests_from_8_to_14_is_due_nothing_then_and_more_outside(planned: bool) -> None:
    plant = resting("mine1")
    month = date(2026, 1, 1)
    facts = Facts(all_plans=[plan(month, 31 * 18_000_000, "mine1", "coal_raw", "mines")])
    if not planned:
        mine = replace(plant.units["mine1"], daily_target_t={"coal_raw": 18.0})
        plant, facts = replace(plant, units={**plant.units, "mine1": mine}), Facts()
    hours = hours_of(plant, MINE, facts, date(2026, 1, 10))
    assert hours == [1_000_000] * 8 + [0] * 6 + [1_000_000] * 10
    targets = book_of(plant, 2026, 0, facts=facts).targets
    assert set(targets.of_days(MINE, month.toordinal())) == {18_000_000}
    assert targets.available_days(MINE, month.toordinal(), month.toordinal() + 31) == 31, "a usual day is a whole one"


def test_a_repair_within_the_repair_shift_loses_no_target_and_one_of_half_the_rest_loses_half() -> None:
    plant = resting("mine1")
    mine = replace(plant.units["mine1"], daily_target_t={"coal_raw": 18.0})
    plant = replace(plant, units={**plant.units, "mine1": mine})
    start_ns = wall_ns(PLANT.zone, date(2026, 1, 10))
    repairs = [
        repair(start_ns + 8 * HOUR_NS, start_ns + 14 * HOUR_NS, "mine1"),
        repair(start_ns + 32 * HOUR_NS, start_ns + 47 * HOUR_NS, "mine1", "R2"),
    ]
    targets = book_of(plant, 2026, 0, facts=Facts(all_repairs=repairs)).targets
    days = targets.of_days(MINE, date(2026, 1, 1).toordinal())
    assert days[9:12] == (18_000_000, 9_000_000, 18_000_000)


def test_a_shops_own_plan_rests_while_all_of_its_mines_do() -> None:
    month, shop = date(2026, 1, 1), Place("shop", "mines", "all", "coal_raw")
    facts = Facts(all_plans=[plan(month, 31 * 18_000_000, "all", "coal_raw", "mines")])
    day = date(2026, 1, 10)
    assert hours_of(resting("mine1", "mine2"), shop, facts, day) == [1_000_000] * 8 + [0] * 6 + [1_000_000] * 10
    assert set(hours_of(resting("mine1"), shop, facts, day)) == {750_000}, "the other mine works on"


def test_the_newest_plan_counts_and_a_withdrawn_one_leaves_no_target() -> None:
    month = date(2026, 1, 1)
    revised = Facts(all_plans=[plan(month, 31_000_000), plan(month, 62_000_000)])
    assert book_of(PLANT, 2026, 0, facts=revised).targets.of_month(BF3, month.toordinal()) == 62_000_000
    withdrawn = Facts(all_plans=[plan(month, 31_000_000), plan(month, None)])
    assert book_of(PLANT, 2026, 0, facts=withdrawn).targets.of_month(BF3, month.toordinal()) is None


def test_a_total_has_its_own_plan_or_that_of_all_its_parts() -> None:
    month = date(2026, 1, 1)
    one = plan(month, 31_000_000, "mine1", "coal_raw", "mines")
    other = plan(month, 62_000_000, "mine2", "coal_raw", "mines")
    assert book_of(PLANT, 2026, 0, facts=Facts(all_plans=[one])).targets.of_month(SITE, month.toordinal()) is None
    both = book_of(PLANT, 2026, 0, facts=Facts(all_plans=[one, other])).targets
    assert both.of_month(SITE, month.toordinal()) == 93_000_000
    stated = plan(month, 100_000_000, "all", "coal_raw", "all")
    own = book_of(PLANT, 2026, 0, facts=Facts(all_plans=[one, other, stated])).targets
    assert own.of_month(SITE, month.toordinal()) == 100_000_000


@pytest.mark.parametrize(("year", "days"), [(2024, 29), (2025, 28), (2026, 28), (2000, 29)])
def test_february_is_as_long_as_its_year_says(year: int, days: int) -> None:
    assert length(month_of(date(year, 2, 10).toordinal())) == days
