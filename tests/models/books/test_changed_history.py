"""Whoever changes plant.yaml reads what the change does to figures that are there, each in one sentence."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.books.changed_history import changed_history
from models.works.in_service import InService
from models.works.plant import Calendar, Plant, Reported
from tests.collector.service.works_document import works_settings


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return works_settings(tmp_path).plant


def with_unit(plant: Plant, code: str, **keys: object) -> Plant:
    return replace(plant, units={**plant.units, code: replace(plant.units[code], **keys)})  # type: ignore[arg-type]


def only(before: Plant, after: Plant) -> str:
    (sentence,) = changed_history(before, after)
    return sentence


def test_the_same_configuration_changes_nothing(plant: Plant) -> None:
    assert changed_history(plant, plant) == []


def test_limits_names_and_gauges_change_no_figure_and_are_not_told(plant: Plant) -> None:
    gauges = replace(plant, tags=tuple(replace(tag, high=1e9, signal_names={"en": "x"}) for tag in plant.tags))
    assert changed_history(plant, replace(gauges, site_names={"en": "Another name"})) == []


def test_another_daily_target_reaches_back_to_days_without_a_plan(plant: Plant) -> None:
    low, high = (with_unit(plant, "bf3", daily_target_t={"pig_iron": tonnes}) for tonnes in (4000.0, 5500.0))
    told = only(low, high)
    assert told.startswith("unit bf3: its daily target of pig_iron was 4,000 t and is 5,500 t: days without a plan")
    assert "was none and is 4,000 t" in only(plant, low)


def test_another_production_day_and_other_shifts_are_told_apart(plant: Plant) -> None:
    code, shop = next(iter(plant.shops.items()))
    zone = shop.calendar.zone
    day = Calendar(zone=zone, day_start=time(8), shift_starts=(time(8), time(20)))
    told = changed_history(plant, replace(plant, shops={**plant.shops, code: replace(shop, calendar=day)}))
    assert [sentence.partition(":")[0] for sentence in told] == [f"shop {code}"] * 2
    assert "begins at 08:00" in told[0]
    assert "begin at 08:00, 20:00" in told[1]


def test_another_zone_moves_hours_and_dates(plant: Plant) -> None:
    assert "hours and dates" in only(plant, replace(plant, zone=ZoneInfo("Asia/Kolkata")))


def test_another_list_of_units_makes_the_totals_of_the_works_anew(plant: Plant) -> None:
    first, *rest = plant.reported
    fewer = replace(first, counted_at=first.counted_at[1:])
    told = only(plant, replace(plant, reported=(fewer, *rest)))
    assert f"was counted at {', '.join(first.counted_at)} and is counted at" in told
    assert "closed months keep" in told
    turned = replace(first, counted_at=tuple(reversed(first.counted_at)))
    assert changed_history(plant, replace(plant, reported=(turned, *rest))) == []


def test_a_product_that_is_reported_no_more_or_under_another_product_is_told(plant: Plant) -> None:
    first, *rest = plant.reported
    other = next(code for code in plant.products if code != first.product)
    assert "no longer reported" in only(plant, replace(plant, reported=tuple(rest)))
    assert "is new" in only(replace(plant, reported=tuple(rest)), plant)
    renamed = Reported(name=first.name, product=other, counted_at=first.counted_at)
    assert f"was {first.product} and is {other}" in only(plant, replace(plant, reported=(renamed, *rest)))


def test_a_unit_that_moves_or_comes_and_goes_is_told(plant: Plant) -> None:
    code = next(iter(plant.units))
    elsewhere = next(shop for shop in plant.shops if shop != plant.units[code].shop)
    assert f"stands in {elsewhere}" in only(plant, with_unit(plant, code, shop=elsewhere))
    left = only(plant, with_unit(plant, code, in_service=InService(last=date(2026, 5, 1))))
    assert "belonged to the works always and belongs to it from the beginning to 2026-05-01" in left


def test_a_new_unit_without_its_first_day_is_told_and_one_with_it_is_not(plant: Plant) -> None:
    code, unit = next(iter(plant.units.items()))
    new = replace(unit, code="bf9")
    assert only(plant, replace(plant, units={**plant.units, "bf9": new})).startswith("unit bf9: is new")
    known = replace(new, in_service=InService(first=date(2026, 5, 1)))
    assert changed_history(plant, replace(plant, units={**plant.units, "bf9": known})) == []
    renamed = {key: each for key, each in plant.units.items() if key != code}
    taken = replace(plant, units={**renamed, "bf9": replace(new, renamed_from=(code,))})
    told = [sentence for sentence in changed_history(plant, taken) if sentence.startswith("unit bf9")]
    assert told == [f"unit bf9: takes over all that {code} made, under its own code, back to the first day"]


def test_another_definition_is_not_converted(plant: Plant) -> None:
    code, product = next(iter(plant.products.items()))
    changed = replace(plant, products={**plant.products, code: replace(product, definition="as weighed at the gate")})
    assert "is not converted" in only(plant, changed)


def test_a_calendar_in_another_zone_alone_moves_the_production_day(plant: Plant) -> None:
    code, shop = next(iter(plant.shops.items()))
    moved = replace(shop, calendar=replace(shop.calendar, zone=ZoneInfo("Asia/Kolkata")))
    assert "Asia/Kolkata" in only(plant, replace(plant, shops={**plant.shops, code: moved}))
