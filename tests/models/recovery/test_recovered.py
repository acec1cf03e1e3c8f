"""A month of two furnaces worked out by hand: what is needed and possible, what is the limit, what is not known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.books.book import Book
from models.recovery.chain import RateLimit
from models.recovery.recovered import Recovery, recovery
from models.recovery.remark import Remark, RemarkKind
from models.recovery.what_if import SupposedStop, WhatIf
from models.stated.figure import RECEIVED, SHIPPED, STOCK, Figure
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.works.place import ALL, Place
from models.works.plant import BalanceNode, Flow, Plant, Stock
from tests.models.books.test_book import BF3, at, figure
from tests.models.tables.test_hour_rows import PLANT
from tests.models.tables.test_unit_kpi import book

APRIL = date(2026, 4, 1)
TODAY = date(2026, 4, 16)
NOW_NS = at(TODAY)
BF2 = replace(BF3, unit="bf2")
MINE1, MINE2 = (replace(BF3, shop="mines", unit=unit, product="coal_raw") for unit in ("mine1", "mine2"))
NODE = BalanceNode(
    name="ironmaking",
    inputs=(Flow(product="coal_raw", at=("mine1", "mine2"), yield_t_per_t=0.5),),
    outputs=(Flow(product="pig_iron", at=("bf2", "bf3")),),
    stock=(Stock(product="coal_raw", shop="iron"),),
)
COAL_STOCK = replace(BF3, level="shop", unit=ALL, product="coal_raw")


def days_until_today(place: Place, tonnes: float, since: date = date(2026, 1, 1)) -> list[Figure]:
    hour = 8 if place.shop == "mines" else 0
    found = []
    for number in range((TODAY - since).days):
        day = since + timedelta(days=number)
        span = {"start_ns": at(day, hour), "end_ns": at(day + timedelta(days=1), hour)}
        found.append(figure(day, day, tonnes, place, **span))
    return found


def plan(tonnes: float) -> PlanEntry:
    return PlanEntry(month=APRIL.toordinal(), shop=ALL, unit=ALL, product="pig_iron", grams=round(tonnes * 1e6))


def furnaces(bf2: float = 2000, bf3: float = 5000) -> list[Figure]:
    return [*days_until_today(BF2, bf2), *days_until_today(BF3, bf3)]


def works(figures: Sequence[Figure], planned: float | None, plant: Plant = PLANT, **facts: object) -> Book:
    plans = [] if planned is None else [plan(planned)]
    return replace(book(plant, *figures, all_plans=plans, **facts), now_ns=NOW_NS)


def way_of_april(found: Book, what_if: WhatIf | None = None, standing: Sequence[str] = ()) -> Recovery:
    return recovery(found, "pig_iron", APRIL.toordinal(), what_if, standing)


def test_what_is_still_needed_is_shared_by_what_each_can_make() -> None:
    found = way_of_april(works(furnaces(), 15 * 7000 + 15 * 6300))
    assert found.made_t == pytest.approx(105_000)
    assert found.need_t == pytest.approx(94_500)
    assert found.reachable_t == pytest.approx(210_000)
    assert found.is_reachable is True
    assert found.days_left == pytest.approx(15)
    assert found.forecast_t == pytest.approx(210_000)
    assert found.way is not None
    assert {unit.place: unit.required_t_per_h * 24 for unit in found.way.units} == {
        BF2: pytest.approx(1800, rel=1e-4),
        BF3: pytest.approx(4500, rel=1e-4),
    }
    assert [unit.share for unit in found.way.units] == [pytest.approx(0.9, rel=1e-4)] * 2
    assert set(found.way.limits) == {BF2, BF3}


def test_a_plan_beyond_the_best_rates_cannot_be_made_and_the_largest_month_is_told() -> None:
    found = way_of_april(works(furnaces(), 220_000))
    assert found.is_reachable is False
    assert found.reachable_t == pytest.approx(210_000)
    assert found.way is not None
    assert found.way.total_t == pytest.approx(105_000)


def test_a_nameplate_below_the_best_rate_counts_and_is_questioned() -> None:
    units = {**PLANT.units, "bf3": replace(PLANT.units["bf3"], nameplate_t_per_day={"pig_iron": 4800.0})}
    found = way_of_april(works(furnaces(), 210_000, replace(PLANT, units=units)))
    assert found.reachable_t == pytest.approx(105_000 + 15 * 6800)
    assert found.way is not None
    assert {unit.place.unit: unit.limited_by for unit in found.way.units} == {
        "bf2": RateLimit.BEST,
        "bf3": RateLimit.NAMEPLATE,
    }
    kinds = {remark.kind: remark.of for remark in found.remarks}
    assert kinds[RemarkKind.ABOVE_NAMEPLATE] == ("bf3",)
    assert kinds[RemarkKind.NO_NAMEPLATE] == ("bf2",)


def test_a_unit_that_has_a_nameplate_alone_can_make_that() -> None:
    units = {**PLANT.units, "bf2": replace(PLANT.units["bf2"], nameplate_t_per_day={"pig_iron": 2400.0})}
    figures = [*days_until_today(BF3, 5000), *days_until_today(BF2, 0, APRIL)]
    found = way_of_april(works(figures, 210_000, replace(PLANT, units=units)))
    assert found.reachable_t == pytest.approx(75_000 + 15 * 7400)


def test_a_unit_of_which_nothing_is_known_leaves_the_product_unknown() -> None:
    figures = [*days_until_today(BF3, 5000), *days_until_today(BF2, 2000, APRIL)]
    found = way_of_april(works(figures, 210_000))
    assert found.way is None
    assert found.reachable_t is None
    assert found.is_reachable is None
    assert Remark(RemarkKind.NO_RATE, ("bf2",)) in found.remarks


def test_an_unknown_day_of_the_month_leaves_it_unknown() -> None:
    figures = [each for each in furnaces() if each.start_ns != at(date(2026, 4, 7)) or each.unit != "bf3"]
    found = way_of_april(works(figures, 210_000))
    assert (found.made_t, found.way) == (None, None)
    assert Remark(RemarkKind.NO_OUTPUT, ("pig_iron",)) in found.remarks


def test_without_a_plan_the_most_is_told_and_nothing_is_required() -> None:
    found = way_of_april(works(furnaces(), None))
    assert found.plan_t is None
    assert found.reachable_t == pytest.approx(210_000)
    assert Remark(RemarkKind.NO_PLAN, ("pig_iron",)) in found.remarks


def test_a_unit_that_stands_makes_nothing_until_it_runs_and_is_the_limit() -> None:
    until = at(date(2026, 4, 21))
    found = way_of_april(works(furnaces(), 210_000), WhatIf(stands=[SupposedStop("bf3", NOW_NS, until)]))
    assert found.reachable_t == pytest.approx(210_000 - 5 * 5000)
    assert found.way is not None
    bf3 = next(unit for unit in found.way.units if unit.place == BF3)
    assert (bf3.hours, bf3.stands_h, bf3.limits) == (pytest.approx(240), pytest.approx(120), True)


def test_a_repair_counts_as_approved_or_as_it_is_supposed_to_move() -> None:
    start = at(date(2026, 4, 20))
    repair = Repair(
        name="R1",
        unit="bf3",
        start_ns=start,
        end_ns=at(date(2026, 4, 24)),
        kind=RepairKind.CURRENT,
        approved_by="chief",
    )
    books = works(furnaces(), 210_000, all_repairs=[repair])
    assert way_of_april(books).reachable_t == pytest.approx(210_000 - 20_000)
    half = WhatIf(moved={"R1": at(date(2026, 4, 29))})
    assert way_of_april(books, half).reachable_t == pytest.approx(210_000 - 10_000), "two days of it are of May"
    assert way_of_april(books).reachable_t == pytest.approx(210_000 - 20_000), "nothing was entered"


def test_a_day_more_as_it_goes_costs_what_it_is_below_the_best() -> None:
    since = at(date(2026, 3, 20))
    slow = [
        replace(each, grams=4_400_000_000) if each.unit == "bf3" and each.start_ns >= since else each
        for each in furnaces()
    ]
    found = way_of_april(works(slow, 190_000))
    assert found.way is not None
    assert found.way.delay_t == pytest.approx(600, rel=1e-4)
    need = 190_000 - 15 * 6400
    assert found.way.delayed_t_per_day == pytest.approx((need - 6400) / 14, rel=1e-4)


def with_coal(coal_t: float, stock_t: float | None, *more: Figure, node: BalanceNode = NODE) -> Recovery:
    mines = [*days_until_today(MINE1, coal_t / 2), *days_until_today(MINE2, coal_t / 2)]
    lying = (
        []
        if stock_t is None
        else [figure(TODAY, TODAY, stock_t, COAL_STOCK, basis=STOCK, start_ns=NOW_NS, end_ns=NOW_NS)]
    )
    plant = replace(PLANT, balance=(node,))
    return way_of_april(works([*furnaces(), *mines, *lying, *more], 210_000, plant))


def test_coal_that_does_not_suffice_is_the_limit_beside_what_lies_in_stock() -> None:
    found = with_coal(10_000, 6_000)
    # 16 April of the mines began at 08:00 of it: at midnight 8 hours of the 15th are left.
    from_mines = 0.5 * 10_000 * (15 + 8 / 24)
    assert found.reachable_t == pytest.approx(105_000 + 3_000 + from_mines, rel=1e-4)
    assert found.way is not None
    assert set(found.way.limits) == {MINE1, MINE2}
    assert found.way.stocks == ["ironmaking"]


def test_a_stock_that_nobody_stated_is_not_drawn_on_and_said() -> None:
    found = with_coal(10_000, None)
    assert found.reachable_t == pytest.approx(105_000 + 0.5 * 10_000 * (15 + 8 / 24), rel=1e-4)
    assert Remark(RemarkKind.NO_STOCK_FIGURE, ("coal_raw",)) in found.remarks


def test_what_is_always_bought_goes_on_being_bought_and_is_said() -> None:
    bought = [
        figure(day, day + timedelta(days=1), 1000, COAL_STOCK, basis=RECEIVED)
        for day in (TODAY - timedelta(days=number) for number in range(1, 91))
    ]
    found = with_coal(10_000, 6_000, *bought)
    assert found.reachable_t == pytest.approx(105_000 + 3_000 + 5_000 * (15 + 8 / 24) + 500 * 15, rel=1e-4)
    assert Remark(RemarkKind.DELIVERIES, ("coal_raw",), 1000.0) in found.remarks


def test_what_is_sold_beyond_what_lies_there_is_neither_sold_nor_used() -> None:
    sold = [
        figure(day, day + timedelta(days=1), 1000, COAL_STOCK, basis=SHIPPED)
        for day in (TODAY - timedelta(days=number) for number in range(1, 91))
    ]
    from_mines = 5_000 * (15 + 8 / 24)
    assert with_coal(10_000, None, *sold).reachable_t == pytest.approx(105_000 + from_mines, rel=1e-4)
    found = with_coal(10_000, 6_000, *sold)
    assert found.reachable_t == pytest.approx(105_000 + from_mines, rel=1e-4), "what lies there is sold, and no more"
    assert Remark(RemarkKind.SALES, ("coal_raw",), 1000.0) in found.remarks


def test_what_a_product_is_made_from_and_no_node_brings_is_said() -> None:
    products = {**PLANT.products, "pig_iron": replace(PLANT.products["pig_iron"], made_from=("coal_raw", "ore"))}
    plant = replace(PLANT, balance=(NODE,), products=products)
    mines = [*days_until_today(MINE1, 8000), *days_until_today(MINE2, 8000)]
    found = way_of_april(works([*furnaces(), *mines], 210_000, plant))
    assert Remark(RemarkKind.NOT_IN_CHAIN, ("ore",)) in found.remarks


def test_more_coal_than_the_furnaces_take_leaves_them_the_limit() -> None:
    found = with_coal(30_000, 6_000)
    assert found.reachable_t == pytest.approx(210_000, rel=1e-6)
    assert found.way is not None
    assert set(found.way.limits) == {BF2, BF3}
    required = {unit.place.unit: unit.required_t for unit in found.way.units}
    assert required["mine1"] + required["mine2"] == pytest.approx(2 * (105_000 - 3_000), rel=1e-3), "and no more"


def test_a_month_ahead_begins_with_the_stock_of_now_and_says_so() -> None:
    plant = replace(PLANT, balance=(NODE,))
    mines = [*days_until_today(MINE1, 5000), *days_until_today(MINE2, 5000)]
    lying = figure(TODAY, TODAY, 6_000, COAL_STOCK, basis=STOCK, start_ns=NOW_NS, end_ns=NOW_NS)
    books = works([*furnaces(), *mines, lying], 210_000, plant)
    found = recovery(books, "pig_iron", date(2026, 5, 1).toordinal())
    assert found.reachable_t == pytest.approx(3_000 + 31 * 5_000, rel=1e-4)
    assert Remark(RemarkKind.STOCKS_OF_NOW, ("coal_raw",)) in found.remarks


def test_a_stock_that_must_be_kept_is_not_drawn_below_that() -> None:
    kept = replace(NODE, stock=(replace(NODE.stock[0], least_t=4_000.0),))
    assert with_coal(10_000, 6_000, node=kept).reachable_t == pytest.approx(
        (with_coal(10_000, 6_000).reachable_t or 0) - 2_000, rel=1e-6
    )


def test_a_chain_that_is_not_declared_is_no_limit_and_said() -> None:
    assert Remark(RemarkKind.NO_CHAIN, ("pig_iron",)) in way_of_april(works(furnaces(), 210_000)).remarks


def test_a_supplier_of_which_nothing_is_known_is_left_out_and_said() -> None:
    plant = replace(PLANT, balance=(NODE,))
    found = way_of_april(works([*furnaces(), *days_until_today(MINE1, 5000)], 210_000, plant))
    assert found.reachable_t == pytest.approx(210_000)
    assert Remark(RemarkKind.SUPPLY_LEFT_OUT, ("mine2",)) in found.remarks


def test_a_unit_that_stands_now_is_named() -> None:
    found = way_of_april(works(furnaces(), 210_000), standing=["bf3"])
    assert Remark(RemarkKind.STANDS_NOW, ("bf3",)) in found.remarks


def test_in_the_middle_of_a_day_its_output_so_far_counts_and_its_rest_is_left() -> None:
    noon = at(TODAY, 12)
    half = [
        figure(TODAY, TODAY, tonnes, place, start_ns=at(TODAY), end_ns=at(TODAY + timedelta(days=1)))
        for place, tonnes in ((BF2, 900), (BF3, 2600))
    ]
    books = replace(works([*furnaces(), *half], 210_000), now_ns=noon)
    found = way_of_april(books)
    assert found.made_t == pytest.approx(105_000 + 3_500)
    assert found.days_left == pytest.approx(14.5)
    assert found.reachable_t == pytest.approx(105_000 + 3_500 + 14.5 * 7_000, rel=1e-4)


def test_a_month_that_has_not_begun_is_whole() -> None:
    books = works(furnaces(), 210_000)
    found = recovery(books, "pig_iron", date(2026, 5, 1).toordinal())
    assert (found.made_t, found.days_left) == (0.0, 31)
    assert found.reachable_t == pytest.approx(31 * 7000)
    later = recovery(books, "pig_iron", date(2026, 9, 1).toordinal())
    assert later.reachable_t == pytest.approx(30 * 7000), "by the rates of now, however far ahead"
