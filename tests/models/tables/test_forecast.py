"""The forecast of the month: exact where it is agreed, blind to the future, and calibrated on output it never saw."""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.config.load import load
from collector.simulation.history import history_increments
from collector.simulation.history_statements import history_repairs
from collector.simulation.plant_config import plant_yaml
from models.stated.availability import ALWAYS, availability_by_unit
from models.tables.forecast import Floats, Ints, month_forecasts
from models.works.plant import Plant
from tests.support.budget import examples

DAY_S = 86_400
UNSEEN_SEEDS = (501, 502, 503, 504, 505)
"""The window, the quantiles and the correction for small samples were chosen on seeds 1 to 4."""


def columns(*months: list[float]) -> tuple[Floats, Floats, Ints]:
    made = np.array([[day for month in months for day in month]])
    return made, np.ones(made.shape), np.repeat(np.arange(len(months)), [len(month) for month in months])


def test_a_uniform_month_is_forecast_as_agreed() -> None:
    # Plan 310,000, actual 190,000 on day 20 of 31: forecast 294,500.
    found = month_forecasts(*columns([9_500.0] * 31), known=20)
    assert found.point_t[-1] == pytest.approx(294_500)
    assert np.isnan(found.low_t[-1]), "20 days say nothing of how far a forecast may be off"


def test_an_unknown_day_of_the_month_makes_its_forecast_unknown() -> None:
    made, available, month = columns([10.0] * 31, [10.0] * 30)
    made[0, 35] = np.nan
    found = month_forecasts(made, available, month, known=45)
    assert not np.isnan(found.point_t[34])
    assert np.isnan(found.point_t[35:]).all()


def test_planned_repairs_ahead_lower_the_forecast_and_leave_nothing_to_doubt_when_they_fill_the_month() -> None:
    made, available, month = columns([10.0] * 31, [10.0] * 30)
    available[0, 51:61] = 0.0
    found = month_forecasts(made, available, month, known=51)
    assert found.point_t[40] == pytest.approx(200)
    assert (found.low_t[-1], found.point_t[-1], found.high_t[-1]) == pytest.approx((200, 200, 200))


@pytest.mark.long
@settings(max_examples=examples(25))
@given(st.integers(0, 2**32), st.integers(400, 700))
def test_nothing_after_a_day_enters_its_forecast(seed: int, known: int) -> None:
    random = np.random.default_rng(seed)
    made, available = random.normal(100, 10, (3, 730)), np.ones((3, 730))
    month = np.arange(730) // 30
    before = month_forecasts(made, available, month, known)
    made[:, known:] = random.normal(900, 300, (3, 730 - known))
    after = month_forecasts(made, available, month, known)
    longer = month_forecasts(np.where(np.arange(730) < known, made, 5.0), available, month, 730)
    for column in ("point_t", "low_t", "high_t"):
        np.testing.assert_array_equal(getattr(before, column), getattr(after, column))
        np.testing.assert_allclose(getattr(longer, column)[:known], getattr(before, column), rtol=1e-9)


def test_the_days_that_are_asked_for_have_the_forecasts_of_all_days() -> None:
    random = np.random.default_rng(5)
    made, available, month = random.normal(100, 10, (1, 720)), np.ones((1, 720)), np.arange(720) // 30
    whole, part = month_forecasts(made, available, month, 715), month_forecasts(made, available, month, 715, 690)
    np.testing.assert_array_equal(whole.high_t[690:], part.high_t)
    assert len(part.point_t) == 25


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    file = tmp_path_factory.mktemp("simulated") / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return load(file).plant


@pytest.fixture(scope="module")
def unseen(plant: Plant) -> dict[int, list[tuple[Floats, Floats, Ints]]]:
    """By seed, the histories of all units."""
    return {seed: list(histories(plant, seed)) for seed in UNSEEN_SEEDS}


def histories(plant: Plant, seed: int) -> Iterator[tuple[Floats, Floats, Ints]]:
    """Two years of every unit: tonnes, available share and month of each local day."""
    end_ns = int(datetime(2026, 11, 1, tzinfo=plant.zone).timestamp()) * 10**9
    availability = availability_by_unit(history_repairs(plant, end_ns, seed))
    increments = [item for chunk in history_increments(plant, end_ns, seed) for item in chunk]
    start_s = increments[0].start_s
    days = (end_ns // 10**9 - start_s) // DAY_S
    month = np.array(
        [
            (moment := datetime.fromtimestamp(start_s + day * DAY_S, plant.zone)).year * 12 + moment.month
            for day in range(days)
        ]
    )
    by_tag: dict[str, Floats] = {}
    unit_of = {item.tag: item.unit for item in increments}
    for item in increments:
        by_tag.setdefault(item.tag, np.zeros(days))[(item.start_s - start_s) // DAY_S] += item.grams / 1e6
    for tag, made in by_tag.items():
        open_time = availability.get(unit_of[tag], ALWAYS)
        bounds = [((start_s + day * DAY_S) * 10**9, (start_s + (day + 1) * DAY_S) * 10**9) for day in range(days)]
        yield made, np.array([open_time.available_ns(*span) / (DAY_S * 10**9) for span in bounds]), month


def held_of(made: Floats, available: Floats, month: Ints) -> Iterator[tuple[int, bool]]:
    """For five days of every month with an interval: the month, and whether it ended within. made: (parts, days)."""
    found, total = month_forecasts(made, available, month, made.shape[1]), made.sum(axis=0)
    totals = {code: total[month == code].sum() for code in np.unique(month)}
    day_of_month = np.arange(len(month)) - np.searchsorted(month, month)
    for day in np.flatnonzero(np.isin(day_of_month, (4, 9, 14, 19, 24)) & ~np.isnan(found.low_t)):
        if found.low_t[day] < found.high_t[day]:  # nothing is in doubt where no available day is left
            yield int(month[day]), bool(found.low_t[day] <= totals[month[day]] <= found.high_t[day])


@pytest.mark.long
def test_the_80_percent_interval_holds_77_to_83_percent_of_unit_months_that_the_model_never_saw(
    unseen: dict[int, list[tuple[Floats, Floats, Ints]]],
) -> None:
    held: list[bool] = []
    unit_months: set[tuple[int, int, int]] = set()
    for seed, units in unseen.items():
        for number, (made, available, month) in enumerate(units):
            for code, inside in held_of(made[np.newaxis], available[np.newaxis], month):
                held.append(inside)
                unit_months.add((seed, number, code))
    assert len(unit_months) >= 1000
    assert 0.77 <= np.mean(held) <= 0.83, f"{np.mean(held):.3f} of {len(held)} forecasts"


@pytest.mark.long
def test_the_interval_of_a_sum_of_unequal_units_holds_as_many(
    unseen: dict[int, list[tuple[Floats, Floats, Ints]]],
) -> None:
    """Two to four units of other sizes than the simulator's, so that a sum is not told by its largest part alone."""
    held: list[bool] = []
    for seed, units in unseen.items():
        random = np.random.default_rng(seed)
        for count in (2, 3, 4) * 6:
            parts = [units[index] for index in random.choice(len(units), count, replace=False)]
            made = np.array([part[0] / part[0].mean() * random.uniform(0.3, 3.0) for part in parts])
            held += [inside for _, inside in held_of(made, np.array([part[1] for part in parts]), units[0][2])]
    assert len(held) >= 8000
    assert 0.77 <= np.mean(held) <= 0.83, f"{np.mean(held):.3f} of {len(held)} forecasts"
