"""KPIs of units: worked examples, and nothing where an input is not known."""

from dataclasses import replace
from datetime import date

import pytest

from models.books.book import Book
from models.stated.facts import Facts
from models.stated.figure import CHARGED
from models.stated.plan import Repair, RepairKind
from models.tables.event_rows import plant_event_rows
from models.tables.unit_kpi import (
    COKE_RATE,
    HEATS,
    KIPO,
    PRODUCTIVITY,
    DayInputs,
    coke_rate_kg_per_t,
    kipo,
    productivity,
    unit_kpi_rows,
    yield_pct,
)
from models.works.calendar import stamp_ns
from models.works.plant import Plant
from tests.models.books.paper_book import book_of
from tests.models.books.test_book import BF3, at, figure
from tests.models.tables.test_hour_rows import ALMATY, PLANT

DAY = date(2026, 1, 5)
NEXT = date(2026, 1, 6)
LATE_NS = stamp_ns(ALMATY, date(2026, 2, 1))


def test_a_furnace_of_3200_m3_that_makes_5000_t_a_day_is_as_agreed() -> None:
    assert kipo(3200, 1, 5000) == pytest.approx(0.640)
    assert productivity(3200, 1, 5000) == pytest.approx(1.5625)


def test_shares_and_rates_are_unknown_without_their_inputs() -> None:
    assert coke_rate_kg_per_t(2_100, 5_000) == pytest.approx(420)
    assert yield_pct(285.0, 300.0) == pytest.approx(95.0)
    assert kipo(3200, 1, 0) is None
    assert kipo(3200, 1, None) is None
    assert kipo(3200, 0, 5000) is None
    assert productivity(3200, 0, 5000) is None
    assert coke_rate_kg_per_t(None, 5000) is None
    assert coke_rate_kg_per_t(2100, 0) is None
    assert yield_pct(5, None) is None


def works(**changes: object) -> Plant:
    units = {**PLANT.units, "bf3": replace(PLANT.units["bf3"], useful_volume_m3=3200.0, kpi_targets={KIPO: 0.6})}
    return replace(PLANT, units=units, **changes)  # type: ignore[arg-type]


def book(plant: Plant, *figures: object, **facts: object) -> Book:
    return book_of(plant, 2026, LATE_NS, facts=Facts(all_figures=figures, **facts))  # type: ignore[arg-type]


def kpis(books: Book, events: dict[tuple[str, str], int] | None = None) -> dict[tuple[str, str], dict[str, object]]:
    rows = unit_kpi_rows(books, DAY.toordinal(), DayInputs(events or {}), 0)
    return {(dict(row.key.tags)["unit"], dict(row.key.tags)["kpi"]): dict(row.fields) for row in rows}


def test_rows_of_a_furnace_hold_what_its_figures_give() -> None:
    iron = figure(DAY, NEXT, 5000, BF3)
    coke = figure(DAY, NEXT, 2100, replace(BF3, product="coke_dry"), basis=CHARGED)
    found = kpis(book(works(), iron, coke), {("bf3", "steel_liquid"): 33})
    assert found["bf3", KIPO] == {"value": 0.64, "target": 0.6}
    assert found["bf3", PRODUCTIVITY] == {"value": 1.5625}
    assert found["bf3", COKE_RATE] == {"value": 420.0}
    assert found["bf3", HEATS] == {"value": 33.0}
    assert ("bf2", KIPO) not in found, "its volume is not declared"
    assert kpis(book(works())) == {}


def test_the_time_of_an_overhaul_is_not_in_the_nominal_time() -> None:
    noon = (at(DAY), at(DAY, 12))
    overhaul = Repair(name="R1", unit="bf3", start_ns=noon[0], end_ns=noon[1], kind=RepairKind.CAPITAL, approved_by="x")
    found = kpis(book(works(), figure(DAY, NEXT, 2500, BF3), all_repairs=[overhaul]))
    assert found["bf3", KIPO]["value"] == pytest.approx(0.64)
    current = replace(overhaul, kind=RepairKind.CURRENT)
    found = kpis(book(works(), figure(DAY, NEXT, 2500, BF3), all_repairs=[current]))
    assert found["bf3", KIPO]["value"] == pytest.approx(1.28)


def test_events_of_the_plant_are_told_in_three_languages_each_at_an_instant_of_its_own() -> None:
    repairs = [
        Repair(name=name, unit="bf3", start_ns=at(DAY), end_ns=at(NEXT), kind=RepairKind.RELINING, approved_by="Chief")
        for name in ("R1", "R2")
    ]
    rows = plant_event_rows(PLANT, Facts(all_repairs=repairs))
    assert len({row.key.time_ns for row in rows}) == 2
    assert all(0 <= row.key.time_ns - at(DAY) < 1_000_000 for row in rows)
    assert rows[0].fields["text_ru"] == "bf3: перефутеровка (Chief)"
    assert rows[0].fields["text_kk"] == "bf3: қайта футерлеу (Chief)"
    assert rows[0].fields["title"] == rows[0].fields["text_en"] == "bf3: relining (Chief)"
    withdrawn = Facts(all_repairs=[*repairs, replace(repairs[0], withdrawn=True)])
    assert len(plant_event_rows(PLANT, withdrawn)) == 1
