"""The best rate that a unit held: of three days running, for an hour in which it was to work."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.recovery.best_rate import LEAST_WINDOWS, LOOKS_BACK, WINDOW_DAYS, best_rate, recent_rate

DAY_H = np.full(LOOKS_BACK, 24.0)


def test_a_unit_that_always_makes_as_much_can_make_that() -> None:
    assert best_rate(np.full(LOOKS_BACK, 4800.0), DAY_H, DAY_H) == pytest.approx(200)


def test_one_tap_more_in_a_day_is_not_held() -> None:
    made = np.full(LOOKS_BACK, 4800.0)
    made[::10] += 400
    made[1::10] -= 400
    assert best_rate(made, DAY_H, DAY_H) == pytest.approx(200 + 400 / 72), "and not 5,200 t in 24 hours"


def test_hours_in_repair_are_not_hours_in_which_it_went_slowly() -> None:
    made, available = np.full(LOOKS_BACK, 4800.0), DAY_H.copy()
    made[10:20], available[10:20] = 2400, 12
    assert best_rate(made, available, DAY_H) == pytest.approx(200)


def test_days_of_which_nearly_all_was_repair_do_not_count() -> None:
    made, available = np.full(LOOKS_BACK, 4800.0), DAY_H.copy()
    made[30:60], available[30:60] = 900.0, 1.0
    assert best_rate(made, available, DAY_H) == pytest.approx(200)


def test_with_too_few_known_windows_nothing_is_known() -> None:
    made = np.full(LOOKS_BACK, nan)
    made[: LEAST_WINDOWS + WINDOW_DAYS - 2] = 4800.0
    assert best_rate(made, DAY_H, DAY_H) is None
    made[: LEAST_WINDOWS + WINDOW_DAYS - 1] = 4800.0
    assert best_rate(made, DAY_H, DAY_H) == pytest.approx(200)
    assert best_rate(np.zeros(0), np.zeros(0), np.zeros(0)) is None


@given(st.lists(st.floats(0, 10_000), min_size=LOOKS_BACK, max_size=LOOKS_BACK))
def test_it_lies_between_the_worst_and_the_best_day(days: list[float]) -> None:
    found = best_rate(np.array(days), DAY_H, DAY_H)
    assert found is not None
    assert min(days) / 24 - 1e-6 <= found <= max(days) / 24 + 1e-6


def test_the_rate_of_now_is_that_of_the_last_three_weeks_as_far_as_they_are_known() -> None:
    made = np.concatenate((np.full(69, 9999.0), np.full(21, 2400.0)))
    assert recent_rate(made, DAY_H) == pytest.approx(100)
    made[-1] = nan
    assert recent_rate(made, DAY_H) == pytest.approx(100)
    assert recent_rate(np.full(LOOKS_BACK, nan), DAY_H) is None
