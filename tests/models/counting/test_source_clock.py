"""Stamps against the host's clock: what is steadily off is corrected and marked, and the rest is refused or waits."""

from dataclasses import replace

import numpy as np
import pytest

from models.counting.reading import ReadingBatch
from models.counting.source_clock import JudgedStamps, SourceClock, StampJudge
from models.counting.stamp_rule import ClockPolicy, StampRule, StampState
from models.works.codes import Quality, TagKind
from models.works.plant import Tag
from tests.models.counting.counter_book import T0, S, totalizer

COUNTER, GAUGE = 0, 1
MINUTE = StampRule(limit_ns=60 * S)
HOURS = 3600


def tags() -> list[Tag]:
    counter = totalizer(cadence_s=1.0)
    return [counter, replace(counter, name="bf3.blast", kind=TagKind.GAUGE)]


class Source:
    """A source that is polled each second, whose stamps are `lead_s` ahead of the host."""

    def __init__(self, rule: StampRule = MINUTE, server_s: float | None = None) -> None:
        self.judge = StampJudge(tags())
        self.clock = self.judge.new_clock()
        self.rule, self.server_s = rule, server_s
        self.now_s = 0.0

    def poll(self, *rows: tuple[int, float, float], after_s: float = 1.0) -> JudgedStamps:
        """Rows of (tag, value, stamp in s minus the host's clock)."""
        self.now_s += after_s
        received = T0 + round(self.now_s * S)
        batch = ReadingBatch.of(
            "plc", received, [(tag, value, received + round(lead_s * S), Quality.GOOD) for tag, value, lead_s in rows]
        )
        server_ns = None if self.server_s is None else round(self.server_s * S)
        done = self.judge.judge(self.clock, batch, self.rule, server_ns)
        again = self.judge.judge(self.clock, batch, self.rule, server_ns)
        assert (done.batch.times_ns == again.batch.times_ns).all(), "offered again it is judged the same"
        self.clock = done.clock
        return done

    def state(self, tag: int = COUNTER) -> StampState:
        return StampState(int(self.clock.state[tag]))


def age_s(done: JudgedStamps) -> list[float]:
    return ((done.batch.received_ns - done.batch.times_ns) / S).tolist()


@pytest.mark.parametrize("lead_s", [-5 * HOURS, -90, 300, 9 * HOURS])
def test_a_clock_that_is_steadily_off_is_corrected_and_marked(lead_s: float) -> None:
    source = Source()
    for poll in range(8):
        done = source.poll((COUNTER, 100.0 + poll, lead_s - 0.1 * (poll % 3)))
    assert source.state() is StampState.CORRECTED
    assert age_s(done) == [pytest.approx(0.1, abs=0.3)]
    assert done.batch.quality.tolist() == [Quality.UNCERTAIN]
    (fault,) = source.clock.faults("plc", tags(), source.rule)
    assert fault.offset_s == pytest.approx(lead_s, abs=0.3)
    assert fault.tag == "bf3.coal_total"
    assert source.clock.source_offset_ns() == pytest.approx(lead_s * S, abs=S)


@pytest.mark.parametrize("lead_s", [-5 * HOURS, 300])
def test_what_comes_before_the_offset_is_known_waits_and_is_given_by_it(lead_s: float) -> None:
    source = Source()
    first, second, third, fourth = (source.poll((COUNTER, 100.0 + poll, lead_s)) for poll in range(4))
    assert [(done.held, len(done.batch)) for done in (first, second)] == [(1, 0)] * 2
    given = third if lead_s > 0 else fourth  # an old stamp that is seen once may be of a value that stands
    assert age_s(given) == ([2.0, 1.0, 0.0] if lead_s > 0 else [3.0, 2.0, 1.0, 0.0])
    assert given.batch.values.tolist() == ([100.0, 101.0, 102.0] if lead_s > 0 else [100.0, 101.0, 102.0, 103.0])
    assert set(given.batch.quality.tolist()) == {Quality.UNCERTAIN}
    assert not source.clock.waiting


def test_what_waited_for_an_offset_that_never_is_steady_is_refused() -> None:
    source = Source()
    done = [source.poll((COUNTER, -lead_s, lead_s)) for lead_s in (-4000, -5000, -6000, -8000)]
    assert [item.behind.sum() for item in done] == [0, 0, 0, 4]
    assert not source.clock.waiting


