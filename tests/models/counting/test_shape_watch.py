"""What a watched number looks like, with reasons; each look takes the same little memory."""

import json
import sys
from collections.abc import Iterable
from math import isfinite

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.counting.shape_watch import (
    WHOLE_NUMBER,
    NumberShape,
    Sureness,
    WatchedShape,
    proposed,
    shown,
)
from models.works.exact_number import Number

NOON_S = 1_790_751_600.0
"""On an hour."""


def watched(values: Iterable[Number], *, every_s: float = 1.0, start_s: float = NOON_S) -> WatchedShape:
    seen = WatchedShape()
    for number, value in enumerate(values):
        seen.look(start_s + number * every_s, value)
    return seen


def test_a_kilogram_totalizer_has_its_step_and_the_modulus_of_its_type() -> None:
    found = proposed(watched(5000 + 40 * n for n in range(60)), "UInt32")
    assert (found.shape, found.sureness) == (NumberShape.COUNTER, Sureness.SURE)
    assert found.keys == {"kind": "totalizer", "resolution": 40.0, "modulus": 2**32, "max_rate_per_h": 150_000.0}


@pytest.mark.parametrize("first", [2**53 - 100, 2**63 - 5000, 2**64 - 90_000])
def test_a_counter_of_64_bits_is_seen_to_move_by_its_own_step_whatever_it_shows(first: int) -> None:
    seen = watched(first + 40 * n for n in range(60))
    found = proposed(seen, "UInt64")
    assert (found.shape, found.sureness) == (NumberShape.COUNTER, Sureness.SURE)
    assert found.keys == {"kind": "totalizer", "resolution": 40.0, "modulus": 2**64, "max_rate_per_h": 150_000.0}
    assert (shown(seen.first), shown(seen.last)) == (str(first), str(first + 40 * 59))
    again = WatchedShape.from_parts(json.loads(json.dumps(seen.to_parts())))
    assert repr(again) == repr(seen)


def test_a_counter_of_64_bits_that_started_again_has_its_width() -> None:
    found = proposed(watched((2**64 - 200 + 40 * n) % 2**64 for n in range(40)), "UInt64")
    assert (found.shape, found.keys["modulus"]) == (NumberShape.COUNTER, 2**64)


@pytest.mark.parametrize(
    ("data_type", "why"),
    [
        ("Int64", "Int64 ends at 9,223,372,036,854,775,807 and starts nowhere again"),
        ("Double", "its type does not say where it starts again from 0; give it if it does"),
        (WHOLE_NUMBER, "its type does not say where it starts again from 0; give it if it does"),
    ],
)
def test_where_no_modulus_is_proposed_it_is_said_why(data_type: str, why: str) -> None:
    found = proposed(watched(2**53 + 40 * n for n in range(60)), data_type)
    assert found.shape is NumberShape.COUNTER
    assert "modulus" not in found.keys
    assert f"no modulus: {why}" in found.reasons


def test_a_counter_that_fell_each_hour_on_the_hour_is_periodic() -> None:
    # A look a minute, from a quarter past noon: it is set to 0 at one, at two and at three.
    values = [float((n + 15) % 60) * 5 for n in range(180)]
    found = proposed(watched(values, every_s=60, start_s=NOON_S + 900), "Double")
    assert (found.shape, found.sureness) == (NumberShape.PERIODIC, Sureness.SURE)
    assert found.keys["resets"] == "hour"
    assert "on the hour" in " ".join(found.reasons)


def test_one_that_fell_at_the_same_hour_of_two_days_is_set_to_0_each_day() -> None:
    values = [float((n + 60) % 288) * 5 for n in range(600)]
    found = proposed(watched(values, every_s=300, start_s=NOON_S + 5 * 3600), "Double")
    assert (found.shape, found.sureness, found.keys["resets"]) == (NumberShape.PERIODIC, Sureness.LIKELY, "day")


@pytest.mark.parametrize(
    ("values", "data_type", "shape"),
    [
        ([7.0] * 30, "Double", NumberShape.STANDS),
        ([720 + (n * 37 % 11) / 10 for n in range(60)], "Double", NumberShape.RATE),
        ([float(n // 7 % 3) for n in range(60)], "Int16", NumberShape.MODE),
        ([float(n // 9 % 2) for n in range(60)], "Boolean", NumberShape.BIT),
        ([301.5] * 20 + [287.25] * 20 + [311.0] * 20, "Double", NumberShape.LAST_VALUE),
        ([65_500.0 + 5 * n if n < 7 else 5.0 * (n - 7) for n in range(40)], "UInt16", NumberShape.COUNTER),
    ],
)
def test_each_shape_is_told_from_the_others(values: list[float], data_type: str, shape: NumberShape) -> None:
    assert proposed(watched(values), data_type).shape is shape


def test_a_counter_that_started_again_has_the_modulus_below_which_it_fell() -> None:
    found = proposed(watched(65_500.0 + 5 * n if n < 7 else 5.0 * (n - 7) for n in range(40)), "UInt16")
    assert found.keys == {"kind": "totalizer", "resolution": 5.0, "modulus": 65_536, "max_rate_per_h": 18_000.0}


@example(values=[5e-324, 0.0], data_type="Double")
@example(values=[sys.float_info.max, 0.0], data_type="Double")
@example(values=[n * 1e307 for n in range(17)], data_type="Double")
@given(values=st.lists(st.floats(), max_size=200), data_type=st.sampled_from(["Double", "UInt16", "Int32", "Boolean"]))
def test_whatever_is_watched_has_a_shape_and_goes_through_a_file_unchanged(values: list[float], data_type: str) -> None:
    seen = watched(values)
    found = proposed(seen, data_type)
    assert found.reasons
    assert all(isfinite(each) for each in found.keys.values() if isinstance(each, float))
    again = WatchedShape.from_parts(json.loads(json.dumps(seen.to_parts())))
    assert repr(again) == repr(seen)
    assert len(seen.falls) <= 8
    assert len(seen.ticks) <= 8
    assert len(seen.values) <= 13


def test_a_day_of_looks_takes_no_more_memory_than_a_minute() -> None:
    def size(seen: WatchedShape) -> int:
        return sum(sys.getsizeof(part) for part in (seen.falls, seen.ticks, seen.values))

    minute, day = watched(float(n % 50) for n in range(60)), watched(float(n % 50) for n in range(86_400))
    assert size(day) <= size(minute) + 200
