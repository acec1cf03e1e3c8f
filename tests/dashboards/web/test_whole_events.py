"""The colour of a card, where output comes in heats and taps: late by one is no shortfall."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from collector.simulation.works_model import WorksModel
from dashboards.web.cards import product_card
from dashboards.web.snapshot import Snapshot
from models.tables.desk_data import OutputPoint
from models.works.calendar import HOUR_NS, NS
from models.works.plant import Plant

pytestmark = pytest.mark.long

DAY_S = 86_400
MIDNIGHT_NS = int(datetime(2026, 10, 25, tzinfo=ZoneInfo("Asia/Almaty")).timestamp()) * NS
TAPS = {("bf2", "pig_iron"): 226.0, ("bf3", "pig_iron"): 420.0, ("bf4", "pig_iron"): 223.0}


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    file = tmp_path_factory.mktemp("plant") / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return load(file).plant


def hours(product: str, made_t: Sequence[float], due_t: float, first_ns: int) -> list[OutputPoint]:
    """Hours of the site from `first_ns` on."""
    return [
        OutputPoint("all", "all", product, "site", start_ns, start_ns, start_ns + HOUR_NS, tonnes, 100.0, 0, due_t)
        for number, tonnes in enumerate(made_t)
        for start_ns in (first_ns + number * HOUR_NS,)
    ]


def card_of(
    plant: Plant, product: str, rows: list[OutputPoint], now_ns: int, events_t: Mapping[tuple[str, str], float]
) -> tuple[str, str]:
    reported = next(each for each in plant.reported if each.product == product)
    card = product_card(Snapshot(plant, now_ns, now_ns, (), rows, events_t=events_t), reported, "en")
    return card.attainment, card.level


def test_a_tap_that_is_late_makes_no_morning_red_and_the_number_stays(plant: Plant) -> None:
    start_ns = MIDNIGHT_NS
    rows = hours("pig_iron", [280.0, 300.0, 0.0], 371.0, start_ns)
    now_ns = start_ns + 3 * HOUR_NS - NS
    assert card_of(plant, "pig_iron", rows, now_ns, TAPS) == ("52.1\u00a0%", "ok")
    assert card_of(plant, "pig_iron", rows, now_ns, {}) == ("52.1\u00a0%", "low")


def test_what_no_tap_explains_is_red(plant: Plant) -> None:
    start_ns = MIDNIGHT_NS
    rows = hours("pig_iron", [170.0] * 12, 371.0, start_ns)
    assert card_of(plant, "pig_iron", rows, start_ns + 12 * HOUR_NS - NS, TAPS)[1] == "low"


def test_a_unit_that_works_and_whose_first_tap_is_still_to_come_is_spared_what_a_tap_may_be(plant: Plant) -> None:
    start_ns = MIDNIGHT_NS
    rows = hours("pig_iron", [371.0, 371.0, 0.0], 371.0, start_ns)
    now_ns = start_ns + 3 * HOUR_NS - NS
    of_units = [
        replace(rows[0], shop="blast_furnaces", unit=unit, level="unit", actual_t=100.0) for unit in ("bf2", "bf3")
    ]
    assert card_of(plant, "pig_iron", rows, now_ns, {})[1] == "low"
    assert card_of(plant, "pig_iron", [*rows, *of_units], now_ns, {})[1] == "ok"


def test_a_healthy_works_is_never_red_at_any_time_of_its_days(plant: Plant) -> None:
    start_s = MIDNIGHT_NS // NS
    works = WorksModel(3, start_s - 43_200, only={"bf2", "bf3", "bf4", "bof1", "bof2", "bof3", "cast1", "cast2"})
    works.advance(start_s, frozenset())
    due_t = {"pig_iron": 8_900 / 24, "steel_liquid": 9_540 / 24}
    largest: dict[tuple[str, str], float] = {}
    seen = {"low": 0, "late": 0}
    for day in range(2):
        made = {product: [0.0] * 24 for product in due_t}
        for unit in works.units:
            unit.shown.finished.clear()
        for minute in range(10, 1440, 10):
            at_s = start_s + day * DAY_S + minute * 60
            works.advance(at_s, frozenset())
            for unit in works.units:
                product = {"taps": "pig_iron", "heats": "steel_liquid"}
                for event in unit.shown.finished:
                    if event.signal in product:
                        tonnes, of = event.grams / 1e6, product[event.signal]
                        made[of][(event.end_s - start_s) % DAY_S // 3600] += tonnes
                        largest[unit.code, of] = max(tonnes, largest.get((unit.code, of), 0.0))
                unit.shown.finished.clear()
            for product, tonnes_of in made.items():
                now = tonnes_of[: minute // 60 + 1]
                rows = hours(product, now, due_t[product], (start_s + day * DAY_S) * NS)
                attainment, level = card_of(plant, product, rows, at_s * NS, largest)
                seen["low"] += level == "low"
                seen["late"] += level != "unknown" and float(attainment.split("\u00a0")[0]) < 85.0
    assert seen["late"] > 10, "an even pace alone would have called it low"
    assert seen["low"] == 0