def test_a_value_that_stood_until_it_was_read_the_first_time_is_the_base_of_what_follows() -> None:
    source = Source()
    assert source.poll((COUNTER, 100.0, -8 * HOURS)).held == 1
    done = source.poll((COUNTER, 101.0, -0.5))
    assert done.batch.values.tolist() == [100.0, 101.0]
    assert age_s(done) == [8 * HOURS + 1, 0.5]


def test_the_servers_own_clock_tells_at_once() -> None:
    source = Source(server_s=-5 * HOURS)
    done = source.poll((COUNTER, 100.0, -5 * HOURS - 0.4))
    assert source.state() is StampState.CORRECTED
    assert age_s(done) == [pytest.approx(0.4)]


def test_a_device_that_is_right_behind_a_server_that_is_not_is_left_alone() -> None:
    source = Source(server_s=-5 * HOURS)
    for poll in range(5):
        done = source.poll((COUNTER, 100.0 + poll, -0.5))
    assert (source.state(), age_s(done)) == (StampState.RIGHT, [pytest.approx(0.5)])
    assert done.batch.quality.tolist() == [Quality.GOOD]


def test_an_offset_that_changes_each_time_is_never_corrected() -> None:
    source = Source()
    for lead_s in (-4000, -5000, -4200, -8000, -4100):
        done = source.poll((COUNTER, -lead_s, lead_s))
    assert source.state() is StampState.UNSTEADY
    assert done.behind.tolist() == [True]
    assert source.clock.faults("plc", tags(), source.rule)[0].state is StampState.UNSTEADY


