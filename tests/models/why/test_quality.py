"""The quality of a unit over days: what was entered of each month, else what is configured, by what was made in it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from models.books.book import Book
from models.stated.good_output import GoodOutput
from models.tables.growth_span import Days
from models.why.oee import quality
from tests.models.books.test_book import BF3, figure
from tests.models.tables.test_hour_rows import PLANT
from tests.models.tables.test_unit_kpi import book

APRIL, MAY, JUNE = (date(2026, month, 1).toordinal() for month in (4, 5, 6))
ACT_4, ACT_5 = GoodOutput(Fraction(96, 100), "Act 4"), GoodOutput(Fraction(99, 100), "Act 5")
CONFIGURED = GoodOutput(Fraction(9, 10), "laboratory")


def made(april_t: float, may_t: float, *, configured: bool = False) -> Book:
    stated = {"quality_ratio": {"pig_iron": 0.9}, "quality_source": "laboratory"} if configured else {}
    units = {**PLANT.units, "bf3": replace(PLANT.units["bf3"], **stated)}
    figures = [
        figure(date.fromordinal(low), date.fromordinal(high), tonnes, BF3)
        for low, high, tonnes in ((APRIL, MAY, april_t), (MAY, JUNE, may_t))
    ]
    return book(replace(PLANT, units=units), *figures)


def of(found: Book, days: Days, **entered: GoodOutput) -> GoodOutput | None:
    months = {"april": APRIL, "may": MAY}
    return quality(found, BF3, days, {("bf3", "pig_iron", months[name]): good for name, good in entered.items()})


def test_what_was_entered_of_the_month_counts_before_what_is_configured() -> None:
    assert of(made(1000, 1000, configured=True), (APRIL, MAY), april=ACT_4) == ACT_4
    assert of(made(1000, 1000, configured=True), (APRIL, MAY), may=ACT_5) == CONFIGURED
    assert of(made(1000, 1000), (APRIL + 3, APRIL + 9), april=ACT_4) == ACT_4, "also of some of its days"


def test_several_months_count_by_what_they_made_and_name_all_their_sources() -> None:
    both = of(made(1000, 3000), (APRIL, JUNE), april=ACT_4, may=ACT_5)
    assert both == GoodOutput((ACT_4.share + 3 * ACT_5.share) / 4, "Act 4; Act 5")
    half = of(made(1000, 1000, configured=True), (APRIL, JUNE), april=ACT_4)
    assert half == GoodOutput((ACT_4.share + CONFIGURED.share) / 2, "Act 4; laboratory")


@pytest.mark.parametrize("days", [(APRIL, JUNE), (MAY, JUNE)])
def test_without_a_word_on_one_of_the_months_it_is_not_known(days: Days) -> None:
    assert of(made(1000, 1000), days, april=ACT_4) is None


def test_months_that_made_nothing_have_no_mean() -> None:
    assert of(made(0, 0), (APRIL, JUNE), april=ACT_4, may=ACT_5) is None
