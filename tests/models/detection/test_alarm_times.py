"""When an alarm changed by this host's clock."""

from dataclasses import replace

import pytest

from models.counting.stamp_rule import ClockPolicy, StampRule
from models.detection.alarm import AlarmNotice
from models.detection.alarm_times import dated_alarms
from models.works.calendar import HOUR_NS, NS
from models.works.codes import Reason
from tests.models.detection.test_alarm_log import T0, notice


def dated(told: AlarmNotice, offset_ns: int | None = None, **rule: object) -> AlarmNotice:
    ((found,), refused) = dated_alarms("plc", [told], T0, StampRule(**rule), offset_ns)  # type: ignore[arg-type]
    assert not refused
    return found


@pytest.mark.parametrize("off_ns", [HOUR_NS, -HOUR_NS])
def test_a_known_offset_of_the_clock_is_taken_away_of_both_times(off_ns: int) -> None:
    told = replace(notice(0), time_ns=T0 + off_ns, since_ns=T0 + off_ns - 60 * NS)
    found = dated(told, off_ns)
    assert (found.time_ns, found.since_ns) == (T0, T0 - 60 * NS)


def test_a_notice_that_is_of_now_is_not_moved_though_the_server_s_clock_is_off() -> None:
    assert dated(notice(0), HOUR_NS).time_ns == T0


def test_what_stands_for_long_keeps_its_time_where_the_clock_is_right() -> None:
    told = replace(notice(0), time_ns=T0 - 5 * HOUR_NS, told_again=True)
    assert dated(told, 0).time_ns == T0 - 5 * HOUR_NS


@pytest.mark.parametrize("time_ns", [0, T0 + 3 * HOUR_NS])
def test_a_time_that_is_missing_or_ahead_for_an_unknown_reason_is_that_of_the_receipt(time_ns: int) -> None:
    found = dated(replace(notice(0), time_ns=time_ns, since_ns=T0))
    assert (found.time_ns, found.since_ns) == (T0, 0)


def test_time_from_receive_believes_no_time_of_the_source() -> None:
    assert dated(replace(notice(0), time_ns=T0 - HOUR_NS), from_receipt=True).time_ns == T0


def test_a_source_whose_wrong_clock_is_to_be_refused_is_refused_with_its_offset() -> None:
    told = replace(notice(0), time_ns=T0 + HOUR_NS)
    kept, (refused,) = dated_alarms("plc", [told], T0, StampRule(policy=ClockPolicy.REFUSE), HOUR_NS)
    assert kept == ()
    assert (refused.reason, refused.value) == (Reason.CLOCK_BEHIND, "BF3.Cooling low")
    assert "3600 s off" in refused.detail
