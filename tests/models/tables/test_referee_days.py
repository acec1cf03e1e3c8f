"""The referee's days are the same from the books and from published rows, and what it says becomes one finding."""

from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.drops.plant import whole_plant
from benchmarks.referee.history_book import MeterError, book_of_history, history_of
from models.detection.finding import FindingKind
from models.detection.referee.node_days import Accused
from models.detection.referee.referee import WINDOW, Named, Ruling, ruling
from models.detection.referee.referee_findings import meter_findings
from models.tables.balance import Balances
from models.tables.referee_days import days_of_book, days_of_rows
from models.works.calendar import NS, stamp_ns
from models.works.plant import Plant
from models.works.table import Row, RowKey

END = date(2026, 7, 1)
SEED = 9_031
DRIFT_DAYS = 25


@pytest.fixture(scope="module")
def plant() -> Plant:
    return whole_plant()


@pytest.fixture(scope="module")
def drifted(plant: Plant) -> Balances:
    """The scale behind the washery shows 3 % too much for 25 days."""
    began = END.toordinal() - DRIFT_DAYS
    errors = {"washery.concentrate_total": MeterError(began, 3.0)}
    return Balances(book_of_history(plant, history_of(plant, SEED, END), SEED, errors))


def test_a_scale_that_errs_in_the_history_becomes_one_finding_about_data_with_no_loss(
    plant: Plant, drifted: Balances
) -> None:
    last = END.toordinal() - 2
    (found,) = meter_findings(plant, ruling(days_of_book(drifted, last - WINDOW, last + 1), last))
    assert (found.kind, found.unit, found.product, found.severity) == (
        FindingKind.METER, "washery", "coal_concentrate", 3,
    )  # fmt: skip
    assert found.kind.is_data
    assert (found.lost_t, dict(found.ahead_t)) == (None, {})
    assert found.facts["bias_pct"] == pytest.approx(3.0, abs=0.3)
    began_s = stamp_ns(plant.zone, END - timedelta(days=DRIFT_DAYS)) // NS
    assert abs(found.since_s - began_s) <= 2 * 86_400
    assert "the meter of Coal washery, Coal concentrate shows" in found.evidence["en"]
    assert "прибор (Обогатительная фабрика, Угольный концентрат) завышает на" in found.evidence["ru"]
    assert "Байыту фабрикасы, Көмір концентраты" in found.evidence["kk"]
    assert "артық көрсетеді" in found.evidence["kk"]


def test_published_rows_give_the_same_days_as_the_books(plant: Plant, drifted: Balances) -> None:
    days = range(END.toordinal() - 40, END.toordinal() - 1)
    stamps = {day: stamp_ns(plant.zone, date.fromordinal(day)) for day in days}
    balance = [row for day, stamp in stamps.items() for row in drifted.rows(day, stamp)]
    output = [
        Row(
            RowKey.of("output_day", stamp, {"level": "unit", "unit": unit, "product": product}),
            {"actual_t": float(drifted.made(unit, product, day, day + 1)[0])},
        )
        for day, stamp in stamps.items()
        for unit, product in drifted.book.days
    ]
    output.append(Row(RowKey.of("output_day", 0, {"level": "site", "unit": "all", "product": "slab"}), {"actual_t": 1}))
    for by_rows, by_book in zip(
        days_of_rows(plant, balance, output), days_of_book(drifted, days[0], days[-1] + 1), strict=True
    ):
        assert by_rows.node == by_book.node
        assert by_rows.days.tolist() == by_book.days.tolist() == list(days)
        assert np.allclose(by_rows.residual_t, by_book.residual_t, atol=1e-5)
        assert by_rows.shown_t.keys() == by_book.shown_t.keys()
        for accused, shown in by_rows.shown_t.items():
            assert np.allclose(shown, by_book.shown_t[accused], atol=1e-5)


def test_of_several_the_first_of_the_plant_keeps_the_finding_and_a_yield_is_one_of_the_product(plant: Plant) -> None:
    mines = [Named(Accused(f"mine{number}", "coal_raw"), 0.4, -2.0, 739_000, -900.0) for number in (2, 1)]
    washing = Named(Accused(node="washery"), 0.2, 1.2, 739_000, 300.0)
    (found,) = meter_findings(plant, Ruling(739_010, 9.0, (*mines, washing)))
    assert (found.key, found.facts["named"]) == ("meter:mine1:coal_raw", 3)
    assert found.evidence["en"].count("; or ") == 2
    assert (
        "Mine 2, Coal mined shows 2.0 % too little since 24.04.2024, 900 t so far (probability 40 %)"
        in (found.evidence["en"])
    )
    (alone,) = meter_findings(plant, Ruling(739_010, 9.0, (washing,)))
    assert (alone.key, alone.shop) == ("meter:all:coal_concentrate", "all")
    assert "выход узла washery на 1,2 % выше обычного" in alone.evidence["ru"]
    assert meter_findings(plant, None) == []
