"""Days, shifts and hours join without gap or overlap, on days of 23, 24 and 25 hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.works.calendar import (
    HOUR_NS,
    NS,
    day_bounds,
    hour_bounds,
    hours_between,
    production_day,
    shift_bounds,
    shifts_of,
    stamp_ns,
)
from models.works.plant import Calendar

ALMATY = ZoneInfo("Asia/Almaty")
MIDNIGHT = Calendar(zone=ALMATY)
EIGHT = Calendar(zone=ALMATY, day_start=time(8), shift_starts=(time(8), time(20)))
THREE_SHIFTS = Calendar(zone=ALMATY, day_start=time(20), shift_starts=(time(20), time(4), time(12)))


def utc_ns(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * NS


def hours(bounds: tuple[int, int]) -> float:
    return (bounds[1] - bounds[0]) / HOUR_NS


def test_the_day_before_almaty_moved_to_plus_5_has_25_hours() -> None:
    bounds = day_bounds(MIDNIGHT, date(2024, 2, 29))
    assert bounds == (utc_ns("2024-02-28T18:00"), utc_ns("2024-02-29T19:00"))
    assert len(hours_between(ALMATY, *bounds)) == 25
    assert hours(day_bounds(MIDNIGHT, date(2024, 3, 1))) == 24
    assert hours(day_bounds(EIGHT, date(2024, 2, 29))) == 25
    assert sum(hours(shift) for shift in shifts_of(EIGHT, date(2024, 2, 29))) == 25


def test_a_day_of_23_hours_has_23_hour_buckets() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    bounds = day_bounds(Calendar(zone=berlin), date(2026, 3, 29))
    assert hours(bounds) == 23
    assert len(hours_between(berlin, *bounds)) == 23


def test_hours_are_local_in_a_half_hour_zone() -> None:
    start, end = hour_bounds(ZoneInfo("Asia/Kolkata"), utc_ns("2026-01-01T06:15"))
    assert (start, end) == (utc_ns("2026-01-01T05:30"), utc_ns("2026-01-01T06:30"))


def test_midnight_that_is_skipped_or_happens_twice_still_starts_one_day() -> None:
    cairo = Calendar(zone=ZoneInfo("Africa/Cairo"))  # 2026-04-24 starts at 01:00, for 00:00 is skipped
    assert day_bounds(cairo, date(2026, 4, 24)) == (utc_ns("2026-04-23T22:00"), utc_ns("2026-04-24T21:00"))
    havana = Calendar(zone=ZoneInfo("America/Havana"))  # 2026-11-01 00:00 happens twice
    assert hours(day_bounds(havana, date(2026, 11, 1))) == 25


def test_a_production_day_is_named_for_the_date_on_which_it_starts() -> None:
    assert production_day(EIGHT, utc_ns("2026-01-02T02:59:59")) == date(2026, 1, 1)
    assert production_day(EIGHT, utc_ns("2026-01-02T03:00")) == date(2026, 1, 2)
    assert production_day(THREE_SHIFTS, utc_ns("2026-01-01T15:00")) == date(2026, 1, 1)


def test_a_shift_is_keyed_by_its_start_also_past_midnight() -> None:
    assert shift_bounds(THREE_SHIFTS, utc_ns("2026-01-02T00:00")) == (
        utc_ns("2026-01-01T23:00"),
        utc_ns("2026-01-02T07:00"),
    )
    assert shift_bounds(EIGHT, utc_ns("2026-01-01T20:00")) == (utc_ns("2026-01-01T15:00"), utc_ns("2026-01-02T03:00"))


def test_day_rows_are_stamped_with_local_midnight_of_the_site() -> None:
    assert stamp_ns(ALMATY, date(2026, 1, 1)) == utc_ns("2025-12-31T19:00")
    assert stamp_ns(ALMATY, date(2024, 2, 29)) == utc_ns("2024-02-28T18:00")


def test_shifts_that_do_not_start_with_the_day_are_refused() -> None:
    with pytest.raises(ValueError, match="first shift"):
        shifts_of(Calendar(zone=ALMATY, day_start=time(8), shift_starts=(time(0), time(12))), date(2026, 1, 1))


ZONES = st.sampled_from(
    ["Asia/Almaty", "Europe/Berlin", "Asia/Kolkata", "Africa/Cairo", "Australia/Lord_Howe", "America/Havana"]
)


@given(zone=ZONES, instant=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), start=st.integers(0, 23))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_every_instant_lies_in_exactly_one_day_shift_and_hour(zone: str, instant: datetime, start: int) -> None:
    opens = time(start)
    shifts = tuple(time((start + offset) % 24) for offset in (0, 8, 16))
    calendar = Calendar(zone=ZoneInfo(zone), day_start=opens, shift_starts=shifts)
    instant_ns = round(instant.replace(tzinfo=UTC).timestamp()) * NS
    day = production_day(calendar, instant_ns)
    bounds = day_bounds(calendar, day)
    assert bounds[0] <= instant_ns < bounds[1]
    assert day_bounds(calendar, day + timedelta(days=1))[0] == bounds[1]
    shift = shift_bounds(calendar, instant_ns)
    assert bounds[0] <= shift[0] <= instant_ns < shift[1] <= bounds[1]
    hour = hour_bounds(calendar.zone, instant_ns)
    assert hour[0] <= instant_ns < hour[1] <= hour[0] + HOUR_NS
    assert hour_bounds(calendar.zone, hour[1])[0] == hour[1]
    assert hour_bounds(calendar.zone, hour[0]) == hour
