"""Output while methane is above a limit: told of the minutes in which it is known, and never made up for the others."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from models.counting.increment import IncrementFlag
from models.counting.output_plan import BucketSum
from models.detection.minutes.minutes import blank
from models.detection.minutes.observed import UnitMinutes
from models.tables.above_limit import HourOutput, MadeAbove, made_above, minute_spans
from models.tables.above_lines import above_lines, above_together
from models.works.table import Row, RowKey

ZONE = ZoneInfo("Asia/Almaty")
START_S = int(datetime(2026, 11, 2, 3, tzinfo=ZONE).timestamp())
HOUR = (START_S, START_S + 3600)


def bits(*spans: tuple[int, int]) -> int:
    """Of minutes [first, end)."""
    return sum(1 << minute for first, end in spans for minute in range(first, end))


def total(first: int, end: int, tonnes: float, **more: object) -> BucketSum:
    given = {"tag": "mine1.coal", "readings": 30, **more}
    return BucketSum(
        unit="mine1", product="coal_raw", start_s=START_S + first * 60, end_s=START_S + end * 60,
        grams=round(tonnes * 1_000_000), **given,  # type: ignore[arg-type]
    )  # fmt: skip


def watched(*minutes: tuple[int, float]) -> UnitMinutes:
    columns = blank(60, [], counts=True)
    assert columns.counted_t is not None
    for minute, tonnes in minutes:
        columns.heard[minute] = True
        columns.counted_t[minute] = tonnes
    return columns


def test_minutes_that_were_watched_count_each_by_itself() -> None:
    output = HourOutput(["mine1.coal"], [], watched(*((minute, 6.0) for minute in range(60))))
    assert made_above(bits((12, 15), (40, 41)), HOUR, output) == MadeAbove(4, 4, 24.0)


def test_a_minute_in_which_nobody_was_heard_or_a_gap_was_noted_is_not_known() -> None:
    columns = watched((10, 6.0), (12, 6.0), (13, float("nan")))
    columns.uncertain[12] = True
    found = made_above(bits((10, 14)), HOUR, HourOutput(["mine1.coal"], [], columns))
    assert found == MadeAbove(4, 1, 6.0), "11 was not heard, 12 is uncertain, 13 had no reading"


def test_a_sum_whose_minutes_were_all_above_counts_whole_and_one_in_part_is_divided_by_nobody() -> None:
    sums = [total(10, 15, 30.0), total(15, 20, 31.0), total(20, 25, 32.0)]
    found = made_above(bits((12, 20)), HOUR, HourOutput(["mine1.coal"], sums))
    assert found == MadeAbove(8, 5, 31.0)


def test_a_sum_of_nothing_is_nothing_in_each_of_its_minutes() -> None:
    found = made_above(bits((12, 20)), HOUR, HourOutput(["mine1.coal"], [total(0, 60, 0.0)]))
    assert found == MadeAbove(8, 8, 0.0)


@pytest.mark.parametrize("more", [{"readings": 0}, {"flags": IncrementFlag.UNCERTAIN}])
def test_a_sum_that_nobody_read_or_that_is_uncertain_proves_nothing(more: dict[str, object]) -> None:
    found = made_above(bits((10, 15)), HOUR, HourOutput(["mine1.coal"], [total(10, 15, 0.0, **more)]))
    assert found == MadeAbove(5, 0, 0.0)


def test_of_two_counters_both_have_to_be_known() -> None:
    belts = ["mine1.coal", "mine1.skip"]
    one, other = total(10, 15, 30.0), total(10, 15, 12.0, tag="mine1.skip")
    assert made_above(bits((10, 15)), HOUR, HourOutput(belts, [one, other])) == MadeAbove(5, 5, 42.0)
    assert made_above(bits((10, 15)), HOUR, HourOutput(belts, [one])) == MadeAbove(5, 0, 0.0)
    whole = total(10, 20, 60.0)
    assert made_above(bits((10, 20)), HOUR, HourOutput(belts, [whole, other])) == MadeAbove(10, 0, 0.0)


def test_without_a_counter_nothing_is_known_and_without_a_minute_nothing_was_made() -> None:
    assert made_above(bits((0, 5)), HOUR, HourOutput()) == MadeAbove(5, 0, 0.0)
    assert made_above(0, HOUR, HourOutput()) == MadeAbove(0, 0, 0.0)


def test_sums_fill_in_what_was_not_watched() -> None:
    columns = watched(*((minute, 6.0) for minute in range(10, 15)))
    output = HourOutput(["mine1.coal"], [total(10, 15, 30.0), total(15, 20, 31.0)], columns)
    assert made_above(bits((10, 20)), HOUR, output) == MadeAbove(10, 10, 61.0)


def test_the_minutes_stand_as_spans_on_the_clock_of_the_works() -> None:
    assert minute_spans(bits((12, 42), (50, 51), (59, 60)), START_S, ZONE) == "03:12-03:42, 03:50-03:51, 03:59-04:00"
    assert minute_spans(0, START_S, ZONE) == ""


def row(hour: int, **fields: float | int | str) -> Row:
    names = {f"name_{language}": f"Longwall {language}" for language in ("en", "ru", "kk")}
    key = RowKey.of("safety_hour", (START_S + hour * 3600) * 10**9, {"unit": "mine1", "working": "longwall"})
    return Row(key, {**names, "limit_general_pct": 1.0, "minutes_known": 60.0, **fields})


def test_hours_of_a_working_come_together_in_one_line_and_what_is_not_known_stays_so() -> None:
    first = row(
        0, minutes_above_general=9.5, times_above_general=1, above_general_minutes=10, above_general_known_minutes=4,
        above_general_output_t=40.0, above_general_at="03:50-04:00", methane_max_pct=1.2,
    )  # fmt: skip
    second = row(
        1, minutes_above_general=5.0, times_above_general=0, above_general_minutes=5, above_general_known_minutes=0,
        above_general_at="04:00-04:05", methane_max_pct=1.6,
    )  # fmt: skip
    quiet = row(2, minutes_above_general=0.0, times_above_general=0, above_general_minutes=0, methane_max_pct=0.4)
    (line,) = above_together(above_lines([first, second, quiet]))
    assert (line.at, line.minutes, line.known, line.made_t) == (("03:50-04:00", "04:00-04:05"), 15, 4, 40.0)
    assert (line.above_min, line.greatest_pct, line.name("ru")) == (14.5, 1.6, "Longwall ru")
    (kept_before,) = above_lines([row(3, minutes_above_general=7.0, times_above_general=1, methane_max_pct=1.1)])
    assert (kept_before.minutes, kept_before.made_t, kept_before.at) == (None, None, ())
    assert np.isclose(kept_before.above_min, 7.0)
