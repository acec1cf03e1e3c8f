from math import inf

import pytest

from collector.errors import ConfigurationError
from collector.simulation.catalogue import tag_kinds
from collector.simulation.fault import Fault, FaultKind, FaultSchedule, parse_faults


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("bf3-stop@+120s", Fault("bf3-stop", FaultKind.STOP, "bf3", 120.0, inf)),
        ("bf3-slow30@+60s:10m", Fault("bf3-slow30", FaultKind.SLOW, "bf3", 60.0, 660.0, 0.7)),
        ("chp-slow5@+1s", Fault("chp-slow5", FaultKind.SLOW, "chp", 1.0, inf, 0.95)),
        ("opcua-cut@+60s:30s", Fault("opcua-cut", FaultKind.CUT, "opcua", 60.0, 90.0)),
        ("mine1-freeze@+1m:250ms", Fault("mine1-freeze", FaultKind.FREEZE, "mine1", 60.0, 60.25)),
        ("bf3-blast-bad@+5s:1h", Fault("bf3-blast-bad", FaultKind.BAD, "bf3.blast", 5.0, 3605.0)),
        ("mine1-reset@+2s", Fault("mine1-reset", FaultKind.RESET, "mine1", 2.0, 2.0)),
    ],
)
def test_a_fault_is_written_as_the_grammar_says(text: str, fault: Fault) -> None:
    assert parse_faults([text], tag_kinds()) == (fault,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("bf3-stop", "write it like bf3-stop@"),
        ("bf3-stop@120s", "write it like bf3-stop@"),
        ("bf3-stop@+120", "'120' is not a duration"),
        ("bf3-stop@+120s:soon", "'soon' is not a duration"),
        ("bf3-stop@+120s:0s", "'0s' is not above zero"),
        ("bf9-stop@+1s", "'bf9-stop' is not known; did you mean bf[234]-stop.*tundish demo --faults lists them"),
        ("bf3-slow@+1s", "'' is no percentage from 1 to 99; write it like bf3-slow30, which leaves 70 %"),
        ("bf3-slow0@+1s", "'0' is no percentage"),
        ("bf3-slow250@+1s", "'250' is no percentage from 1 to 99"),
        ("bf9-slow10@+1s", "'bf9-slow10' is not known"),
        ("bf3-reset@+1s", "'bf3-reset' is not known"),
        ("bf3-taps-bad@+1s", "'bf3-taps-bad' is not known"),
        ("mine1-reset@+1s:5s", "remove :5s"),
    ],
)
def test_what_is_no_fault_is_refused_with_the_next_step(text: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        parse_faults([text], tag_kinds())


def test_a_fault_stands_from_its_offset_for_its_duration() -> None:
    schedule = FaultSchedule(parse_faults(["bf3-stop@+10s:10s", "mine1-reset@+12s"], tag_kinds()))
    assert schedule.advance(9.9) == ([], [])
    assert [fault.name for fault in schedule.advance(10.0)[0]] == ["bf3-stop"]
    assert schedule.targets(FaultKind.STOP) == {"bf3"}
    began, ended = schedule.advance(15.0)
    assert began == ended
    assert [fault.name for fault in began] == ["mine1-reset"]
    assert [fault.name for fault in schedule.advance(20.0)[1]] == ["bf3-stop"]
    assert schedule.targets(FaultKind.STOP) == frozenset()


def test_a_fault_shorter_than_a_tick_is_still_seen_once() -> None:
    schedule = FaultSchedule(parse_faults(["bf3-blast-bad@+1s:1ms"], tag_kinds()))
    assert schedule.advance(5.0)[1] == []
    assert schedule.targets(FaultKind.BAD) == {"bf3.blast"}
    assert len(schedule.advance(10.0)[1]) == 1


def test_of_two_slow_downs_of_a_unit_the_greater_one_counts_while_it_stands() -> None:
    faults = parse_faults(["bf3-slow30@+10s:20s", "bf3-slow10@+1s", "hsm-slow50@+10s"], tag_kinds())
    schedule = FaultSchedule(faults)
    schedule.advance(5.0)
    assert schedule.paces() == {"bf3": 0.9}
    schedule.advance(10.0)
    assert schedule.paces() == {"bf3": 0.7, "hsm": 0.5}
    schedule.advance(30.0)
    assert schedule.paces() == {"bf3": 0.9, "hsm": 0.5}