def test_a_value_that_stands_for_hours_keeps_its_stamp_and_is_right() -> None:
    source = Source()
    source.poll((COUNTER, 100.0, -1))
    for poll in range(1, 8 * HOURS, 600):
        done = source.poll((COUNTER, 100.0, -1 - 600 * (poll // 600 + 1)), after_s=600)
    assert (source.state(), done.batch.quality.tolist()) == (StampState.RIGHT, [Quality.GOOD])
    assert not source.clock.faults("plc", tags(), source.rule)


def test_an_old_stamp_that_is_seen_twice_is_of_a_value_that_stands() -> None:
    source = Source()
    assert source.poll((COUNTER, 100.0, -8 * HOURS), (GAUGE, 5.0, -8 * HOURS)).held == 1
    done = source.poll((COUNTER, 100.0, -8 * HOURS - 1), (GAUGE, 5.0, -8 * HOURS - 1))
    assert age_s(done) == [8 * HOURS + 1, 8 * HOURS + 1]
    assert done.held == 0


def test_an_old_value_that_its_source_confirms_as_unchanged_is_given_with_its_own_stamp() -> None:
    source = Source()
    source.poll((COUNTER, 100.0, -8 * HOURS))
    clock, rows = source.judge.confirmed(source.clock, [COUNTER, GAUGE])
    assert rows == [(COUNTER, 100.0, T0 + S - 8 * HOURS * S, Quality.GOOD)]
    assert source.judge.confirmed(clock, [COUNTER]) == (clock, [])


def test_a_count_beyond_2_53_that_waits_is_given_to_the_last_count() -> None:
    confirmed, seen_twice, corrected = Source(), Source(), Source()
    confirmed.poll((COUNTER, 2**63 + 1, -8 * HOURS))
    _, rows = confirmed.judge.confirmed(confirmed.clock, [COUNTER])
    assert [row[1] for row in rows] == [2**63 + 1]
    seen_twice.poll((COUNTER, 2**63 + 1, -8 * HOURS))
    assert seen_twice.poll((COUNTER, 2**63 + 1, -8 * HOURS - 1)).batch.number(0) == 2**63 + 1
    given = [corrected.poll((COUNTER, 2**63 + count, 300)).batch for count in range(5)]
    assert [number for batch in given for number in batch.numbers(np.arange(len(batch)))] == [
        2**63 + count for count in range(5)
    ]


def test_a_count_that_rises_by_one_beyond_2_53_under_an_old_stamp_shows_that_the_stamp_is_frozen() -> None:
    source = Source()
    for second in range(120):
        source.poll((COUNTER, 2**63 + second, -second))
    assert source.state() is StampState.FROZEN


def test_what_comes_after_an_outage_of_the_source_may_be_as_old_as_the_outage() -> None:
    source = Source()
    source.poll((COUNTER, 100.0, -0.5))
    done = source.poll((COUNTER, 180.0, -2 * HOURS), after_s=3 * HOURS)
    assert age_s(done) == [2 * HOURS]
    assert source.state() is StampState.RIGHT


def test_a_backlog_that_catches_up_is_late_and_right() -> None:
    source = Source()
    source.poll((COUNTER, 100.0, -0.5))
    ages = [source.poll((COUNTER, 100.0 + back, -3600 + 400 * back)) for back in range(1, 9)]
    assert not any(done.behind.any() for done in ages)
    assert [len(done.batch) for done in ages] == [0, 2, *[1] * 6], "the first waits until the second shows what it is"
    assert [done.batch.quality[0] for done in ages[1:]] == [Quality.GOOD] * 7
    assert not source.clock.faults("plc", tags(), source.rule)


def test_a_publication_with_a_history_of_its_own_is_judged_by_its_newest_value() -> None:
    source = Source()
    source.poll((COUNTER, 100.0, -0.5))
    done = source.poll(*((COUNTER, 101.0 + back, -900.0 + 100 * back) for back in range(10)))
    assert age_s(done) == [900.0 - 100 * back for back in range(10)]
    assert source.state() is StampState.RIGHT


def test_a_repeated_stamp_of_a_clock_that_is_corrected_is_given_the_time_that_it_had() -> None:
    source = Source()
    for poll in range(5):
        before = source.poll((COUNTER, 100.0 + poll, -5 * HOURS))
    after = source.poll((COUNTER, 104.0, -5 * HOURS - 1))
    assert after.batch.times_ns.tolist() == before.batch.times_ns.tolist()


def test_a_clock_that_was_set_right_is_right_at_once() -> None:
    source = Source()
    for poll in range(5):
        source.poll((COUNTER, 100.0 + poll, 300))
    done = source.poll((COUNTER, 105.0, -0.2))
    assert (source.state(), age_s(done)) == (StampState.RIGHT, [pytest.approx(0.2)])
    assert not source.clock.faults("plc", tags(), source.rule)


@pytest.mark.parametrize("from_server", [False, True])
def test_other_values_under_one_stamp_are_a_contradiction(from_server: bool) -> None:
    source = Source(StampRule(limit_ns=60 * S, from_server=from_server))
    for poll in range(6):
        done = source.poll((COUNTER, 100.0 + poll, -1.0 - poll), (GAUGE, 5.0 + poll, -1.0 - poll))
    assert source.state() is StampState.FROZEN
    assert done.frozen.tolist() == [not from_server, False]
    assert age_s(done) == [0.0 if from_server else 6.0, 0.0]
    assert done.batch.quality.tolist() == [Quality.UNCERTAIN if from_server else Quality.GOOD, Quality.UNCERTAIN]
    assert {fault.state for fault in source.clock.faults("plc", tags(), source.rule)} == {StampState.FROZEN}
    source.poll((COUNTER, 106.0, -0.1), (GAUGE, 7.0, -0.1))
    assert not source.clock.faults("plc", tags(), source.rule)


def test_two_polls_under_one_stamp_are_jitter() -> None:
    source = Source()
    for poll in range(3):
        done = source.poll((COUNTER, 100.0 + poll, -1.0 - poll))
    assert not done.frozen.any()
    assert source.state() is StampState.RIGHT


@pytest.mark.parametrize("policy", [ClockPolicy.REFUSE, ClockPolicy.TRUST])
def test_a_person_may_have_them_refused_or_trusted(policy: ClockPolicy) -> None:
    source = Source(StampRule(policy=policy, limit_ns=60 * S))
    for poll in range(6):
        done = source.poll((COUNTER, 100.0 + poll, -5 * HOURS))
    refused = policy is ClockPolicy.REFUSE
    assert done.behind.tolist() == [refused]
    assert bool(source.clock.faults("plc", tags(), source.rule)) is refused
    assert age_s(done) == [5 * HOURS]


def test_stamps_of_the_receipt_are_never_judged() -> None:
    source = Source(StampRule(from_receipt=True))
    done = source.poll((COUNTER, 100.0, -5 * HOURS))
    assert (len(done.batch), done.held) == (1, 0)
    assert isinstance(done.clock, SourceClock)
    assert not np.any(done.clock.stamp)


def test_a_device_is_off_as_far_as_its_stamps_that_moved_agree() -> None:
    source = Source()
    for poll in range(6):
        source.poll((COUNTER, 100.0 + poll, 300), (GAUGE, 5.0, -8 * HOURS - poll))
    assert source.clock.source_offset_ns() == 300 * S, "a value that stands says nothing"
    source.poll((COUNTER, 106.0, 300), (GAUGE, 6.0, -0.5))
    assert source.clock.source_offset_ns() is None
