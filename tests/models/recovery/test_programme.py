"""The linear programme of a chain against every possibility of small works, and against what proves it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from itertools import product as every
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.recovery.chain import Chain, Floats, RateLimit, Supply, SupplyStock, UnitBound, supplying
from models.recovery.programme import NoProgramme, Programme
from models.works.place import Place

DAYS = 2


def place(code: str, product: str = "iron") -> Place:
    return Place("unit", "shop", code, product)


def bound(where: Place, rate: float, hours: Sequence[float], recent: float | None = None) -> UnitBound:
    return UnitBound(
        place=where,
        limit_t_per_h=rate,
        limited_by=RateLimit.BEST,
        best_t_per_h=rate,
        nameplate_t_per_h=None,
        hours=np.array(hours, np.float64),
        stands_h=0.0,
        recent_t_per_h=recent,
    )


def stock(opening_t: float, arriving_t: float = 0.0, least_t: float = 0.0, most_t: float | None = None) -> SupplyStock:
    return SupplyStock(opening_t=opening_t, arriving_t=np.full(DAYS, arriving_t), least_t=least_t, most_t=most_t)


COKE, IRON, STEEL = place("battery", "coke"), place("furnace", "iron"), place("converter", "steel")


def three_in_a_row(
    rates: Sequence[int], yields: Sequence[int], between: SupplyStock | None, after: SupplyStock | None
) -> Chain:
    """Coke, iron and steel, of which the last is asked for."""
    return Chain(
        asked=[STEEL],
        units={where: bound(where, rate, [1.0] * DAYS) for where, rate in zip((COKE, IRON, STEEL), rates, strict=True)},
        supplies=[
            Supply(node="iron", brings={COKE: float(yields[0])}, takes=[IRON], stock=between),
            Supply(node="steel", brings={IRON: float(yields[1])}, takes=[STEEL], stock=after),
        ],
        days=DAYS,
    )


def tried(chain: Chain) -> float:
    """The most steel of all whole tonnes of every unit on every day that the stocks allow."""
    columns = [range(round(chain.units[where].most_t[day]) + 1) for where in (COKE, IRON, STEEL) for day in range(DAYS)]
    made = np.array(list(every(*columns)), np.float64).reshape(-1, 3, DAYS)
    possible = np.ones(len(made), np.bool_)
    for number, supply in enumerate(chain.supplies):
        brought, taken = made[:, number] * next(iter(supply.brings.values())), made[:, number + 1]
        if supply.stock is None:
            possible &= (taken <= brought).all(axis=1)
            continue
        lying = supply.stock.opening_t + np.cumsum(brought - taken + supply.stock.arriving_t, axis=1)
        possible &= (lying >= supply.stock.least_t).all(axis=1)
        if supply.stock.most_t is not None:
            possible &= (lying <= supply.stock.most_t).all(axis=1)
    return float(made[possible, 2].sum(axis=1).max())


@pytest.mark.parametrize("seed", range(40))
def test_no_other_way_of_a_small_works_makes_more(seed: int) -> None:
    random = Random(f"works:{seed}")
    stocks = [
        None
        if random.random() < 0.4
        else random.choice([stock(random.randint(0, 3), random.randint(0, 1)), stock(random.randint(0, 3), most_t=4)])
        for _ in range(2)
    ]
    chain = three_in_a_row([random.randint(0, 3) for _ in range(3)], [1, 1], *stocks)
    assert Programme(chain).most().total_t == pytest.approx(tried(chain))


def test_what_a_tonne_of_coke_makes_decides_how_far_it_reaches() -> None:
    chain = three_in_a_row([1, 9, 9], [2, 1], None, None)
    found = Programme(chain).most()
    assert found.total_t == pytest.approx(4)
    assert found.limits() == [COKE]
    assert found.price[COKE].tolist() == pytest.approx([2, 2])


def amounts(least: float, most: float) -> st.SearchStrategy[float]:
    return st.floats(least, most, allow_nan=False).map(lambda tonnes: round(tonnes, 2))


@given(
    rates=st.lists(amounts(0, 500), min_size=5, max_size=5),
    yields=st.lists(amounts(0.2, 3), min_size=2, max_size=2),
    hours=st.lists(amounts(0, 24), min_size=5, max_size=5),
)
def test_the_prices_of_the_limits_prove_that_there_is_no_more(
    rates: list[float], yields: list[float], hours: list[float]
) -> None:
    coke, iron = [place(code, "coke") for code in ("c1", "c2")], [place(code) for code in ("f1", "f2", "f3")]
    places = [*coke, *iron]
    chain = Chain(
        asked=iron,
        units={
            where: bound(where, rate, [hour] * DAYS) for where, rate, hour in zip(places, rates, hours, strict=True)
        },
        supplies=[Supply(node="iron", brings=dict(zip(coke, yields, strict=True)), takes=iron)],
        days=DAYS,
    )
    found = Programme(chain).most()
    proved = sum(float(price @ chain.units[where].most_t) for where, price in found.price.items())
    assert found.total_t == pytest.approx(proved, abs=1e-6)
    assert found.total_t == pytest.approx(
        min(sum(float(chain.units[each].most_t.sum()) for each in iron), sum_of(chain, coke, yields)), abs=1e-6
    )


def sum_of(chain: Chain, coke: Sequence[Place], yields: Sequence[float]) -> float:
    return sum(factor * float(chain.units[where].most_t.sum()) for where, factor in zip(coke, yields, strict=True))


def test_units_that_make_the_same_go_at_the_same_share_of_their_limits() -> None:
    small, big = place("bf2"), place("bf3")
    chain = Chain(asked=[small, big], units=two(small, big), supplies=[], days=DAYS)
    made = Programme(chain).least_strain(1200.0)
    assert made[small].tolist() == pytest.approx([200, 200])
    assert made[big].tolist() == pytest.approx([400, 400])


def test_no_unit_is_spared_where_what_comes_before_allows_only_some_days() -> None:
    """What comes suffices for one day alone: on it all go as they can, and none of them less than another."""
    small, big = place("bf2"), place("bf3")
    chain = Chain(
        asked=[small, big],
        units={COKE: bound(COKE, 300, [4, 0]), **two(small, big)},
        supplies=[Supply(node="iron", brings={COKE: 1.0}, takes=[small, big])],
        days=DAYS,
    )
    made = Programme(chain).least_strain(1200.0)
    assert made[small].tolist() == pytest.approx([400, 0], abs=0.1)
    half = Programme(chain).least_strain(600.0)
    assert float(half[small].sum()) == pytest.approx(200, rel=1e-4)
    assert float(half[big].sum()) == pytest.approx(400, rel=1e-4)


def test_what_comes_before_is_shared_evenly_from_day_to_day_where_it_is_short() -> None:
    """On the first day all go as they can. Then it suffices for half of them: none stands on one day, to hurry on the
    next."""
    small, big = place("bf2"), place("bf3")
    chain = Chain(
        asked=[small, big],
        units={
            COKE: bound(COKE, 300, [4, 2, 2]),
            small: bound(small, 100, [4, 4, 4]),
            big: bound(big, 200, [4, 4, 4]),
        },
        supplies=[Supply(node="iron", brings={COKE: 1.0}, takes=[small, big])],
        days=3,
    )
    most = Programme(chain).most().total_t
    assert most == pytest.approx(2400)
    made = Programme(chain).least_strain(most)
    assert made[small].tolist() == pytest.approx([400, 200, 200], abs=0.1)
    assert made[big].tolist() == pytest.approx([800, 400, 400], abs=0.1)


def two(small: Place, big: Place) -> Mapping[Place, UnitBound]:
    return {small: bound(small, 100, [4, 4]), big: bound(big, 200, [4, 4])}


def test_those_before_make_no_more_than_is_needed_beside_what_lies_in_stock() -> None:
    chain = three_in_a_row([9, 9, 9], [1, 1], stock(4), None)
    made = Programme(chain).least_strain(10.0)
    assert float(made[STEEL].sum()) == pytest.approx(10, rel=1e-5)
    assert float(made[COKE].sum()) == pytest.approx(6, rel=1e-5)


def test_a_total_that_can_hardly_be_reached_is_reached_in_spite_of_rounding() -> None:
    chain = three_in_a_row([3, 3, 3], [1, 1], None, None)
    made = Programme(chain).least_strain(Programme(chain).most().total_t)
    assert float(made[STEEL].sum()) == pytest.approx(6, rel=1e-5)


@pytest.mark.parametrize("seed", range(60))
def test_a_chain_of_any_sizes_has_its_way_for_any_share_of_the_most(seed: int) -> None:
    random = Random(f"sizes:{seed}")
    days = random.randint(1, 31)
    stages = [
        [place(f"u{stage}_{number}", f"p{stage}") for number in range(random.randint(1, 5))] for stage in range(5)
    ]
    scale = 10 ** random.uniform(-1, 3)

    def hours() -> list[float]:
        return [random.choice([0.0, 24.0, random.uniform(0, 24)]) for _ in range(days)]

    units = {each: bound(each, random.uniform(0, 1) * scale, hours()) for stage in stages for each in stage}
    supplies = [
        Supply(
            node=f"n{number}",
            brings={each: random.uniform(0.3, 1.6) for each in before},
            takes=after,
            stock=random.choice([None, held(random, days, scale)]),
        )
        for number, (before, after) in enumerate(pairwise(stages))
    ]
    chain = Chain(asked=stages[random.randint(1, 4)], units=units, supplies=supplies, days=days)
    programme = Programme(chain)
    most = programme.most().total_t
    for share in (0.0, 0.5, 0.999, 1.0):
        made = programme.least_strain(share * most)
        total = sum(float(made[each].sum()) for each in chain.asked)
        assert total == pytest.approx(share * most, rel=1e-5, abs=1e-4)
        for each, column in made.items():
            assert (column <= units[each].most_t * (1 + 1e-5) + 1e-6).all()


def held(random: Random, days: int, scale: float) -> SupplyStock:
    opening = random.uniform(0, 100) * scale
    return SupplyStock(
        opening_t=opening,
        arriving_t=np.full(days, random.uniform(0, 2) * scale),
        least_t=random.choice([0.0, 0.5 * opening]),
        most_t=random.choice([None, opening * 2 + 70 * scale]),
    )


def test_more_than_the_most_has_no_answer_and_says_so() -> None:
    with pytest.raises(NoProgramme, match="no answer"):
        Programme(three_in_a_row([3, 3, 3], [1, 1], None, None)).least_strain(60.0)


def test_a_stock_that_is_used_up_is_the_limit() -> None:
    chain = three_in_a_row([0, 9, 9], [1, 1], stock(7), None)
    found = Programme(chain).most()
    assert found.total_t == pytest.approx(7)
    assert "iron" in found.short_stocks()


def test_a_heap_that_is_full_keeps_those_before_it_from_working() -> None:
    """Asked for coke, which nobody takes: there is room for five tonnes more."""
    chain = Chain(
        asked=[COKE],
        units={COKE: bound(COKE, 9, [1, 1]), IRON: bound(IRON, 0, [1, 1])},
        supplies=[Supply(node="iron", brings={COKE: 1.0}, takes=[IRON], stock=stock(5, most_t=10))],
        days=DAYS,
    )
    found = Programme(chain).most()
    assert found.total_t == pytest.approx(5)
    assert found.limits() == [IRON]


def test_only_what_the_asked_hangs_on_is_in_its_chain() -> None:
    open_heap = Supply(node="steel", brings={IRON: 1.0}, takes=[STEEL], stock=stock(1))
    full_heap = Supply(node="steel", brings={IRON: 1.0}, takes=[STEEL], stock=stock(1, most_t=9))
    before = Supply(node="iron", brings={COKE: 1.0}, takes=[IRON])
    assert [each.node for each in supplying([open_heap, before], [IRON])] == ["iron"]
    assert {each.node for each in supplying([full_heap, before], [IRON])} == {"iron", "steel"}
    assert [each.node for each in supplying([open_heap, before], [STEEL])] == ["steel", "iron"]


def test_nothing_can_be_made_in_no_hours() -> None:
    chain = three_in_a_row([0, 0, 0], [1, 1], None, None)
    made: Mapping[Place, Floats] = Programme(chain).least_strain(0.0)
    assert sum(float(column.sum()) for column in made.values()) == pytest.approx(0, abs=1e-6)
