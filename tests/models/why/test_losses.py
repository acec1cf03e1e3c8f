"""Losses of random works: each ranking has all of the time and of the tonnes, to the gram."""

from dataclasses import replace

import pytest

from models.books.book import Book
from models.books.claims import Claims
from models.why.stop_losses import product_losses
from models.works.month import shifted
from tests.models.books.test_book import JANUARY
from tests.models.why.test_explained import month, side
from tests.support.random_books import PRODUCTS, random_book


def with_shifts(book: Book) -> Book:
    """The same works, with two shifts that begin with its production day, as `tundish check` asks for."""
    shops = {}
    for code, shop in book.plant.shops.items():
        day_start = shop.calendar.day_start
        later = day_start.replace(hour=(day_start.hour + 12) % 24)
        shops[code] = replace(shop, calendar=replace(shop.calendar, shift_starts=(day_start, later)))
    claims = Claims(replace(book.plant, shops=shops), book.claims.recorded)
    return replace(book, claims=claims)


@pytest.mark.parametrize("seed", range(8))
def test_every_ranking_sums_to_all_stops(seed: int) -> None:
    one = side(seed, with_shifts(random_book(seed)))
    stopped = 0
    for product in PRODUCTS.values():
        for days in (month(JANUARY), (shifted(JANUARY, -3), shifted(JANUARY, 3)), (JANUARY + 3, JANUARY + 20)):
            found = product_losses(one, product, days)
            stopped += found.total.stops
            for ranking in (
                found.causes,
                found.shifts,
                found.weekdays,
                {unit.place: unit.loss for unit in found.units},
            ):
                assert sum(loss.grams for loss in ranking.values()) == found.total.grams
                assert sum(loss.stood_ns for loss in ranking.values()) == found.total.stood_ns
            assert sum(unit.loss.stops for unit in found.units) == found.total.stops
            assert not {unit.place for unit in found.units} & {*found.unknown, *found.without_pace}
            lost = [unit.loss.grams for unit in found.units]
            assert lost == sorted(lost, reverse=True)
            for unit in found.units:
                assert 0 <= unit.own <= unit.loss.stops
                assert unit.own_ns <= unit.loss.stood_ns
    assert stopped
