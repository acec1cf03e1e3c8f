"""What units should make and when they stand by plan: by targets, repairs and repair shifts."""

import time
from dataclasses import replace
from datetime import date, datetime
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.detection.expected.expected import Window
from models.detection.expected.planned import planned
from models.detection.expected.standstills import Standstills
from models.stated.facts import Facts
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.works.calendar import NS
from models.works.codes import TagKind
from models.works.limits import OutputLimits
from models.works.plant import Calendar, Plant, Product, RepairShift, Shop, Tag, Unit
from tests.support.budget import examples

ALMATY = ZoneInfo("Asia/Almaty")
MONTH = date(2026, 4, 1).toordinal()
CONVERTERS = ("bof1", "bof2", "bof3")


def _unit(code: str, shop: str, kind: str, product: str, daily_t: float, shifts: tuple[RepairShift, ...] = ()) -> Unit:
    return Unit(
        code=code,
        shop=shop,
        kind=kind,
        names={"en": code},
        daily_target_t={product: daily_t},
        repair_shifts=shifts,
        takes_turns=kind == "converter",
    )


def _tag(unit: Unit) -> Tag:
    return Tag(
        name=f"{unit.code}.count",
        signal="count",
        kind=TagKind.EVENT,
        site="works",
        shop=unit.shop,
        unit=unit.code,
        source="plc",
        unit_of_measure="t",
        cadence_s=10.0,
        product=next(iter(unit.daily_target_t)),
    )


SHIFT = RepairShift(clock(8), clock(14))
UNITS = (
    _unit("mine1", "mines", "mine", "coal_raw", 12_000, (SHIFT,)),
    _unit("bf3", "furnaces", "blast_furnace", "pig_iron", 5_000),
    *(_unit(code, "steel", "converter", "steel_liquid", 3_180) for code in CONVERTERS),
)
PLANT = Plant(
    site="works",
    site_names={"en": "Works"},
    zone=ALMATY,
    simulated=False,
    shops={
        code: Shop(code=code, names={"en": code}, calendar=Calendar(zone=ALMATY))
        for code in ("mines", "furnaces", "steel")
    },
    units={unit.code: unit for unit in UNITS},
    products={
        code: Product(code=code, names={"en": code}, definition=code, basis="wet")
        for code in ("coal_raw", "pig_iron", "steel_liquid")
    },
    reported=(),
    tags=tuple(sorted((_tag(unit) for unit in UNITS), key=lambda tag: tag.name)),
    limits=OutputLimits(),
)


def at(day: int, hour: float = 12.0, month: int = 4) -> int:
    """UTC seconds of a local time in 2026."""
    return int(datetime(2026, month, day, tzinfo=ALMATY).timestamp() + hour * 3600)


def repair(unit: str, start_s: int, end_s: int, name: str = "R1", *, withdrawn: bool = False) -> Repair:
    return Repair(
        name=name,
        unit=unit,
        start_ns=start_s * NS,
        end_ns=end_s * NS,
        kind=RepairKind.CURRENT,
        approved_by="chief",
        withdrawn=withdrawn,
    )


def plan(unit: str, tonnes: int, shop: str = "steel", product: str = "steel_liquid") -> PlanEntry:
    return PlanEntry(month=MONTH, shop=shop, unit=unit, product=product, grams=tonnes * 1_000_000)


def test_a_daily_target_is_made_outside_the_repair_shift() -> None:
    expected = planned(PLANT, Facts())
    assert expected.t_per_h("bf3", at(7)) == pytest.approx(5000 / 24)
    assert expected.t_per_h("mine1", at(7, 13.9)) == 0.0
    assert expected.t_per_h("mine1", at(7, 14.0)) == pytest.approx(12_000 / 18)
    assert expected.window("mine1", at(7, 9.0)) == Window(at(7, 8.0), at(7, 14.0), daily=True)
    assert expected.window("mine1", at(8, 3.0)) == Window(at(7, 8.0), at(7, 14.0), daily=True)
    assert expected.window("bf3", at(7)) is None


def test_a_plan_goes_before_the_daily_target_and_is_made_outside_repairs() -> None:
    facts = Facts(
        all_plans=[plan("bf3", 100_000, "furnaces", "pig_iron")], all_repairs=[repair("bf3", at(10, 0.5), at(20, 6.0))]
    )
    expected = planned(PLANT, facts)
    hours = 30 * 24 - (10 * 24 + 5.5)
    assert expected.t_per_h("bf3", at(3)) == pytest.approx(100_000 / hours)
    assert expected.t_per_h("bf3", at(10, 0.25)) == pytest.approx(100_000 / hours), "half an hour before the repair"
    assert expected.t_per_h("bf3", at(10, 0.5)) == 0.0
    assert expected.window("bf3", at(25)) == Window(at(10, 0.5), at(20, 6.0))
    assert expected.t_per_h("bf3", at(3, month=5)) == pytest.approx(5000 / 24)


def test_a_repair_that_was_withdrawn_or_moved_counts_as_it_stands_now() -> None:
    first, moved = repair("bf3", at(10), at(11)), repair("bf3", at(14), at(15))
    assert planned(PLANT, Facts(all_repairs=[first, moved])).t_per_h("bf3", at(10, 13.0)) == pytest.approx(5000 / 24)
    assert planned(PLANT, Facts(all_repairs=[first, moved])).t_per_h("bf3", at(14, 13.0)) == 0.0
    withdrawn = replace(moved, withdrawn=True)
    assert planned(PLANT, Facts(all_repairs=[first, withdrawn])).window("bf3", at(20)) is None


