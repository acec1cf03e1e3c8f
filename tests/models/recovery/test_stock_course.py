"""What lies in stock on the days that are left: worked out by hand, and only where somebody stated it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from models.recovery.chain import Supply, SupplyStock
from models.recovery.recovered import Recovery
from models.recovery.stock_course import stock_courses
from models.recovery.stock_words import stock_sentence, stocks_of
from models.stated.figure import RECEIVED, SHIPPED
from models.works.localize import LANGUAGES, Language
from models.works.place import Place
from tests.models.books.test_book import figure
from tests.models.recovery.test_recovered import COAL_STOCK, NODE, TODAY, with_coal
from tests.models.tables.test_hour_rows import PLANT

OVEN, FURNACE = Place("unit", "coke", "c1", "coke"), Place("unit", "iron", "f1", "pig_iron")
WORKS = replace(PLANT, balance=(NODE,))


def supply(stock: SupplyStock | None) -> Supply:
    return Supply(node="iron", brings={OVEN: 0.5}, takes=[FURNACE], stock=stock)


def stock(opening_t: float, arriving_t: Sequence[float], *, is_known: bool = True) -> SupplyStock:
    return SupplyStock(opening_t=opening_t, arriving_t=np.array(arriving_t), is_known=is_known)


def test_an_evening_has_what_lay_there_and_came_less_what_was_taken() -> None:
    made = {OVEN: np.array([100.0, 0.0]), FURNACE: np.array([40.0, 35.0])}
    (course,) = stock_courses([supply(stock(10.0, [5.0, 10.0]))], made)
    assert (course.node, course.opening_t) == ("iron", 10.0)
    assert course.evening_t.tolist() == [10 + 5 + 50 - 40, 25 + 10 - 35]


def test_of_a_stock_that_nobody_stated_or_whose_units_have_no_plan_nothing_is_told() -> None:
    made = {OVEN: np.zeros(1), FURNACE: np.zeros(1)}
    assert list(stock_courses([supply(None), supply(stock(0.0, [0.0], is_known=False))], made)) == []
    assert list(stock_courses([supply(stock(5.0, [0.0]))], {OVEN: np.zeros(1)})) == []


def way_stocks(found: Recovery) -> list[tuple[str, float, float]]:
    assert found.way is not None
    return [(each.product, each.opening_t, each.evening_t[-1]) for each in stocks_of(WORKS, found.way)]


def test_the_days_of_a_unit_sum_to_what_it_has_to_make_and_the_stock_is_told_in_its_own_tonnes() -> None:
    found = with_coal(30_000, 6_000)
    assert found.way is not None
    for unit in found.way.units:
        assert len(unit.by_day) == 16, "of the 15th the mines have 8 hours left"
        assert sum(unit.by_day) == pytest.approx(unit.required_t)
    ((product, opening_t, left_t),) = way_stocks(found)
    assert (product, opening_t) == ("coal_raw", 6_000)
    assert left_t == pytest.approx(0, abs=1), "it is used up before a mine has to do more"


def test_a_stock_that_must_be_kept_is_there_at_the_end() -> None:
    kept = replace(NODE, stock=(replace(NODE.stock[0], least_t=4_000.0),))
    ((_, _, left_t),) = way_stocks(with_coal(30_000, 6_000, node=kept))
    assert left_t == pytest.approx(4_000, abs=1)


def test_a_stock_out_of_which_more_is_sold_than_lies_there_ends_empty_and_not_below() -> None:
    sold = [
        figure(day, day + timedelta(days=1), 1000, COAL_STOCK, basis=SHIPPED)
        for day in (TODAY - timedelta(days=number) for number in range(1, 91))
    ]
    found = with_coal(10_000, 6_000, *sold)
    assert found.way is not None
    (course,) = stocks_of(WORKS, found.way)
    assert min(course.evening_t) == pytest.approx(0, abs=1)


def test_a_limit_of_a_stock_keeps_no_unit_from_what_is_bought() -> None:
    bought = [
        figure(day, day + timedelta(days=1), 1000, COAL_STOCK, basis=RECEIVED)
        for day in (TODAY - timedelta(days=number) for number in range(1, 91))
    ]
    # With room for what the mines bring in the hours that are left of their day.
    full = replace(NODE, stock=(replace(NODE.stock[0], most_t=9_400.0),))
    assert with_coal(10_000, 6_000, *bought, node=full).reachable_t == pytest.approx(
        with_coal(10_000, 6_000, *bought).reachable_t, rel=1e-6
    )


def test_a_stock_that_nobody_stated_has_no_course() -> None:
    assert way_stocks(with_coal(30_000, None)) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "In stock at the end of the month: {} 0 t (now 6,000 t)."),
        ("ru", "Запас к концу месяца: {} 0 т (сейчас 6 000 т)."),
        ("kk", "Ай соңындағы қор: {} 0 т (қазір 6 000 т)."),
    ],
)
def test_what_is_left_at_the_end_of_the_month_is_a_sentence(language: Language, told: str) -> None:
    found = with_coal(30_000, 6_000)
    assert found.way is not None
    (sentence,) = stock_sentence(WORKS, found.way, language)
    assert sentence.replace("\xa0", " ") == told.format(WORKS.products["coal_raw"].name(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_stock_there_is_no_sentence_of_it(language: Language) -> None:
    found = with_coal(30_000, None)
    assert found.way is not None
    assert list(stock_sentence(WORKS, found.way, language)) == []


def test_two_stocks_of_one_node_are_told_together_in_tonnes_of_what_it_makes() -> None:
    both = replace(NODE, stock=(*NODE.stock, replace(NODE.stock[0], product="pig_iron")))
    iron = figure(TODAY - timedelta(days=1), TODAY, 500, replace(COAL_STOCK, product="pig_iron"), basis="stock")
    found = with_coal(30_000, 6_000, iron, node=both)
    assert found.way is not None
    (each,) = stocks_of(replace(PLANT, balance=(both,)), found.way)
    assert (each.holds, each.product) == (("coal_raw", "pig_iron"), "pig_iron")
    assert each.opening_t == pytest.approx(3_000 + 500)
