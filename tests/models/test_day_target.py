"""The day's target until plans exist: sums of units, spread by time, attainment half up."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from models.day_target import day_target_t, target_share_t
from models.tables.kpi import attainment_pct
from models.works.plant import Reported
from tests.models.tables.test_hour_rows import PLANT, unit

HOUR = 3600 * 10**9
IRON = Reported(name="pig_iron", product="pig_iron", counted_at=("bf2", "bf3"))


def test_the_target_of_a_product_is_the_sum_of_the_units_that_count_it() -> None:
    units = {
        **PLANT.units,
        "bf2": replace(unit("bf2", "iron"), daily_target_t={"pig_iron": 3000.0}),
        "bf3": replace(unit("bf3", "iron"), daily_target_t={"pig_iron": 4500.0, "coal_raw": 9.0}),
    }
    assert day_target_t(replace(PLANT, units=units), IRON) == 7500.0


def test_one_unit_without_a_target_leaves_the_product_without_one() -> None:
    units = {**PLANT.units, "bf2": replace(unit("bf2", "iron"), daily_target_t={"pig_iron": 3000.0})}
    assert day_target_t(replace(PLANT, units=units), IRON) is None


def test_the_target_so_far_follows_the_clock_also_on_a_day_of_25_hours() -> None:
    assert target_share_t(2400.0, 0, 24 * HOUR, 0, 6 * HOUR) == 600.0
    assert target_share_t(2500.0, 0, 25 * HOUR, 0, 24 * HOUR) == 2400.0
    assert target_share_t(2400.0, 0, 24 * HOUR, 0, 30 * HOUR) == 2400.0
    assert target_share_t(None, 0, 24 * HOUR, 0, HOUR) is None


@pytest.mark.parametrize(
    ("actual", "target", "pct"),
    [
        (10_005.0, 10_000.0, Decimal("100.1")),
        (9_994.9, 10_000.0, Decimal("99.9")),
        (0.0, 5.0, Decimal("0.0")),
        (None, 5.0, None),
        (5.0, None, None),
        (5.0, 0.0, None),
    ],
)
def test_attainment_is_rounded_half_up_and_unknown_stays_unknown(
    actual: float | None, target: float | None, pct: Decimal | None
) -> None:
    assert attainment_pct(*(None if it is None else Fraction(it) for it in (actual, target))) == pct
