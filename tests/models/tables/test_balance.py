"""The mass balance of a day: worked examples, and nothing where an input is not known."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from models.stated.figure import RECEIVED, SHIPPED, STOCK
from models.tables.balance import Balances
from models.tables.spread import Spread, learned
from models.works.plant import BalanceNode, Flow, Stock
from tests.models.books.test_book import BF3, at, figure
from tests.models.tables.test_unit_kpi import DAY, NEXT, book, works

NODE = BalanceNode(
    name="ironmaking",
    inputs=(Flow(product="coal_raw", at=("mine1", "mine2"), yield_t_per_t=0.5, uncertainty_pct=2.0),),
    outputs=(Flow(product="pig_iron", at=("bf3",), uncertainty_pct=1.0),),
    stock=(Stock(product="coal_raw", shop="iron", uncertainty_pct=5.0),),
)


def test_the_residual_of_a_node_is_what_nobody_can_account_for_with_its_uncertainty() -> None:
    plant = works(balance=(NODE,))
    eight = {"start_ns": at(DAY, 8), "end_ns": at(NEXT, 8)}
    mines = [
        figure(DAY, NEXT, tonnes, replace(BF3, shop="mines", unit=unit, product="coal_raw"), **eight)
        for unit, tonnes in (("mine1", 6000), ("mine2", 4000))
    ]
    iron = figure(DAY, NEXT, 4900, BF3)
    place = replace(BF3, level="shop", unit="all", product="coal_raw")
    stocks = [
        figure(day, day, tonnes, place, basis=STOCK, start_ns=at(day), end_ns=at(day))
        for day, tonnes in ((DAY, 300), (NEXT, 350))
    ]
    (row,) = Balances(book(plant, *mines, iron, *stocks)).rows(DAY.toordinal(), 7)
    assert dict(row.key.tags) == {"site": "temirtau", "node": "ironmaking"}
    assert row.fields["residual_t"] == 0.5 * 10_000 - 4900 + 0.5 * (300 - 350)
    sigma = (60**2 + 40**2 + 49**2 + 7.5**2 + 8.75**2) ** 0.5
    assert row.fields["sigma_t"] == pytest.approx(sigma, abs=1e-6)
    (node,) = Balances(book(plant, *mines, iron, *stocks)).of(DAY.toordinal())
    assert [(term.kind, term.where, term.tonnes) for term in node.terms] == [
        ("input", "mine1", 3000),
        ("input", "mine2", 2000),
        ("output", "bf3", -4900),
        ("opening stock", "iron", 150),
        ("closing stock", "iron", -175),
    ]
    assert Balances(book(plant, *mines, iron, stocks[0])).rows(DAY.toordinal(), 7) == [], "its closing stock is unknown"
    assert Balances(book(plant, mines[0], iron, *stocks)).rows(DAY.toordinal(), 7) == [], "an input is unknown"


def test_what_was_bought_and_sold_in_the_day_is_no_loss_and_a_longer_span_leaves_the_day_unknown() -> None:
    plant = works(balance=(NODE,))
    eight = {"start_ns": at(DAY, 8), "end_ns": at(NEXT, 8)}
    coal = figure(DAY, NEXT, 10_000, replace(BF3, shop="mines", unit="mine1", product="coal_raw"), **eight)
    none = figure(DAY, NEXT, 0, replace(BF3, shop="mines", unit="mine2", product="coal_raw"), **eight)
    iron = figure(DAY, NEXT, 5000, BF3)
    place = replace(BF3, level="shop", unit="all", product="coal_raw")
    stocks = [
        figure(day, day, tonnes, place, basis=STOCK, start_ns=at(day), end_ns=at(day))
        for day, tonnes in ((DAY, 300), (NEXT, 900))
    ]
    moved = [figure(DAY, NEXT, tonnes, place, basis=basis) for basis, tonnes in ((RECEIVED, 1000), (SHIPPED, 400))]
    (row,) = Balances(book(plant, coal, none, iron, *stocks, *moved)).rows(DAY.toordinal(), 7)
    assert row.fields["residual_t"] == 0
    week = figure(DAY.replace(day=1), DAY.replace(day=8), 7000, place, basis=RECEIVED)
    assert Balances(book(plant, coal, none, iron, *stocks, week)).rows(DAY.toordinal(), 7) == []


def test_the_columns_of_many_days_hold_what_the_terms_of_each_day_leave() -> None:
    plant = works(balance=(NODE,))
    place = replace(BF3, level="shop", unit="all", product="coal_raw")
    days = [DAY.replace(day=number) for number in range(5, 16)]
    figures = [
        figure(day, day, 300 + 7 * day.day % 50, place, basis=STOCK, start_ns=at(day), end_ns=at(day))
        for day in days
        if day.day != 12
    ]
    for day, after in pairwise(days):
        eight = {"start_ns": at(day, 8), "end_ns": at(after, 8)}
        for unit in ("mine1", "mine2"):
            coal = replace(BF3, shop="mines", unit=unit, product="coal_raw")
            figures.append(figure(day, after, 5_000 + 11 * day.day, coal, **eight))
        if day.day != 7:
            figures.append(figure(day, after, 4_900 + 13 * day.day, BF3))
    figures += [
        figure(days[4], days[5], 900, place, basis=RECEIVED),
        figure(days[4], days[5], 100, place, basis=SHIPPED, start_ns=at(days[4], 6), end_ns=at(days[4], 18)),
        figure(days[8], days[10], 400, place, basis=SHIPPED),
    ]
    balances = Balances(book(plant, *figures))
    first, end = days[0].toordinal() - 1, days[-1].toordinal() + 1
    one_by_one = [balances.of(day)[0].residual_t for day in range(first, end)]
    assert [value is None for value in one_by_one].count(True) == 7
    columns = balances.residuals(NODE, first, end)
    expected = [np.nan if value is None else value for value in one_by_one]
    assert np.allclose(columns, expected, equal_nan=True)
    before = balances.book.first
    assert np.isnan(balances.residuals(NODE, before - 3, before + 2)).all()
    assert np.isnan(balances.residuals(NODE, before - 9, before - 2)).all()


def test_what_is_in_process_at_both_ends_of_the_day_and_the_yields_spread_are_in_the_declared_sigma() -> None:
    flow = replace(NODE.inputs[0], at=("mine1",), uncertainty_pct=1.0, yield_spread_pct=2.0)
    node = replace(NODE, inputs=(flow,), stock=(Stock(product="coal_raw", shop="iron", uncertainty_t=20),))
    node = replace(node, in_process_t=30.0)
    place = replace(BF3, level="shop", unit="all", product="coal_raw")
    stocks = [figure(day, day, 0, place, basis=STOCK, start_ns=at(day), end_ns=at(day)) for day in (DAY, NEXT)]
    eight = {"start_ns": at(DAY, 8), "end_ns": at(NEXT, 8)}
    coal = figure(DAY, NEXT, 10_000, replace(BF3, shop="mines", unit="mine1", product="coal_raw"), **eight)
    (found,) = Balances(book(works(balance=(node,)), coal, figure(DAY, NEXT, 5000, BF3), *stocks)).of(DAY.toordinal())
    assert found.declared_sigma_t == pytest.approx((50**2 + 100**2 + 50**2 + 2 * 10**2 + 2 * 30**2) ** 0.5)
    assert found.sigma_t == found.declared_sigma_t, "nothing can be learned from no days"


def test_the_spread_is_learned_about_its_middle_so_that_a_bias_is_never_learned_away() -> None:
    days = [float(value) for value in np.random.default_rng(9).normal(0.0, 20.0, 60)]
    assert learned(days[:29]) is None
    assert learned([5.0] * 60) is None, "a node that always shows the same has no spread of its own"
    plain = learned(days)
    assert plain is not None
    assert plain.sigma_t == pytest.approx(20.0, rel=0.2)
    assert learned([value + 500.0 for value in days]) == Spread(pytest.approx(plain.sigma_t), 60)
    assert learned([*days[:-3], 9e5, -9e5, 9e5]) == Spread(pytest.approx(plain.sigma_t, rel=0.1), 60)
