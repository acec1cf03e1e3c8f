import pytest

from models.heat.network import HeatSource
from models.heat.standby import SourceNow, SourceReadiness, days_in_stock, readiness, standby


def boilers(*now: SourceReadiness) -> list[SourceNow]:
    return [SourceNow(HeatSource(f"boiler_{number}", 80.0), each) for number, each in enumerate(now)]


FOUR_AND_ONE = boilers(*[SourceReadiness.WORKING] * 4, SourceReadiness.RESERVE)


def test_four_work_and_one_is_in_reserve_so_one_may_fail() -> None:
    found = standby(FOUR_AND_ONE, 320.0)
    assert (found.working, found.reserve, found.repair, found.one_may_fail) == (4, 1, 0, True)
    assert (found.available_gcal_h, found.deficit_gcal_h) == (400, 0)


def test_none_may_fail_if_the_rest_do_not_meet_the_demand() -> None:
    assert standby(FOUR_AND_ONE, 321.0).one_may_fail is False


def test_a_deficit_is_the_demand_above_all_that_can_be_given() -> None:
    found = standby(boilers(SourceReadiness.WORKING, SourceReadiness.WORKING, SourceReadiness.REPAIR), 360.0)
    assert (found.deficit_gcal_h, found.one_may_fail) == (200, False)


def test_without_a_demand_nothing_is_said_of_a_failure() -> None:
    found = standby(FOUR_AND_ONE, None)
    assert (found.one_may_fail, found.deficit_gcal_h) == (None, None)


def test_a_boiler_that_nobody_knows_of_is_not_counted_upon_and_no_deficit_is_claimed() -> None:
    found = standby(boilers(SourceReadiness.WORKING, SourceReadiness.UNKNOWN), 80.0)
    assert (found.unknown, found.one_may_fail, found.deficit_gcal_h) == (1, None, None)
    assert standby(boilers(*[SourceReadiness.WORKING] * 2, SourceReadiness.UNKNOWN), 80.0).one_may_fail is True


@pytest.mark.parametrize(
    ("works", "in_repair", "found"),
    [
        (True, False, SourceReadiness.WORKING),
        (True, True, SourceReadiness.WORKING),
        (False, True, SourceReadiness.REPAIR),
        (None, True, SourceReadiness.REPAIR),
        (False, False, SourceReadiness.RESERVE),
        (None, False, SourceReadiness.UNKNOWN),
    ],
)
def test_a_boiler_is_what_its_signal_and_the_stated_repairs_say(
    works: bool | None, in_repair: bool, found: SourceReadiness
) -> None:
    assert readiness(works=works, in_repair=in_repair) is found


def test_coal_lasts_as_long_as_its_mean_use_lets_it() -> None:
    assert days_in_stock(30_000, [1900, 2000, 2100]) == 15
    assert days_in_stock(30_000, []) is None
    assert days_in_stock(30_000, [0.0]) is None