def test_a_unit_without_a_target_has_none_and_one_that_is_unknown_too() -> None:
    bare = replace(PLANT.units["bf3"], daily_target_t={})
    expected = planned(replace(PLANT, units={**PLANT.units, "bf3": bare}), Facts())
    assert expected.t_per_h("bf3", at(7)) is None
    assert expected.t_per_h("nobody", at(7)) is None
    assert expected.window("nobody", at(7)) is None


def _group(facts: Facts, at_s: int, plant: Plant = PLANT) -> float:
    expected = planned(plant, facts)
    return sum(expected.t_per_h(code, at_s) or 0.0 for code in CONVERTERS)


RELINING = [
    repair("bof1", at(1, 0.0), at(11, 0.0), "R1"),
    repair("bof2", at(11, 0.0), at(21, 0.0), "R2"),
    repair("bof3", at(21, 0.0), at(30, 24.0), "R3"),
]


def test_converters_by_turns_are_to_make_the_whole_plan_whoever_is_in_relining() -> None:
    each = [plan(code, 95_400) for code in CONVERTERS]
    shop = [plan("all", 286_200)]
    for plans in (each, shop):
        facts = Facts(all_plans=plans, all_repairs=RELINING)
        for day in (5, 15, 25):
            assert _group(facts, at(day)) == pytest.approx(9540 / 24)
        assert planned(PLANT, facts).t_per_h("bof1", at(5)) == 0.0
        assert planned(PLANT, facts).t_per_h("bof1", at(15)) == pytest.approx(9540 / 48)


def test_a_plan_of_converters_does_not_ask_more_of_three_than_of_two_and_less_of_one() -> None:
    plans = [plan("all", 286_200)]
    only = [repair("bof1", at(1, 0.0), at(11, 0.0)), repair("bof2", at(6, 0.0), at(11, 0.0), "R2")]
    facts = Facts(all_plans=plans, all_repairs=only)
    whole = 286_200 / (25 * 24 + 5 * 12)
    assert _group(facts, at(3)) == pytest.approx(whole)
    assert _group(facts, at(8)) == pytest.approx(whole / 2)
    assert _group(facts, at(20)) == pytest.approx(whole)


def test_without_plans_converters_are_to_make_what_each_of_those_that_work_should() -> None:
    assert _group(Facts(), at(5)) == pytest.approx(3 * 3180 / 24)
    assert _group(Facts(all_repairs=RELINING), at(5)) == pytest.approx(2 * 3180 / 24)
    some = [plan("bof1", 95_400)]
    assert _group(Facts(all_plans=some), at(5)) == pytest.approx(3 * 3180 / 24), "a plan of some would flatter"


def test_a_repair_and_a_repair_shift_that_touch_are_one_standstill() -> None:
    standstills = Standstills([(at(7, 14.0), at(9, 10.0)), (at(20), at(21))], (SHIFT,), ALMATY)
    assert standstills.at(at(8)) == Window(at(7, 8.0), at(9, 14.0))
    assert standstills.at(at(9, 15.0)) == Window(at(7, 8.0), at(9, 14.0))
    assert standstills.at(at(7, 9.0)) == Window(at(7, 8.0), at(9, 14.0))
    assert standstills.at(at(6, 9.0)) == Window(at(6, 8.0), at(6, 14.0), daily=True)


def test_a_repair_shift_over_midnight_ends_on_the_next_day() -> None:
    night = RepairShift(clock(22), clock(2))
    assert Standstills([], (night,), ALMATY).at(at(7, 1.0)) == Window(at(6, 22.0), at(7, 2.0), daily=True)
    plant = replace(PLANT, units={**PLANT.units, "mine1": replace(PLANT.units["mine1"], repair_shifts=(night,))})
    assert planned(plant, Facts()).t_per_h("mine1", at(7)) == pytest.approx(12_000 / 20)


def test_a_repair_shift_follows_the_clocks_where_they_are_put_back() -> None:
    # Asia/Almaty moved from +06 to +05 on 2024-03-01 at 00:00.
    before = int(datetime(2024, 2, 29, 10, tzinfo=ALMATY).timestamp())
    after = int(datetime(2024, 3, 1, 10, tzinfo=ALMATY).timestamp())
    windows = [Standstills([], (SHIFT,), ALMATY).at(instant) for instant in (before, after)]
    assert [window.start_s for window in windows if window is not None] == [before - 7200, after - 7200]
    assert after - before == 25 * 3600


@settings(max_examples=examples(100))
@given(st.data())
def test_the_answer_does_not_depend_on_what_was_asked_before(data: st.DataObject) -> None:
    hours = st.integers(0, 400)
    spans = data.draw(st.lists(st.tuples(hours, st.integers(1, 90)), max_size=5))
    repairs = [(at(1) + start * 3600, at(1) + (start + length) * 3600) for start, length in spans]
    shifts = data.draw(st.sampled_from([(), (SHIFT,), (SHIFT, RepairShift(clock(20), clock(1)))]))
    standstills = Standstills(repairs, shifts, ALMATY)
    for hour in data.draw(st.lists(hours, min_size=1, max_size=20)):
        instant = at(1) + hour * 3600
        window = standstills.at(instant)
        assert window == Standstills(repairs, shifts, ALMATY).at(instant)
        standing = any(start <= instant < end for start, end in repairs)
        assert not standing or (window is not None and instant < window.end_s)


def test_asking_again_within_an_hour_costs_microseconds() -> None:
    expected = planned(PLANT, Facts(all_repairs=RELINING))
    expected.t_per_h("mine1", at(7))
    began = time.process_time()
    for _ in range(20_000):
        expected.t_per_h("mine1", at(7))
    assert (time.process_time() - began) / 20_000 < 20e-6
