"""Converters by turns: the target of each follows who is available, and they always make up the plan of the shop."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.books.shared_target import shared_spans
from models.books.target_curve import TargetCurve
from models.books.targets import Targets
from models.stated.availability import ALWAYS, Availability
from models.stated.facts import Facts
from models.works.month import shifted
from models.works.place import ALL, Place, Places
from tests.models.detection.expected.test_planned import CONVERTERS, MONTH, PLANT, RELINING, at, plan, repair

TONNE = 1_000_000
WHOLE = [Place("unit", "steel", code, "steel_liquid") for code in CONVERTERS]
SHOP = Place("shop", "steel", ALL, "steel_liquid")


def targets(facts: Facts) -> Targets:
    return Targets(PLANT, facts, Places(PLANT, WHOLE, [SHOP]))


def month_t(facts: Facts) -> dict[str, float]:
    found = targets(facts)
    return {place.unit: (found.of_month(place, MONTH) or 0) / TONNE for place in WHOLE}


@pytest.mark.parametrize("plans", [[plan(code, 95_400) for code in CONVERTERS], [plan("all", 286_200)]])
def test_one_of_three_in_relining_leaves_its_part_to_the_others_and_is_asked_for_no_more_than_it_can_make(
    plans: list[object],
) -> None:
    facts = Facts(all_plans=plans, all_repairs=[repair("bof1", at(1, 0.0), at(26, 0.0))])  # type: ignore[arg-type]
    found = month_t(facts)
    assert sum(found.values()) == 286_200
    # 5 days of three, 25 of two: each day gives a thirtieth of the plan.
    assert found["bof1"] == pytest.approx(286_200 * 5 / 30 / 3)
    assert found["bof2"] == found["bof3"] == pytest.approx(286_200 * (5 / 30 / 3 + 25 / 30 / 2))
    left = targets(facts)
    days = left.of_days(WHOLE[0], MONTH)
    assert days[:25] == (0,) * 25
    assert [round((grams or 0) / TONNE) for grams in days[25:]] == [3180] * 5, "and not 19,080 t in each of five days"


def test_by_turns_each_is_due_half_of_the_day_while_the_third_is_out() -> None:
    found = targets(Facts(all_plans=[plan(code, 95_400) for code in CONVERTERS], all_repairs=RELINING))
    for day, out in ((4, 0), (14, 1), (24, 2)):
        due = [(found.of_days(place, MONTH)[day] or 0) / TONNE for place in WHOLE]
        assert due[out] == 0
        assert sorted(due)[1:] == pytest.approx([4770, 4770])


def test_without_a_repair_each_has_its_own_plan_to_the_gram() -> None:
    plans = [replace(plan(code, 1), grams=grams) for code, grams in zip(CONVERTERS, (7, 11, 1_000_003), strict=True)]
    found = targets(Facts(all_plans=plans))
    assert [found.of_month(place, MONTH) for place in WHOLE] == [7, 11, 1_000_003]


def test_a_plan_of_some_of_them_is_theirs_alone() -> None:
    facts = Facts(all_plans=[plan("bof2", 90_000)], all_repairs=[repair("bof1", at(1, 0.0), at(26, 0.0))])
    found = month_t(facts)
    assert found["bof2"] == 90_000
    assert found["bof3"] == 30 * 3180


days = st.integers(0, 30 * 24)
outs = st.lists(st.tuples(days, days).filter(lambda span: span[0] < span[1]), max_size=4)


@given(
    grams=st.integers(0, 10**12),
    weights=st.lists(st.integers(0, 10**6), min_size=2, max_size=4),
    spans=st.lists(outs, min_size=4, max_size=4),
)
def test_whoever_is_out_they_make_up_the_plan_and_only_who_is_available_is_due_anything(
    grams: int, weights: list[int], spans: list[list[tuple[int, int]]]
) -> None:
    times = [Availability.outside(out) for out in spans[: len(weights)]]
    found = shared_spans(grams, weights, times, 0, 30 * 24)
    curves = [TargetCurve(each) for each in found]
    assert sum(curve.between(0, 30 * 24) or 0 for curve in curves) == grams
    ever = any(time.available_ns(0, 30 * 24) for time in times)
    for curve, time in zip(curves, times, strict=True):
        for low, high in pairwise(sorted({0, 30 * 24, *(edge for window in time.windows for edge in window)})):
            if ever and not time.available_ns(low, high):
                assert curve.between(low, high) == 0


def test_if_all_are_out_all_month_the_plan_is_spread_and_not_lost() -> None:
    out = Availability.outside([(0, 100)])
    first, second = shared_spans(1000, [1, 1], [out, out], 0, 100)
    assert [TargetCurve(each).between(0, 100) for each in (first, second)] == [500, 500]
    assert TargetCurve(shared_spans(10, [1, 1], [ALWAYS, out], 0, 100)[0]).between(0, 100) == 10


def test_months_beside_each_other_are_apart() -> None:
    found = targets(Facts(all_plans=[plan(code, 95_400) for code in CONVERTERS], all_repairs=RELINING))
    assert found.of_month(WHOLE[0], shifted(MONTH, 1)) == 31 * 3180 * TONNE, "without a plan, as it is configured"
    assert date.fromordinal(MONTH).month == 4
