"""Drift by CUSUM: how soon a small fall is found, how seldom a quiet unit is called drifting, and when it is over."""

from statistics import median

import numpy as np
import pytest

from models.detection.trends.drift import DriftWatch

pytestmark = pytest.mark.long

SIGMA = 0.02
QUIET_DAYS = 60


def days(seed: int, count: int, shift_sigma: float = 0.0, from_day: int = QUIET_DAYS) -> list[float]:
    """Output of each day against 1 due, normal around it, lower from a day on."""
    noise = np.random.default_rng(seed).normal(0.0, SIGMA, count)
    return [float(1.0 + noise[day] - (SIGMA * shift_sigma if day >= from_day else 0.0)) for day in range(count)]


def first_drift(made: list[float]) -> int | None:
    watch = DriftWatch()
    for day, actual in enumerate(made):
        watch.add(day, actual, 1.0)
        if watch.drift is not None:
            return day
    return None


def test_a_fall_of_one_sigma_is_seen_in_about_ten_days_and_of_two_in_about_four() -> None:
    for shift, longest in ((1.0, 16), (2.0, 7)):
        seen = [first_drift(days(seed, 120, shift)) for seed in range(60)]
        after = [day - QUIET_DAYS + 1 for day in seen if day is not None and day >= QUIET_DAYS]
        assert len(after) >= 50
        assert 2 <= median(after) <= longest


def test_a_quiet_unit_is_called_drifting_once_in_more_than_a_year() -> None:
    """A mean run of a year ends within it in 1 - 1/e of all years; 58 % did in 150 seeds."""
    found = sum(first_drift(days(seed, 365)) is not None for seed in range(150))
    assert found / 150 < 0.632


def test_a_drift_is_never_told_as_output_above_the_usual_and_ends_when_output_is_back() -> None:
    for seed in range(30):
        watch = DriftWatch()
        back = days(seed, 100, 2.5) + days(seed + 1000, 60)
        held = False
        for day, actual in enumerate(back):
            watch.add(day, actual, 1.0)
            held = held or watch.drift is not None
            assert watch.drift is None or watch.drift.drop_pct > 0
        assert held
        assert watch.drift is None or watch.drift.since_day >= 100, "the old one is over"


def test_days_without_a_target_and_days_that_came_before_change_nothing() -> None:
    watch = DriftWatch()
    for day, actual in enumerate(days(1, 90, 3.0)):
        watch.add(day, actual, 1.0)
    before = watch.drift
    watch.add(90, 0.0, 0.0)
    watch.add(40, 0.1, 1.0)
    assert before is not None
    assert watch.drift == before
