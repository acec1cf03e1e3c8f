from collections import defaultdict
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector.config.load import load
from collector.simulation.history import history_increments, history_span
from collector.simulation.history_statements import history_plans
from collector.simulation.plant_config import plant_yaml
from collector.simulation.steelmaking import CONVERTERS
from collector.simulation.works_model import WorksModel
from models.counting.increment import Increment
from models.works.month import length, month_of, shifted
from models.works.plant import Plant

ZONE = ZoneInfo("Asia/Almaty")


def ns(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1_000_000_000


def history(plant: Plant, end: str, seed: int = 1) -> list[Increment]:
    return [one for chunk in history_increments(plant, ns(end), seed) for one in chunk]


def january_to_august(increments: list[Increment], year: int) -> dict[str, int]:
    start_s = int(datetime(year, 1, 1, tzinfo=ZONE).timestamp())
    end_s = int(datetime(year, 9, 1, tzinfo=ZONE).timestamp())
    grams: dict[str, int] = defaultdict(int)
    for one in increments:
        if start_s <= one.start_s < end_s:
            grams[one.product] += one.grams
    return grams


@pytest.mark.parametrize(
    ("end", "year", "start"),
    [
        ("2025-11-24T10:37:11+05:00", 2025, "2023-11-01T00:00+06:00"),
        ("2025-09-01T00:00:00+05:00", 2025, "2023-09-01T00:00+06:00"),
        ("2025-08-31T23:59:59+05:00", 2024, "2023-01-01T00:00+06:00"),
        ("2026-01-01T00:00:00+05:00", 2025, "2024-01-01T00:00+06:00"),
        ("2026-07-15T12:00:00+05:00", 2025, "2024-01-01T00:00+06:00"),
        ("2024-02-29T23:30:00+06:00", 2023, "2022-01-01T00:00+06:00"),
    ],
)
def test_the_history_holds_24_whole_months_and_two_whole_january_augusts(end: str, year: int, start: str) -> None:
    span = history_span(ns(end), ZONE)
    assert span.year == year
    assert span.start_s == ns(start) // 1_000_000_000
    assert 0 <= ns(end) // 1_000_000_000 - span.end_s < 300


@pytest.mark.long
@pytest.mark.parametrize(
    ("end", "year", "seed"),
    [
        ("2025-11-24T10:37:11+05:00", 2025, 1),
        ("2026-03-05T08:00:00+05:00", 2025, 2),
        ("2027-09-01T00:00:00+05:00", 2027, 99),
    ],
)
def test_growth_of_january_august_is_the_published_one(plant: Plant, end: str, year: int, seed: int) -> None:
    increments = history(plant, end, seed)
    later, earlier = january_to_august(increments, year), january_to_august(increments, year - 1)
    growth = {
        product: (Decimal(later[product]) * 100 / Decimal(earlier[product]) - 100).quantize(
            Decimal("0.1"), ROUND_HALF_UP
        )
        for product in ("pig_iron", "steel_liquid", "rolled", "coal_raw")
    }
    assert growth == {
        "pig_iron": Decimal("6.0"),
        "steel_liquid": Decimal("6.9"),
        "rolled": Decimal("5.0"),
        "coal_raw": Decimal("15.0"),
    }


def test_the_history_is_hours_without_a_hole_in_whole_kilograms_and_never_below_zero(plant: Plant) -> None:
    end = "2025-11-24T10:00:00+05:00"
    span = history_span(ns(end), ZONE)
    starts = defaultdict(list)
    for one in history(plant, end):
        starts[one.tag].append(one.start_s)
        assert one.end_s == one.start_s + 3600
        assert one.grams >= 0
        assert one.grams % 1000 == 0
        assert one.readings == (60 if one.tag.endswith("_total") else 360)
    assert len(starts) == 15
    for hours in starts.values():
        assert hours == list(range(span.start_s, span.end_s, 3600))


def test_whatever_has_a_target_has_a_history_however_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plant.yaml"
    path.write_text(plant_yaml("opc.tcp://127.0.0.1:1", beside=(tmp_path / "beside", 1502)), encoding="utf-8")
    plant = load(path).plant
    wanted = {(unit.code, product) for unit in plant.units.values() for product in unit.daily_target_t}
    assert {"ore_mine", "ore_belt", "weighbridge"} <= {unit for unit, _ in wanted}
    assert {(one.unit, one.product) for one in history(plant, "2025-11-24T10:37:11+05:00")} == wanted


@pytest.mark.long
def test_the_last_hour_is_as_long_as_it_was_and_makes_so_much_less(plant: Plant) -> None:
    whole, part = history(plant, "2025-11-24T07:00:00+05:00"), history(plant, "2025-11-24T06:37:11+05:00")
    assert {one.end_s - one.start_s for one in part if one.end_s == ns("2025-11-24T06:35:00+05:00") // 10**9} == {2100}
    last = {one.tag: one for one in part}
    for one in {one.tag: one for one in whole}.values():
        # What lies between converters and casters at the end of the day is shared out over it.
        assert last[one.tag].grams == pytest.approx(one.grams * 35 / 60, rel=0.05)
        assert last[one.tag].readings == one.readings * 35 // 60


@pytest.mark.long
def test_the_same_seed_gives_the_same_history_and_another_one_another(plant: Plant) -> None:
    end = "2025-11-24T10:00:00+05:00"
    first, again, other = history(plant, end), history(plant, end), history(plant, end, seed=2)
    assert first == again
    assert first != other


END = "2025-11-24T00:00:00+05:00"
LIVE_DAYS, WEEKS = 6, 6
"""Three converters are relined in turn, a fortnight each: in six weeks each has been out once. Together they make the
same every day, and so do the others."""


def _shared(unit: str) -> str:
    return "bof" if unit.startswith("bof") else unit


@pytest.fixture(scope="module")
def live_t_per_day() -> dict[str, float]:
    """What each unit of the works makes in a day after the history; the converters together."""
    works = WorksModel(3, ns(END) // 10**9)
    works.advance(works.time_s + LIVE_DAYS * 86_400, frozenset())
    made: dict[str, float] = defaultdict(float)
    for unit in works.units:
        grams = sum(unit.shown.counters.values()) + sum(event.grams for event in unit.shown.finished)
        made[_shared(unit.code)] += grams / (LIVE_DAYS * 1e6)
    return made


@pytest.mark.long
def test_today_goes_on_as_the_last_weeks_of_the_history_for_every_unit_on_every_day_and_at_night(
    plant: Plant, live_t_per_day: dict[str, float]
) -> None:
    first_s = ns(END) // 10**9 - WEEKS * 7 * 86_400
    last_weeks = [one for one in history(plant, END) if one.start_s >= first_s]
    at = {one.start_s: datetime.fromtimestamp(one.start_s, ZONE) for one in last_weeks}
    for asked, mines in (
        (last_weeks, 1.0),
        ([one for one in last_weeks if at[one.start_s].weekday() >= 5], 1.0),
        ([one for one in last_weeks if at[one.start_s].hour < 6], 24 / 18),
    ):
        grams: dict[str, int] = defaultdict(int)
        hours: dict[str, int] = defaultdict(int)
        for one in asked:
            grams[_shared(one.unit)] += one.grams
            hours[_shared(one.unit)] += 1
        hours["bof"] //= CONVERTERS
        per_day = {
            unit: grams[unit] / hours[unit] * 24e-6 / (mines if unit.startswith("mine") else 1.0) for unit in grams
        }
        assert per_day == pytest.approx({unit: live_t_per_day[unit] for unit in per_day}, rel=0.12)


@pytest.mark.parametrize("seed", [1, 3, 5, 7])
def test_what_the_history_makes_in_a_month_is_what_was_planned_also_in_that_of_a_repair(
    plant: Plant, seed: int
) -> None:
    plans = {(plan.month, plan.unit): plan.grams or 0 for plan in history_plans(plant, ns(END), seed)}
    made: dict[tuple[int, str], int] = defaultdict(int)
    for one in history(plant, END, seed=seed):
        month = datetime.fromtimestamp(one.start_s, ZONE).date().replace(day=1).toordinal()
        made[month, one.unit] += one.grams
    last = month_of(ns(END) // 10**9 // 86_400 + date(1970, 1, 1).toordinal())
    assert {month for month, _ in plans} >= {shifted(last, 1), shifted(last, 2)}, "a demo may run into the next month"
    assert plans[shifted(last, 1), "bof1"] == round(length(shifted(last, 1)) * 31.80) * 10**8
    year = [(month, unit) for month, unit in plans if last - 366 < month < last and unit.startswith(("bf", "hsm"))]
    assert len(year) == 12 * 4
    assert {key: made[key] / plans[key] for key in year} == pytest.approx(dict.fromkeys(year, 1.0), rel=0.12)
