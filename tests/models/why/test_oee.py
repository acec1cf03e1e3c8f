"""OEE worked out by hand: availability x performance x quality, and none where one of the three is not known."""

from dataclasses import replace
from fractions import Fraction

import pytest

from dashboards.report.why.oee_notes import oee_notes
from models.books.book import Book
from models.books.claims import Claims
from models.stated.good_output import GoodOutput
from models.why.oee import exact, performance
from models.why.split_change import pace
from models.why.stop_losses import StopLoss, UnitLoss, product_losses
from models.works.calendar import HOUR_NS
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant
from tests.models.books.test_book import BF3, JANUARY
from tests.models.tables.test_hour_rows import PLANT
from tests.models.why.test_explained import month, side
from tests.models.why.test_losses import with_shifts
from tests.support.random_books import PRODUCTS, random_book

PACE = Fraction(200_000_000, HOUR_NS)
"""200 t an hour, 4,800 t a day."""


def furnace(nameplate_t: float | None, good: float | None) -> Plant:
    unit = replace(
        PLANT.units["bf3"],
        nameplate_t_per_day={} if nameplate_t is None else {"pig_iron": nameplate_t},
        quality_ratio={} if good is None else {"pig_iron": good},
        quality_source="" if good is None else "laboratory",
    )
    return replace(PLANT, units={**PLANT.units, "bf3": unit})


def stated(plant: Plant) -> GoodOutput | None:
    """What is configured of it."""
    unit = plant.units["bf3"]
    shares = [GoodOutput(exact(share), unit.quality_source) for share in unit.quality_ratio.values()]
    return shares[0] if shares else None


def ran(plant: Plant, ran_h: int = 720, own_h: int = 24) -> UnitLoss:
    """A month of a furnace that stood once by its own fault."""
    return UnitLoss(
        place=BF3,
        loss=StopLoss(1, own_h * HOUR_NS, own_h * 200_000_000),
        causes={},
        own=1,
        own_ns=own_h * HOUR_NS,
        ran_ns=ran_h * HOUR_NS,
        unwatched_ns=0,
        performance=performance(plant, BF3, PACE),
        quality=stated(plant),
    )


def test_the_product_of_three_known_factors() -> None:
    unit = ran(furnace(5000.0, 0.985), ran_h=696, own_h=24)
    assert unit.availability_pct == Fraction(29, 30) * 100
    assert unit.performance == Fraction(24, 25)
    assert unit.quality == GoodOutput(Fraction(197, 200), "laboratory")
    assert unit.oee_pct == Fraction(29, 30) * Fraction(24, 25) * Fraction(197, 200) * 100
    assert float(unit.oee_pct) == pytest.approx(91.408)


@pytest.mark.parametrize(("nameplate_t", "good"), [(None, 0.985), (5000.0, None), (None, None)])
def test_without_one_of_them_there_is_none(nameplate_t: float | None, good: float | None) -> None:
    assert ran(furnace(nameplate_t, good)).oee_pct is None


def test_a_unit_that_had_no_time_has_none() -> None:
    assert ran(furnace(5000.0, 0.985), ran_h=0, own_h=0).oee_pct is None


def test_a_pace_above_the_nameplate_is_not_cut_and_is_questioned() -> None:
    plant = furnace(4000.0, 1.0)
    unit = ran(plant)
    assert unit.performance == Fraction(6, 5)
    assert any("nameplate_t_per_day: " in note for note in oee_notes(plant, "Pig iron", [unit], "en"))


def test_the_factors_and_what_is_lacking_are_said() -> None:
    plant = furnace(5000.0, 0.985)
    (said,) = oee_notes(plant, "Pig iron", [ran(plant, ran_h=696)], "en")
    assert "availability 96.7 % x performance 96.0 % x quality 98.5 % (laboratory)." in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("nameplate_t", "good", "hours", "lacks"),
    [(None, 0.985, 700, "nameplate_t_per_day"), (5000.0, None, 700, "quality_ratio"), (5000.0, 0.985, 0, "")],
)
def test_why_there_is_none_is_said_in_each_language(
    language: Language, nameplate_t: float | None, good: float | None, hours: int, lacks: str
) -> None:
    plant = furnace(nameplate_t, good)
    (said,) = oee_notes(plant, "iron", [ran(plant, ran_h=hours, own_h=0)], language)
    assert plant.units["bf3"].name(language) in said
    assert lacks in said


def with_nameplates(book: Book) -> Book:
    """The same works, in which the nameplate and the quality of every product are stated."""
    products = list(PRODUCTS.values())
    units = {
        code: replace(
            unit,
            nameplate_t_per_day=dict.fromkeys(products, 5000.0),
            quality_ratio=dict.fromkeys(products, 0.9),
            quality_source="laboratory",
        )
        for code, unit in book.plant.units.items()
    }
    return replace(book, claims=Claims(replace(book.plant, units=units), book.claims.recorded))


def test_of_a_random_works_performance_is_the_pace_of_its_hours_beside_the_nameplate() -> None:
    one = side(1, with_nameplates(with_shifts(random_book(1))))
    looked = 0
    for product in PRODUCTS.values():
        for unit in product_losses(one, product, month(JANUARY)).units:
            rate = pace(one.unit_time(unit.place, month(JANUARY)), by_hours=True)
            assert rate is not None
            assert unit.performance is not None
            assert float(unit.performance) == pytest.approx(float(rate) * 24 * HOUR_NS / 1e6 / 5000.0)
            assert unit.quality == GoodOutput(Fraction(9, 10), "laboratory")
            looked += 1
    assert looked
