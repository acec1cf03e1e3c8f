"""From notices to alarms: begun once, ended once, whatever comes again."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.detection.alarm import AlarmNotice, PlantAlarm, unit_of
from models.detection.alarm_log import AlarmLog
from models.detection.alarm_words import texts
from models.works.alarm_pattern import AlarmPattern
from models.works.calendar import NS
from tests.models.detection.minutes_of import Works, furnace, line

T0 = 1_795_000_000 * NS


def notice(
    second: int, *, active: bool | None = True, number: int = 0, name: str = "low", **more: object
) -> AlarmNotice:
    given_values: dict[str, object] = {
        "event_id": f"{name} {second} {number}",
        "condition": f"cooling.{name}" if active is not None else "",
        "origin": "BF3.Cooling",
        "name": name,
        "message": "flow",
        "severity": 700,
        "time_ns": T0 + second * NS,
        "active": active,
    }
    return AlarmNotice(**(given_values | more))  # type: ignore[arg-type]


class Kept:
    """What a ledger would keep, step by step."""

    def __init__(self) -> None:
        self.alarms: dict[tuple[str, int], PlantAlarm] = {}

    def take(self, *notices: AlarmNotice, standing: set[str] | None = None, at: int = 0) -> None:
        log = AlarmLog("plc", self._newest, lambda origin, _: "bf3" if origin.startswith("BF3") else "")
        log.take(notices)
        if standing is not None:
            log.stand(standing, [alarm for alarm in self.alarms.values() if alarm.end_ns is None], T0 + at * NS)
        self.alarms |= log.changed

    def _newest(self, key: str) -> PlantAlarm | None:
        found = [alarm for (of, _), alarm in self.alarms.items() if of == key]
        return max(found, key=lambda alarm: alarm.start_ns, default=None)

    def spans(self) -> list[tuple[int, int | None]]:
        in_order = sorted(self.alarms.values(), key=lambda alarm: alarm.start_ns)
        return [
            ((one.start_ns - T0) // NS, None if one.end_ns is None else (one.end_ns - T0) // NS) for one in in_order
        ]


def test_an_alarm_lasts_from_its_coming_to_its_going_and_what_is_said_between_changes_no_time() -> None:
    kept = Kept()
    kept.take(notice(10), notice(20, acked=True), notice(30, severity=900))
    assert kept.spans() == [(10, None)]
    kept.take(notice(40, active=False))
    kept.take(notice(50))
    assert kept.spans() == [(10, 40), (50, None)]
    first = min(kept.alarms.values(), key=lambda alarm: alarm.start_ns)
    assert (first.unit, first.severity, first.acked) == ("bf3", 900, None)


def test_the_same_notice_twice_is_one_alarm_also_after_it_ended() -> None:
    kept, came, went = Kept(), notice(10), notice(40, active=False)
    kept.take(came, came)
    kept.take(came)
    kept.take(went)
    kept.take(came, went)
    assert kept.spans() == [(10, 40)]


def test_what_stands_is_told_again_after_each_connect_and_is_no_second_alarm() -> None:
    kept = Kept()
    kept.take(notice(10, since_ns=T0 + 10 * NS))
    for second in (100, 200):
        again = notice(second, since_ns=T0 + 10 * NS, told_again=True, number=second)
        kept.take(again, standing={"cooling.low"}, at=second)
    assert kept.spans() == [(10, None)]


def test_an_alarm_that_began_before_we_listened_has_its_true_begin() -> None:
    kept = Kept()
    kept.take(notice(500, since_ns=T0 + 20 * NS, told_again=True))
    assert kept.spans() == [(20, None)]


def test_what_ended_while_nobody_listened_is_over_when_that_was_seen_and_says_so() -> None:
    kept = Kept()
    kept.take(notice(10), notice(12, name="other"))
    kept.take(standing={"cooling.other"}, at=300)
    assert kept.spans() == [(10, 300), (12, None)]
    (ended,) = [alarm for alarm in kept.alarms.values() if alarm.end_ns is not None]
    assert texts(ended, {"en": "PLC", "ru": "ПЛК", "kk": "ПЛК"})["en"].endswith("; its end was not seen")


def test_what_ended_and_came_again_while_nobody_listened_is_two_alarms() -> None:
    kept = Kept()
    kept.take(notice(10, since_ns=T0 + 10 * NS))
    kept.take(notice(300, since_ns=T0 + 250 * NS, told_again=True), standing={"cooling.low"}, at=300)
    assert kept.spans() == [(10, 250), (250, None)]


def test_a_clock_that_was_set_back_gives_no_alarm_of_less_than_no_time() -> None:
    kept = Kept()
    kept.take(notice(4000), notice(500, active=False), notice(600))
    assert kept.spans() == [(4000, 4000), (4000, None)]


def test_an_event_that_is_no_alarm_is_kept_once() -> None:
    kept, started = Kept(), notice(10, active=None, name="pump started")
    kept.take(started, started)
    kept.take(started, notice(11, active=None, name="pump started"))
    assert kept.spans() == [(10, 10), (11, 11)]
    assert all(alarm.is_event for alarm in kept.alarms.values())


def test_the_unit_is_the_first_whose_pattern_fits_name_and_source() -> None:
    plant = Works(bf3=furnace(line(100)), bf2=furnace(line(100))).plant
    patterns = {"bf3": ("plc", "bf3*", "*cooling*"), "bf2": ("plc", "*", "*")}
    units = {
        code: replace(unit, alarms=(AlarmPattern(*patterns[code]),)) if code in patterns else unit
        for code, unit in plant.units.items()
    }
    plant = replace(plant, units=dict(sorted(units.items(), reverse=True)))
    assert unit_of(plant, "plc", "BF3.Tuyeres", "Tuyere COOLING low") == "bf3"
    assert unit_of(plant, "plc", "BF3.Tuyeres", "Door open") == "bf2"
    assert unit_of(plant, "other", "BF3.Tuyeres", "Tuyere cooling low") == ""


@pytest.mark.long
def test_a_pattern_of_many_stars_is_not_slow() -> None:
    assert not AlarmPattern("plc", "*" * 100).fits("other", "a", "b")
    assert not AlarmPattern("plc", "*a" * 5 + "*b").fits("plc", "a" * 100, "")


STEPS = st.lists(st.tuples(st.integers(0, 50), st.sampled_from([True, False, None]), st.booleans()), max_size=30)


@given(STEPS)
def test_whatever_comes_times_of_one_alarm_do_not_overlap_and_at_most_the_last_lasts(
    steps: list[tuple[int, bool | None, bool]],
) -> None:
    kept = Kept()
    for number, (second, active, again) in enumerate(steps):
        if active is None:
            kept.take(standing=set() if again else {"cooling.low"}, at=second)
        else:
            kept.take(notice(second, active=active, number=number, told_again=again))
    in_order = sorted(kept.alarms.values(), key=lambda alarm: alarm.start_ns)
    spans = [(one.start_ns, one.end_ns) for one in in_order]
    for (_, end), (start, _) in pairwise(spans):
        assert end is not None
        assert end <= start
    assert all(end is None or end >= start for start, end in spans)


@given(STEPS)
def test_every_notice_twice_gives_what_every_notice_once_gives(steps: list[tuple[int, bool | None, bool]]) -> None:
    once, twice = Kept(), Kept()
    for number, (second, active, _) in enumerate(steps):
        told = notice(second, active=active, number=number)
        once.take(told)
        twice.take(told)
        twice.take(told)
    assert once.spans() == twice.spans()
